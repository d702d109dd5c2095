SELECT
  `t3`.`customer`,
  COALESCE(`t3`.`revenue`, 0) AS `revenue`,
  COALESCE(`t3`.`orders`, 0) AS `orders`,
  COALESCE(`t3`.`bought`, 0) AS `bought`,
  COALESCE(`t3`.`items`, 0) AS `items`,
  `t3`.`seen`,
  COALESCE(`t3`.`revenue_before`, 0) AS `revenue_before`,
  COALESCE(`t3`.`orders_before`, 0) AS `orders_before`,
  COALESCE(`t3`.`bought_before`, 0) AS `bought_before`,
  COALESCE(`t3`.`items_before`, 0) AS `items_before`,
  `t3`.`seen_before`
FROM (
  SELECT
    `t2`.`customer`,
    SUM(IF(`t2`.`cutoff` = DATETIME('2025-01-01T00:00:00'), `t2`.`amount`, NULL)) AS `revenue`,
    COUNT(
      DISTINCT IF(
        (
          `t2`.`cutoff` = DATETIME('2025-01-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`invoice`,
        NULL
      )
    ) AS `orders`,
    SUM(
      IF(
        (
          `t2`.`cutoff` = DATETIME('2025-01-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`bought`,
        NULL
      )
    ) AS `bought`,
    SUM(
      IF(
        (
          `t2`.`cutoff` = DATETIME('2025-01-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`items`,
        NULL
      )
    ) AS `items`,
    LOGICAL_OR(`t2`.`cutoff` = DATETIME('2025-01-01T00:00:00')) AS `seen`,
    SUM(IF(`t2`.`cutoff` = DATETIME('2024-12-01T00:00:00'), `t2`.`amount`, NULL)) AS `revenue_before`,
    COUNT(
      DISTINCT IF(
        (
          `t2`.`cutoff` = DATETIME('2024-12-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`invoice`,
        NULL
      )
    ) AS `orders_before`,
    SUM(
      IF(
        (
          `t2`.`cutoff` = DATETIME('2024-12-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`bought`,
        NULL
      )
    ) AS `bought_before`,
    SUM(
      IF(
        (
          `t2`.`cutoff` = DATETIME('2024-12-01T00:00:00')
        )
        AND (
          (
            `t2`.`purchases` > 0
          )
          AND (
            (
              `t2`.`cancelled_at` IS NULL
            ) OR (
              `t2`.`cancelled_at` >= `t2`.`cutoff`
            )
          )
        ),
        `t2`.`items`,
        NULL
      )
    ) AS `items_before`,
    LOGICAL_OR(`t2`.`cutoff` = DATETIME('2024-12-01T00:00:00')) AS `seen_before`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t0`.`customer`,
        `t0`.`invoice`,
        `t0`.`sold_at`,
        `t0`.`cancelled_at`,
        `t0`.`lines`,
        `t0`.`items`,
        `t0`.`country`,
        `t0`.`on_file`,
        `t0`.`amount`,
        `t0`.`bought`,
        `t0`.`purchases`,
        `t0`.`orders`,
        `t0`.`split`,
        CASE
          WHEN (
            `t0`.`sold_at` >= DATETIME('2024-12-01T00:00:00')
          )
          AND (
            `t0`.`sold_at` < DATETIME('2025-01-01T00:00:00')
          )
          THEN DATETIME('2025-01-01T00:00:00')
          WHEN (
            `t0`.`sold_at` >= DATETIME('2024-11-01T00:00:00')
          )
          AND (
            `t0`.`sold_at` < DATETIME('2024-12-01T00:00:00')
          )
          THEN DATETIME('2024-12-01T00:00:00')
          ELSE NULL
        END AS `cutoff`
      FROM `temp`.`main`.`moments_of_customers` AS `t0`
      WHERE
        `t0`.`sold_at` >= DATETIME('2024-11-01T00:00:00')
        AND `t0`.`sold_at` < DATETIME('2025-01-01T00:00:00')
    ) AS `t1`
    WHERE
      `t1`.`cutoff` IS NOT NULL AND `t1`.`lines` > 0
  ) AS `t2`
  GROUP BY
    1
) AS `t3`
