-- What is judged of placements `first` up to `last` (not included): leerdoelen, opdrachten, interim and eindoordeel.
CREATE TEMP TABLE judged ON COMMIT DROP AS
SELECT n, p.id AS placement, p.programme_id AS programme, p.teacher_id AS teacher, p.start, p."end",
       p."end" <= DATE '2026-11-23' AND n % 25 > 0 AS decided
FROM generate_series(:first, :last - 1) n JOIN placements_placement p ON p.id = n + 1;
INSERT INTO assessment_goal (id, placement_id, work_process_id, text, wish, for_later, progress, note, evaluation,
                             improvement, made_by_id, made_at)
SELECT 2 * n + g, placement, programme * 6 + 1 + (n + g) % 6, 'Leerdoel ' || g, '', false, 'open', '', '', '', teacher,
       start + time '12:00'
FROM judged, generate_series(1, 2) g;
INSERT INTO assessment_handedout (id, placement_id, title, difficulty, introduction, steps, reflection, competence,
                                  moment, in_working_time, state, score, handed_out_on, handed_out_by_id)
SELECT 4 * n + o, placement, 'Opdracht ' || o, o, '', '{"Doe het."}', '{}', '', '', o > 1,
       CASE WHEN decided THEN 'assessed' ELSE 'open' END, CASE WHEN decided THEN 'v' ELSE '' END, start, teacher
FROM judged, generate_series(1, 4) o;
INSERT INTO assessment_handedout_work_processes (handedout_id, workprocess_id)
SELECT 4 * n + o, programme * 6 + 1 + (n + o + w) % 6 FROM judged, generate_series(1, 4) o, generate_series(1, 2) w;
INSERT INTO assessment_interim (id, placement_id, held_on, with_student, with_supervisor, good, attention,
                                established_by_id, established_at, student_told_on, supervisor_told_on)
SELECT n + 1, placement, start + 80, true, true, 'x', 'x', teacher, start + 80 + time '12:00', start + 80, start + 80
FROM judged WHERE decided;
INSERT INTO assessment_companyjudgement (id, placement_id, score, scores, good, attention, assessor, way, explanation,
                                         by_id, saved_at, submitted_at, asks)
SELECT n + 1, placement, 'v', '{}', 'x', '', 'Ilse', 'own', '', teacher, "end" - 5 + time '12:00', "end" - 5 + time '12:00', 1
FROM judged WHERE decided;
INSERT INTO assessment_final (id, placement_id, version, held_on, score, scores, text, difference, override, correction,
                              adopted_by_id, adopted_at, is_current, student_told_on, supervisor_told_on)
SELECT n + 1, placement, 1, "end" - 3, CASE WHEN n % 17 = 0 THEN 'o' ELSE 'v' END, '{}', 'x', '', '', '', teacher,
       "end" - 3 + time '12:00', true, "end" - 3, "end" - 3
FROM judged WHERE decided;
