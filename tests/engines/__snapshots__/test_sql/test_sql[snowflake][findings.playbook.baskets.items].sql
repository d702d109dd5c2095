SELECT
  "t17"."place",
  "t17"."invoice",
  "t5"."number"
FROM (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      "t7"."place",
      "t14"."invoice",
      "t6"."item"
    FROM (
      SELECT
        "t12"."customer",
        "t12"."invoice",
        "t12"."code",
        "t12"."description",
        "t12"."amount",
        "t12"."price"
      FROM (
        SELECT
          "t11".*
          EXCLUDE ("line_right")
        FROM (
          SELECT
            "t10"."line",
            "t10"."invoice",
            "t10"."code",
            "t10"."description",
            "t10"."quantity",
            "t10"."price",
            "t10"."amount",
            "t10"."sold_at",
            "t10"."customer",
            "t10"."country",
            "t8"."line" AS "line_right",
            "t8"."cancelled_at"
          FROM (
            SELECT
              "t3"."line",
              "t3"."invoice",
              "t3"."code",
              "t3"."description",
              "t3"."quantity",
              "t3"."price",
              "t3"."amount",
              CAST("t3"."sold_at" AS TIMESTAMP) AS "sold_at",
              "t3"."customer",
              "t3"."country"
            FROM "temp"."main"."lines" AS "t3"
          ) AS "t10"
          LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t8"
            ON "t10"."line" = "t8"."line"
        ) AS "t11"
      ) AS "t12"
      WHERE
        (
          (
            "t12"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
          AND NOT (
            "t12"."customer" IS NULL
          )
        )
        AND NOT (
          "t12"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
        )
        AND "t12"."amount" > 0
        AND (
          (
            "t12"."cancelled_at" IS NULL
          )
          OR (
            "t12"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
        )
        AND "t12"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    ) AS "t14"
    INNER JOIN "memtable" AS "t6"
      ON "t14"."code" = "t6"."code"
    INNER JOIN "memtable" AS "t7"
      ON "t14"."customer" = "t7"."customer"
  ) AS "t15"
) AS "t17"
INNER JOIN "memtable" AS "t5"
  ON "t17"."place" = "t5"."place" AND "t17"."item" = "t5"."item"
