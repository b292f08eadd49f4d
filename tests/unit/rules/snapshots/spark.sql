-- How each shape of limit is asked in spark. Made by `make snapshots`; never edited.

-- sum at most
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` > 60 OR `g`.`m0` > 0);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 60 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 60 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`m0` > 0 OR `h`.`v0` > 60;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 60 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 60 AS `bound`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `h`
WHERE `h`.`m0` > 0 OR `h`.`v0` > 60;

-- sum at least, with a condition
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) - COUNT(`c0`) + COUNT(*) FILTER(WHERE `c0`) - COUNT(`minutes`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, (`written`) AND (NOT `rest`) AS `c0`
FROM `homework` AS `r`) AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` < 20);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`m0` = 0 AND `h`.`v0` < 20 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 20 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`v0` < 20;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`m0` = 0 AND `h`.`v0` < 20 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 20 AS `bound`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) - COUNT(`c0`) + COUNT(*) FILTER(WHERE `c0`) - COUNT(`minutes`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, (`written`) AND (NOT `rest`) AS `c0`
FROM `homework` AS `r`) AS `r`
GROUP BY `class`, `day`) AS `h`
WHERE `h`.`v0` < 20;

-- sum by grade
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2') THEN 5
WHEN `grade` IN ('P3', 'P4', 'P5', 'P6') THEN 65
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 95 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0)) OR (`d`.`grade` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` - 5 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`);
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` - 5 AS `bound`
FROM (SELECT `g`.*, `d`.`grade`, `d`.`u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2') THEN 5
WHEN `grade` IN ('P3', 'P4', 'P5', 'P6') THEN 65
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 95 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`) AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`);

-- sum by grade, a limit for each
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`u0`, `d`.`number_u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2') THEN 0
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 90 END AS `u0`, CASE
WHEN `grade` IN ('P1', 'P2') THEN 0
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 1 END AS `number_u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0)) OR (`d`.`grade` IS NULL);
-- findings
SELECT `h`.`number_u0` AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM `hits` AS `h`
WHERE NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`)
UNION ALL SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, CAST(NULL AS BIGINT) AS `bound`
FROM `hits` AS `h`
CROSS JOIN VALUES (0), (1) AS `b`(`number`)
WHERE `h`.`grade` IS NULL;

-- sum by grade, two limits for some
-- hits
SELECT `g`.*, `d`.`grade`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2') THEN 60
WHEN `grade` IN ('P3', 'P4', 'P5', 'P6') THEN 50 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0)) OR (`d`.`grade` IS NULL);
-- findings
SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `b`.`edge` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `b`.`bound`
FROM `hits` AS `h`
JOIN VALUES (0, 'P1', 60, 60), (0, 'P2', 60, 60), (0, 'P3', 60, 60), (0, 'P4', 60, 60), (0, 'P5', 60, 60), (0, 'P6', 60, 60), (1, 'P3', 50, 50), (1, 'P4', 50, 50), (1, 'P5', 50, 50), (1, 'P6', 50, 50) AS `b`(`number`, `grade`, `bound`, `edge`) ON `h`.`grade` = `b`.`grade`
WHERE `h`.`m0` > 0 OR `h`.`v0` > `b`.`edge`
UNION ALL SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, CAST(NULL AS BIGINT) AS `bound`
FROM `hits` AS `h`
CROSS JOIN VALUES (0), (1) AS `b`(`number`)
WHERE `h`.`grade` IS NULL;

-- sum by grade and place
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`place`, `d`.`u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, `place`, CASE
WHEN `place` = 'town' AND `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 60
WHEN `place` = 'town' AND `grade` IN ('P5', 'P6') THEN 60
WHEN `place` = 'town' AND `grade` IN ('J1', 'J2', 'J3') THEN 90
WHEN `place` = 'village' AND `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 60
WHEN `place` = 'village' AND `grade` IN ('P5', 'P6') THEN 60
WHEN `place` = 'village' AND `grade` IN ('J1', 'J2', 'J3') THEN 80 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0)) OR (`d`.`grade` IS NULL) OR (`d`.`place` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR `h`.`place` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`);
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM (SELECT `g`.*, `d`.`grade`, `d`.`place`, `d`.`u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, `place`, CASE
WHEN `place` = 'town' AND `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 60
WHEN `place` = 'town' AND `grade` IN ('P5', 'P6') THEN 60
WHEN `place` = 'town' AND `grade` IN ('J1', 'J2', 'J3') THEN 90
WHEN `place` = 'village' AND `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 60
WHEN `place` = 'village' AND `grade` IN ('P5', 'P6') THEN 60
WHEN `place` = 'village' AND `grade` IN ('J1', 'J2', 'J3') THEN 80 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`) AS `h`
WHERE `h`.`grade` IS NULL OR `h`.`place` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`);

-- sum of a grade, by grade
-- hits
SELECT `g`.*
FROM (SELECT `grade`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `homework` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`
GROUP BY `grade`, `day`) AS `g`
WHERE (NOT CASE
WHEN `g`.`grade` IN ('P1', 'P2', 'P3', 'P4') THEN 600
WHEN `g`.`grade` IN ('P5', 'P6') THEN 600
WHEN `g`.`grade` IN ('J1', 'J2', 'J3') THEN 900 END IS NULL AND (`g`.`v0` > CASE
WHEN `g`.`grade` IN ('P1', 'P2', 'P3', 'P4') THEN 600
WHEN `g`.`grade` IN ('P5', 'P6') THEN 600
WHEN `g`.`grade` IN ('J1', 'J2', 'J3') THEN 900 END OR `g`.`m0` > 0)) OR (`g`.`grade` IS NULL);
-- findings
SELECT `b`.`number`, `h`.`grade` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `b`.`edge` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `b`.`bound`
FROM `hits` AS `h`
JOIN VALUES (0, 'P1', 600, 600), (0, 'P2', 600, 600), (0, 'P3', 600, 600), (0, 'P4', 600, 600), (0, 'P5', 600, 600), (0, 'P6', 600, 600), (0, 'J1', 900, 900), (0, 'J2', 900, 900), (0, 'J3', 900, 900) AS `b`(`number`, `grade`, `bound`, `edge`) ON `h`.`grade` = `b`.`grade`
WHERE `h`.`m0` > 0 OR `h`.`v0` > `b`.`edge`
UNION ALL SELECT `b`.`number`, `h`.`grade` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, CAST(NULL AS BIGINT) AS `bound`
FROM `hits` AS `h`
CROSS JOIN VALUES (0) AS `b`(`number`)
WHERE `h`.`grade` IS NULL;

-- mean
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, CAST(SUM(`minutes`) FILTER(WHERE `c0`) AS BIGINT) AS `v0`, COUNT(`minutes`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) FILTER(WHERE `c0`) - COUNT(`minutes`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, `subject` IN ('语文', '数学') AS `c0`
FROM `homework` AS `r`) AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` > 30 * (`g`.`n0` + `g`.`m0`) OR `g`.`m0` > 0 OR `g`.`v0` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) > 30 * (`h`.`n0` + `h`.`m0`) THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 30 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`n0` = 0 OR `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > 30 * `h`.`n0`;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) > 30 * (`h`.`n0` + `h`.`m0`) THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 30 AS `bound`
FROM (SELECT `class`, `day`, CAST(SUM(`minutes`) FILTER(WHERE `c0`) AS BIGINT) AS `v0`, COUNT(`minutes`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) FILTER(WHERE `c0`) - COUNT(`minutes`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, `subject` IN ('语文', '数学') AS `c0`
FROM `homework` AS `r`) AS `r`
GROUP BY `class`, `day`) AS `h`
WHERE `h`.`n0` = 0 OR `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > 30 * `h`.`n0`;

-- most
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`u0`
FROM (SELECT `class`, CAST(MAX(`pupils`) AS BIGINT) AS `v0`, COUNT(`pupils`) AS `n0`, COUNT(*) - COUNT(`pupils`) AS `m0`
FROM `classes` AS `r`
GROUP BY `class`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 45
WHEN `grade` IN ('P5', 'P6') THEN 45
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 50 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0 OR `g`.`v0` IS NULL)) OR (`d`.`grade` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`n0` = 0 OR `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > `h`.`u0`);
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM (SELECT `g`.*, `d`.`grade`, `d`.`u0`
FROM (SELECT `class`, CAST(MAX(`pupils`) AS BIGINT) AS `v0`, COUNT(`pupils`) AS `n0`, COUNT(*) - COUNT(`pupils`) AS `m0`
FROM `classes` AS `r`
GROUP BY `class`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 45
WHEN `grade` IN ('P5', 'P6') THEN 45
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 50 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`) AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`n0` = 0 OR `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > `h`.`u0`);

-- least, by the clock
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`l0`
FROM (SELECT `class`, `term`, CAST(MIN(`first_lesson`) AS BIGINT) AS `v0`, COUNT(`first_lesson`) AS `n0`, COUNT(*) - COUNT(`first_lesson`) AS `m0`
FROM `schedules` AS `r`
GROUP BY `class`, `term`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 500
WHEN `grade` IN ('P5', 'P6') THEN 500
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 480 END AS `l0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`l0` IS NULL AND (`g`.`v0` < `d`.`l0` OR `g`.`m0` > 0 OR `g`.`v0` IS NULL)) OR (`d`.`grade` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) < `h`.`l0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`l0` AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`l0` IS NULL AND (`h`.`n0` = 0 OR CASE
WHEN `h`.`m0` > 0 THEN 0 ELSE COALESCE(`h`.`v0`, 0) END < `h`.`l0`);
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`n0` = 0 THEN 2
WHEN COALESCE(`h`.`v0`, 0) < `h`.`l0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`l0` AS `bound`
FROM (SELECT `g`.*, `d`.`grade`, `d`.`l0`
FROM (SELECT `class`, `term`, CAST(MIN(`first_lesson`) AS BIGINT) AS `v0`, COUNT(`first_lesson`) AS `n0`, COUNT(*) - COUNT(`first_lesson`) AS `m0`
FROM `schedules` AS `r`
GROUP BY `class`, `term`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 500
WHEN `grade` IN ('P5', 'P6') THEN 500
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 480 END AS `l0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`) AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`l0` IS NULL AND (`h`.`n0` = 0 OR CASE
WHEN `h`.`m0` > 0 THEN 0 ELSE COALESCE(`h`.`v0`, 0) END < `h`.`l0`);

-- distinct
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, COUNT(DISTINCT `subject`) FILTER(WHERE `c0`) AS `v0`, COUNT(`subject`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) - COUNT(`c0`) + COUNT(*) FILTER(WHERE `c0`) - COUNT(`subject`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, `grade` IN ('P3', 'P4', 'P5', 'P6') AS `c0`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `homework` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`) AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` + `g`.`m0` > 3);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 3 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 3 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`v0` + `h`.`m0` > 3;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 3 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 3 AS `bound`
FROM (SELECT `class`, `day`, COUNT(DISTINCT `subject`) FILTER(WHERE `c0`) AS `v0`, COUNT(`subject`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) - COUNT(`c0`) + COUNT(*) FILTER(WHERE `c0`) - COUNT(`subject`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, `grade` IN ('P3', 'P4', 'P5', 'P6') AS `c0`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `homework` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`) AS `r`
GROUP BY `class`, `day`) AS `h`
WHERE `h`.`v0` + `h`.`m0` > 3;

-- count
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, COUNT(*) FILTER(WHERE `minutes` >= 5) AS `v0`, COUNT(*) - COUNT(`minutes` >= 5) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` + `g`.`m0` > 2) OR (`g`.`v0` < 2);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN (`h`.`v0` > 2) OR (`h`.`v0` + `h`.`m0` < 2) THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`v0` AS `counted`, `h`.`m0` AS `missing`, 2 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`v0` + `h`.`m0` > 2 OR `h`.`v0` < 2;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN (`h`.`v0` > 2) OR (`h`.`v0` + `h`.`m0` < 2) THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`v0` AS `counted`, `h`.`m0` AS `missing`, 2 AS `bound`
FROM (SELECT `class`, `day`, COUNT(*) FILTER(WHERE `minutes` >= 5) AS `v0`, COUNT(*) - COUNT(`minutes` >= 5) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `h`
WHERE `h`.`v0` + `h`.`m0` > 2 OR `h`.`v0` < 2;

-- never
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, COUNT(*) FILTER(WHERE `parent_marked`) AS `v0`, COUNT(*) - COUNT(`parent_marked`) AS `m0`, COUNT(*) FILTER(WHERE (`punitive`) AND (`written`)) AS `v1`, COUNT(*) - COUNT((`punitive`) AND (`written`)) AS `m1`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` + `g`.`m0` > 0) OR (`g`.`v1` + `g`.`m1` > 0);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 0 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`v0` AS `counted`, `h`.`m0` AS `missing`, 0 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`v0` + `h`.`m0` > 0
UNION ALL SELECT 1 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v1` > 0 THEN 1 ELSE 2 END AS `verdict`, `h`.`v1` AS `value`, `h`.`v1` AS `counted`, `h`.`m1` AS `missing`, 0 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`v1` + `h`.`m1` > 0;

-- each needs
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`l0`
FROM (SELECT `class`, `term`, CAST(COALESCE(SUM(`fortnight`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`fortnight`) FILTER(WHERE `c0`) AS `n0`, CASE
WHEN COUNT(*) FILTER(WHERE `c1`) = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE `c0`) - COUNT(`fortnight`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, (`record` = 'taught') AND (`subject` = '体育') AS `c0`, `record` = 'taught' AS `c1`
FROM `timetable` AS `r`) AS `r`
GROUP BY `class`, `term`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 6
WHEN `grade` IN ('P5', 'P6') THEN 6
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 4 END AS `l0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`l0` IS NULL AND (`g`.`v0` < `d`.`l0`)) OR (`d`.`grade` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`m0` = 0 AND `h`.`v0` < `h`.`l0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`l0` AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`l0` IS NULL AND (`h`.`v0` < `h`.`l0`);
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`m0` = 0 AND `h`.`v0` < `h`.`l0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`l0` AS `bound`
FROM (SELECT `g`.*, `d`.`grade`, `d`.`l0`
FROM (SELECT `class`, `term`, CAST(COALESCE(SUM(`fortnight`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`fortnight`) FILTER(WHERE `c0`) AS `n0`, CASE
WHEN COUNT(*) FILTER(WHERE `c1`) = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE `c0`) - COUNT(`fortnight`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, (`record` = 'taught') AND (`subject` = '体育') AS `c0`, `record` = 'taught' AS `c1`
FROM `timetable` AS `r`) AS `r`
GROUP BY `class`, `term`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 6
WHEN `grade` IN ('P5', 'P6') THEN 6
WHEN `grade` IN ('J1', 'J2', 'J3') THEN 4 END AS `l0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`) AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`l0` IS NULL AND (`h`.`v0` < `h`.`l0`);

-- each fixes
-- hits
SELECT `g`.*
FROM (SELECT `class`, `term`, CAST(COALESCE(SUM(`fortnight`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`fortnight`) FILTER(WHERE `c0`) AS `n0`, CASE
WHEN COUNT(*) FILTER(WHERE `c2`) = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE `c0`) - COUNT(`fortnight`) FILTER(WHERE `c0`) AS `m0`, CAST(COALESCE(SUM(`fortnight`) FILTER(WHERE `c1`), 0) AS BIGINT) AS `v1`, COUNT(`fortnight`) FILTER(WHERE `c1`) AS `n1`, CASE
WHEN COUNT(*) FILTER(WHERE `c2`) = 0 THEN 1 ELSE 0 END + COUNT(*) FILTER(WHERE `c1`) - COUNT(`fortnight`) FILTER(WHERE `c1`) AS `m1`
FROM (SELECT *, (`record` = 'taught') AND (`subject` = '语文') AS `c0`, (`record` = 'taught') AND (`subject` = '数学') AS `c1`, `record` = 'taught' AS `c2`
FROM `timetable` AS `r`) AS `r`
GROUP BY `class`, `term`) AS `g`
WHERE (`g`.`v0` > 12 OR `g`.`m0` > 0) OR (`g`.`v0` < 12) OR (`g`.`v1` > 10 OR `g`.`m1` > 0) OR (`g`.`v1` < 10);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN (`h`.`v0` > 12) OR (`h`.`m0` = 0 AND `h`.`v0` < 12) THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 12 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`m0` > 0 OR `h`.`v0` > 12 OR `h`.`v0` < 12
UNION ALL SELECT 1 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN (`h`.`v1` > 10) OR (`h`.`m1` = 0 AND `h`.`v1` < 10) THEN 1 ELSE 2 END AS `verdict`, `h`.`v1` AS `value`, `h`.`n1` AS `counted`, `h`.`m1` AS `missing`, 10 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`m1` > 0 OR `h`.`v1` > 10 OR `h`.`v1` < 10;

-- same
-- hits
SELECT `g`.*
FROM (SELECT `class`, `term`, CASE
WHEN MAX(`ca`) > 0 AND MAX(`cb`) > 0 THEN COUNT(*) FILTER(WHERE `holes` = 0 AND COALESCE(`a`, 0) <> COALESCE(`b`, 0)) END AS `v0`, CASE
WHEN MAX(`ca`) > 0 AND MAX(`cb`) > 0 THEN COUNT(*) FILTER(WHERE `holes` = 0 AND `ca` + `cb` > 0) ELSE 0 END AS `n0`, CAST(SUM(`holes`) + CASE
WHEN MAX(`ca`) = 0 THEN 1 ELSE 0 END + CASE
WHEN MAX(`cb`) = 0 THEN 1 ELSE 0 END AS BIGINT) AS `m0`
FROM (SELECT `class`, `term`, SUM(`fortnight`) FILTER(WHERE `record` = 'posted') AS `a`, SUM(`fortnight`) FILTER(WHERE `record` = 'taught') AS `b`, COUNT(*) FILTER(WHERE `record` = 'posted') AS `ca`, COUNT(*) FILTER(WHERE `record` = 'taught') AS `cb`, COUNT(*) FILTER(WHERE `fortnight` IS NULL AND `record` IN ('posted', 'taught')) AS `holes`
FROM `timetable` AS `r`
GROUP BY `class`, `term`, `weekday`, `period`, `subject`) AS `places`
GROUP BY `class`, `term`) AS `g`
WHERE (`g`.`v0` > 1 OR `g`.`m0` > 0 OR `g`.`v0` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN COALESCE(`h`.`v0`, 0) > 1 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 0 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > 1;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN COALESCE(`h`.`v0`, 0) > 1 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 0 AS `bound`
FROM (SELECT `class`, `term`, CASE
WHEN MAX(`ca`) > 0 AND MAX(`cb`) > 0 THEN COUNT(*) FILTER(WHERE `holes` = 0 AND COALESCE(`a`, 0) <> COALESCE(`b`, 0)) END AS `v0`, CASE
WHEN MAX(`ca`) > 0 AND MAX(`cb`) > 0 THEN COUNT(*) FILTER(WHERE `holes` = 0 AND `ca` + `cb` > 0) ELSE 0 END AS `n0`, CAST(SUM(`holes`) + CASE
WHEN MAX(`ca`) = 0 THEN 1 ELSE 0 END + CASE
WHEN MAX(`cb`) = 0 THEN 1 ELSE 0 END AS BIGINT) AS `m0`
FROM (SELECT `class`, `term`, SUM(`fortnight`) FILTER(WHERE `record` = 'posted') AS `a`, SUM(`fortnight`) FILTER(WHERE `record` = 'taught') AS `b`, COUNT(*) FILTER(WHERE `record` = 'posted') AS `ca`, COUNT(*) FILTER(WHERE `record` = 'taught') AS `cb`, COUNT(*) FILTER(WHERE `fortnight` IS NULL AND `record` IN ('posted', 'taught')) AS `holes`
FROM `timetable` AS `r`
GROUP BY `class`, `term`, `weekday`, `period`, `subject`) AS `places`
GROUP BY `class`, `term`) AS `h`
WHERE `h`.`m0` > 0 OR COALESCE(`h`.`v0`, 0) > 1;

-- apart
-- hits
SELECT `g`.*
FROM (SELECT `k`.`class`, `k`.`term`, `s`.`v0`, `k`.`n0`, `k`.`m0`
FROM (SELECT `class`, `term`, COUNT(`day`) FILTER(WHERE `unified`) AS `n0`, COUNT(*) - COUNT(`unified`) AS `m0`
FROM `exams` AS `r`
GROUP BY `class`, `term`) AS `k`
LEFT JOIN (SELECT `class`, `term`, CAST(MIN(`step`) AS BIGINT) AS `v0`
FROM (SELECT `class`, `term`, DATEDIFF(DAY, LAG(`day`) OVER (PARTITION BY `class`, `term` ORDER BY `day` NULLS LAST), `day`) AS `step`
FROM (SELECT DISTINCT `class`, `term`, `day`
FROM `exams` AS `r`
WHERE `unified`) AS `days`) AS `steps`
GROUP BY `class`, `term`) AS `s` ON `k`.`class` IS NOT DISTINCT
FROM `s`.`class` AND `k`.`term` IS NOT DISTINCT
FROM `s`.`term`) AS `g`
WHERE (`g`.`v0` < 20 OR `g`.`m0` > 0 OR `g`.`v0` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`v0` IS NULL THEN 2
WHEN COALESCE(`h`.`v0`, 0) < 20 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 20 AS `bound`
FROM `hits` AS `h`
WHERE CASE
WHEN `h`.`v0` IS NULL THEN `h`.`m0` > 0 ELSE CASE
WHEN `h`.`m0` > 0 THEN 0 ELSE COALESCE(`h`.`v0`, 0) END < 20 END;
-- at once
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`term` AS `k1`, CASE
WHEN `h`.`v0` IS NULL THEN 2
WHEN COALESCE(`h`.`v0`, 0) < 20 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 20 AS `bound`
FROM (SELECT `k`.`class`, `k`.`term`, `s`.`v0`, `k`.`n0`, `k`.`m0`
FROM (SELECT `class`, `term`, COUNT(`day`) FILTER(WHERE `unified`) AS `n0`, COUNT(*) - COUNT(`unified`) AS `m0`
FROM `exams` AS `r`
GROUP BY `class`, `term`) AS `k`
LEFT JOIN (SELECT `class`, `term`, CAST(MIN(`step`) AS BIGINT) AS `v0`
FROM (SELECT `class`, `term`, DATEDIFF(DAY, LAG(`day`) OVER (PARTITION BY `class`, `term` ORDER BY `day` NULLS LAST), `day`) AS `step`
FROM (SELECT DISTINCT `class`, `term`, `day`
FROM `exams` AS `r`
WHERE `unified`) AS `days`) AS `steps`
GROUP BY `class`, `term`) AS `s` ON `k`.`class` IS NOT DISTINCT
FROM `s`.`class` AND `k`.`term` IS NOT DISTINCT
FROM `s`.`term`) AS `h`
WHERE CASE
WHEN `h`.`v0` IS NULL THEN `h`.`m0` > 0 ELSE CASE
WHEN `h`.`m0` > 0 THEN 0 ELSE COALESCE(`h`.`v0`, 0) END < 20 END;

-- expects
-- hits
SELECT `g`.*
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) AS `n0`, COUNT(*) - COUNT(`minutes`) AS `m0`
FROM `homework` AS `r`
GROUP BY `class`, `day`) AS `g`
WHERE (`g`.`v0` > 60 OR `g`.`m0` > 0);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > 60 THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, 60 AS `bound`
FROM `hits` AS `h`
WHERE `h`.`m0` > 0 OR `h`.`v0` > 60;
-- absent
SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, CAST(NULL AS BIGINT) AS `value`, 0 AS `counted`, 0 AS `missing`, `b`.`bound`
FROM (SELECT `class`, `day`
FROM `sample` AS `r`
EXCEPT SELECT `class`, `day`
FROM `homework` AS `r`) AS `h`
JOIN VALUES (0, 60, 60) AS `b`(`number`, `bound`, `edge`) ON TRUE;

-- expects, by grade
-- hits
SELECT `g`.*, `d`.`grade`, `d`.`u0`
FROM (SELECT `class`, `day`, CAST(COALESCE(SUM(`minutes`) FILTER(WHERE `c0`), 0) AS BIGINT) AS `v0`, COUNT(`minutes`) FILTER(WHERE `c0`) AS `n0`, COUNT(*) - COUNT(`c0`) + COUNT(*) FILTER(WHERE `c0`) - COUNT(`minutes`) FILTER(WHERE `c0`) AS `m0`
FROM (SELECT *, `place` = 'village' AS `c0`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `homework` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`) AS `r`
GROUP BY `class`, `day`) AS `g`
LEFT JOIN (SELECT `class`, `grade`, CASE
WHEN `grade` IN ('P1', 'P2', 'P3', 'P4') THEN 60
WHEN `grade` IN ('P5', 'P6') THEN 60 END AS `u0`
FROM `classes`) AS `d` ON `g`.`class` = `d`.`class`
WHERE (NOT `d`.`u0` IS NULL AND (`g`.`v0` > `d`.`u0` OR `g`.`m0` > 0)) OR (`d`.`grade` IS NULL);
-- findings
SELECT 0 AS `number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, CASE
WHEN `h`.`v0` > `h`.`u0` THEN 1 ELSE 2 END AS `verdict`, `h`.`v0` AS `value`, `h`.`n0` AS `counted`, `h`.`m0` AS `missing`, `h`.`u0` AS `bound`
FROM `hits` AS `h`
WHERE `h`.`grade` IS NULL OR NOT `h`.`u0` IS NULL AND (`h`.`m0` > 0 OR `h`.`v0` > `h`.`u0`);
-- absent
SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, CAST(NULL AS BIGINT) AS `value`, 0 AS `counted`, 0 AS `missing`, `b`.`bound`
FROM (SELECT `class`, `day`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `sample` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`
WHERE COALESCE(`place` = 'village', TRUE)
EXCEPT SELECT `class`, `day`
FROM `homework` AS `r`) AS `h`
LEFT JOIN `classes` AS `d` ON `h`.`class` = `d`.`class`
JOIN VALUES (0, 'P1', 60, 60), (0, 'P2', 60, 60), (0, 'P3', 60, 60), (0, 'P4', 60, 60), (0, 'P5', 60, 60), (0, 'P6', 60, 60) AS `b`(`number`, `grade`, `bound`, `edge`) ON `d`.`grade` = `b`.`grade`
UNION ALL SELECT `b`.`number`, `h`.`class` AS `k0`, `h`.`day` AS `k1`, 2 AS `verdict`, CAST(NULL AS BIGINT) AS `value`, 0 AS `counted`, 0 AS `missing`, CAST(NULL AS BIGINT) AS `bound`
FROM (SELECT `class`, `day`
FROM (SELECT `t`.*, `c`.`school`, `c`.`grade`, `c`.`place`
FROM `sample` AS `t`
LEFT JOIN `classes` AS `c` ON `t`.`class` = `c`.`class`) AS `r`
WHERE COALESCE(`place` = 'village', TRUE)
EXCEPT SELECT `class`, `day`
FROM `homework` AS `r`) AS `h`
LEFT JOIN `classes` AS `d` ON `h`.`class` = `d`.`class`
CROSS JOIN VALUES (0) AS `b`(`number`)
WHERE `d`.`grade` IS NULL;
