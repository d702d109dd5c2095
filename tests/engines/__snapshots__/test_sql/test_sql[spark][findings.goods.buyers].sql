SELECT
  `t16`.`place`,
  `t16`.`number`,
  COUNT(*) AS `customers`
FROM (
  SELECT
    `t15`.`customer`,
    `t15`.`number`,
    `t4`.`place`
  FROM (
    SELECT DISTINCT
      *
    FROM (
      SELECT
        `t12`.`customer`,
        `t5`.`number`
      FROM (
        SELECT
          `t10`.`customer`,
          `t10`.`invoice`,
          `t10`.`code`,
          `t10`.`description`,
          `t10`.`amount`,
          `t10`.`price`
        FROM (
          SELECT
            `t9`.`line`,
            `t9`.`invoice`,
            `t9`.`code`,
            `t9`.`description`,
            `t9`.`quantity`,
            `t9`.`price`,
            `t9`.`amount`,
            `t9`.`sold_at`,
            `t9`.`customer`,
            `t9`.`country`,
            `t9`.`cancelled_at`
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
              `t6`.`line` AS `line_right`,
              `t6`.`cancelled_at`
            FROM (
              SELECT
                `t2`.`line`,
                `t2`.`invoice`,
                `t2`.`code`,
                `t2`.`description`,
                `t2`.`quantity`,
                `t2`.`price`,
                `t2`.`amount`,
                CAST(`t2`.`sold_at` AS TIMESTAMP) AS `sold_at`,
                `t2`.`customer`,
                `t2`.`country`
              FROM `temp`.`main`.`lines` AS `t2`
            ) AS `t8`
            LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t6`
              ON `t8`.`line` = `t6`.`line`
          ) AS `t9`
        ) AS `t10`
        WHERE
          (
            (
              `t10`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
            AND NOT (
              `t10`.`customer` IS NULL
            )
          )
          AND NOT (
            `t10`.`sold_at` < CAST('2024-01-01T00:00:00' AS TIMESTAMP)
          )
          AND `t10`.`amount` > 0
          AND (
            (
              `t10`.`cancelled_at` IS NULL
            )
            OR (
              `t10`.`cancelled_at` >= CAST('2025-01-01T00:00:00' AS TIMESTAMP)
            )
          )
          AND `t10`.`sold_at` < CAST('2025-01-01T00:00:00' AS TIMESTAMP)
      ) AS `t12`
      INNER JOIN `memtable` AS `t5`
        ON `t12`.`code` = `t5`.`code`
    ) AS `t13`
  ) AS `t15`
  INNER JOIN `memtable` AS `t4`
    ON `t15`.`customer` = `t4`.`customer`
) AS `t16`
GROUP BY
  1,
  2
