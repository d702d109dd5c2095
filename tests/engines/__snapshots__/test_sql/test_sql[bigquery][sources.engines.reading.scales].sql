SELECT
  MAX(IF(`t1`.`price` <= 6, `t1`.`price`, NULL)) AS `price`,
  MAX(IF(`t1`.`quantity` <= 6, `t1`.`quantity`, NULL)) AS `quantity`
FROM (
  SELECT
    IF(
      ABS(`t0`.`price`) < 1000000000000,
      CASE
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 1.0, 0) AS INT64) AS FLOAT64), 1.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 0
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 10.0, 0) AS INT64) AS FLOAT64), 10.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 1
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 100.0, 0) AS INT64) AS FLOAT64), 100.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 2
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 1000.0, 0) AS INT64) AS FLOAT64), 1000.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 3
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 10000.0, 0) AS INT64) AS FLOAT64), 10000.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 4
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 100000.0, 0) AS INT64) AS FLOAT64), 100000.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 5
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`price` * 1000000.0, 0) AS INT64) AS FLOAT64), 1000000.0) - `t0`.`price`
        ) <= (
          ABS(`t0`.`price`) * 1e-15
        )
        THEN 6
        ELSE 7
      END,
      CAST(NULL AS INT64)
    ) AS `price`,
    IF(
      ABS(`t0`.`quantity`) < 1000000000000,
      CASE
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 1.0, 0) AS INT64) AS FLOAT64), 1.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 0
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 10.0, 0) AS INT64) AS FLOAT64), 10.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 1
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 100.0, 0) AS INT64) AS FLOAT64), 100.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 2
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 1000.0, 0) AS INT64) AS FLOAT64), 1000.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 3
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 10000.0, 0) AS INT64) AS FLOAT64), 10000.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 4
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 100000.0, 0) AS INT64) AS FLOAT64), 100000.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 5
        WHEN ABS(
          ieee_divide(CAST(CAST(ROUND(`t0`.`quantity` * 1000000.0, 0) AS INT64) AS FLOAT64), 1000000.0) - `t0`.`quantity`
        ) <= (
          ABS(`t0`.`quantity`) * 1e-15
        )
        THEN 6
        ELSE 7
      END,
      CAST(NULL AS INT64)
    ) AS `quantity`
  FROM `temp`.`main`.`staged` AS `t0`
) AS `t1`
