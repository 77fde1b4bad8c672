-- 2 colleges, 40 teams, 80 opleidingen, 10 teachers a team; ids are counted.
INSERT INTO accounts_college (id, name) VALUES (1, 'Techniek'), (2, 'Zorg');
INSERT INTO accounts_team (id, college_id, name)
SELECT t, 1 + t % 2, 'Team ' || t FROM generate_series(1, 40) t;
INSERT INTO students_programme (id, crebo, leerweg, name, level, years, team_id, vws, bpv_hours)
SELECT p, (25000 + p)::text, CASE WHEN p % 4 = 0 THEN 'BBL' ELSE 'BOL' END, 'Opleiding ' || p, 1 + p % 4, 3,
       1 + p % 40, false, 900
FROM generate_series(0, 79) p;
INSERT INTO accounts_user (id, first_name, prefix, last_name, sort_key, password, email, phone, reachability, language,
                           is_active)
SELECT u, 'Sanne', '', 'Docent' || u, 'docent' || u || ' sanne', '!', 'd' || u || '@voorbeeldroc.example', '', '', 'nl',
       true
FROM generate_series(1, 400) u;
INSERT INTO accounts_membership (id, user_id, role, team_id)
SELECT u, u, 'teacher', 1 + (u - 1) / 10 FROM generate_series(1, 400) u;
-- One coordinator of team 1 and one manager of both colleges.
INSERT INTO accounts_user (id, first_name, prefix, last_name, sort_key, password, email, phone, reachability, language,
                           is_active)
VALUES (401, 'Carla', '', 'Coord', 'coord carla', '!', 'coordinator@voorbeeldroc.example', '', '', 'nl', true),
       (402, 'Mo', '', 'Manager', 'manager mo', '!', 'manager@voorbeeldroc.example', '', '', 'nl', true);
INSERT INTO accounts_membership (id, user_id, role, team_id, college_id)
VALUES (401, 401, 'coordinator', 1, NULL), (402, 402, 'manager', NULL, 1), (403, 402, 'manager', NULL, 2);
INSERT INTO students_workprocess (id, crebo, cohort, code, title)
SELECT p * 6 + w, (25000 + p)::text, 2019, 'B1-K1-W' || w, 'Werkproces ' || w
FROM generate_series(0, 79) p, generate_series(1, 6) w;
