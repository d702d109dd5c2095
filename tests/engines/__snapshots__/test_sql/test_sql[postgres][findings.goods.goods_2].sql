SELECT
  "t1"."group",
  "t1"."code",
  COUNT(*) AS "customers",
  SUM("t1"."revenue") AS "revenue",
  SUM("t1"."pieces") AS "pieces"
FROM (
  SELECT
    "t0"."group",
    "t0"."code",
    "t0"."customer",
    SUM("t0"."amount") AS "revenue",
    SUM("t0"."quantity") AS "pieces"
  FROM "temp"."main"."findings_goods_goods" AS "t0"
  GROUP BY
    1,
    2,
    3
) AS "t1"
GROUP BY
  1,
  2
