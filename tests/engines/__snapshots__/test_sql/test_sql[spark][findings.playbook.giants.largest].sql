SELECT
  `t6`.`customer`,
  `t6`.`invoice`,
  `t6`.`amount`,
  `t6`.`description`,
  `t6`.`quantity`
FROM (
  SELECT
    `t5`.`line`,
    `t5`.`invoice`,
    `t5`.`code`,
    `t5`.`description`,
    `t5`.`quantity`,
    `t5`.`price`,
    `t5`.`amount`,
    `t5`.`sold_at`,
    `t5`.`customer`,
    `t5`.`country`,
    `t5`.`cancelled_at`
  FROM (
    SELECT
      `t4`.`line`,
      `t4`.`invoice`,
      `t4`.`code`,
      `t4`.`description`,
      `t4`.`quantity`,
      `t4`.`price`,
      `t4`.`amount`,
      `t4`.`sold_at`,
      `t4`.`customer`,
      `t4`.`country`,
      `t2`.`line` AS `line_right`,
      `t2`.`cancelled_at`
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
    ) AS `t4`
    LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t2`
      ON `t4`.`line` = `t2`.`line`
  ) AS `t5`
) AS `t6`
WHERE
  `t6`.`invoice` IN ('@C001|2024-11-20T09:00')
  AND `t6`.`amount` > 0
  AND `t6`.`cancelled_at` <= (
    `t6`.`sold_at` + INTERVAL '24' HOUR
  )
  AND `t6`.`cancelled_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  AND `t6`.`sold_at` >= CAST('2024-01-01T00:00:00' AS TIMESTAMP)
