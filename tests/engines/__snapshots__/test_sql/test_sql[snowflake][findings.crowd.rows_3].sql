SELECT
  *
FROM "temp"."main"."findings_crowd_crowd" AS "t0"
WHERE
  "t0"."customer" > 'C041' AND "t0"."customer" <= 'C091'
ORDER BY
  "t0"."customer" ASC
