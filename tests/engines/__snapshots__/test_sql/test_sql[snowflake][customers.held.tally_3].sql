SELECT
  "t0"."revenue",
  COUNT(*) AS "customers"
FROM "temp"."main"."findings_crowd_crowd" AS "t0"
GROUP BY
  1
