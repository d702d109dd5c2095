SELECT
  "t0"."revenue"
FROM "temp"."main"."findings_crossing_doings" AS "t0"
WHERE
  "t0"."seen"
ORDER BY
  "t0"."revenue" DESC NULLS LAST
LIMIT 10
