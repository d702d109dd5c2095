SELECT
  COUNT(*) AS `CountStar`
FROM (
  SELECT
    `t7`.`customer`,
    `t7`.`days`,
    `t7`.`first`,
    `t7`.`last`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t4`.`customer`,
        COUNT(*) AS `days`,
        MIN(`t4`.`day`) AS `first`,
        MAX(`t4`.`day`) AS `last`
      FROM (
        SELECT DISTINCT
          `t1`.`customer`,
          TIMESTAMP_TRUNC(`t1`.`sold_at`, DAY) AS `day`
        FROM `temp`.`main`.`moments_of_customers_2` AS `t1`
        WHERE
          `t1`.`purchases` > 0
          AND `t1`.`sold_at` >= DATETIME('2023-01-01T10:00:00')
          AND `t1`.`sold_at` < DATETIME('2025-01-01T00:00:00')
          AND (
            (
              `t1`.`cancelled_at` IS NULL
            )
            OR (
              `t1`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
            )
          )
      ) AS `t4`
      GROUP BY
        1
    ) AS `t5`
    WHERE
      `t5`.`days` >= 5
  ) AS `t7`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          `t0`.`customer`,
          `t0`.`place`
        FROM `temp`.`main`.`findings_crowd_crowd_2` AS `t0`
        WHERE
          `t0`.`place` IN (0, 1, 3)
      ) AS `t3`
      WHERE
        `t7`.`customer` = `t3`.`customer`
    )
) AS `t8`
