SELECT
  `t1`.`line`,
  COALESCE(
    `t1`.`invoice`,
    CONCAT(
      CONCAT(FORMAT_DATETIME('%F %T', `t1`.`moment`), '|'),
      IF(
        `t1`.`customer` IS NULL,
        CONCAT('guest ', CAST(`t1`.`line` AS STRING)),
        `t1`.`customer`
      )
    )
  ) AS `invoice`,
  `t1`.`code`,
  `t1`.`description`,
  `t1`.`units` AS `quantity`,
  `t1`.`unit_price` AS `price`,
  `t1`.`units` * `t1`.`unit_price` AS `amount`,
  `t1`.`moment` AS `sold_at`,
  `t1`.`customer`,
  `t1`.`country`
FROM (
  SELECT
    `t0`.`line`,
    `t0`.`sold_at`,
    `t0`.`quantity`,
    `t0`.`price`,
    `t0`.`invoice`,
    `t0`.`code`,
    `t0`.`description`,
    `t0`.`customer`,
    `t0`.`country`,
    IF(
      (
        `t0`.`sold_at` >= DATETIME('1970-01-01T00:00:00')
      )
      AND (
        `t0`.`sold_at` < DATETIME('2200-01-01T00:00:00')
      ),
      `t0`.`sold_at`,
      CAST(NULL AS DATETIME)
    ) AS `moment`,
    IF(
      ABS(`t0`.`quantity`) < 1000000000000,
      IF(
        ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 1.0, 0) AS INT64) AS FLOAT64), 1.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        ),
        CAST(ROUND(`t0`.`quantity` * 1.0, 0) AS INT64),
        CAST(NULL AS INT64)
      ),
      CAST(NULL AS INT64)
    ) AS `units`,
    IF(
      ABS(`t0`.`price`) < 1000000000000,
      IF(
        ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 100.0, 0) AS INT64) AS FLOAT64), 100.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        ),
        CAST(ROUND(`t0`.`price` * 100.0, 0) AS INT64),
        CAST(NULL AS INT64)
      ),
      CAST(NULL AS INT64)
    ) AS `unit_price`
  FROM `temp`.`main`.`staged` AS `t0`
) AS `t1`
WHERE
  `t1`.`moment` IS NOT NULL
  AND `t1`.`units` IS NOT NULL
  AND `t1`.`unit_price` IS NOT NULL
