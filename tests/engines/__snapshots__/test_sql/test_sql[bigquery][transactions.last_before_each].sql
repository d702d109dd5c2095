SELECT
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-01-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_0`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-02-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_1`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-03-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_2`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-04-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_3`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-05-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_4`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-06-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_5`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-07-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_6`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-08-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_7`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-09-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_8`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-10-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_9`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-11-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_10`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2024-12-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_11`,
  MAX(IF(`t1`.`sold_at` < DATETIME('2025-01-01T00:00:00'), `t1`.`sold_at`, NULL)) AS `at_12`
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
) AS `t1`
