SELECT
  COUNT(*) AS `all`,
  SUM(CAST(`t3`.`odd` AS INT)) AS `odd`,
  MIN(IF(`t3`.`odd`, `t3`.`invoice`, NULL)) AS `such`
FROM (
  SELECT
    `t2`.`invoice`,
    `t2`.`low`,
    `t2`.`high`,
    `t2`.`first`,
    `t2`.`last`,
    COALESCE(
      (
        `t2`.`low` < `t2`.`high`
      )
      AND (
        CAST(`t2`.`first` AS DATE) < CAST(`t2`.`last` AS DATE)
      ),
      FALSE
    ) AS `odd`
  FROM (
    SELECT
      `t1`.`invoice`,
      MIN(`t1`.`customer`) AS `low`,
      MAX(`t1`.`customer`) AS `high`,
      MIN(`t1`.`sold_at`) AS `first`,
      MAX(`t1`.`sold_at`) AS `last`
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
    ) AS `t1`
    GROUP BY
      1
  ) AS `t2`
) AS `t3`
