SELECT
  ROW_NUMBER() OVER () - 1 AS `line`,
  CAST(`t1`.`date` AS DATETIME) AS `sold_at`,
  CAST(`t1`.`quantity` AS FLOAT64) AS `quantity`,
  `t1`.`price`,
  IF(
    REGEXP_CONTAINS(`t1`.`invoice`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
    IF(
      REGEXP_CONTAINS(`t1`.`invoice`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
      IF(
        1 = 0,
        REGEXP_REPLACE(
          `t1`.`invoice`,
          CONCAT('.*?', CONCAT('(', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', ')'), '.*'),
          '\\1'
        ),
        REGEXP_REPLACE(
          `t1`.`invoice`,
          CONCAT('.*?', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'),
          CONCAT('\\', CAST(1 AS STRING))
        )
      ),
      NULL
    ),
    NULLIF(
      IF(
        (
          INSTR(`t1`.`invoice`, '\t') > 0
        )
        OR (
          INSTR(`t1`.`invoice`, '\r') > 0
        )
        OR (
          INSTR(`t1`.`invoice`, '\n') > 0
        )
        OR (
          INSTR(`t1`.`invoice`, ' ') > 0
        ),
        REGEXP_REPLACE(`t1`.`invoice`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
        TRIM(`t1`.`invoice`)
      ),
      ''
    )
  ) AS `invoice`,
  UPPER(
    IF(
      REGEXP_CONTAINS(`t1`.`code`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
      IF(
        REGEXP_CONTAINS(`t1`.`code`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
        IF(
          1 = 0,
          REGEXP_REPLACE(
            `t1`.`code`,
            CONCAT('.*?', CONCAT('(', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', ')'), '.*'),
            '\\1'
          ),
          REGEXP_REPLACE(
            `t1`.`code`,
            CONCAT('.*?', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'),
            CONCAT('\\', CAST(1 AS STRING))
          )
        ),
        NULL
      ),
      NULLIF(
        IF(
          (
            INSTR(`t1`.`code`, '\t') > 0
          )
          OR (
            INSTR(`t1`.`code`, '\r') > 0
          )
          OR (
            INSTR(`t1`.`code`, '\n') > 0
          )
          OR (
            INSTR(`t1`.`code`, ' ') > 0
          ),
          REGEXP_REPLACE(`t1`.`code`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
          TRIM(`t1`.`code`)
        ),
        ''
      )
    )
  ) AS `code`,
  NULLIF(
    IF(
      (
        INSTR(`t1`.`description`, '\t') > 0
      )
      OR (
        INSTR(`t1`.`description`, '\r') > 0
      )
      OR (
        INSTR(`t1`.`description`, '\n') > 0
      )
      OR (
        INSTR(`t1`.`description`, ' ') > 0
      ),
      REGEXP_REPLACE(`t1`.`description`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
      TRIM(`t1`.`description`)
    ),
    ''
  ) AS `description`,
  IF(
    LOWER(
      IF(
        REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
        IF(
          REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
          IF(
            1 = 0,
            REGEXP_REPLACE(
              `t1`.`customer`,
              CONCAT('.*?', CONCAT('(', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', ')'), '.*'),
              '\\1'
            ),
            REGEXP_REPLACE(
              `t1`.`customer`,
              CONCAT('.*?', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'),
              CONCAT('\\', CAST(1 AS STRING))
            )
          ),
          NULL
        ),
        NULLIF(
          IF(
            (
              INSTR(`t1`.`customer`, '\t') > 0
            )
            OR (
              INSTR(`t1`.`customer`, '\r') > 0
            )
            OR (
              INSTR(`t1`.`customer`, '\n') > 0
            )
            OR (
              INSTR(`t1`.`customer`, ' ') > 0
            ),
            REGEXP_REPLACE(`t1`.`customer`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
            TRIM(`t1`.`customer`)
          ),
          ''
        )
      )
    ) IN (
      'nan',
      'na',
      'nil',
      'null',
      'none',
      'n/a',
      '#n/a',
      '<na>',
      '\\n',
      'false',
      'blank',
      'empty',
      'leer',
      'redacted',
      '(blank)',
      '(empty)',
      '(leer)',
      '(none)',
      '(null)',
      '<null>',
      '[null]',
      '(unknown)',
      '[redacted]',
      'not set',
      '(not set)',
      'not provided',
      '(not provided)',
      'not available',
      'not applicable',
      '#ref!',
      '#name?',
      '#value!',
      '#null!',
      '#num!',
      '#div/0!',
      '#nv',
      '#bezug!',
      '#wert!',
      '#zahl!',
      'unknown',
      'unknown customer',
      'undefined',
      'anonymous',
      'guest',
      'guest customer',
      'guest checkout',
      'walk-in',
      'walk in',
      'walkin',
      'walk-in customer',
      'walk in customer',
      'cash customer',
      'cash sale',
      'no customer',
      'unbekannt',
      'anonym',
      'gast',
      'laufkunde',
      'laufkundschaft',
      'barverkauf',
      'barkunde',
      'kein kunde',
      'inconnu',
      'anonyme',
      'client inconnu',
      'client de passage',
      'client comptoir',
      '–',
      '—',
      '-1',
      '00000000-0000-0000-0000-000000000000',
      '0',
      '00',
      '000',
      '0000',
      '00000',
      '000000',
      '0000000',
      '00000000',
      '000000000',
      '0000000000',
      '00000000000',
      '000000000000',
      '0000000000000',
      '00000000000000',
      '000000000000000',
      '0000000000000000',
      '00000000000000000',
      '000000000000000000',
      '0000000000000000000',
      '00000000000000000000',
      '#',
      '##',
      '###',
      '####',
      '#####',
      '######',
      '#######',
      '########',
      '#########',
      '##########',
      '###########',
      '############',
      '#############',
      '##############',
      '###############',
      '################',
      '#################',
      '##################',
      '###################',
      '####################',
      '*',
      '**',
      '***',
      '****',
      '*****',
      '******',
      '*******',
      '********',
      '*********',
      '**********',
      '***********',
      '************',
      '*************',
      '**************',
      '***************',
      '****************',
      '*****************',
      '******************',
      '*******************',
      '********************',
      '?',
      '??',
      '???',
      '????',
      '?????',
      '??????',
      '???????',
      '????????',
      '?????????',
      '??????????',
      '???????????',
      '????????????',
      '?????????????',
      '??????????????',
      '???????????????',
      '????????????????',
      '?????????????????',
      '??????????????????',
      '???????????????????',
      '????????????????????',
      '.',
      '..',
      '...',
      '....',
      '.....',
      '......',
      '.......',
      '........',
      '.........',
      '..........',
      '...........',
      '............',
      '.............',
      '..............',
      '...............',
      '................',
      '.................',
      '..................',
      '...................',
      '....................',
      '-',
      '--',
      '---',
      '----',
      '-----',
      '------',
      '-------',
      '--------',
      '---------',
      '----------',
      '-----------',
      '------------',
      '-------------',
      '--------------',
      '---------------',
      '----------------',
      '-----------------',
      '------------------',
      '-------------------',
      '--------------------',
      '_',
      '__',
      '___',
      '____',
      '_____',
      '______',
      '_______',
      '________',
      '_________',
      '__________',
      '___________',
      '____________',
      '_____________',
      '______________',
      '_______________',
      '________________',
      '_________________',
      '__________________',
      '___________________',
      '____________________'
    ),
    CAST(NULL AS STRING),
    IF(
      INSTR(`t1`.`customer`, '@') > 0,
      LOWER(
        IF(
          REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
          IF(
            REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
            IF(
              1 = 0,
              REGEXP_REPLACE(
                `t1`.`customer`,
                CONCAT('.*?', CONCAT('(', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', ')'), '.*'),
                '\\1'
              ),
              REGEXP_REPLACE(
                `t1`.`customer`,
                CONCAT('.*?', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'),
                CONCAT('\\', CAST(1 AS STRING))
              )
            ),
            NULL
          ),
          NULLIF(
            IF(
              (
                INSTR(`t1`.`customer`, '\t') > 0
              )
              OR (
                INSTR(`t1`.`customer`, '\r') > 0
              )
              OR (
                INSTR(`t1`.`customer`, '\n') > 0
              )
              OR (
                INSTR(`t1`.`customer`, ' ') > 0
              ),
              REGEXP_REPLACE(`t1`.`customer`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
              TRIM(`t1`.`customer`)
            ),
            ''
          )
        )
      ),
      IF(
        REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
        IF(
          REGEXP_CONTAINS(`t1`.`customer`, '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$'),
          IF(
            1 = 0,
            REGEXP_REPLACE(
              `t1`.`customer`,
              CONCAT('.*?', CONCAT('(', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', ')'), '.*'),
              '\\1'
            ),
            REGEXP_REPLACE(
              `t1`.`customer`,
              CONCAT('.*?', '^[\t\r\n  ]*(-?[0-9]+)[.]0+[\t\r\n  ]*$', '.*'),
              CONCAT('\\', CAST(1 AS STRING))
            )
          ),
          NULL
        ),
        NULLIF(
          IF(
            (
              INSTR(`t1`.`customer`, '\t') > 0
            )
            OR (
              INSTR(`t1`.`customer`, '\r') > 0
            )
            OR (
              INSTR(`t1`.`customer`, '\n') > 0
            )
            OR (
              INSTR(`t1`.`customer`, ' ') > 0
            ),
            REGEXP_REPLACE(`t1`.`customer`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
            TRIM(`t1`.`customer`)
          ),
          ''
        )
      )
    )
  ) AS `customer`,
  NULLIF(
    IF(
      (
        INSTR(`t1`.`country`, '\t') > 0
      )
      OR (
        INSTR(`t1`.`country`, '\r') > 0
      )
      OR (
        INSTR(`t1`.`country`, '\n') > 0
      )
      OR (
        INSTR(`t1`.`country`, ' ') > 0
      ),
      REGEXP_REPLACE(`t1`.`country`, '^[\t\r\n  ]+|[\t\r\n  ]+$', ''),
      TRIM(`t1`.`country`)
    ),
    ''
  ) AS `country`
FROM (
  SELECT
    `t0`.`CustomerID` AS `customer`,
    `t0`.`InvoiceDate` AS `date`,
    `t0`.`Quantity` AS `quantity`,
    `t0`.`UnitPrice` AS `price`,
    `t0`.`InvoiceNo` AS `invoice`,
    `t0`.`StockCode` AS `code`,
    `t0`.`Description` AS `description`,
    `t0`.`Country` AS `country`
  FROM `lines` AS `t0`
) AS `t1`
