-- How each shape of limit is asked in postgres. Made by `make snapshots`; never edited.

-- sum at most
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", SUM("minutes") AS "v0", COUNT("minutes") AS "n0", COUNT(*) - COUNT("minutes") AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 60 IS NULL AND ("g"."v0" > 60 OR "g"."m0" > 0));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 60, 60)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- sum at least, with a condition
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", SUM("minutes") FILTER(WHERE ("written") AND (NOT "rest")) AS "v0", COUNT("minutes") FILTER(WHERE ("written") AND (NOT "rest")) AS "n0", COUNT(*) - COUNT(("written") AND (NOT "rest")) + COUNT(*) FILTER(WHERE ("written") AND (NOT "rest")) - COUNT("minutes") FILTER(WHERE ("written") AND (NOT "rest")) AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 20 IS NULL AND ("g"."v0" < 20 OR "g"."v0" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) < "b"."edge" THEN 1
WHEN COALESCE("h"."v0", 0) >= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 20, 20)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- sum by grade
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", "day", SUM("minutes") AS "v0", COUNT("minutes") AS "n0", COUNT(*) - COUNT("minutes") AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "grade" IN ('P1', 'P2') THEN 5
WHEN "grade" IN ('P3', 'P4', 'P5', 'P6') THEN 65
WHEN "grade" IN ('J1', 'J2', 'J3') THEN 95 END AS "u0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."u0" IS NULL AND ("g"."v0" > "d"."u0" OR "g"."m0" > 0)) OR ("d"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 0, 5), (0, 'P2', 0, 5), (0, 'P3', 60, 65), (0, 'P4', 60, 65), (0, 'P5', 60, 65), (0, 'P6', 60, 65), (0, 'J1', 90, 95), (0, 'J2', 90, 95), (0, 'J3', 90, 95)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;

-- sum by grade and place
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", "day", SUM("minutes") AS "v0", COUNT("minutes") AS "n0", COUNT(*) - COUNT("minutes") AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "place" = 'town' AND "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 60
WHEN "place" = 'town' AND "grade" IN ('J1', 'J2', 'J3') THEN 90
WHEN "place" = 'village' AND "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 60
WHEN "place" = 'village' AND "grade" IN ('J1', 'J2', 'J3') THEN 80 END AS "u0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."u0" IS NULL AND ("g"."v0" > "d"."u0" OR "g"."m0" > 0)) OR ("d"."grade" IS NULL) OR ("d"."place" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 'town', 60, 60), (0, 'P1', 'village', 60, 60), (0, 'P2', 'town', 60, 60), (0, 'P2', 'village', 60, 60), (0, 'P3', 'town', 60, 60), (0, 'P3', 'village', 60, 60), (0, 'P4', 'town', 60, 60), (0, 'P4', 'village', 60, 60), (0, 'P5', 'town', 60, 60), (0, 'P5', 'village', 60, 60), (0, 'P6', 'town', 60, 60), (0, 'P6', 'village', 60, 60), (0, 'J1', 'town', 90, 90), (0, 'J1', 'village', 80, 80), (0, 'J2', 'town', 90, 90), (0, 'J2', 'village', 80, 80), (0, 'J3', 'town', 90, 90), (0, 'J3', 'village', 80, 80)) AS "b"("number", "grade", "place", "bound", "edge") ON "h"."grade" = "b"."grade" AND "h"."place" = "b"."place") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL OR "h"."place" IS NULL;

-- sum of a grade, by grade
-- hits
SELECT "g"."grade", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "grade", "day", SUM("minutes") AS "v0", COUNT("minutes") AS "n0", COUNT(*) - COUNT("minutes") AS "m0"
FROM (SELECT "t".*, "c"."school", "c"."grade", "c"."place"
FROM "homework" AS "t"
LEFT JOIN "classes" AS "c" ON "t"."class" = "c"."class") AS "r"
GROUP BY "grade", "day") AS "g"
WHERE (NOT CASE
WHEN "g"."grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 600
WHEN "g"."grade" IN ('J1', 'J2', 'J3') THEN 900 END IS NULL AND ("g"."v0" > CASE
WHEN "g"."grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 600
WHEN "g"."grade" IN ('J1', 'J2', 'J3') THEN 900 END OR "g"."m0" > 0)) OR ("g"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."grade" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 600, 600), (0, 'P2', 600, 600), (0, 'P3', 600, 600), (0, 'P4', 600, 600), (0, 'P5', 600, 600), (0, 'P6', 600, 600), (0, 'J1', 900, 900), (0, 'J2', 900, 900), (0, 'J3', 900, 900)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."grade" AS "k0", "h"."day" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;

-- mean
-- hits
SELECT "g"."class", "g"."day", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", SUM("minutes") FILTER(WHERE "subject" IN ('语文', '数学')) AS "v0", COUNT("minutes") FILTER(WHERE "subject" IN ('语文', '数学')) AS "n0", 0 + COUNT(*) FILTER(WHERE "subject" IN ('语文', '数学')) - COUNT("minutes") FILTER(WHERE "subject" IN ('语文', '数学')) AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 30 IS NULL AND ("g"."v0" > 30 * ("g"."n0" + "g"."m0") OR "g"."m0" > 0 OR "g"."v0" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN "h"."n0" = 0 THEN 2
WHEN COALESCE("h"."v0", 0) > "b"."edge" * ("h"."n0" + "h"."m0") THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" * "h"."n0" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 30, 30)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- most
-- hits
SELECT "g"."class", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", MAX("pupils") AS "v0", COUNT("pupils") AS "n0", COUNT(*) - COUNT("pupils") AS "m0"
FROM "classes" AS "r"
GROUP BY "class") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 45
WHEN "grade" IN ('J1', 'J2', 'J3') THEN 50 END AS "u0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."u0" IS NULL AND ("g"."v0" > "d"."u0" OR "g"."m0" > 0 OR "g"."v0" IS NULL)) OR ("d"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", CASE
WHEN "h"."n0" = 0 THEN 2
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 45, 45), (0, 'P2', 45, 45), (0, 'P3', 45, 45), (0, 'P4', 45, 45), (0, 'P5', 45, 45), (0, 'P6', 45, 45), (0, 'J1', 50, 50), (0, 'J2', 50, 50), (0, 'J3', 50, 50)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;

-- least, by the clock
-- hits
SELECT "g"."class", "g"."term", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", "term", MIN("first_lesson") AS "v0", COUNT("first_lesson") AS "n0", COUNT(*) - COUNT("first_lesson") AS "m0"
FROM "schedules" AS "r"
GROUP BY "class", "term") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 500
WHEN "grade" IN ('J1', 'J2', 'J3') THEN 480 END AS "l0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."l0" IS NULL AND ("g"."v0" < "d"."l0" OR "g"."m0" > 0 OR "g"."v0" IS NULL)) OR ("d"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN "h"."n0" = 0 THEN 2
WHEN COALESCE("h"."v0", 0) < "b"."edge" THEN 1
WHEN CASE
WHEN "h"."m0" > 0 THEN 0 ELSE COALESCE("h"."v0", 0) END >= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 500, 500), (0, 'P2', 500, 500), (0, 'P3', 500, 500), (0, 'P4', 500, 500), (0, 'P5', 500, 500), (0, 'P6', 500, 500), (0, 'J1', 480, 480), (0, 'J2', 480, 480), (0, 'J3', 480, 480)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;

-- distinct
-- hits
SELECT "g"."class", "g"."day", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", COUNT(DISTINCT "subject") FILTER(WHERE "grade" IN ('P3', 'P4', 'P5', 'P6')) AS "v0", COUNT("subject") FILTER(WHERE "grade" IN ('P3', 'P4', 'P5', 'P6')) AS "n0", COUNT(*) - COUNT("grade" IN ('P3', 'P4', 'P5', 'P6')) + COUNT(*) FILTER(WHERE "grade" IN ('P3', 'P4', 'P5', 'P6')) - COUNT("subject") FILTER(WHERE "grade" IN ('P3', 'P4', 'P5', 'P6')) AS "m0"
FROM (SELECT "t".*, "c"."school", "c"."grade", "c"."place"
FROM "homework" AS "t"
LEFT JOIN "classes" AS "c" ON "t"."class" = "c"."class") AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 3 IS NULL AND ("g"."v0" + "g"."m0" > 3));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN COALESCE("h"."v0", 0) + "h"."m0" <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 3, 3)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- count
-- hits
SELECT "g"."class", "g"."day", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", COUNT(*) FILTER(WHERE "minutes" >= 5) AS "v0", COUNT(*) FILTER(WHERE "minutes" >= 5) AS "n0", COUNT(*) - COUNT("minutes" >= 5) AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 2 IS NULL AND ("g"."v0" + "g"."m0" > 2)) OR (NOT 2 IS NULL AND ("g"."v0" < 2 OR "g"."v0" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN (COALESCE("h"."v0", 0) > "b"."edge") OR (COALESCE("h"."v0", 0) + "h"."m0" < "b"."edge") THEN 1
WHEN (COALESCE("h"."v0", 0) + "h"."m0" <= "b"."edge") AND (COALESCE("h"."v0", 0) >= "b"."edge") THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 2, 2)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- never
-- hits
SELECT "g"."class", "g"."day", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", CAST("g"."v1" AS BIGINT) AS "v1", CAST("g"."n1" AS BIGINT) AS "n1", CAST("g"."m1" AS BIGINT) AS "m1"
FROM (SELECT "class", "day", COUNT(*) FILTER(WHERE "parent_marked") AS "v0", COUNT(*) FILTER(WHERE "parent_marked") AS "n0", COUNT(*) - COUNT("parent_marked") AS "m0", COUNT(*) FILTER(WHERE ("punitive") AND ("written")) AS "v1", COUNT(*) FILTER(WHERE ("punitive") AND ("written")) AS "n1", COUNT(*) - COUNT(("punitive") AND ("written")) AS "m1"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 0 IS NULL AND ("g"."v0" + "g"."m0" > 0)) OR (NOT 0 IS NULL AND ("g"."v1" + "g"."m1" > 0));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN COALESCE("h"."v0", 0) + "h"."m0" <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 0, 0)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0
UNION ALL SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v1", 0) > "b"."edge" THEN 1
WHEN COALESCE("h"."v1", 0) + "h"."m1" <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v1" AS "value", "h"."n1" AS "counted", "h"."m1" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (1, 0, 0)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- each needs
-- hits
SELECT "g"."class", "g"."term", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", "term", SUM("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '体育')) AS "v0", COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '体育')) AS "n0", 0 + CASE
WHEN COUNT(*) FILTER(WHERE "record" = 'taught') = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE ("record" = 'taught') AND ("subject" = '体育')) - COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '体育')) AS "m0"
FROM "timetable" AS "r"
GROUP BY "class", "term") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 6
WHEN "grade" IN ('J1', 'J2', 'J3') THEN 4 END AS "l0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."l0" IS NULL AND ("g"."v0" < "d"."l0" OR "g"."v0" IS NULL)) OR ("d"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) < "b"."edge" THEN 1
WHEN COALESCE("h"."v0", 0) >= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 6, 6), (0, 'P2', 6, 6), (0, 'P3', 6, 6), (0, 'P4', 6, 6), (0, 'P5', 6, 6), (0, 'P6', 6, 6), (0, 'J1', 4, 4), (0, 'J2', 4, 4), (0, 'J3', 4, 4)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;

-- each fixes
-- hits
SELECT "g"."class", "g"."term", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", CAST(COALESCE("g"."v1", 0) AS BIGINT) AS "v1", CAST("g"."n1" AS BIGINT) AS "n1", CAST("g"."m1" AS BIGINT) AS "m1"
FROM (SELECT "class", "term", SUM("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '语文')) AS "v0", COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '语文')) AS "n0", 0 + CASE
WHEN COUNT(*) FILTER(WHERE "record" = 'taught') = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE ("record" = 'taught') AND ("subject" = '语文')) - COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '语文')) AS "m0", SUM("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '数学')) AS "v1", COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '数学')) AS "n1", 0 + CASE
WHEN COUNT(*) FILTER(WHERE "record" = 'taught') = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE ("record" = 'taught') AND ("subject" = '数学')) - COUNT("fortnight") FILTER(WHERE ("record" = 'taught') AND ("subject" = '数学')) AS "m1"
FROM "timetable" AS "r"
GROUP BY "class", "term") AS "g"
WHERE (NOT 12 IS NULL AND ("g"."v0" > 12 OR "g"."m0" > 0)) OR (NOT 12 IS NULL AND ("g"."v0" < 12 OR "g"."v0" IS NULL)) OR (NOT 10 IS NULL AND ("g"."v1" > 10 OR "g"."m1" > 0)) OR (NOT 10 IS NULL AND ("g"."v1" < 10 OR "g"."v1" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN (COALESCE("h"."v0", 0) > "b"."edge") OR ("h"."m0" = 0 AND COALESCE("h"."v0", 0) < "b"."edge") THEN 1
WHEN ("h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge") AND (COALESCE("h"."v0", 0) >= "b"."edge") THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 12, 12)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0
UNION ALL SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN (COALESCE("h"."v1", 0) > "b"."edge") OR ("h"."m1" = 0 AND COALESCE("h"."v1", 0) < "b"."edge") THEN 1
WHEN ("h"."m1" = 0 AND COALESCE("h"."v1", 0) <= "b"."edge") AND (COALESCE("h"."v1", 0) >= "b"."edge") THEN 0 ELSE 2 END AS "verdict", "h"."v1" AS "value", "h"."n1" AS "counted", "h"."m1" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (1, 10, 10)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- same
-- hits
SELECT "g"."class", "g"."term", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "term", CASE
WHEN SUM("ca") > 0 AND SUM("cb") > 0 THEN COUNT(*) FILTER(WHERE "holes" = 0 AND "ca" + "cb" > 0 AND COALESCE("a", 0) <> COALESCE("b", 0)) END AS "v0", CASE
WHEN SUM("ca") > 0 AND SUM("cb") > 0 THEN COUNT(*) FILTER(WHERE "holes" = 0 AND "ca" + "cb" > 0) ELSE 0 END AS "n0", SUM("holes") + SUM("doubtful") + CASE
WHEN SUM("ca") = 0 THEN 1 ELSE 0 END + CASE
WHEN SUM("cb") = 0 THEN 1 ELSE 0 END AS "m0"
FROM (SELECT "class", "term", SUM("fortnight") FILTER(WHERE "record" = 'posted') AS "a", SUM("fortnight") FILTER(WHERE "record" = 'taught') AS "b", COUNT(*) FILTER(WHERE "record" = 'posted') AS "ca", COUNT(*) FILTER(WHERE "record" = 'taught') AS "cb", COUNT(*) FILTER(WHERE "fortnight" IS NULL AND "record" IN ('posted', 'taught')) AS "holes", 0 AS "doubtful"
FROM "timetable" AS "r"
GROUP BY "class", "term", "weekday", "period", "subject") AS "places"
GROUP BY "class", "term") AS "g"
WHERE (NOT 1 IS NULL AND ("g"."v0" > 1 OR "g"."m0" > 0 OR "g"."v0" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 0, 1)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- apart
-- hits
SELECT "g"."class", "g"."term", CAST("g"."v0" AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "k"."class", "k"."term", "s"."v0", "k"."n0", "k"."m0"
FROM (SELECT "class", "term", COUNT("day") FILTER(WHERE "unified") AS "n0", COUNT(*) - COUNT("unified") AS "m0"
FROM "exams" AS "r"
GROUP BY "class", "term") AS "k"
LEFT JOIN (SELECT "class", "term", MIN("step") AS "v0"
FROM (SELECT "class", "term", ("day" - LAG("day") OVER (PARTITION BY "class", "term" ORDER BY "day")) AS "step"
FROM (SELECT DISTINCT "class", "term", "day"
FROM "exams" AS "r"
WHERE "unified") AS "days") AS "steps"
GROUP BY "class", "term") AS "s" ON "k"."class" IS NOT DISTINCT
FROM "s"."class" AND "k"."term" IS NOT DISTINCT
FROM "s"."term") AS "g"
WHERE (NOT 20 IS NULL AND ("g"."v0" < 20 OR "g"."m0" > 0 OR "g"."v0" IS NULL));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."term" AS "k1", CASE
WHEN "h"."v0" IS NULL THEN CASE
WHEN "h"."m0" > 0 THEN 2 ELSE 0 END
WHEN COALESCE("h"."v0", 0) < "b"."edge" THEN 1
WHEN CASE
WHEN "h"."m0" > 0 THEN 0 ELSE COALESCE("h"."v0", 0) END >= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 20, 20)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;

-- expects
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0"
FROM (SELECT "class", "day", SUM("minutes") AS "v0", COUNT("minutes") AS "n0", COUNT(*) - COUNT("minutes") AS "m0"
FROM "homework" AS "r"
GROUP BY "class", "day") AS "g"
WHERE (NOT 60 IS NULL AND ("g"."v0" > 60 OR "g"."m0" > 0));
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 60, 60)) AS "b"("number", "bound", "edge") ON TRUE) AS "f"
WHERE "verdict" > 0;
-- absent
SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", CAST(NULL AS BIGINT) AS "value", 0 AS "counted", 0 AS "missing", "b"."bound"
FROM (SELECT "class", "day"
FROM "sample" AS "r"
EXCEPT SELECT "class", "day"
FROM "homework" AS "r") AS "h"
JOIN (VALUES (0, 60, 60)) AS "b"("number", "bound", "edge") ON TRUE;

-- expects, by grade
-- hits
SELECT "g"."class", "g"."day", CAST(COALESCE("g"."v0", 0) AS BIGINT) AS "v0", CAST("g"."n0" AS BIGINT) AS "n0", CAST("g"."m0" AS BIGINT) AS "m0", "d"."grade", "d"."place"
FROM (SELECT "class", "day", SUM("minutes") FILTER(WHERE "place" = 'village') AS "v0", COUNT("minutes") FILTER(WHERE "place" = 'village') AS "n0", COUNT(*) - COUNT("place" = 'village') + COUNT(*) FILTER(WHERE "place" = 'village') - COUNT("minutes") FILTER(WHERE "place" = 'village') AS "m0"
FROM (SELECT "t".*, "c"."school", "c"."grade", "c"."place"
FROM "homework" AS "t"
LEFT JOIN "classes" AS "c" ON "t"."class" = "c"."class") AS "r"
GROUP BY "class", "day") AS "g"
LEFT JOIN (SELECT "class", "grade", "place", CASE
WHEN "grade" IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6') THEN 60 END AS "u0"
FROM "classes") AS "d" ON "g"."class" = "d"."class"
WHERE (NOT "d"."u0" IS NULL AND ("g"."v0" > "d"."u0" OR "g"."m0" > 0)) OR ("d"."grade" IS NULL);
-- findings
SELECT *
FROM (SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", CASE
WHEN COALESCE("h"."v0", 0) > "b"."edge" THEN 1
WHEN "h"."m0" = 0 AND COALESCE("h"."v0", 0) <= "b"."edge" THEN 0 ELSE 2 END AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", "b"."bound"
FROM "hits" AS "h"
JOIN (VALUES (0, 'P1', 60, 60), (0, 'P2', 60, 60), (0, 'P3', 60, 60), (0, 'P4', 60, 60), (0, 'P5', 60, 60), (0, 'P6', 60, 60)) AS "b"("number", "grade", "bound", "edge") ON "h"."grade" = "b"."grade") AS "f"
WHERE "verdict" > 0
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", "h"."v0" AS "value", "h"."n0" AS "counted", "h"."m0" AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM "hits" AS "h"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "h"."grade" IS NULL;
-- absent
SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", CAST(NULL AS BIGINT) AS "value", 0 AS "counted", 0 AS "missing", "b"."bound"
FROM (SELECT "class", "day"
FROM (SELECT "t".*, "c"."school", "c"."grade", "c"."place"
FROM "sample" AS "t"
LEFT JOIN "classes" AS "c" ON "t"."class" = "c"."class") AS "r"
WHERE COALESCE("place" = 'village', TRUE)
EXCEPT SELECT "class", "day"
FROM "homework" AS "r") AS "h"
LEFT JOIN "classes" AS "d" ON "h"."class" = "d"."class"
JOIN (VALUES (0, 'P1', 60, 60), (0, 'P2', 60, 60), (0, 'P3', 60, 60), (0, 'P4', 60, 60), (0, 'P5', 60, 60), (0, 'P6', 60, 60)) AS "b"("number", "grade", "bound", "edge") ON "d"."grade" = "b"."grade"
UNION ALL SELECT "b"."number", "h"."class" AS "k0", "h"."day" AS "k1", 2 AS "verdict", CAST(NULL AS BIGINT) AS "value", 0 AS "counted", 0 AS "missing", CAST(NULL AS BIGINT) AS "bound"
FROM (SELECT "class", "day"
FROM (SELECT "t".*, "c"."school", "c"."grade", "c"."place"
FROM "sample" AS "t"
LEFT JOIN "classes" AS "c" ON "t"."class" = "c"."class") AS "r"
WHERE COALESCE("place" = 'village', TRUE)
EXCEPT SELECT "class", "day"
FROM "homework" AS "r") AS "h"
LEFT JOIN "classes" AS "d" ON "h"."class" = "d"."class"
CROSS JOIN (VALUES (0)) AS "b"("number")
WHERE "d"."grade" IS NULL;
