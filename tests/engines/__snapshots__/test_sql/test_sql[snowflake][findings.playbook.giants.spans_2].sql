SELECT
  *
FROM (
  SELECT
    "t2"."cutoff",
    "t2"."customer",
    "t2"."invoice",
    SUM("t2"."bought") AS "worth",
    MAX("t2"."sold_at") AS "day"
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
      "t1"."cutoff" IS NOT NULL
      AND "t1"."purchases" > 0
      AND (
        (
          "t1"."cancelled_at" IS NULL
        ) OR (
          "t1"."cancelled_at" >= "t1"."cutoff"
        )
      )
  ) AS "t2"
  GROUP BY
    1,
    2,
    3
) AS "t3"
WHERE
  (
    (
      "t3"."cutoff" = TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
    )
    AND (
      (
        (
          "t3"."worth" * 100
        ) >= 741034
      )
      AND (
        (
          "t3"."worth" * 70
        ) >= 7410340
      )
    )
  )
  OR (
    (
      "t3"."cutoff" = TIMESTAMP_FROM_PARTS(2025, 1, 1, 0, 0, 0, 0)
    )
    AND (
      (
        (
          "t3"."worth" * 100
        ) >= 656451
      )
      AND (
        (
          "t3"."worth" * 66
        ) >= 6564510
      )
    )
  )
