WITH `t5` AS (
  SELECT
    `t4`.`customer`,
    `t4`.`country`,
    MAX(`t4`.`sold_at`) AS `last`
  FROM (
    SELECT
      *
    FROM `temp`.`main`.`moments_of_customers` AS `t1`
    WHERE
      `t1`.`sold_at` >= DATETIME('2024-01-01T00:00:00')
      AND `t1`.`sold_at` < DATETIME('2025-01-01T00:00:00')
      AND (
        (
          `t1`.`cancelled_at` IS NULL
        )
        OR (
          `t1`.`cancelled_at` >= DATETIME('2025-01-01T00:00:00')
        )
      )
      AND `t1`.`country` IS NOT NULL
  ) AS `t4`
  GROUP BY
    1,
    2
)
SELECT
  `t13`.`place`,
  `t13`.`country`,
  COUNT(*) AS `customers`
FROM (
  SELECT
    `t12`.`customer`,
    `t12`.`country`,
    `t3`.`place`
  FROM (
    SELECT
      `t10`.`customer`,
      MIN(`t10`.`country`) AS `country`
    FROM (
      SELECT
        `t7`.`customer`,
        `t7`.`country`,
        `t7`.`last`
      FROM `t5` AS `t7`
      INNER JOIN (
        SELECT
          `t6`.`customer`,
          MAX(`t6`.`last`) AS `last`
        FROM `t5` AS `t6`
        GROUP BY
          1
      ) AS `t9`
        ON `t7`.`customer` = `t9`.`customer` AND `t7`.`last` = `t9`.`last`
    ) AS `t10`
    GROUP BY
      1
  ) AS `t12`
  INNER JOIN (
    SELECT
      `t0`.`customer`,
      `t0`.`place`
    FROM `temp`.`main`.`findings_crowd_crowd` AS `t0`
  ) AS `t3`
    ON `t12`.`customer` = `t3`.`customer`
) AS `t13`
GROUP BY
  1,
  2
