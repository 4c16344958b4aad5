SELECT
  "t5"."solution_id",
  "t5"."office",
  "t5"."cost"
FROM (
  SELECT
    "t4"."solution_id",
    "t4"."office",
    "t4"."cost",
    "t4"."_removed",
    "t4"."_position",
    "t4"."_first",
    ROW_NUMBER() OVER (
      PARTITION BY "t4"."solution_id", "t4"."office"
      ORDER BY "t4"."_position" DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) - 1 AS "_rank"
  FROM (
    SELECT
      *
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
    WHERE
      NOT (
        "t3"."_removed"
      )
  ) AS "t4"
) AS "t5"
WHERE
  "t5"."_rank" = 0
ORDER BY
  "t5"."_first" ASC
