SELECT
  `t2`.`first`,
  `t2`.`month`,
  COUNT(*) AS `customers`
FROM (
  SELECT
    `t1`.`customer`,
    `t1`.`month`,
    MIN(`t1`.`month`) OVER (
      PARTITION BY `t1`.`customer`
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS `first`
  FROM (
    SELECT DISTINCT
      `t0`.`customer`,
      DATE_TRUNC('month', `t0`.`sold_at`) AS `month`
    FROM `temp`.`main`.`moments_of_customers` AS `t0`
    WHERE
      `t0`.`on_file` > 0
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
GROUP BY
  1,
  2
