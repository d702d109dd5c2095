SELECT
  ROW_NUMBER() OVER () - 1 AS "line",
  CAST("t1"."date" AS TIMESTAMP) AS "sold_at",
  CAST("t1"."quantity" AS DOUBLE) AS "quantity",
  "t1"."price",
  REGEXP_REPLACE(
    NULLIF(
      TRIM(
        IFF(
          CONTAINS("t1"."invoice", ' '),
          REGEXP_REPLACE("t1"."invoice", '^[  ]+|[  ]+$', ''),
          "t1"."invoice"
        ),
        ' \t\n\r\f'
      ),
      ''
    ),
    '^([0-9]+)[.]0+$',
    '\\1'
  ) AS "invoice",
  UPPER(
    REGEXP_REPLACE(
      NULLIF(
        TRIM(
          IFF(
            CONTAINS("t1"."code", ' '),
            REGEXP_REPLACE("t1"."code", '^[  ]+|[  ]+$', ''),
            "t1"."code"
          ),
          ' \t\n\r\f'
        ),
        ''
      ),
      '^([0-9]+)[.]0+$',
      '\\1'
    )
  ) AS "code",
  NULLIF(
    TRIM(
      IFF(
        CONTAINS("t1"."description", ' '),
        REGEXP_REPLACE("t1"."description", '^[  ]+|[  ]+$', ''),
        "t1"."description"
      ),
      ' \t\n\r\f'
    ),
    ''
  ) AS "description",
  IFF(
    LOWER(
      REGEXP_REPLACE(
        NULLIF(
          TRIM(
            IFF(
              CONTAINS("t1"."customer", ' '),
              REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', ''),
              "t1"."customer"
            ),
            ' \t\n\r\f'
          ),
          ''
        ),
        '^([0-9]+)[.]0+$',
        '\\1'
      )
    ) IN ('nan', 'na', 'null', 'none', 'n/a', '#n/a', '<na>', '\\n'),
    CAST(NULL AS VARCHAR),
    IFF(
      CONTAINS("t1"."customer", '@'),
      LOWER(
        REGEXP_REPLACE(
          NULLIF(
            TRIM(
              IFF(
                CONTAINS("t1"."customer", ' '),
                REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', ''),
                "t1"."customer"
              ),
              ' \t\n\r\f'
            ),
            ''
          ),
          '^([0-9]+)[.]0+$',
          '\\1'
        )
      ),
      REGEXP_REPLACE(
        NULLIF(
          TRIM(
            IFF(
              CONTAINS("t1"."customer", ' '),
              REGEXP_REPLACE("t1"."customer", '^[  ]+|[  ]+$', ''),
              "t1"."customer"
            ),
            ' \t\n\r\f'
          ),
          ''
        ),
        '^([0-9]+)[.]0+$',
        '\\1'
      )
    )
  ) AS "customer",
  NULLIF(
    TRIM(
      IFF(
        CONTAINS("t1"."country", ' '),
        REGEXP_REPLACE("t1"."country", '^[  ]+|[  ]+$', ''),
        "t1"."country"
      ),
      ' \t\n\r\f'
    ),
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
