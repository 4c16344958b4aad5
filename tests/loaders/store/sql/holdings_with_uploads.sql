WITH "t3" AS (
  SELECT
    "t1"."ags",
    "t1"."indicator",
    "t1"."period",
    "t1"."missing",
    "t1"."flag",
    "t1"."unit",
    "t1"."source",
    "t1"."value",
    "t1"."_removed",
    "t1"."_position",
    ROW_NUMBER() OVER (
      PARTITION BY "t1"."ags", "t1"."indicator", "t1"."period"
      ORDER BY "t1"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM "uploads" AS "t1"
)
SELECT
  *
FROM (
  SELECT
    "t10"."indicator",
    "t10"."level",
    COALESCE(MIN("t10"."period") FILTER(WHERE
      "t10"."value" IS NOT NULL), '') AS "first_period",
    COALESCE(MAX("t10"."period") FILTER(WHERE
      "t10"."value" IS NOT NULL), '') AS "last_period",
    COUNT(DISTINCT "t10"."period") FILTER(WHERE
      "t10"."value" IS NOT NULL) AS "periods",
    COUNT(DISTINCT "t10"."ags") FILTER(WHERE
      "t10"."value" IS NOT NULL) AS "places",
    COUNT("t10"."value") AS "values",
    COUNT(*) FILTER(WHERE
      NOT (
        "t10"."value" IS NOT NULL
      )) AS "missing",
    ARRAY_TO_STRING(
      LIST_SORT(ARRAY_AGG(DISTINCT "t10"."source") FILTER(WHERE
        "t10"."source" IS NOT NULL)),
      ', '
    ) AS "sources"
  FROM (
    SELECT
      "t9"."ags",
      "t9"."indicator",
      "t9"."period",
      "t9"."missing",
      "t9"."flag",
      "t9"."unit",
      "t9"."source",
      "t9"."value",
      CASE
        WHEN "t9"."ags" = 'DG'
        THEN 'nation'
        WHEN LENGTH("t9"."ags") = 2
        THEN 'state'
        WHEN LENGTH("t9"."ags") = 3
        THEN 'region'
        WHEN LENGTH("t9"."ags") = 5
        THEN 'district'
        WHEN LENGTH("t9"."ags") = 8
        THEN 'municipality'
        ELSE ''
      END AS "level"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t2"."ags",
          "t2"."indicator",
          "t2"."period",
          "t2"."missing",
          "t2"."flag",
          "t2"."unit",
          "t2"."source",
          "t2"."value"
        FROM "base" AS "t2"
        ANTI JOIN (
          SELECT
            *
          FROM "t3" AS "t4"
          WHERE
            "t4"."_rank" = 0
        ) AS "t7"
          ON "t2"."ags" = "t7"."ags"
          AND "t2"."indicator" = "t7"."indicator"
          AND "t2"."period" = "t7"."period"
      ) AS "t8"
      UNION ALL
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
        FROM "t3" AS "t4"
        WHERE
          "t4"."_rank" = 0 AND NOT (
            "t4"."_removed"
          )
      ) AS "t6"
    ) AS "t9"
  ) AS "t10"
  GROUP BY
    1,
    2
) AS "t11"
ORDER BY
  "t11"."indicator" ASC,
  "t11"."level" ASC
