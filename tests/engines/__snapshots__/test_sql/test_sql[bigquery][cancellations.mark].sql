WITH `t2` AS (
  SELECT
    `t0`.`line`,
    `t0`.`customer`,
    `t0`.`invoice`,
    CAST(`t0`.`sold_at` AS DATETIME) AS `sold_at`,
    `t0`.`amount`,
    `t0`.`quantity`,
    COALESCE(`t0`.`country`, '') AS `country`,
    COALESCE(`t0`.`description`, '') AS `description`,
    COALESCE(`t0`.`code`, '') AS `code`,
    ABS(`t0`.`quantity`) AS `size`,
    ABS(`t0`.`price`) AS `worth`
  FROM `temp`.`main`.`lines` AS `t0`
  WHERE
    `t0`.`customer` IS NOT NULL AND `t0`.`amount` <> 0 AND `t0`.`amount` < 0
)
SELECT
  `t12`.`line`,
  `t12`.`cancelled_at`
FROM (
  SELECT
    `t11`.`line`,
    `t11`.`customer`,
    `t11`.`invoice`,
    `t11`.`sold_at`,
    `t11`.`amount`,
    `t11`.`quantity`,
    `t11`.`country`,
    `t11`.`description`,
    `t11`.`code`,
    `t11`.`size`,
    `t11`.`worth`,
    `t11`.`rank`,
    `t9`.`cancelled_at`
  FROM (
    SELECT
      `t6`.`line`,
      `t6`.`customer`,
      `t6`.`invoice`,
      `t6`.`sold_at`,
      `t6`.`amount`,
      `t6`.`quantity`,
      `t6`.`country`,
      `t6`.`description`,
      `t6`.`code`,
      `t6`.`size`,
      `t6`.`worth`,
      ROW_NUMBER() OVER (
        PARTITION BY `t6`.`customer`, `t6`.`code`, `t6`.`size`, `t6`.`worth`
        ORDER BY `t6`.`sold_at` ASC, `t6`.`invoice` ASC, `t6`.`country` ASC, `t6`.`description` ASC, `t6`.`quantity` ASC
      ) - 1 AS `rank`
    FROM (
      SELECT
        `t3`.`line`,
        `t3`.`customer`,
        `t3`.`invoice`,
        `t3`.`sold_at`,
        `t3`.`amount`,
        `t3`.`quantity`,
        `t3`.`country`,
        `t3`.`description`,
        `t3`.`code`,
        `t3`.`size`,
        `t3`.`worth`
      FROM (
        SELECT
          `t0`.`line`,
          `t0`.`customer`,
          `t0`.`invoice`,
          CAST(`t0`.`sold_at` AS DATETIME) AS `sold_at`,
          `t0`.`amount`,
          `t0`.`quantity`,
          COALESCE(`t0`.`country`, '') AS `country`,
          COALESCE(`t0`.`description`, '') AS `description`,
          COALESCE(`t0`.`code`, '') AS `code`,
          ABS(`t0`.`quantity`) AS `size`,
          ABS(`t0`.`price`) AS `worth`
        FROM `temp`.`main`.`lines` AS `t0`
        WHERE
          `t0`.`customer` IS NOT NULL AND `t0`.`amount` <> 0 AND `t0`.`amount` > 0
      ) AS `t3`
      WHERE
        EXISTS(
          SELECT
            1
          FROM `t2` AS `t5`
          WHERE
            `t3`.`customer` = `t5`.`customer`
            AND `t3`.`size` = `t5`.`size`
            AND `t3`.`worth` = `t5`.`worth`
        )
    ) AS `t6`
  ) AS `t11`
  INNER JOIN (
    SELECT
      `t7`.`customer`,
      `t7`.`code`,
      `t7`.`size`,
      `t7`.`worth`,
      `t7`.`rank`,
      `t7`.`sold_at` AS `cancelled_at`
    FROM (
      SELECT
        `t4`.`line`,
        `t4`.`customer`,
        `t4`.`invoice`,
        `t4`.`sold_at`,
        `t4`.`amount`,
        `t4`.`quantity`,
        `t4`.`country`,
        `t4`.`description`,
        `t4`.`code`,
        `t4`.`size`,
        `t4`.`worth`,
        ROW_NUMBER() OVER (
          PARTITION BY `t4`.`customer`, `t4`.`code`, `t4`.`size`, `t4`.`worth`
          ORDER BY `t4`.`sold_at` ASC, `t4`.`invoice` ASC, `t4`.`country` ASC, `t4`.`description` ASC, `t4`.`quantity` ASC
        ) - 1 AS `rank`
      FROM `t2` AS `t4`
    ) AS `t7`
  ) AS `t9`
    ON `t11`.`customer` = `t9`.`customer`
    AND `t11`.`code` = `t9`.`code`
    AND `t11`.`size` = `t9`.`size`
    AND `t11`.`worth` = `t9`.`worth`
    AND `t11`.`rank` = `t9`.`rank`
) AS `t12`
WHERE
  `t12`.`cancelled_at` >= `t12`.`sold_at`
