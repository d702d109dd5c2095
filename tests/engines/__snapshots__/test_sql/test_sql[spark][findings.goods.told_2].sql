SELECT
  `t12`.`place`,
  `t12`.`code`,
  `t12`.`description`,
  COUNT(*) AS `lines`,
  SUM(`t12`.`amount`) AS `revenue`
FROM (
  SELECT
    `t11`.`customer`,
    `t11`.`invoice`,
    `t11`.`code`,
    `t11`.`description`,
    `t11`.`amount`,
    `t11`.`price`,
    `t5`.`place`
  FROM (
    SELECT
      `t9`.`customer`,
      `t9`.`invoice`,
      `t9`.`code`,
      `t9`.`description`,
      `t9`.`amount`,
      `t9`.`price`
    FROM (
      SELECT
        `t8`.`line`,
        `t8`.`invoice`,
        `t8`.`code`,
        `t8`.`description`,
        `t8`.`quantity`,
        `t8`.`price`,
        `t8`.`amount`,
        `t8`.`sold_at`,
        `t8`.`customer`,
        `t8`.`country`,
        `t8`.`cancelled_at`
      FROM (
        SELECT
          `t7`.`line`,
          `t7`.`invoice`,
          `t7`.`code`,
          `t7`.`description`,
          `t7`.`quantity`,
          `t7`.`price`,
          `t7`.`amount`,
          `t7`.`sold_at`,
          `t7`.`customer`,
          `t7`.`country`,
          `t3`.`line` AS `line_right`,
          `t3`.`cancelled_at`
        FROM (
          SELECT
            `t1`.`line`,
            `t1`.`invoice`,
            `t1`.`code`,
            `t1`.`description`,
            `t1`.`quantity`,
            `t1`.`price`,
            `t1`.`amount`,
            CAST(`t1`.`sold_at` AS TIMESTAMP) AS `sold_at`,
            `t1`.`customer`,
            `t1`.`country`
          FROM `temp`.`main`.`lines` AS `t1`
        ) AS `t7`
        LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t3`
          ON `t7`.`line` = `t3`.`line`
      ) AS `t8`
    ) AS `t9`
    WHERE
      (
        (
          `t9`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
        AND NOT (
          `t9`.`customer` IS NULL
        )
      )
      AND NOT (
        `t9`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
      )
      AND `t9`.`amount` > 0
      AND (
        (
          `t9`.`cancelled_at` IS NULL
        )
        OR (
          `t9`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
        )
      )
      AND `t9`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
  ) AS `t11`
  INNER JOIN (
    SELECT
      `t0`.`customer`,
      `t0`.`place`
    FROM `temp`.`main`.`findings_crowd_crowd` AS `t0`
  ) AS `t5`
    ON `t11`.`customer` = `t5`.`customer`
) AS `t12`
GROUP BY
  1,
  2,
  3
