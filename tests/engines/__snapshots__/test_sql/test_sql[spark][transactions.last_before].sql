SELECT
  MAX(`t1`.`sold_at`) AS `Max(sold_at)`
FROM (
  SELECT
    `t0`.`line`,
    `t0`.`invoice`,
    `t0`.`code`,
    `t0`.`description`,
    `t0`.`quantity`,
    `t0`.`price`,
    `t0`.`amount`,
    CAST(`t0`.`sold_at` AS TIMESTAMP) AS `sold_at`,
    `t0`.`customer`,
    `t0`.`country`
  FROM `temp`.`main`.`lines` AS `t0`
  WHERE
    CAST(`t0`.`sold_at` AS TIMESTAMP) < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
) AS `t1`
