SELECT
  `t7`.`customer`,
  MIN(`t7`.`sold_at`) AS `first`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t5`.*
      EXCEPT (`line_right`)
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
          CAST(`t0`.`sold_at` AS DATETIME) AS `sold_at`,
          `t0`.`customer`,
          `t0`.`country`
        FROM `temp`.`main`.`lines` AS `t0`
      ) AS `t4`
      LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t2`
        ON `t4`.`line` = `t2`.`line`
    ) AS `t5`
  ) AS `t6`
  WHERE
    `t6`.`amount` > 0
    AND (
      (
        `t6`.`cancelled_at` IS NULL
      )
      OR (
        `t6`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
      )
    )
    AND `t6`.`sold_at` < DATETIME('2025-01-01T00:00:00')
    AND `t6`.`customer` IS NOT NULL
) AS `t7`
GROUP BY
  1
