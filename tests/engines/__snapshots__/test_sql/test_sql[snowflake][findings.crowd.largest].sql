SELECT
  "t2"."customer",
  "t2"."place",
  "t2"."orders",
  "t2"."revenue"
FROM (
  SELECT
    *
  FROM "temp"."main"."findings_crowd_crowd" AS "t0"
  ORDER BY
    "t0"."revenue" DESC NULLS LAST,
    "t0"."customer" ASC
  LIMIT 10
) AS "t2"
