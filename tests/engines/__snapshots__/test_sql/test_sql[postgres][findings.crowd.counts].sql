SELECT
  "t0"."place",
  "t0"."recency",
  COUNT(*) AS "customers",
  SUM("t0"."revenue") AS "told"
FROM "temp"."main"."findings_crowd_crowd" AS "t0"
GROUP BY
  1,
  2
