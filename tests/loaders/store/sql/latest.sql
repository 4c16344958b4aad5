SELECT
  "t5"."ags",
  "t5"."indicator",
  "t5"."newest" AS "period",
  "t5"."value",
  "t5"."unit",
  "t5"."source"
FROM (
  SELECT
    "t4"."ags",
    "t4"."indicator",
    MAX("t4"."period") AS "newest",
    FIRST("t4"."value" ORDER BY "t4"."period" DESC) AS "value",
    FIRST("t4"."unit" ORDER BY "t4"."period" DESC) AS "unit",
    FIRST("t4"."source" ORDER BY "t4"."period" DESC) AS "source"
  FROM (
    SELECT
      "t3"."ags",
      "t3"."indicator",
      "t3"."period",
      "t3"."missing",
      "t3"."flag",
      "t3"."unit",
      "t3"."source",
      "t3"."value"
    FROM (
      SELECT
        *
      FROM "base" AS "t0"
      WHERE
        "t0"."indicator" IN (
          SELECT
            *
          FROM (
            SELECT
              UNNEST($indicators) AS "asked"
          ) AS "t1"
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
    ) AS "t3"
    WHERE
      "t3"."value" IS NOT NULL
  ) AS "t4"
  GROUP BY
    1,
    2
) AS "t5"
ORDER BY
  "t5"."ags" ASC,
  "t5"."indicator" ASC
