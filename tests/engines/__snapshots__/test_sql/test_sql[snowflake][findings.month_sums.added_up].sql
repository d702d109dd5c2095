SELECT
  "t14"."place",
  "t14"."unit",
  "t14"."segment",
  COUNT(*) AS "customers",
  SUM("t14"."worth") AS "monetary",
  SUM("t14"."revenue") AS "revenue",
  SUM(CAST("t14"."orders" > 0 AS INT)) AS "bought",
  SUM("t14"."orders") AS "orders",
  SUM("t14"."bought") AS "spend"
FROM (
  SELECT
    "t13"."place",
    "t13"."month",
    "t13"."customer",
    "t13"."worth",
    "t13"."placed",
    "t13"."lines",
    "t13"."revenue",
    "t13"."first",
    "t13"."segment",
    "t13"."customer_right",
    "t13"."month_right",
    "t13"."bought",
    "t13"."orders",
    "t13"."customer" AS "unit"
  FROM (
    SELECT
      "t3"."place",
      "t3"."month",
      "t3"."customer",
      "t3"."worth",
      "t3"."placed",
      "t3"."lines",
      "t3"."revenue",
      "t3"."first",
      "t3"."segment",
      "t12"."customer" AS "customer_right",
      "t12"."month" AS "month_right",
      "t12"."bought",
      "t12"."orders"
    FROM (
      SELECT
        *
      FROM "temp"."main"."findings_standings_shelf" AS "t0"
      WHERE
        "t0"."place" IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    ) AS "t3"
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t8"."customer",
          "t8"."month",
          "t8"."bought",
          COALESCE("t8"."alone", 0) + COALESCE("t9"."several", 0) AS "orders"
        FROM (
          SELECT
            "t4"."customer",
            "t4"."month",
            SUM("t4"."orders") AS "alone",
            SUM("t4"."bought") AS "bought"
          FROM (
            SELECT
              "t1"."customer",
              "t1"."invoice",
              "t1"."sold_at",
              "t1"."cancelled_at",
              "t1"."lines",
              "t1"."items",
              "t1"."country",
              "t1"."on_file",
              "t1"."amount",
              "t1"."bought",
              "t1"."purchases",
              "t1"."orders",
              "t1"."split",
              DATE_TRUNC('MONTH', "t1"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t1"
            WHERE
              "t1"."purchases" > 0
              AND (
                (
                  "t1"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t1"."cancelled_at") > DATE_TRUNC('MONTH', "t1"."sold_at")
                )
              )
          ) AS "t4"
          GROUP BY
            1,
            2
        ) AS "t8"
        LEFT OUTER JOIN (
          SELECT
            "t5"."month",
            "t5"."customer",
            COUNT(DISTINCT "t5"."invoice") AS "several"
          FROM (
            SELECT
              "t1"."customer",
              "t1"."invoice",
              "t1"."sold_at",
              "t1"."cancelled_at",
              "t1"."lines",
              "t1"."items",
              "t1"."country",
              "t1"."on_file",
              "t1"."amount",
              "t1"."bought",
              "t1"."purchases",
              "t1"."orders",
              "t1"."split",
              DATE_TRUNC('MONTH', "t1"."sold_at") AS "month"
            FROM "temp"."main"."moments_of_customers" AS "t1"
            WHERE
              "t1"."split"
              AND "t1"."purchases" > 0
              AND (
                (
                  "t1"."cancelled_at" IS NULL
                )
                OR (
                  DATE_TRUNC('MONTH', "t1"."cancelled_at") > DATE_TRUNC('MONTH', "t1"."sold_at")
                )
              )
          ) AS "t5"
          GROUP BY
            1,
            2
        ) AS "t9"
          ON "t8"."month" = "t9"."month" AND "t8"."customer" = "t9"."customer"
      ) AS "t10"
      WHERE
        "t10"."month" IN (
          TIMESTAMP_FROM_PARTS(2024, 1, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 2, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 3, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 4, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 5, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 6, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 7, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 8, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 9, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 10, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0),
          TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
        )
    ) AS "t12"
      ON "t3"."customer" = "t12"."customer" AND "t3"."month" = "t12"."month"
  ) AS "t13"
) AS "t14"
GROUP BY
  1,
  2,
  3
