SELECT
  SUM(`t4`.`all`) AS `all`,
  SUM(`t4`.`odd`) AS `odd`,
  MAX(`t4`.`odd`) AS `most`,
  MIN(`t4`.`such`) AS `such`
FROM (
  SELECT
    `t3`.`low`,
    COUNT(*) AS `all`,
    SUM(IF(`t3`.`alike`, 1, 0)) AS `odd`,
    MIN(IF(`t3`.`alike`, `t3`.`invoice`, NULL)) AS `such`
  FROM (
    SELECT
      `t2`.`invoice`,
      `t2`.`customer`,
      `t2`.`low`,
      `t2`.`high`,
      `t2`.`one`,
      `t2`.`other`,
      `t2`.`low` = `t2`.`high` AS `alike`
    FROM (
      SELECT
        `t1`.`invoice`,
        `t1`.`customer`,
        MIN(`t1`.`price`) AS `low`,
        MAX(`t1`.`price`) AS `high`,
        MIN(`t1`.`product`) AS `one`,
        MAX(`t1`.`product`) AS `other`
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
          `t0`.`country`,
          COALESCE(`t0`.`code`, `t0`.`description`, CAST(`t0`.`line` AS STRING)) AS `product`
        FROM `temp`.`main`.`lines` AS `t0`
        WHERE
          `t0`.`amount` > 0
      ) AS `t1`
      GROUP BY
        1,
        2
    ) AS `t2`
    WHERE
      `t2`.`one` < `t2`.`other`
  ) AS `t3`
  GROUP BY
    1
) AS `t4`
