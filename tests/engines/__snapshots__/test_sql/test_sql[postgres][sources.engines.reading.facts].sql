SELECT
  COUNT(*) AS "rows",
  SUM(CAST("t0"."amount" AS DECIMAL(38, 0))) AS "amount",
  SUM(ABS(CAST("t0"."amount" AS DECIMAL(38, 0)))) AS "size",
  COUNT("t0"."customer") AS "customers",
  COUNT("t0"."code") AS "codes",
  SUM("t0"."quantity") AS "quantity",
  SUM("t0"."price") AS "price",
  MIN("t0"."sold_at") AS "first",
  MAX("t0"."sold_at") AS "last"
FROM "temp"."main"."lines" AS "t0"
