SELECT
  COUNT(*) AS "CountStar(staged)"
FROM "temp"."main"."staged" AS "t0"
