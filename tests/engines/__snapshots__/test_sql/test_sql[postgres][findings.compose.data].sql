SELECT
  SUM("t1"."rows") AS "rows",
  SUM("t1"."guests") AS "guests",
  SUM("t1"."worth") FILTER(WHERE
    "t1"."named" > 0) AS "half_named"
FROM (
  SELECT
    "t0"."invoice",
    SUM("t0"."rows") AS "rows",
    SUM(CAST(CAST("t0"."customer" IS NULL AS INT) AS BIGINT)) AS "guests",
    COUNT("t0"."customer") AS "named",
    SUM("t0"."worth") FILTER(WHERE
      "t0"."customer" IS NULL) AS "worth"
  FROM "temp"."main"."moments_roll_up" AS "t0"
  GROUP BY
    1
) AS "t1"
