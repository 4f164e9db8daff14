-- 定期・頒布会申込 lists applications. What was kept as a filter of orders by that tab asks for the
-- orders of applications by their 受注種別, as every filter does.
update list_views
   set filter = '{"types": "subscription,club"}' || filter || '{"tab": "all"}'
 where filter ->> 'tab' = 'subscription';
update selections
   set filter = '{"types": "subscription,club"}' || filter || '{"tab": "all"}'
 where filter ->> 'tab' = 'subscription';
