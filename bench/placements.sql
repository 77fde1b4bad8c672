-- Placements `first` up to `last` (not included) of eight school years, one in eight of them this year, with all that hangs below them.
CREATE TEMP TABLE wanted ON COMMIT DROP AS
SELECT n, n % 80 AS programme, 1 + n % 80 % 40 AS team, 1 + (n / 800) * 80 + n % 80 AS location,
       make_date(2019 + n / 80 % 8, 8, 31) + 7 * (n % 25) AS start,
       (n % 80 % 40) * 10 + 1 + n / 80 % 10 AS teacher,
       (ARRAY['Bakker','Berg','Dekker','Huisman','Jansen','Meijer','Smit','Visser','Wolters','Yilmaz'])[1 + n % 10]
           || (n / 10) AS last_name
FROM generate_series(:first, :last - 1) n;
INSERT INTO companies_company (id, name)
SELECT DISTINCT location, 'Bedrijf ' || location FROM wanted ON CONFLICT DO NOTHING;
INSERT INTO companies_location (id, company_id, sbb_id, name, establishment_number, street, house_number, postcode,
                                city, country, phone, website, sort_key, search)
SELECT DISTINCT location, location, (100000000 + location)::text, 'Bedrijf ' || location, '', 'Dorpsstraat', '1',
       '7551 GB', 'Goor', 'Nederland', '', '', 'bedrijf ' || location, 'bedrijf ' || location || ' goor'
FROM wanted ON CONFLICT DO NOTHING;
INSERT INTO companies_accreditation (id, location_id, crebo, granted_on, withdrawn_on)
SELECT DISTINCT location, location, (25000 + programme)::text, DATE '2015-01-01',
       CASE WHEN location % 50 = 0 THEN DATE '2026-06-01' END
FROM wanted ON CONFLICT DO NOTHING;
INSERT INTO companies_contact (id, first_name, prefix, last_name, sort_key, location_id, function, email, phone,
                               language, is_supervisor, is_mentor, is_signatory)
SELECT DISTINCT location, 'Ilse', '', 'Opleider' || location, 'opleider' || location, location, '',
       'c' || location || '@bedrijf.example', '', 'nl', true, false, true
FROM wanted ON CONFLICT DO NOTHING;
INSERT INTO students_student (id, first_name, prefix, last_name, sort_key, number, birth_date, email, mobile, street,
                              house_number, postcode, city)
SELECT n + 1, 'Yusuf', '', last_name, lower(last_name) || ' yusuf', (1000000 + n)::text, DATE '2008-01-01',
       's' || n || '@student.voorbeeldroc.example', '', '', '', '', ''
FROM wanted;
INSERT INTO students_enrolment (id, student_id, programme_id, "group", cohort, start, "end")
SELECT n + 1, n + 1, programme, 'G' || programme, 2019 + n / 80 % 8, start - 30, start + 1000 FROM wanted;
INSERT INTO placements_placement (id, number, student_id, enrolment_id, programme_id, team_id, location_id, start,
                                  "end", hours_per_week, hours_total, keuzedelen, times, supervisor_id, teacher_id,
                                  state, reason, created_at, sort_key, search)
SELECT n + 1, 'PL' || (1000000 + n), n + 1, n + 1, programme, team, location, start, start + 180, 24, 600, '{}', '{}',
       location, teacher, 'planned', '', now(), lower(last_name) || ' yusuf',
       'yusuf ' || lower(last_name) || ' ' || (1000000 + n) || ' pl' || (1000000 + n) || ' bedrijf ' || location || ' goor'
FROM wanted;
INSERT INTO agreements_pok (id, placement_id, kind, number, version, start, "end", hours_per_week, hours_total,
                            made_at, filed_on, filed_in, withdrawn_reason, code, hours_by_year, days, particulars,
                            late_reason, language, mode, refused_party, refused_reason, seal_error)
SELECT n + 1, n + 1, 'qualification', 'POK' || (1000000 + n), 1, start, start + 180, 24, 600, now(),
       start - 10 + n % 13, 'diplomadossier', '', 'BENCH' || lpad(n::text, 7, '0'), '{}', '', '{}', '', 'nl', '', '', '', ''
FROM wanted WHERE n % 20 > 0;
INSERT INTO agreements_signature (id, pok_id, party, method, signed_on, signer, recorded_at, function, sha256,
                                  statement, proof)
SELECT 3 * n + p, n + 1, (ARRAY['student', 'company', 'school'])[p], 'imported', start - 20 + n % 23, 'x', now(), '', '',
       '', ''
FROM wanted, generate_series(1, 3) p WHERE n % 20 > 0;
INSERT INTO visits_contactmoment (id, placement_id, "on", kind, with_student, with_supervisor, goals_discussed,
                                  discussed, agreed, topics, roles_discussed, private_note, occasion, teacher_id,
                                 logged_at, form_key)
SELECT 3 * n + c, n + 1, start + c * 45 - 25 + n % 9, CASE WHEN c = 1 THEN 'on_site' ELSE 'phone' END, true, true,
       c = 1, '', '', '{}', false, '', '', teacher, now(), gen_random_uuid()
FROM wanted, generate_series(1, 3) c WHERE c <= 1 + n % 4 AND start + c * 45 <= DATE '2026-11-23';
INSERT INTO visits_helprequest (id, number, placement_id, kind, sender, topic, text, received_at, owner_id,
                                first_response_at, responded_by, response, channel, outcome)
SELECT n + 1, 'H' || (1000000 + n), n + 1, 'question', 'student', 'Rooster', '', start + 40 + time '10:00', teacher,
       start + 40 + n % 6 + time '12:00', 'x', '', 'site', ''
FROM wanted WHERE n % 5 = 0 AND start + 46 <= DATE '2026-11-23';
