SELECT
  `t11`.`place`,
  `t11`.`code`,
  `t11`.`description`,
  COUNT(*) AS `lines`,
  SUM(`t11`.`amount`) AS `revenue`
FROM (
  SELECT
    `t10`.`customer`,
    `t10`.`invoice`,
    `t10`.`code`,
    `t10`.`description`,
    `t10`.`amount`,
    `t10`.`price`,
    `t3`.`place`
  FROM (
    SELECT
      `t8`.`customer`,
      `t8`.`invoice`,
      `t8`.`code`,
      `t8`.`description`,
      `t8`.`amount`,
      `t8`.`price`
    FROM (
      SELECT
        `t7`.*
        EXCEPT (`line_right`)
      FROM (
        SELECT
          `t6`.`line`,
          `t6`.`invoice`,
          `t6`.`code`,
          `t6`.`description`,
          `t6`.`quantity`,
          `t6`.`price`,
          `t6`.`amount`,
          `t6`.`sold_at`,
          `t6`.`customer`,
          `t6`.`country`,
          `t4`.`line` AS `line_right`,
          `t4`.`cancelled_at`
        FROM (
          SELECT
            `t1`.`line`,
            `t1`.`invoice`,
            `t1`.`code`,
            `t1`.`description`,
            `t1`.`quantity`,
            `t1`.`price`,
            `t1`.`amount`,
            CAST(`t1`.`sold_at` AS DATETIME) AS `sold_at`,
            `t1`.`customer`,
            `t1`.`country`
          FROM `temp`.`main`.`lines` AS `t1`
        ) AS `t6`
        LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t4`
          ON `t6`.`line` = `t4`.`line`
      ) AS `t7`
    ) AS `t8`
    WHERE
      (
        (
          `t8`.`sold_at` < DATETIME('2025-01-01T00:00:00')
        )
        AND NOT (
          `t8`.`customer` IS NULL
        )
      )
      AND NOT (
        `t8`.`sold_at` < DATETIME('2024-01-01T00:00:00')
      )
      AND `t8`.`amount` > 0
      AND (
        (
          `t8`.`cancelled_at` IS NULL
        )
        OR (
          `t8`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
        )
      )
      AND `t8`.`sold_at` < DATETIME('2025-01-01T00:00:00')
  ) AS `t10`
  INNER JOIN `memtable` AS `t3`
    ON `t10`.`customer` = `t3`.`customer`
) AS `t11`
GROUP BY
  1,
  2,
  3
