SELECT
  SUM(`t1`.`bought`) AS `Sum_bought`
FROM (
  SELECT
    *
  FROM `temp`.`main`.`moments_of_customers` AS `t0`
  WHERE
    `t0`.`sold_at` >= DATETIME('2024-01-01T00:00:00')
    AND `t0`.`sold_at` < DATETIME('2025-01-01T00:00:00')
    AND (
      (
        `t0`.`cancelled_at` IS NULL
      )
      OR (
        `t0`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
      )
    )
) AS `t1`
