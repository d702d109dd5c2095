SELECT
  `t9`.`customer`,
  COUNT(*) AS `orders`,
  MAX(`t9`.`sold_at`) AS `last`,
  SUM(`t9`.`lines`) AS `order_lines`,
  SUM(`t9`.`gross`) AS `gross`
FROM (
  SELECT
    `t8`.`customer`,
    `t8`.`invoice`,
    MAX(`t8`.`sold_at`) AS `sold_at`,
    COUNT(*) AS `lines`,
    COALESCE(SUM(IF(`t8`.`amount` > 0, `t8`.`amount`, NULL)), 0) AS `gross`
  FROM (
    SELECT
      `t7`.`line`,
      `t7`.`invoice`,
      `t7`.`code`,
      `t7`.`description`,
      `t7`.`quantity`,
      `t7`.`price`,
      `t7`.`amount`,
      `t7`.`sold_at`,
      `t7`.`customer`,
      `t7`.`country`,
      `t7`.`cancelled_at`
    FROM (
      SELECT
        `t6`.`line`,
        `t6`.`invoice`,
        `t6`.`code`,
        `t6`.`description`,
        `t6`.`quantity`,
        `t6`.`price`,
        `t6`.`amount`,
        `t6`.`sold_at`,
        `t6`.`customer`,
        `t6`.`country`,
        `t6`.`cancelled_at`,
        `t6`.`sold_at` < DATETIME('2024-01-01T00:00:00') AS `early`,
        IF(
          (
            IF(`t6`.`sold_at` >= DATETIME('2025-01-01T00:00:00'), 'after-as-of', 'kept') = 'kept'
          )
          AND (
            `t6`.`customer` IS NULL
          ),
          'step_0',
          IF(`t6`.`sold_at` >= DATETIME('2025-01-01T00:00:00'), 'after-as-of', 'kept')
        ) AS `fate`
      FROM (
        SELECT
          `t5`.*
          EXCEPT (`line_right`)
        FROM (
          SELECT
            `t4`.`line`,
            `t4`.`invoice`,
            `t4`.`code`,
            `t4`.`description`,
            `t4`.`quantity`,
            `t4`.`price`,
            `t4`.`amount`,
            `t4`.`sold_at`,
            `t4`.`customer`,
            `t4`.`country`,
            `t2`.`line` AS `line_right`,
            `t2`.`cancelled_at`
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
          ) AS `t4`
          LEFT OUTER JOIN `temp`.`main`.`cancellations_mark` AS `t2`
            ON `t4`.`line` = `t2`.`line`
        ) AS `t5`
      ) AS `t6`
    ) AS `t7`
    WHERE
      `t7`.`fate` = 'kept'
      AND NOT (
        `t7`.`early`
      )
      AND `t7`.`amount` > 0
      AND (
        (
          `t7`.`cancelled_at` IS NULL
        )
        OR (
          `t7`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
        )
      )
      AND `t7`.`sold_at` < DATETIME('2025-01-01T00:00:00')
  ) AS `t8`
  GROUP BY
    1,
    2
) AS `t9`
GROUP BY
  1
