SELECT
  `t1`.`customer`,
  `t1`.`month`,
  COUNT(DISTINCT `t1`.`invoice`) AS `orders`,
  SUM(`t1`.`bought`) AS `bought`
FROM (
  SELECT
    `t0`.`customer`,
    `t0`.`invoice`,
    `t0`.`sold_at`,
    `t0`.`cancelled_at`,
    `t0`.`amount`,
    `t0`.`lines`,
    `t0`.`bought`,
    `t0`.`items`,
    `t0`.`purchases`,
    `t0`.`on_file`,
    TIMESTAMP_TRUNC(`t0`.`sold_at`, MONTH) AS `month`
  FROM `temp`.`main`.`findings_moments_moments` AS `t0`
  WHERE
    `t0`.`purchases` > 0
    AND (
      (
        `t0`.`cancelled_at` IS NULL
      )
      OR (
        TIMESTAMP_TRUNC(`t0`.`cancelled_at`, MONTH) > TIMESTAMP_TRUNC(`t0`.`sold_at`, MONTH)
      )
    )
) AS `t1`
GROUP BY
  1,
  2
