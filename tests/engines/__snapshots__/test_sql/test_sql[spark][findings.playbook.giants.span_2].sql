SELECT
  *
FROM (
  SELECT
    `t1`.`customer`,
    `t1`.`invoice`,
    SUM(`t1`.`bought`) AS `worth`,
    MAX(`t1`.`sold_at`) AS `day`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`moments_of_customers` AS `t0`
    WHERE
      `t0`.`sold_at` >= CAST('2024-12-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      AND `t0`.`purchases` > 0
      AND (
        (
          `t0`.`cancelled_at` IS NULL
        )
        OR (
          `t0`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
  ) AS `t1`
  GROUP BY
    1,
    2
) AS `t2`
WHERE
  (
    `t2`.`worth` * 100
  ) >= 656451 AND (
    `t2`.`worth` * 66
  ) >= 6564510
