SELECT
  "t12"."code",
  "t12"."price",
  COUNT(*) AS "lines"
FROM (
  SELECT
    "t11"."customer",
    "t11"."invoice",
    "t11"."code",
    "t11"."description",
    "t11"."amount",
    "t11"."price",
    "t3"."number"
  FROM (
    SELECT
      "t9"."customer",
      "t9"."invoice",
      "t9"."code",
      "t9"."description",
      "t9"."amount",
      "t9"."price"
    FROM (
      SELECT
        "t8"."line",
        "t8"."invoice",
        "t8"."code",
        "t8"."description",
        "t8"."quantity",
        "t8"."price",
        "t8"."amount",
        "t8"."sold_at",
        "t8"."customer",
        "t8"."country",
        "t8"."cancelled_at",
        "t8"."sold_at" < TIMESTAMP_FROM_PARTS(2023, 1, 1, 10, 0, 0, 0) AS "early",
        (
          "t8"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
        AND NOT (
          "t8"."customer" IS NULL
        )
        AND NOT (
          "t8"."quantity" <= 0
        )
        AND NOT (
          "t8"."price" <= 0
        ) AS "kept",
        IFF(
          (
            "t8"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
          AND NOT (
            "t8"."customer" IS NULL
          )
          AND NOT (
            "t8"."quantity" <= 0
          )
          AND (
            "t8"."price" <= 0
          ),
          3,
          IFF(
            (
              "t8"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
            )
            AND NOT (
              "t8"."customer" IS NULL
            )
            AND (
              "t8"."quantity" <= 0
            ),
            2,
            IFF(
              (
                "t8"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
              )
              AND (
                "t8"."customer" IS NULL
              ),
              1,
              IFF("t8"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), 0, -1)
            )
          )
        ) AS "fate"
      FROM (
        SELECT
          "t7".*
          EXCLUDE ("line_right")
        FROM (
          SELECT
            "t6"."line",
            "t6"."invoice",
            "t6"."code",
            "t6"."description",
            "t6"."quantity",
            "t6"."price",
            "t6"."amount",
            "t6"."sold_at",
            "t6"."customer",
            "t6"."country",
            "t4"."line" AS "line_right",
            "t4"."cancelled_at"
          FROM (
            SELECT
              "t1"."line",
              "t1"."invoice",
              "t1"."code",
              "t1"."description",
              "t1"."quantity",
              "t1"."price",
              "t1"."amount",
              CAST("t1"."sold_at" AS TIMESTAMP) AS "sold_at",
              "t1"."customer",
              "t1"."country"
            FROM "temp"."main"."lines" AS "t1"
          ) AS "t6"
          LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t4"
            ON "t6"."line" = "t4"."line"
        ) AS "t7"
      ) AS "t8"
    ) AS "t9"
    WHERE
      "t9"."kept"
      AND NOT (
        "t9"."early"
      )
      AND "t9"."amount" > 0
      AND (
        (
          CAST(NULL AS TIMESTAMP) IS NULL
        )
        OR (
          CAST(NULL AS TIMESTAMP) >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND "t9"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
  ) AS "t11"
  INNER JOIN "memtable" AS "t3"
    ON "t11"."code" = "t3"."code"
) AS "t12"
GROUP BY
  1,
  2
