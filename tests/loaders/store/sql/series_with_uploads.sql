WITH "t4" AS (
  SELECT
    *
  FROM (
    SELECT
      UNNEST($indicators) AS "asked"
  ) AS "t2"
), "t5" AS (
  SELECT
    *
  FROM (
    SELECT
      UNNEST($places) AS "asked"
  ) AS "t3"
), "t11" AS (
  SELECT
    "t9"."ags",
    "t9"."indicator",
    "t9"."period",
    "t9"."missing",
    "t9"."flag",
    "t9"."unit",
    "t9"."source",
    "t9"."value",
    "t9"."_removed",
    "t9"."_position",
    ROW_NUMBER() OVER (
      PARTITION BY "t9"."ags", "t9"."indicator", "t9"."period"
      ORDER BY "t9"."_position" DESC
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
        FROM "t4"
      )
      AND "t1"."ags" IN (
        SELECT
          *
        FROM "t5"
      )
  ) AS "t9"
)
SELECT
  "t17"."ags",
  "t17"."indicator",
  "t17"."period",
  "t17"."value",
  "t17"."missing",
  "t17"."flag",
  "t17"."unit",
  "t17"."source"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t10"."ags",
      "t10"."indicator",
      "t10"."period",
      "t10"."missing",
      "t10"."flag",
      "t10"."unit",
      "t10"."source",
      "t10"."value"
    FROM (
      SELECT
        *
      FROM "base" AS "t0"
      WHERE
        "t0"."indicator" IN (
          SELECT
            *
          FROM "t4"
        )
        AND "t0"."ags" IN (
          SELECT
            *
          FROM "t5"
        )
    ) AS "t10"
    ANTI JOIN (
      SELECT
        *
      FROM "t11" AS "t12"
      WHERE
        "t12"."_rank" = 0
    ) AS "t15"
      ON "t10"."ags" = "t15"."ags"
      AND "t10"."indicator" = "t15"."indicator"
      AND "t10"."period" = "t15"."period"
  ) AS "t16"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t12"."ags",
      "t12"."indicator",
      "t12"."period",
      "t12"."missing",
      "t12"."flag",
      "t12"."unit",
      "t12"."source",
      "t12"."value"
    FROM "t11" AS "t12"
    WHERE
      "t12"."_rank" = 0 AND NOT (
        "t12"."_removed"
      )
  ) AS "t14"
) AS "t17"
ORDER BY
  "t17"."ags" ASC,
  "t17"."indicator" ASC,
  "t17"."period" ASC
