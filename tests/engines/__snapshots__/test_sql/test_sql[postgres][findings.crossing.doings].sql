SELECT
  "t3"."customer",
  COALESCE("t3"."revenue", 0) AS "revenue",
  COALESCE("t3"."orders", 0) AS "orders",
  COALESCE("t3"."bought", 0) AS "bought",
  COALESCE("t3"."items", 0) AS "items",
  "t3"."seen",
  COALESCE("t3"."revenue_before", 0) AS "revenue_before",
  COALESCE("t3"."orders_before", 0) AS "orders_before",
  COALESCE("t3"."bought_before", 0) AS "bought_before",
  COALESCE("t3"."items_before", 0) AS "items_before",
  "t3"."seen_before"
FROM (
  SELECT
    "t2"."customer",
    SUM("t2"."amount") FILTER(WHERE
      "t2"."cutoff" = CAST('2025-01-01T00:00:00' AS TIMESTAMP)) AS "revenue",
    COUNT(DISTINCT "t2"."invoice") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "orders",
    SUM("t2"."bought") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "bought",
    SUM("t2"."items") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "items",
    BOOL_OR("t2"."cutoff" = CAST('2025-01-01T00:00:00' AS TIMESTAMP)) AS "seen",
    SUM("t2"."amount") FILTER(WHERE
      "t2"."cutoff" = CAST('2024-12-01T00:00:00' AS TIMESTAMP)) AS "revenue_before",
    COUNT(DISTINCT "t2"."invoice") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "orders_before",
    SUM("t2"."bought") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "bought_before",
    SUM("t2"."items") FILTER(WHERE
      (
        "t2"."cutoff" = CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      )
      AND (
        (
          "t2"."purchases" > 0
        )
        AND (
          (
            "t2"."cancelled_at" IS NULL
          ) OR (
            "t2"."cancelled_at" >= "t2"."cutoff"
          )
        )
      )) AS "items_before",
    BOOL_OR("t2"."cutoff" = CAST('2024-12-01T00:00:00' AS TIMESTAMP)) AS "seen_before"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."customer",
        "t0"."invoice",
        "t0"."sold_at",
        "t0"."cancelled_at",
        "t0"."lines",
        "t0"."items",
        "t0"."country",
        "t0"."on_file",
        "t0"."amount",
        "t0"."bought",
        "t0"."purchases",
        "t0"."orders",
        "t0"."split",
        CASE
          WHEN (
            "t0"."sold_at" >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
          )
          AND (
            "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          )
          THEN CAST('2025-01-01T00:00:00' AS TIMESTAMP)
          WHEN (
            "t0"."sold_at" >= CAST('2024-11-01T00:00:00' AS TIMESTAMP)
          )
          AND (
            "t0"."sold_at" < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
          )
          THEN CAST('2024-12-01T00:00:00' AS TIMESTAMP)
          ELSE NULL
        END AS "cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t0"
      WHERE
        "t0"."sold_at" >= CAST('2024-11-01T00:00:00' AS TIMESTAMP)
        AND "t0"."sold_at" < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    ) AS "t1"
    WHERE
      "t1"."cutoff" IS NOT NULL AND "t1"."lines" > 0
  ) AS "t2"
  GROUP BY
    1
) AS "t3"
