SELECT
  `t1`.`month`,
  SUM(`t1`.`worth`) AS `revenue`,
  SUM(IF(`t1`.`customer` IS NULL, `t1`.`worth`, NULL)) AS `guest_revenue`,
  COUNT(
    DISTINCT IF(
      (
        `t1`.`sales` > 0
      )
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          DATE_TRUNC('month', `t1`.`cancelled_at`) > `t1`.`month`
        )
      ),
      `t1`.`invoice`,
      NULL
    )
  ) AS `orders`,
  COUNT(
    DISTINCT IF(
      (
        `t1`.`sales` > 0
      )
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          DATE_TRUNC('month', `t1`.`cancelled_at`) > `t1`.`month`
        )
      ),
      `t1`.`customer`,
      NULL
    )
  ) AS `customers`
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
    DATE_TRUNC('month', `t0`.`sold_at`) AS `month`
  FROM `temp`.`main`.`moments_roll_up` AS `t0`
  WHERE
    `t0`.`sold_at` >= CAST('2023-12-01T00:00:00' AS TIMESTAMP)
    AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
) AS `t1`
GROUP BY
  1
