SELECT
  `t2`.`cutoff`,
  SUM(`t2`.`worth`) AS `revenue`,
  SUM(IF(`t2`.`customer` IS NULL, `t2`.`worth`, NULL)) AS `guest_revenue`,
  COUNT(
    DISTINCT IF(
      (
        `t2`.`sales` > 0
      )
      AND (
        (
          `t2`.`cancelled_at` IS NULL
        ) OR (
          `t2`.`cancelled_at` >= `t2`.`cutoff`
        )
      ),
      `t2`.`invoice`,
      NULL
    )
  ) AS `orders`,
  COUNT(
    DISTINCT IF(
      (
        `t2`.`sales` > 0
      )
      AND (
        (
          `t2`.`cancelled_at` IS NULL
        ) OR (
          `t2`.`cancelled_at` >= `t2`.`cutoff`
        )
      )
      AND (
        `t2`.`customer` IS NOT NULL
      ),
      `t2`.`invoice`,
      NULL
    )
  ) AS `identified_orders`,
  COUNT(
    DISTINCT IF(
      (
        `t2`.`sales` > 0
      )
      AND (
        (
          `t2`.`cancelled_at` IS NULL
        ) OR (
          `t2`.`cancelled_at` >= `t2`.`cutoff`
        )
      ),
      `t2`.`customer`,
      NULL
    )
  ) AS `customers`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t0`.`customer`,
      `t0`.`invoice`,
      `t0`.`sold_at`,
      `t0`.`cancelled_at`,
      `t0`.`fate`,
      `t0`.`rows`,
      `t0`.`worth`,
      `t0`.`sales`,
      `t0`.`gross`,
      `t0`.`items`,
      `t0`.`country`,
      CASE
        WHEN (
          `t0`.`sold_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
        AND (
          `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        THEN CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        WHEN (
          `t0`.`sold_at` >= CAST('2024-11-01T00:00:00' AS TIMESTAMP)
        )
        AND (
          `t0`.`sold_at` < CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        )
        THEN CAST('2024-12-01T00:00:00' AS TIMESTAMP)
        WHEN (
          `t0`.`sold_at` >= CAST('2023-12-01T00:00:00' AS TIMESTAMP)
        )
        AND (
          `t0`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
        )
        THEN CAST('2024-01-01T00:00:00' AS TIMESTAMP)
        ELSE NULL
      END AS `cutoff`
    FROM `temp`.`main`.`moments_roll_up` AS `t0`
    WHERE
      `t0`.`sold_at` >= CAST('2023-12-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  ) AS `t1`
  WHERE
    `t1`.`cutoff` IS NOT NULL
) AS `t2`
GROUP BY
  1
