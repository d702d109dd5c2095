SELECT
  SUM(`t1`.`bought`) AS `Sum(bought)`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_of_customers` AS `t0`
  WHERE
    `t0`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
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
