SELECT
  "t14"."place",
  "t14"."code",
  "t14"."description",
  COUNT(*) AS "lines",
  SUM("t14"."amount") AS "revenue"
FROM (
  SELECT
    "t13"."customer",
    "t13"."invoice",
    "t13"."code",
    "t13"."description",
    "t13"."amount",
    "t13"."price",
    "t5"."place"
  FROM (
    SELECT
      "t11"."customer",
      "t11"."invoice",
      "t11"."code",
      "t11"."description",
      "t11"."amount",
      "t11"."price"
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
        "t10"."cancelled_at",
        "t10"."early",
        IFF(
          (
            IFF((
              "t10"."fate" = 0
            ) AND (
              "t10"."quantity" <= 0
            ), 2, "t10"."fate") = 0
          )
          AND (
            "t10"."price" <= 0
          ),
          3,
          IFF((
            "t10"."fate" = 0
          ) AND (
            "t10"."quantity" <= 0
          ), 2, "t10"."fate")
        ) AS "fate"
      FROM (
        SELECT
          "t9"."line",
          "t9"."invoice",
          "t9"."code",
          "t9"."description",
          "t9"."quantity",
          "t9"."price",
          "t9"."amount",
          "t9"."sold_at",
          "t9"."customer",
          "t9"."country",
          "t9"."cancelled_at",
          "t9"."sold_at" < TIMESTAMP_FROM_PARTS(2023, 1, 1, 10, 0, 0, 0) AS "early",
          IFF(
            (
              IFF("t9"."sold_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), -1, 0) = 0
            )
            AND (
              "t9"."customer" IS NULL
            ),
            1,
            IFF("t9"."sold_at" >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), -1, 0)
          ) AS "fate"
        FROM (
          SELECT
            "t8".*
            EXCLUDE ("line_right")
          FROM (
            SELECT
              "t7"."line",
              "t7"."invoice",
              "t7"."code",
              "t7"."description",
              "t7"."quantity",
              "t7"."price",
              "t7"."amount",
              "t7"."sold_at",
              "t7"."customer",
              "t7"."country",
              "t3"."line" AS "line_right",
              "t3"."cancelled_at"
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
            ) AS "t7"
            LEFT OUTER JOIN "temp"."main"."cancellations_mark" AS "t3"
              ON "t7"."line" = "t3"."line"
          ) AS "t8"
        ) AS "t9"
      ) AS "t10"
    ) AS "t11"
    WHERE
      "t11"."fate" = 0
      AND NOT (
        "t11"."early"
      )
      AND "t11"."amount" > 0
      AND (
        (
          CAST(NULL AS TIMESTAMP) IS NULL
        )
        OR (
          CAST(NULL AS TIMESTAMP) >= TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
        )
      )
      AND "t11"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
  ) AS "t13"
  INNER JOIN (
    SELECT
      "t0"."customer",
      "t0"."place"
    FROM "temp"."main"."findings_crowd_crowd_2" AS "t0"
  ) AS "t5"
    ON "t13"."customer" = "t5"."customer"
) AS "t14"
GROUP BY
  1,
  2,
  3
