SELECT
  "t1"."customer",
  "t1"."invoice",
  SUM("t1"."worth" - "t1"."gross") AS "worth",
  MIN("t1"."sold_at") AS "day"
FROM (
  SELECT
    *
  FROM "temp"."main"."moments_roll_up" AS "t0"
  WHERE
    FALSE
    AND "t0"."worth" < "t0"."gross"
    AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
) AS "t1"
GROUP BY
  1,
  2
