"""A day of a shop, written by somebody who knows F-REGI and no sandbox. Shift_JIS requests."""
import hashlib
import re
import sys
import urllib.parse
import urllib.request

BASE = sys.argv[1]
SHOP = "00001"
CARD = {"PAN1": "4980", "PAN2": "1111", "PAN3": "1111", "PAN4": "1111",
        "CARDEXPIRY1": "12", "CARDEXPIRY2": "69", "CARDNAME": "TARO YAMADA", "SCODE": "111"}


class Refused(Exception):
    pass


def call(cgi, **values):
    values = {"SHOPID": SHOP, "CHARCODE": "sjis", "QUIET": "1", **values}
    form = urllib.parse.urlencode(values, encoding="cp932").encode("ascii")
    with urllib.request.urlopen(BASE + "/connect/" + cgi, form, timeout=30) as answer:
        lines = answer.read().decode("euc_jp").split("\n")
    if lines[0] == "OK":
        return lines[1:-1]
    found = re.match(r"^([A-Z\-0-9]+)\((.*)\)$", lines[1])
    raise Refused(found.group(1) + " " + found.group(2) if found else lines[1] + " " + lines[2])


def refused(cgi, **values):
    try:
        call(cgi, **values)
    except Refused as error:
        return str(error)
    return "not refused"


auth_code, seqno, extras = call("authm.cgi", PAY=5000, ID="DAY-1", REQUIRECOM=1, CUSTOMERID="C-1", MONTHLY=1, **CARD)
print("authm", len(auth_code), len(seqno), extras)
changed, auth_code = call("authchange.cgi", SEQNO=seqno, PAY=6000)
print("authchange", len(changed), len(auth_code), changed != seqno)
print("sale of the old", refused("sale.cgi", SEQNO=seqno))
print("sale", call("sale.cgi", SEQNO=changed, AUTHCODE=auth_code) == [changed])
print("sale again", refused("sale.cgi", SEQNO=changed))
smaller, auth_code = call("salechange.cgi", SEQNO=changed, PAY=4000)
print("salecancel", call("salecancel.cgi", CANCELSEQNO=smaller) == [smaller])
print("salecancel again", refused("salecancel.cgi", CANCELSEQNO=smaller))
print("customer", *call("customerinfo.cgi", CUSTOMERID="C-1", GETEXPIRE=1))
auth_code, charged = call("salem.cgi", CUSTOMERID="C-1", PAY=900)
print("salem", len(auth_code), len(charged))
print("leave", call("leavecustomer.cgi", CUSTOMERID="C-1"))
auth_code, seqno, _ = call("authm.cgi", PAY=5000, **CARD)
print("authcancel", call("authcancel.cgi", CANCELSEQNO=seqno))
print("declined", refused("authm.cgi", PAY=5000, **{**CARD, "SCODE": "123"}))
settleno, = call("compsettleapply.cgi", ID="DAY-R", PAY=5000, USERNAME1="山田", ITEMNAME="便箋")
checksum = hashlib.md5("\t".join([SHOP, "abcdefg", settleno, "DAY-R"]).encode()).hexdigest()
query = urllib.parse.urlencode({"SHOPID": SHOP, "SETTLENO": settleno, "CHECKSUM": checksum})
with urllib.request.urlopen(BASE + "/usertest/?" + query) as page:
    print("payment page", "5,000円" in page.read().decode())
print("info", call("compsettleinfo.cgi", ID="DAY-R")[1:])
print("issue again", refused("compsettleapply.cgi", ID="DAY-R", PAY=5000))
number, seqno, url = call("convorder.cgi", PAY=5000, CUSTOMERNAME1="山田", CUSTOMERTEL="0312345678",
                          CONVENI="lawson", REQUIREURL=1)
print("convorder", len(number), len(seqno), url.startswith("http"))
