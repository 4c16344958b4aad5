WITH "t3" AS (
  SELECT
    *
  FROM (
    SELECT
      UNNEST($indicators) AS "asked"
  ) AS "t2"
), "t8" AS (
  SELECT
    "t6"."ags",
    "t6"."indicator",
    "t6"."period",
    "t6"."missing",
    "t6"."flag",
    "t6"."unit",
    "t6"."source",
    "t6"."value",
    "t6"."_removed",
    "t6"."_position",
    ROW_NUMBER() OVER (
      PARTITION BY "t6"."ags", "t6"."indicator", "t6"."period"
      ORDER BY "t6"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      *
    FROM "uploads" AS "t1"
    WHERE
      "t1"."indicator" IN (
        SELECT
          *
        FROM "t3"
      )
      AND CASE
        WHEN "t1"."ags" = 'DG'
        THEN 'nation'
        WHEN LENGTH("t1"."ags") = 2
        THEN 'state'
        WHEN LENGTH("t1"."ags") = 3
        THEN 'region'
        WHEN LENGTH("t1"."ags") = 5
        THEN 'district'
        WHEN LENGTH("t1"."ags") = 8
        THEN 'municipality'
        ELSE ''
      END = $level
  ) AS "t6"
)
SELECT
  "t16"."ags",
  "t16"."indicator",
  "t16"."newest" AS "period",
  "t16"."value",
  "t16"."unit",
  "t16"."source"
FROM (
  SELECT
    "t15"."ags",
    "t15"."indicator",
    MAX("t15"."period") AS "newest",
    FIRST("t15"."value" ORDER BY "t15"."period" DESC) AS "value",
    FIRST("t15"."unit" ORDER BY "t15"."period" DESC) AS "unit",
    FIRST("t15"."source" ORDER BY "t15"."period" DESC) AS "source"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t7"."ags",
          "t7"."indicator",
          "t7"."period",
          "t7"."missing",
          "t7"."flag",
          "t7"."unit",
          "t7"."source",
          "t7"."value"
        FROM (
          SELECT
            *
          FROM "base" AS "t0"
          WHERE
            "t0"."indicator" IN (
              SELECT
                *
              FROM "t3"
            )
            AND CASE
              WHEN "t0"."ags" = 'DG'
              THEN 'nation'
              WHEN LENGTH("t0"."ags") = 2
              THEN 'state'
              WHEN LENGTH("t0"."ags") = 3
              THEN 'region'
              WHEN LENGTH("t0"."ags") = 5
              THEN 'district'
              WHEN LENGTH("t0"."ags") = 8
              THEN 'municipality'
              ELSE ''
            END = $level
        ) AS "t7"
        ANTI JOIN (
          SELECT
            *
          FROM "t8" AS "t9"
          WHERE
            "t9"."_rank" = 0
        ) AS "t12"
          ON "t7"."ags" = "t12"."ags"
          AND "t7"."indicator" = "t12"."indicator"
          AND "t7"."period" = "t12"."period"
      ) AS "t13"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t9"."ags",
          "t9"."indicator",
          "t9"."period",
          "t9"."missing",
          "t9"."flag",
          "t9"."unit",
          "t9"."source",
          "t9"."value"
        FROM "t8" AS "t9"
        WHERE
          "t9"."_rank" = 0 AND NOT (
            "t9"."_removed"
          )
      ) AS "t11"
    ) AS "t14"
    WHERE
      "t14"."value" IS NOT NULL
  ) AS "t15"
  GROUP BY
    1,
    2
) AS "t16"
ORDER BY
  "t16"."ags" ASC,
  "t16"."indicator" ASC
