SELECT
  SUM(CAST((
    "t1"."quantity" < 0
  ) AND (
    "t1"."price" < 0
  ) AS INT)) AS "rows",
  SUM(IFF((
    "t1"."quantity" < 0
  ) AND (
    "t1"."price" < 0
  ), "t1"."amount", NULL)) AS "worth"
FROM (
  SELECT
    "t0"."line",
    "t0"."invoice",
    "t0"."code",
    "t0"."description",
    "t0"."quantity",
    "t0"."price",
    "t0"."amount",
    CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
    "t0"."customer",
    "t0"."country"
  FROM "temp"."main"."lines" AS "t0"
) AS "t1"
