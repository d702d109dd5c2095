SELECT
  *
FROM "temp"."main"."findings_crowd_crowd" AS "t0"
WHERE
  "t0"."customer" > 'C141'
ORDER BY
  "t0"."customer" ASC
