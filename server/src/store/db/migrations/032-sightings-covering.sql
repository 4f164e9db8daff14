-- An order asks for the files that cover its day. Looks are many, one for each payment and each
-- order of a sweep, and files are few.
create index sightings_covering on sightings (shop_id, covers_from, covers_to)
  where covers_from is not null;
