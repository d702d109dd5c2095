SELECT
  COUNT(DISTINCT IF(`t1`.`customer` IS NOT NULL, `t1`.`invoice`, NULL)) AS `orders`,
  COUNT(DISTINCT IF(`t1`.`customer` IS NULL, `t1`.`invoice`, NULL)) AS `guest_orders`,
  COUNT(DISTINCT `t1`.`customer`) AS `customers`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
  WHERE
    `t0`.`sold_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sales` > 0
    AND (
      (
        `t0`.`cancelled_at` IS NULL
      )
      OR (
        `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      )
    )
) AS `t1`
