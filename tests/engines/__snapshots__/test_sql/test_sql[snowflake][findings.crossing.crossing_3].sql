SELECT
  "t18"."kind",
  "t18"."source",
  "t18"."target",
  "t18"."known",
  "t18"."why",
  COUNT(*) AS "customers",
  SUM("t18"."worth") AS "worth",
  SUM("t18"."worth_before") AS "worth_before",
  SUM("t18"."active") AS "active",
  SUM("t18"."revenue") AS "revenue",
  SUM("t18"."orders") AS "orders",
  SUM("t18"."bought") AS "bought",
  SUM("t18"."items") AS "items",
  SUM("t18"."active_before") AS "active_before",
  SUM("t18"."revenue_before") AS "revenue_before",
  SUM("t18"."orders_before") AS "orders_before",
  SUM("t18"."bought_before") AS "bought_before",
  SUM("t18"."items_before") AS "items_before",
  SUM("t18"."idle") AS "idle",
  SUM("t18"."month") AS "month"
FROM (
  SELECT
    "t17"."source",
    "t17"."target",
    "t17"."known",
    "t17"."why",
    "t17"."month",
    "t17"."worth",
    "t17"."worth_before",
    COALESCE("t5"."orders", 0) AS "orders",
    COALESCE("t5"."bought", 0) AS "bought",
    COALESCE("t5"."items", 0) AS "items",
    COALESCE("t5"."orders_before", 0) AS "orders_before",
    COALESCE("t5"."bought_before", 0) AS "bought_before",
    COALESCE("t5"."items_before", 0) AS "items_before",
    COALESCE("t5"."revenue_now", 0) AS "revenue",
    COALESCE("t5"."revenue_before", 0) AS "revenue_before",
    CASE
      WHEN NOT (
        COALESCE("t5"."seen", FALSE) OR COALESCE("t5"."seen_before", FALSE)
      )
      THEN ''
      WHEN (
        COALESCE("t5"."orders", 0) > 0
      )
      AND NOT (
        COALESCE("t5"."orders_before", 0) > 0
      )
      AND (
        "t17"."first" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
      )
      THEN 'new'
      WHEN (
        COALESCE("t5"."orders", 0) > 0
      )
      AND NOT (
        COALESCE("t5"."orders_before", 0) > 0
      )
      THEN 'reactivated'
      WHEN (
        COALESCE("t5"."orders", 0) > 0
      )
      AND (
        COALESCE("t5"."orders_before", 0) > 0
      )
      AND (
        COALESCE("t5"."revenue_now", 0) >= COALESCE("t5"."revenue_before", 0)
      )
      THEN 'expansion'
      WHEN (
        COALESCE("t5"."orders", 0) > 0
      )
      AND (
        COALESCE("t5"."orders_before", 0) > 0
      )
      THEN 'contraction'
      WHEN COALESCE("t5"."orders_before", 0) > 0
      THEN 'lapsed'
      ELSE 'returns-only'
    END AS "kind",
    IFF(COALESCE("t5"."orders", 0) > 0, 1, 0) AS "active",
    IFF(COALESCE("t5"."orders_before", 0) > 0, 1, 0) AS "active_before",
    IFF(COALESCE("t5"."orders", 0) > 0, 0, "t17"."worth") AS "idle"
  FROM (
    SELECT
      "t15"."customer",
      "t15"."first",
      "t15"."month",
      "t15"."worth",
      "t15"."target",
      "t15"."why",
      "t15"."whose",
      COALESCE("t15"."source", '') AS "source",
      COALESCE("t15"."worth_before", 0) AS "worth_before",
      COALESCE("t15"."known", FALSE) AS "known"
    FROM (
      SELECT
        "t14"."customer",
        "t14"."first",
        "t14"."month",
        "t14"."worth",
        "t14"."target",
        "t14"."why",
        "t9"."whose",
        "t9"."source",
        "t9"."worth_before",
        "t9"."known"
      FROM (
        SELECT
          "t12"."customer",
          "t12"."first",
          COALESCE("t12"."revenue", 0) AS "month",
          COALESCE("t12"."worth", 0) AS "worth",
          "t12"."segment" AS "target",
          CASE
            WHEN "t12"."segment" <> ''
            THEN ''
            WHEN COALESCE("t12"."lines", 0) = 0
            THEN 'out-of-window'
            WHEN COALESCE("t12"."placed", 0) = 0
            THEN 'no-purchase-left'
            ELSE 'net-not-positive'
          END AS "why"
        FROM (
          SELECT
            "t11"."place",
            "t11"."month",
            "t11"."customer",
            "t11"."worth",
            "t11"."placed",
            "t11"."lines",
            "t11"."revenue",
            "t11"."first",
            CASE
              WHEN "t11"."home" = 0
              THEN 'big-spenders'
              WHEN "t11"."home" = 1
              THEN 'best'
              WHEN "t11"."home" = 2
              THEN 'lost'
              WHEN "t11"."home" = 3
              THEN 'low-engagement'
              ELSE ''
            END AS "segment"
          FROM (
            SELECT
              "t10"."place",
              "t10"."month",
              "t10"."customer",
              "t10"."worth",
              "t10"."placed",
              "t10"."lines",
              "t10"."revenue",
              "t10"."first",
              "t10"."segment",
              "t8"."member",
              "t8"."home"
            FROM (
              SELECT
                *
              FROM "temp"."main"."findings_standings_shelf_5" AS "t1"
              WHERE
                "t1"."place" IN (12)
            ) AS "t10"
            LEFT OUTER JOIN (
              SELECT
                "t2"."customer" AS "member",
                "t2"."place" AS "home"
              FROM "temp"."main"."findings_crowd_crowd_2" AS "t2"
            ) AS "t8"
              ON "t10"."customer" = "t8"."member"
          ) AS "t11"
        ) AS "t12"
      ) AS "t14"
      LEFT OUTER JOIN (
        SELECT
          "t1"."customer" AS "whose",
          "t1"."segment" AS "source",
          "t1"."worth" AS "worth_before",
          "t1"."first" IS NOT NULL AS "known"
        FROM "temp"."main"."findings_standings_shelf_5" AS "t1"
        WHERE
          "t1"."place" IN (11)
      ) AS "t9"
        ON "t14"."customer" = "t9"."whose"
    ) AS "t15"
  ) AS "t17"
  LEFT OUTER JOIN (
    SELECT
      "t0"."customer" AS "doer",
      "t0"."revenue" AS "revenue_now",
      "t0"."orders",
      "t0"."bought",
      "t0"."items",
      "t0"."seen",
      "t0"."revenue_before",
      "t0"."orders_before",
      "t0"."bought_before",
      "t0"."items_before",
      "t0"."seen_before"
    FROM "temp"."main"."findings_crossing_doings" AS "t0"
  ) AS "t5"
    ON "t17"."customer" = "t5"."doer"
) AS "t18"
GROUP BY
  1,
  2,
  3,
  4,
  5
