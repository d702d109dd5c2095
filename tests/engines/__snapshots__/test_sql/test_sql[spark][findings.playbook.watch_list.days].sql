SELECT
  `t2`.`customer`,
  `t2`.`day`
FROM (
  SELECT
    `t1`.`customer`,
    `t1`.`day`,
    COUNT(*) OVER (
      PARTITION BY `t1`.`customer`
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS `days`
  FROM (
    SELECT DISTINCT
      `t0`.`customer`,
      DATE_TRUNC('day', `t0`.`sold_at`) AS `day`
    FROM `temp`.`main`.`moments_of_customers` AS `t0`
    WHERE
      `t0`.`purchases` > 0
      AND `t0`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      AND (
        (
          `t0`.`cancelled_at` IS NULL
        )
        OR (
          `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
  ) AS `t1`
) AS `t2`
WHERE
  `t2`.`days` >= 5
