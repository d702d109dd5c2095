SELECT
  `t1`.`customer`,
  SUM(`t1`.`amount`) AS `revenue`,
  COUNT(
    DISTINCT IF(
      (
        `t1`.`purchases` > 0
      )
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      ),
      `t1`.`invoice`,
      NULL
    )
  ) AS `orders`,
  SUM(
    IF(
      (
        `t1`.`purchases` > 0
      )
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      ),
      `t1`.`bought`,
      NULL
    )
  ) AS `bought`,
  SUM(
    IF(
      (
        `t1`.`purchases` > 0
      )
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      ),
      `t1`.`items`,
      NULL
    )
  ) AS `items`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_of_customers` AS `t0`
  WHERE
    `t0`.`sold_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`lines` > 0
) AS `t1`
GROUP BY
  1
