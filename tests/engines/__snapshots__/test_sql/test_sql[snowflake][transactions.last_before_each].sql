SELECT
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_0",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 2, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_1",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 3, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_2",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 4, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_3",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 5, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_4",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 6, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_5",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 7, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_6",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 8, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_7",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 9, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_8",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 10, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_9",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_10",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_11",
  MAX(
    IFF("t1"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), "t1"."sold_at", NULL)
  ) AS "at_12"
FROM (
  SELECT
    "t0"."line",
    "t0"."invoice",
    "t0"."code",
    "t0"."description",
    "t0"."quantity",
    "t0"."price",
    "t0"."amount",
    CAST("t0"."sold_at" AS TIMESTAMP) AS "sold_at",
    "t0"."customer",
    "t0"."country"
  FROM "temp"."main"."lines" AS "t0"
) AS "t1"
