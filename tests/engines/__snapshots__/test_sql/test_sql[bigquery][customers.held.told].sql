SELECT
  `t1`.`fate`,
  COUNT(*) AS `customers`,
  SUM(`t1`.`lines`) AS `rows`,
  SUM(`t1`.`revenue`) AS `worth`
FROM (
  SELECT
    `t0`.`customer`,
    `t0`.`lines`,
    `t0`.`revenue`,
    DATE_DIFF(DATE(2025, 1, 1), DATE(`t0`.`last`), DAY) - IF(`t0`.`last` > TIMESTAMP_TRUNC(`t0`.`last`, DAY), 1, 0) AS `recency`,
    `t0`.`orders` AS `frequency`,
    `t0`.`revenue` AS `monetary`,
    DATE_DIFF(DATE(2025, 1, 1), DATE(`t0`.`first`), DAY) - IF(`t0`.`first` > TIMESTAMP_TRUNC(`t0`.`first`, DAY), 1, 0) AS `tenure`,
    COALESCE(`t0`.`orders`, 0) AS `orders`,
    CASE
      WHEN COALESCE(`t0`.`orders`, 0) = 0
      THEN 'no-purchase-left'
      WHEN `t0`.`revenue` < 1
      THEN 'net-not-positive'
      ELSE ''
    END AS `fate`
  FROM `temp`.`main`.`findings_crowd_measured_at` AS `t0`
) AS `t1`
GROUP BY
  1
