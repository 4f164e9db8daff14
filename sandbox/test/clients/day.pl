# A day of a shop, written by somebody who knows F-REGI and no sandbox. EUC-JP requests by GET.
use strict;
use warnings;
use utf8;
use Digest::MD5 qw(md5_hex);
use Encode qw(decode encode);
use HTTP::Tiny;

binmode STDOUT, ':encoding(UTF-8)';
my $base = shift @ARGV;
my $shop = '00001';
my %card = (
    PAN1 => '4980', PAN2 => '1111', PAN3 => '1111', PAN4 => '1111',
    CARDEXPIRY1 => '12', CARDEXPIRY2 => '69', CARDNAME => 'TARO YAMADA', SCODE => '111',
);

sub escaped {
    my $bytes = encode('euc-jp', shift);
    $bytes =~ s/([^A-Za-z0-9._~-])/sprintf('%%%02X', ord $1)/ge;
    return $bytes;
}

sub lines_of {
    my ($cgi, %values) = @_;
    %values = (SHOPID => $shop, QUIET => '1', CHARCODE => 'euc', %values);
    my $query = join '&', map { "$_=" . escaped($values{$_}) } sort keys %values;
    my $answer = HTTP::Tiny->new(timeout => 30)->get("$base/connect/$cgi?$query");
    die "HTTP $answer->{status}" unless $answer->{success};
    my @lines = split /\n/, decode('euc-jp', $answer->{content}, Encode::FB_CROAK), -1;
    pop @lines;
    return @lines;
}

sub call {
    my ($first, @lines) = lines_of(@_);
    die "@lines" unless $first eq 'OK';
    return @lines;
}

sub refused {
    my ($first, $line, $more) = lines_of(@_);
    return 'not refused' if $first eq 'OK';
    return $line =~ /^([A-Z\-0-9]+)\((.*)\)$/ ? "$1 $2" : "$line $more";
}

sub truth { return $_[0] ? 'True' : 'False' }

my ($auth_code, $seqno, $extras) = call('authm.cgi', PAY => 5000, ID => 'DAY-1', REQUIRECOM => 1,
    CUSTOMERID => 'C-1', MONTHLY => 1, %card);
print join(' ', 'authm', length $auth_code, length $seqno, $extras), "\n";
(my $changed, $auth_code) = call('authchange.cgi', SEQNO => $seqno, PAY => 6000);
print join(' ', 'authchange', length $changed, length $auth_code, truth($changed ne $seqno)), "\n";
print 'sale of the old ', refused('sale.cgi', SEQNO => $seqno), "\n";
print 'sale ', truth((call('sale.cgi', SEQNO => $changed, AUTHCODE => $auth_code))[0] eq $changed), "\n";
print 'sale again ', refused('sale.cgi', SEQNO => $changed), "\n";
my ($smaller) = call('salechange.cgi', SEQNO => $changed, PAY => 4000);
print 'salecancel ', truth((call('salecancel.cgi', CANCELSEQNO => $smaller))[0] eq $smaller), "\n";
print 'salecancel again ', refused('salecancel.cgi', CANCELSEQNO => $smaller), "\n";
print join(' ', 'customer', call('customerinfo.cgi', CUSTOMERID => 'C-1', GETEXPIRE => 1)), "\n";
($auth_code, my $charged) = call('salem.cgi', CUSTOMERID => 'C-1', PAY => 900);
print join(' ', 'salem', length $auth_code, length $charged), "\n";
my @left = call('leavecustomer.cgi', CUSTOMERID => 'C-1');
print 'leave [', join(', ', @left), "]\n";
(undef, $seqno) = call('authm.cgi', PAY => 5000, %card);
my @voided = call('authcancel.cgi', CANCELSEQNO => $seqno);
print 'authcancel [', join(', ', @voided), "]\n";
print 'declined ', refused('authm.cgi', PAY => 5000, %card, SCODE => '123'), "\n";
my ($settleno) = call('compsettleapply.cgi', ID => 'DAY-R', PAY => 5000, USERNAME1 => '山田', ITEMNAME => '便箋');
my $checksum = md5_hex(join "\t", $shop, 'abcdefg', $settleno, 'DAY-R');
my $page = HTTP::Tiny->new->get("$base/usertest/?SHOPID=$shop&SETTLENO=$settleno&CHECKSUM=$checksum");
print 'payment page ', truth(decode('utf-8', $page->{content}) =~ /5,000円/), "\n";
my @info = call('compsettleinfo.cgi', ID => 'DAY-R');
print 'info [', join(', ', map { "'$_'" } @info[1 .. $#info]), "]\n";
print 'issue again ', refused('compsettleapply.cgi', ID => 'DAY-R', PAY => 5000), "\n";
my ($number, $slip, $url) = call('convorder.cgi', PAY => 5000, CUSTOMERNAME1 => '山田',
    CUSTOMERTEL => '0312345678', CONVENI => 'lawson', REQUIREURL => 1);
print join(' ', 'convorder', length $number, length $slip, truth($url =~ /^http/)), "\n";
