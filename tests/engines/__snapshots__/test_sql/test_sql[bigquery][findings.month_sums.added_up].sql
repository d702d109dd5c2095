SELECT
  `t14`.`place`,
  `t14`.`unit`,
  `t14`.`segment`,
  COUNT(*) AS `customers`,
  SUM(`t14`.`worth`) AS `monetary`,
  SUM(`t14`.`revenue`) AS `revenue`,
  SUM(CAST(`t14`.`orders` > 0 AS INT64)) AS `bought`,
  SUM(`t14`.`orders`) AS `orders`,
  SUM(`t14`.`bought`) AS `spend`
FROM (
  SELECT
    `t13`.`place`,
    `t13`.`month`,
    `t13`.`customer`,
    `t13`.`worth`,
    `t13`.`placed`,
    `t13`.`lines`,
    `t13`.`revenue`,
    `t13`.`first`,
    `t13`.`segment`,
    `t13`.`customer_right`,
    `t13`.`month_right`,
    `t13`.`bought`,
    `t13`.`orders`,
    `t13`.`customer` AS `unit`
  FROM (
    SELECT
      `t3`.`place`,
      `t3`.`month`,
      `t3`.`customer`,
      `t3`.`worth`,
      `t3`.`placed`,
      `t3`.`lines`,
      `t3`.`revenue`,
      `t3`.`first`,
      `t3`.`segment`,
      `t12`.`customer` AS `customer_right`,
      `t12`.`month` AS `month_right`,
      `t12`.`bought`,
      `t12`.`orders`
    FROM (
      SELECT
        *
      FROM `temp`.`main`.`findings_standings_shelf` AS `t0`
      WHERE
        `t0`.`place` IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    ) AS `t3`
    LEFT OUTER JOIN (
      SELECT
        *
      FROM (
        SELECT
          `t8`.`customer`,
          `t8`.`month`,
          `t8`.`bought`,
          COALESCE(`t8`.`alone`, 0) + COALESCE(`t9`.`several`, 0) AS `orders`
        FROM (
          SELECT
            `t4`.`customer`,
            `t4`.`month`,
            SUM(`t4`.`orders`) AS `alone`,
            SUM(`t4`.`bought`) AS `bought`
          FROM (
            SELECT
              `t1`.`customer`,
              `t1`.`invoice`,
              `t1`.`sold_at`,
              `t1`.`cancelled_at`,
              `t1`.`lines`,
              `t1`.`items`,
              `t1`.`country`,
              `t1`.`on_file`,
              `t1`.`amount`,
              `t1`.`bought`,
              `t1`.`purchases`,
              `t1`.`orders`,
              `t1`.`split`,
              TIMESTAMP_TRUNC(`t1`.`sold_at`, MONTH) AS `month`
            FROM `temp`.`main`.`moments_of_customers` AS `t1`
            WHERE
              `t1`.`purchases` > 0
              AND (
                (
                  `t1`.`cancelled_at` IS NULL
                )
                OR (
                  TIMESTAMP_TRUNC(`t1`.`cancelled_at`, MONTH) > TIMESTAMP_TRUNC(`t1`.`sold_at`, MONTH)
                )
              )
          ) AS `t4`
          GROUP BY
            1,
            2
        ) AS `t8`
        LEFT OUTER JOIN (
          SELECT
            `t5`.`month`,
            `t5`.`customer`,
            COUNT(DISTINCT `t5`.`invoice`) AS `several`
          FROM (
            SELECT
              `t1`.`customer`,
              `t1`.`invoice`,
              `t1`.`sold_at`,
              `t1`.`cancelled_at`,
              `t1`.`lines`,
              `t1`.`items`,
              `t1`.`country`,
              `t1`.`on_file`,
              `t1`.`amount`,
              `t1`.`bought`,
              `t1`.`purchases`,
              `t1`.`orders`,
              `t1`.`split`,
              TIMESTAMP_TRUNC(`t1`.`sold_at`, MONTH) AS `month`
            FROM `temp`.`main`.`moments_of_customers` AS `t1`
            WHERE
              `t1`.`split`
              AND `t1`.`purchases` > 0
              AND (
                (
                  `t1`.`cancelled_at` IS NULL
                )
                OR (
                  TIMESTAMP_TRUNC(`t1`.`cancelled_at`, MONTH) > TIMESTAMP_TRUNC(`t1`.`sold_at`, MONTH)
                )
              )
          ) AS `t5`
          GROUP BY
            1,
            2
        ) AS `t9`
          ON `t8`.`month` = `t9`.`month` AND `t8`.`customer` = `t9`.`customer`
      ) AS `t10`
      WHERE
        `t10`.`month` IN (
          DATETIME('2024-01-01T00:00:00'),
          DATETIME('2024-02-01T00:00:00'),
          DATETIME('2024-03-01T00:00:00'),
          DATETIME('2024-04-01T00:00:00'),
          DATETIME('2024-05-01T00:00:00'),
          DATETIME('2024-06-01T00:00:00'),
          DATETIME('2024-07-01T00:00:00'),
          DATETIME('2024-08-01T00:00:00'),
          DATETIME('2024-09-01T00:00:00'),
          DATETIME('2024-10-01T00:00:00'),
          DATETIME('2024-11-01T00:00:00'),
          DATETIME('2024-12-01T00:00:00')
        )
    ) AS `t12`
      ON `t3`.`customer` = `t12`.`customer` AND `t3`.`month` = `t12`.`month`
  ) AS `t13`
) AS `t14`
GROUP BY
  1,
  2,
  3
