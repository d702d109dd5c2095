SELECT
  `t10`.`line`,
  `t10`.`cancelled_at`
FROM (
  SELECT
    `t9`.`customer`,
    `t9`.`code`,
    `t9`.`size`,
    `t9`.`worth`,
    `t9`.`taken` - IF(`t9`.`back` = 1, `t9`.`excess`, `t9`.`balance`) AS `rank`,
    MAX(IF(`t9`.`back` = 0, `t9`.`line`, NULL)) AS `line`,
    MAX(IF(`t9`.`back` = 1, `t9`.`sold_at`, NULL)) AS `cancelled_at`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t7`.`line`,
        `t7`.`customer`,
        `t7`.`invoice`,
        `t7`.`sold_at`,
        `t7`.`amount`,
        `t7`.`quantity`,
        `t7`.`country`,
        `t7`.`description`,
        `t7`.`code`,
        `t7`.`size`,
        `t7`.`worth`,
        `t7`.`back`,
        `t7`.`taken`,
        `t7`.`balance`,
        GREATEST(
          COALESCE(
            MAX(`t7`.`balance`) OVER (
              PARTITION BY `t7`.`customer`, `t7`.`code`, `t7`.`size`, `t7`.`worth`
              ORDER BY `t7`.`sold_at` ASC NULLS LAST, `t7`.`back` ASC NULLS LAST, `t7`.`invoice` ASC NULLS LAST, `t7`.`country` ASC NULLS LAST, `t7`.`description` ASC NULLS LAST, `t7`.`quantity` ASC NULLS LAST
              ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            0
          ),
          0
        ) AS `excess`
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
          `t6`.`back`,
          SUM(`t6`.`back`) OVER (
            PARTITION BY `t6`.`customer`, `t6`.`code`, `t6`.`size`, `t6`.`worth`
            ORDER BY `t6`.`sold_at` ASC NULLS LAST, `t6`.`back` ASC NULLS LAST, `t6`.`invoice` ASC NULLS LAST, `t6`.`country` ASC NULLS LAST, `t6`.`description` ASC NULLS LAST, `t6`.`quantity` ASC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS `taken`,
          SUM((
            `t6`.`back` * 2
          ) - 1) OVER (
            PARTITION BY `t6`.`customer`, `t6`.`code`, `t6`.`size`, `t6`.`worth`
            ORDER BY `t6`.`sold_at` ASC NULLS LAST, `t6`.`back` ASC NULLS LAST, `t6`.`invoice` ASC NULLS LAST, `t6`.`country` ASC NULLS LAST, `t6`.`description` ASC NULLS LAST, `t6`.`quantity` ASC NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
          ) AS `balance`
        FROM (
          SELECT
            `t5`.`line`,
            `t5`.`customer`,
            `t5`.`invoice`,
            `t5`.`sold_at`,
            `t5`.`amount`,
            `t5`.`quantity`,
            `t5`.`country`,
            `t5`.`description`,
            `t5`.`code`,
            `t5`.`size`,
            `t5`.`worth`,
            CAST(IF(`t5`.`amount` < 0, 1, 0) AS BIGINT) AS `back`
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
                CAST(`t0`.`sold_at` AS TIMESTAMP) AS `sold_at`,
                `t0`.`amount`,
                `t0`.`quantity`,
                COALESCE(`t0`.`country`, '') AS `country`,
                COALESCE(`t0`.`description`, '') AS `description`,
                COALESCE(`t0`.`code`, '') AS `code`,
                ABS(`t0`.`quantity`) AS `size`,
                ABS(`t0`.`price`) AS `worth`
              FROM `temp`.`main`.`lines` AS `t0`
              WHERE
                `t0`.`customer` IS NOT NULL AND `t0`.`amount` <> 0
            ) AS `t3`
            LEFT SEMI JOIN (
              SELECT
                `t0`.`line`,
                `t0`.`customer`,
                `t0`.`invoice`,
                CAST(`t0`.`sold_at` AS TIMESTAMP) AS `sold_at`,
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
            ) AS `t4`
              ON `t3`.`customer` = `t4`.`customer`
              AND `t3`.`size` = `t4`.`size`
              AND `t3`.`worth` = `t4`.`worth`
          ) AS `t5`
        ) AS `t6`
      ) AS `t7`
    ) AS `t8`
    WHERE
      (
        `t8`.`back` = 0
      ) OR (
        `t8`.`balance` <= `t8`.`excess`
      )
  ) AS `t9`
  GROUP BY
    1,
    2,
    3,
    4,
    5
) AS `t10`
WHERE
  `t10`.`line` IS NOT NULL AND `t10`.`cancelled_at` IS NOT NULL
