SELECT
  "t0"."recency",
  COUNT(*) AS "customers"
FROM "temp"."main"."customers_held_told_2" AS "t0"
GROUP BY
  1
