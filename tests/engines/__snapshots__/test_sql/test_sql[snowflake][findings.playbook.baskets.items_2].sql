SELECT
  "t18"."place",
  "t18"."invoice",
  "t5"."number"
FROM (
  SELECT DISTINCT
    *
  FROM (
    SELECT
      "t9"."place",
      "t15"."invoice",
      "t6"."item"
    FROM (
      SELECT
        "t13"."customer",
        "t13"."invoice",
        "t13"."code",
        "t13"."description",
        "t13"."amount",
        "t13"."price"
      FROM (
        SELECT
          "t12".*
          EXCLUDE ("line_right")
        FROM (
          SELECT
            "t11"."line",
            "t11"."invoice",
            "t11"."code",
            "t11"."description",
            "t11"."quantity",
            "t11"."price",
            "t11"."amount",
            "t11"."sold_at",
            "t11"."customer",
            "t11"."country",
            "t7"."line" AS "line_right",
            "t7"."cancelled_at"
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
          ) AS "t11"
          LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t7"
            ON "t11"."line" = "t7"."line"
        ) AS "t12"
      ) AS "t13"
      WHERE
        (
          (
            "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
          AND NOT (
            "t13"."customer" IS NULL
          )
        )
        AND NOT (
          "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0)
        )
        AND "t13"."amount" > 0
        AND (
          (
            "t13"."cancelled_at" IS NULL
          )
          OR (
            "t13"."cancelled_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
        )
        AND "t13"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    ) AS "t15"
    INNER JOIN "memtable" AS "t6"
      ON "t15"."code" = "t6"."code"
    INNER JOIN (
      SELECT
        "t2"."customer",
        "t2"."place"
      FROM "temp"."main"."findings_crowd_crowd" AS "t2"
    ) AS "t9"
      ON "t15"."customer" = "t9"."customer"
  ) AS "t16"
) AS "t18"
INNER JOIN "memtable" AS "t5"
  ON "t18"."place" = "t5"."place" AND "t18"."item" = "t5"."item"
