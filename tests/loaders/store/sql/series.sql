SELECT
  "t5"."ags",
  "t5"."indicator",
  "t5"."period",
  "t5"."value",
  "t5"."missing",
  "t5"."flag",
  "t5"."unit",
  "t5"."source"
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
    AND "t0"."ags" IN (
      SELECT
        *
      FROM (
        SELECT
          UNNEST($places) AS "asked"
      ) AS "t2"
    )
) AS "t5"
ORDER BY
  "t5"."ags" ASC,
  "t5"."indicator" ASC,
  "t5"."period" ASC
