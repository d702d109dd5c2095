WITH `t3` AS (
  SELECT DISTINCT
    `t0`.`customer`,
    TIMESTAMP_TRUNC(`t0`.`sold_at`, DAY) AS `day`
  FROM `temp`.`main`.`moments_of_customers_2` AS `t0`
  WHERE
    `t0`.`purchases` > 0
    AND `t0`.`sold_at` >= DATETIME('2023-01-01T10:00:00')
    AND `t0`.`sold_at` < DATETIME('2025-01-01T00:00:00')
    AND (
      (
        `t0`.`cancelled_at` IS NULL
      )
      OR (
        `t0`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
      )
    )
)
SELECT
  `t6`.`customer`,
  `t6`.`day`
FROM `t3` AS `t6`
INNER JOIN (
  SELECT
    `t10`.`customer`
  FROM (
    SELECT
      `t9`.`customer`,
      `t9`.`days`,
      `t9`.`first`,
      `t9`.`last`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t5`.`customer`,
          COUNT(*) AS `days`,
          MIN(`t5`.`day`) AS `first`,
          MAX(`t5`.`day`) AS `last`
        FROM `t3` AS `t5`
        GROUP BY
          1
      ) AS `t7`
      WHERE
        `t7`.`days` >= 5
    ) AS `t9`
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            `t1`.`customer`,
            `t1`.`place`
          FROM `temp`.`main`.`findings_crowd_crowd_2` AS `t1`
          WHERE
            `t1`.`place` IN (0, 1, 3)
        ) AS `t4`
        WHERE
          `t9`.`customer` = `t4`.`customer`
      )
  ) AS `t10`
  WHERE
    (
      (
        DATE_DIFF(DATE(2025, 1, 1), DATE(`t10`.`last`), DAY) - 1
      ) * (
        `t10`.`days` - 1
      )
    ) > DATE_DIFF(DATE(`t10`.`last`), DATE(`t10`.`first`), DAY)
) AS `t12`
  ON `t6`.`customer` = `t12`.`customer`
