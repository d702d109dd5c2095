SELECT
  MAX(IF(`t1`.`price` <= 6, `t1`.`price`, NULL)) AS `price`,
  MAX(IF(`t1`.`quantity` <= 6, `t1`.`quantity`, NULL)) AS `quantity`
FROM (
  SELECT
    IF(
      ABS(`t0`.`price`) < 1000000000000,
      CASE
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 1.0, 0) AS BIGINT) AS DOUBLE) / 1.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 0
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 10.0, 0) AS BIGINT) AS DOUBLE) / 10.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 1
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 100.0, 0) AS BIGINT) AS DOUBLE) / 100.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 2
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 1000.0, 0) AS BIGINT) AS DOUBLE) / 1000.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 3
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 10000.0, 0) AS BIGINT) AS DOUBLE) / 10000.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 4
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 100000.0, 0) AS BIGINT) AS DOUBLE) / 100000.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 5
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`price` * 1000000.0, 0) AS BIGINT) AS DOUBLE) / 1000000.0
          ) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 6
        ELSE 7
      END,
      CAST(NULL AS TINYINT)
    ) AS `price`,
    IF(
      ABS(`t0`.`quantity`) < 1000000000000,
      CASE
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 1.0, 0) AS BIGINT) AS DOUBLE) / 1.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 0
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 10.0, 0) AS BIGINT) AS DOUBLE) / 10.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 1
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 100.0, 0) AS BIGINT) AS DOUBLE) / 100.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 2
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 1000.0, 0) AS BIGINT) AS DOUBLE) / 1000.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 3
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 10000.0, 0) AS BIGINT) AS DOUBLE) / 10000.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 4
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 100000.0, 0) AS BIGINT) AS DOUBLE) / 100000.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 5
        WHEN ABS(
          (
            CAST(CAST(ROUND(`t0`.`quantity` * 1000000.0, 0) AS BIGINT) AS DOUBLE) / 1000000.0
          ) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 6
        ELSE 7
      END,
      CAST(NULL AS TINYINT)
    ) AS `quantity`
  FROM `temp`.`main`.`staged` AS `t0`
) AS `t1`
