-- Search, sorting and matching see the fold of a name, and every list shows the name itself. The
-- indexes compute it, so that nobody can write a name without its fold, and no row is rewritten.

-- Width, kana, case, accents, spaces, dashes, selectors, characters that nobody sees, and the forms of
-- one character in names (the same list as VARIANTS of core/src/domain/values/fold.ts).
-- A name is translated only if it has such a character: most have none, and translate() is slow.
create function folded(name text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  fold text := lower(normalize(regexp_replace(normalize(name, NFKD),
    '[\s\u0300-\u036F\uFE00-\uFE0F\U000E0100-\U000E01EF\u00AD\u200B-\u200F\u2060\uFEFF]',
    '', 'g'), NFKC) collate "C");
  others constant text := '髙﨑嵜碕邊邉齊斎齋澤濱濵嶋嶌廣國櫻眞惠德曾瀨龍桒冨𠮷條榮豐圓壽萬與龜舘巖淵渊繩衞'
        || '鷗檜瀧黑郞賴實學關鐵銕劍劔藏彥爲禮埜峯枩穐籘栁來彌靜穗蘆藝橫敎淸靑⻘⻑⻄尙增';
begin
  if fold ~ '[‐‑‒–—―−ーぁ-ゖゝゞ]' then
    fold := translate(fold,
      '‐‑‒–—―−ーぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ',
      '--------ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ');
  end if;
  if fold ~ ('[' || others || ']') then
    fold := translate(fold, others,
      '高崎崎崎辺辺斉斉斉沢浜浜島島広国桜真恵徳曽瀬竜桑富吉条栄豊円寿万与亀館巌渕渕縄衛'
        || '鴎桧滝黒郎頼実学関鉄鉄剣剣蔵彦為礼野峰松秋藤柳来弥静穂芦芸横教清青青長西尚増');
  end if;
  return fold;
end $$;

-- The beginning of a fold, as a pattern for like.
create function folded_prefix(name text) returns text
language sql immutable strict parallel safe as $$
  select regexp_replace(folded(name), '([\\%_])', '\\\1', 'g') || '%'
$$;

-- 送り状番号 of an order, without hyphens; several parcels of a destination are parted by a space.
create function tracking_numbers_of(details jsonb) returns text[]
language sql immutable strict parallel safe as $$
  select coalesce(array_agg(number), '{}')
    from jsonb_array_elements(details -> 'destinations') as sent (destination),
      unnest(string_to_array(replace(destination ->> 'trackingNumber', '-', ''), ' ')) as number
   where number <> ''
$$;

drop index orders_by_name, orders_by_kana_sorted;
create index orders_by_name on orders (shop_id, folded(customer_name) text_pattern_ops);
create index orders_by_kana on orders (shop_id, folded(customer_kana) collate "C", order_number);
create index orders_by_tracking on orders using gin (tracking_numbers_of(details))
  where tracking_numbers_of(details) <> '{}';
