SELECT
  "t16"."kind",
  "t16"."source",
  "t16"."target",
  "t16"."known",
  "t16"."why",
  COUNT(*) AS "customers",
  SUM("t16"."worth") AS "worth",
  SUM("t16"."worth_before") AS "worth_before",
  SUM("t16"."active") AS "active",
  SUM("t16"."revenue") AS "revenue",
  SUM("t16"."orders") AS "orders",
  SUM("t16"."bought") AS "bought",
  SUM("t16"."items") AS "items",
  SUM("t16"."active_before") AS "active_before",
  SUM("t16"."revenue_before") AS "revenue_before",
  SUM("t16"."orders_before") AS "orders_before",
  SUM("t16"."bought_before") AS "bought_before",
  SUM("t16"."items_before") AS "items_before",
  SUM("t16"."idle") AS "idle",
  SUM("t16"."month") AS "month"
FROM (
  SELECT
    "t15"."source",
    "t15"."target",
    "t15"."known",
    "t15"."why",
    "t15"."month",
    "t15"."worth",
    "t15"."worth_before",
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
        "t15"."first" >= TIMESTAMP_FROM_PARTS(2024, 12, 1, 0, 0, 0, 0)
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
    IFF(COALESCE("t5"."orders", 0) > 0, 0, "t15"."worth") AS "idle"
  FROM (
    SELECT
      "t13"."customer",
      "t13"."first",
      "t13"."month",
      "t13"."worth",
      "t13"."target",
      "t13"."why",
      "t13"."whose",
      COALESCE("t13"."source", '') AS "source",
      COALESCE("t13"."worth_before", 0) AS "worth_before",
      COALESCE("t13"."known", FALSE) AS "known"
    FROM (
      SELECT
        "t12"."customer",
        "t12"."first",
        "t12"."month",
        "t12"."worth",
        "t12"."target",
        "t12"."why",
        "t8"."whose",
        "t8"."source",
        "t8"."worth_before",
        "t8"."known"
      FROM (
        SELECT
          "t10"."customer",
          "t10"."first",
          COALESCE("t10"."revenue", 0) AS "month",
          COALESCE("t10"."worth", 0) AS "worth",
          COALESCE("t10"."cluster", '') AS "target",
          CASE
            WHEN COALESCE("t10"."cluster", '') <> ''
            THEN ''
            WHEN COALESCE("t10"."lines", 0) = 0
            THEN 'out-of-window'
            WHEN COALESCE("t10"."placed", 0) = 0
            THEN 'no-purchase-left'
            ELSE 'net-not-positive'
          END AS "why"
        FROM (
          SELECT
            "t9"."place",
            "t9"."month",
            "t9"."customer",
            "t9"."worth",
            "t9"."placed",
            "t9"."lines",
            "t9"."revenue",
            "t9"."first",
            "t9"."segment",
            "t3"."member",
            "t3"."cluster"
          FROM (
            SELECT
              *
            FROM "temp"."main"."findings_standings_shelf_3" AS "t1"
            WHERE
              "t1"."place" IN (12)
          ) AS "t9"
          LEFT OUTER JOIN "memtable" AS "t3"
            ON "t9"."customer" = "t3"."member"
        ) AS "t10"
      ) AS "t12"
      LEFT OUTER JOIN (
        SELECT
          "t1"."customer" AS "whose",
          "t1"."segment" AS "source",
          "t1"."worth" AS "worth_before",
          "t1"."first" IS NOT NULL AS "known"
        FROM "temp"."main"."findings_standings_shelf_3" AS "t1"
        WHERE
          "t1"."place" IN (11)
      ) AS "t8"
        ON "t12"."customer" = "t8"."whose"
    ) AS "t13"
  ) AS "t15"
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
    ON "t15"."customer" = "t5"."doer"
) AS "t16"
GROUP BY
  1,
  2,
  3,
  4,
  5
