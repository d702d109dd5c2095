SELECT
  "t0"."customer",
  "t0"."revenue" AS "now",
  "t0"."revenue_before" AS "before"
FROM "temp"."main"."findings_crossing_doings" AS "t0"
WHERE
  "t0"."customer" IN ('C005', 'C007', 'C002', 'C133', 'C014')
