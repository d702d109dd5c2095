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
    SUM(
      IFF("t2"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0), "t2"."amount", NULL)
    ) AS "revenue",
    COUNT(
      DISTINCT IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
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
        ),
        "t2"."invoice",
        NULL
      )
    ) AS "orders",
    SUM(
      IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
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
        ),
        "t2"."bought",
        NULL
      )
    ) AS "bought",
    SUM(
      IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
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
        ),
        "t2"."items",
        NULL
      )
    ) AS "items",
    MAX("t2"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)) AS "seen",
    SUM(
      IFF("t2"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0), "t2"."amount", NULL)
    ) AS "revenue_before",
    COUNT(
      DISTINCT IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
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
        ),
        "t2"."invoice",
        NULL
      )
    ) AS "orders_before",
    SUM(
      IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
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
        ),
        "t2"."bought",
        NULL
      )
    ) AS "bought_before",
    SUM(
      IFF(
        (
          "t2"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
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
        ),
        "t2"."items",
        NULL
      )
    ) AS "items_before",
    MAX("t2"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)) AS "seen_before"
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
            "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
          )
          AND (
            "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          )
          THEN TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
          WHEN (
            "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0)
          )
          AND (
            "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
          )
          THEN TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
          ELSE NULL
        END AS "cutoff"
      FROM "temp"."main"."moments_of_customers" AS "t0"
      WHERE
        "t0"."sold_at" >= TIMESTAMP_FROM_PARTS(2024, 11, 1, 0, 0, 0, 0)
        AND "t0"."sold_at" < TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    ) AS "t1"
    WHERE
      "t1"."cutoff" IS NOT NULL AND "t1"."lines" > 0
  ) AS "t2"
  GROUP BY
    1
) AS "t3"
