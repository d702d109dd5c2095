SELECT
  ROW_NUMBER() OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) - 1 AS "line",
  CAST("t1"."date" AS TIMESTAMP) AS "sold_at",
  CAST("t1"."quantity" AS DOUBLE PRECISION) AS "quantity",
  "t1"."price",
  REGEXP_REPLACE(
    NULLIF(
      TRIM('(blanks)' FROM CASE
        WHEN POSITION(' ' IN "t1"."invoice") > 0
        THEN REGEXP_REPLACE("t1"."invoice", '^[  ]+|[  ]+$', '', 'g')
        ELSE "t1"."invoice"
      END),
      ''
    ),
    '^([0-9]+)[.]0+$',
    '\1',
    'g'
  ) AS "invoice",
  UPPER(
    REGEXP_REPLACE(
      NULLIF(
        TRIM('(blanks)' FROM CASE
          WHEN POSITION(' ' IN "t1"."code") > 0
          THEN REGEXP_REPLACE("t1"."code", '^[  ]+|[  ]+$', '', 'g')
          ELSE "t1"."code"
        END),
        ''
      ),
      '^([0-9]+)[.]0+$',
      '\1',
      'g'
    )
  ) AS "code",
  NULLIF(
    TRIM('(blanks)' FROM CASE
      WHEN POSITION(' ' IN "t1"."description") > 0
      THEN REGEXP_REPLACE("t1"."description", '^[  ]+|[  ]+$', '', 'g')
      ELSE "t1"."description"
    END),
    ''
  ) AS "description",
  CASE
    WHEN LOWER(
      REGEXP_REPLACE(
        NULLIF(
          TRIM('(blanks)' FROM CASE
            WHEN POSITION(' ' IN "t1"."customer") > 0
            THEN REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', '', 'g')
            ELSE "t1"."customer"
          END),
          ''
        ),
        '^([0-9]+)[.]0+$',
        '\1',
        'g'
      )
    ) IN ('nan', 'na', 'null', 'none', 'n/a', '#n/a', '<na>', '\n')
    THEN CAST(NULL AS VARCHAR)
    ELSE CASE
      WHEN POSITION('@' IN "t1"."customer") > 0
      THEN LOWER(
        REGEXP_REPLACE(
          NULLIF(
            TRIM('(blanks)' FROM CASE
              WHEN POSITION(' ' IN "t1"."customer") > 0
              THEN REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', '', 'g')
              ELSE "t1"."customer"
            END),
            ''
          ),
          '^([0-9]+)[.]0+$',
          '\1',
          'g'
        )
      )
      ELSE REGEXP_REPLACE(
        NULLIF(
          TRIM('(blanks)' FROM CASE
            WHEN POSITION(' ' IN "t1"."customer") > 0
            THEN REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', '', 'g')
            ELSE "t1"."customer"
          END),
          ''
        ),
        '^([0-9]+)[.]0+$',
        '\1',
        'g'
      )
    END
  END AS "customer",
  NULLIF(
    TRIM('(blanks)' FROM CASE
      WHEN POSITION(' ' IN "t1"."country") > 0
      THEN REGEXP_REPLACE("t1"."country", '^[  ]+|[  ]+$', '', 'g')
      ELSE "t1"."country"
    END),
    ''
  ) AS "country"
FROM (
  SELECT
    "t0"."CustomerID" AS "customer",
    "t0"."InvoiceDate" AS "date",
    "t0"."Quantity" AS "quantity",
    "t0"."UnitPrice" AS "price",
    "t0"."InvoiceNo" AS "invoice",
    "t0"."StockCode" AS "code",
    "t0"."Description" AS "description",
    "t0"."Country" AS "country"
  FROM "lines" AS "t0"
) AS "t1"
