SELECT
  "t4"."solution_id",
  "t4"."office",
  "t4"."cost"
FROM (
  SELECT
    "t3"."solution_id",
    "t3"."office",
    "t3"."cost",
    "t3"."_removed",
    "t3"."_position",
    "t3"."_first",
    ROW_NUMBER() OVER (
      PARTITION BY "t3"."solution_id", "t3"."office"
      ORDER BY "t3"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      "t2"."solution_id",
      "t2"."office",
      "t2"."cost",
      "t2"."_removed",
      "t2"."_position",
      MIN("t2"."_position") OVER (
        PARTITION BY "t2"."solution_id", "t2"."office"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS "_first"
    FROM (
      SELECT
        *
      FROM "base" AS "t0"
      UNION ALL
      SELECT
        *
      FROM "uploads" AS "t1"
    ) AS "t2"
  ) AS "t3"
) AS "t4"
WHERE
  "t4"."_rank" = 0 AND NOT (
    "t4"."_removed"
  )
ORDER BY
  "t4"."_first" ASC
