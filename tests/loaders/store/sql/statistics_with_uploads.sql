WITH "t5" AS (
  SELECT
    "t3"."ags",
    "t3"."indicator",
    "t3"."period",
    "t3"."missing",
    "t3"."flag",
    "t3"."unit",
    "t3"."source",
    "t3"."value",
    "t3"."_removed",
    "t3"."_position",
    ROW_NUMBER() OVER (
      PARTITION BY "t3"."ags", "t3"."indicator", "t3"."period"
      ORDER BY "t3"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      *
    FROM "uploads" AS "t1"
    WHERE
      "t1"."indicator" = $indicator
      AND "t1"."period" = $period
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
  ) AS "t3"
)
SELECT
  COUNT("t11"."value") AS "n",
  MIN("t11"."value") AS "min",
  QUANTILE_CONT("t11"."value", 0.25) AS "q1",
  QUANTILE_CONT("t11"."value", 0.5) AS "median",
  QUANTILE_CONT("t11"."value", 0.75) AS "q3",
  MAX("t11"."value") AS "max"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t4"."ags",
      "t4"."indicator",
      "t4"."period",
      "t4"."missing",
      "t4"."flag",
      "t4"."unit",
      "t4"."source",
      "t4"."value"
    FROM (
      SELECT
        *
      FROM "base" AS "t0"
      WHERE
        "t0"."indicator" = $indicator
        AND "t0"."period" = $period
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
    ) AS "t4"
    ANTI JOIN (
      SELECT
        *
      FROM "t5" AS "t6"
      WHERE
        "t6"."_rank" = 0
    ) AS "t9"
      ON "t4"."ags" = "t9"."ags"
      AND "t4"."indicator" = "t9"."indicator"
      AND "t4"."period" = "t9"."period"
  ) AS "t10"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t6"."ags",
      "t6"."indicator",
      "t6"."period",
      "t6"."missing",
      "t6"."flag",
      "t6"."unit",
      "t6"."source",
      "t6"."value"
    FROM "t5" AS "t6"
    WHERE
      "t6"."_rank" = 0 AND NOT (
        "t6"."_removed"
      )
  ) AS "t8"
) AS "t11"
