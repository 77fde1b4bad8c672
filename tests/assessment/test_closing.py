"""Closing a dossier: what is missing, who has it, and nothing changes afterwards (S8-d, Q-ST-10, KZD-09)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from assessment import closing, goals, keuzedelen
from assessment.closing import Part
from assessment.models import KeuzedeelResult, StudentView
from bpv.core import audit, clock
from bpv.core.models import AuditEvent
from placements import timesheet
from tests.builders import (
    a_company_judgement,
    a_contact_moment,
    a_deviation,
    a_final,
    a_goal,
    a_handed_out,
    a_placement,
    a_pok,
    a_submission,
    a_user,
    a_week,
    an_interim,
    signed_by_all,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
LAST = date(2027, 2, 26)
TODAY = LAST + timedelta(days=1)
UNSIGNED = "nog niet getekend: leerbedrijf"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement():
    found = a_placement()
    found.student.user = a_user()
    found.student.save()
    return found


def agreed(placement):
    """A POK in the dossier and three talks."""
    a_pok(placement, signed_by_all(placement.start), filed_on=placement.start)
    for week in (3, 6, 9):
        a_contact_moment(placement, placement.start + timedelta(weeks=week))


def whole(placement, **final):
    """Everything that belongs in a closed dossier."""
    agreed(placement)
    an_interim(placement)
    a_company_judgement(placement)
    a_final(placement, **final)
    StudentView.objects.create(placement=placement, score="v", submitted_at=clock.now())
    return a_goal(placement, evaluated_on=LAST, evaluated_by=placement.teacher, evaluation="Lukt.")


def test_q_st_10_what_waits_for_the_student_and_what_waits_for_the_school(placement):
    whole(placement)
    a_handed_out(placement, "Route")
    a_submission(a_handed_out(placement, "Klant"))
    assert [(one.part, one.who, one.note) for one in closing.missing(placement, TODAY)] == [
        (Part.ASSIGNMENTS, "student", "Nog open: Route."),
        (Part.JUDGED, "bpv-docent", "Nog open: Klant."),
    ]


def test_weeks_that_are_not_in_or_not_confirmed_are_said_and_never_block(placement):
    whole(placement)
    first = a_week(placement)
    every = [monday for monday in timesheet.mondays(placement, TODAY) if monday != first.monday]
    for monday in every[:-2]:
        a_week(placement, monday, state="confirmed")
    found = [(one.part, one.who, one.blocks, one.note) for one in closing.missing(placement, TODAY)]
    assert found == [
        (Part.HOURS, "student", False, "Van 2 weken nog niet."),
        (Part.CONFIRMED, "praktijkopleider", False, "1 week wacht nog."),
    ]
    placement.programme.registers_hours = False
    assert parts(placement) == []


def page(placement):
    return f"/plaatsingen/{placement.number}/afsluiten/"


def parts(placement, today=TODAY):
    return [(one.part, one.blocks) for one in closing.missing(placement, today)]


def test_s8_d_an_empty_dossier_lacks_all_of_it_and_says_who_has_it(placement):
    assert [(one.part, one.who, one.blocks, one.note) for one in closing.missing(placement, LAST)] == [
        (Part.OVER, "", True, "De laatste dag is vr 26 feb 2027."),
        (Part.FINAL, "bpv-docent", True, ""),
        (Part.INTERIM, "bpv-docent", True, ""),
        (Part.COMPANY, "praktijkopleider", True, ""),
        (Part.GOALS, "bpv-docent", False, "Er zijn geen leerdoelen opgesteld."),
        (Part.VIEW, "student", False, ""),
        (Part.POK, "bpv-coördinator", False, "nog geen POK"),
        (Part.TALKS, "bpv-docent", False, ""),
    ]


@pytest.mark.parametrize(
    ("undo", "part", "note"),
    [
        (lambda found: found.poks.update(withdrawn_on=TODAY, withdrawn_reason="Fout"), Part.POK, "nog geen POK"),
        (lambda found: found.poks.get().signatures.get(party="company").delete(), Part.POK, UNSIGNED),
        (lambda found: found.poks.update(filed_on=None, filed_in=""), Part.POK, "nog niet in het diplomadossier"),
        (lambda found: found.contacts.first().delete(), Part.TALKS, ""),
    ],
)
def test_g_06_s6_2_a_pok_or_talks_that_are_not_there_are_said_and_never_block(placement, undo, part, note):
    whole(placement)
    undo(placement)
    assert [(one.part, one.blocks, one.note) for one in closing.missing(placement, TODAY)] == [(part, False, note)]


def test_s6_2_d_fewer_talks_with_an_accepted_reason_are_enough(placement):
    whole(placement)
    placement.contacts.all().delete()
    assert parts(placement) == [(Part.TALKS, False)]
    a_deviation(placement, accepted=True, decided_on=LAST, decided_by=a_user("manager", placement.team))
    assert parts(placement) == []


def test_every_part_has_a_page_that_its_owner_opens(placement):
    teacher = logged_in(placement.teacher)
    urls = {one.url for one in closing.missing(placement, LAST)}
    assert {url: teacher.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_s8_d_a_whole_dossier_lacks_nothing(placement):
    whole(placement)
    assert parts(placement) == []


@pytest.mark.parametrize(
    ("told", "note"),
    [
        ({"student_told_on": None}, "Nog niet verteld aan: student."),
        ({"supervisor_told_on": None}, "Nog niet verteld aan: praktijkopleider."),
        ({"student_told_on": None, "supervisor_told_on": None}, "Nog niet verteld aan: student, praktijkopleider."),
    ],
)
def test_beo_12_the_result_is_told_to_both(placement, told, note):
    whole(placement, **told)
    assert [(one.part, one.blocks, one.note) for one in closing.missing(placement, TODAY)] == [(Part.TOLD, True, note)]


def test_beo_06_an_interim_that_was_not_told_is_not_complete(placement):
    whole(placement)
    placement.interims.update(supervisor_told_on=None)
    assert parts(placement) == [(Part.INTERIM, True)]
    an_interim(placement, held_on=date(2027, 1, 11))
    assert parts(placement) == []


def test_beo_09_a_judgement_that_was_only_kept_is_missing(placement):
    whole(placement)
    placement.company_judgement.submitted_at = None
    placement.company_judgement.save()
    assert parts(placement) == [(Part.COMPANY, True)]


def test_s8_c_a_final_with_a_reason_needs_no_interim_and_no_company(placement):
    agreed(placement)
    a_final(placement, override="Het bedrijf is failliet.")
    assert parts(placement) == [(Part.GOALS, False), (Part.VIEW, False)]


def test_a_final_that_was_corrected_away_does_not_count(placement):
    whole(placement)
    placement.finals.update(is_current=False)
    assert parts(placement) == [(Part.FINAL, True)]


def test_vb_08_goals_are_evaluated_those_for_later_need_not(placement):
    whole(placement)
    a_goal(placement, "Later", for_later=True)
    assert parts(placement) == []
    a_goal(placement, "Nu")
    assert [(one.part, one.note) for one in closing.missing(placement, TODAY)] == [
        (Part.GOALS, "1 van de 2 nog niet geëvalueerd.")
    ]


@pytest.mark.parametrize(("today", "over"), [(LAST, False), (TODAY, True)])
def test_a_bpv_that_still_runs_is_not_closed(placement, today, over):
    whole(placement)
    assert ((Part.OVER, True) in parts(placement, today)) is not over


def test_a_bpv_that_ended_early_can_be_closed_without_a_judgement(placement):
    placement.state, placement.ended_on, placement.reason = "ended", date(2026, 11, 2), "Gestopt"
    placement.save()
    assert parts(placement) == [
        (Part.FINAL, False),
        (Part.INTERIM, False),
        (Part.COMPANY, False),
        (Part.GOALS, False),
        (Part.VIEW, False),
        (Part.POK, False),
        (Part.TALKS, False),
    ]


def test_walk_blocked_filled_closed_refused_and_opened_again(placement):
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)
    coordinator = logged_in(a_user("coordinator", placement.team))
    blocked = teacher.post(page(placement))
    assert blocked.context["form"].non_field_errors() == [
        "Dit dossier kan nog niet dicht. Hierboven staat wat er eerst moet gebeuren."
    ]
    goal = whole(placement)
    a_goal(placement, "Nog open")
    unticked = teacher.post(page(placement))
    assert unticked.context["form"].errors == {"despite": ["Zet een vinkje als je afsluit hoewel er iets ontbreekt."]}
    placement.refresh_from_db()
    assert placement.closed_at is None
    assert teacher.post(page(placement), {"despite": "on"}).headers["Location"] == page(placement)
    placement.refresh_from_db()
    assert (clock.local_day(placement.closed_at), placement.closed_by) == (TODAY, placement.teacher)
    for reader in (teacher, coordinator):
        assert f"door {placement.teacher.full_name}" in reader.get(page(placement)).content.decode()
    dossier = student.get(f"/plaatsingen/{placement.number}/").content.decode()
    assert f"za 27 feb 2027, {placement.teacher.full_name}" in dossier

    closed = "Dit dossier is afgesloten en verandert niet meer."
    new = {"text": "Toch nog iets", "work_process": goal.work_process_id}
    answer = student.post(f"/plaatsingen/{placement.number}/leerdoelen/nieuw/", new)
    assert answer.context["form"].non_field_errors() == [closed]
    said = {"on": "2027-02-26", "progress": "reached", "evaluation": "Goed.", "improvement": ""}
    answer = teacher.post(f"/leerdoelen/{goal.pk}/evalueren/", said)
    assert answer.context["form"].non_field_errors() == [closed]
    again = teacher.post(page(placement))
    assert again.context["form"].non_field_errors() == ["Dit dossier is al afgesloten."]

    reopen = f"/plaatsingen/{placement.number}/heropenen/"
    assert teacher.post(reopen, {"reason": "Vergeten"}).status_code == 403
    assert coordinator.post(reopen, {"reason": " "}).context["form"].errors == {"reason": ["Dit veld is verplicht."]}
    assert coordinator.post(reopen, {"reason": "Het cijfer was verkeerd."}).status_code == 302
    placement.refresh_from_db()
    assert (placement.closed_at, placement.closed_by) == (None, None)
    assert student.post(f"/plaatsingen/{placement.number}/leerdoelen/nieuw/", new).status_code == 302
    happened = AuditEvent.objects.filter(dossier=placement.pk, event__startswith="assessment_").order_by("pk")
    assert [audit.sentence(event) for event in happened] == [
        "Dossier afgesloten zonder: Leerdoelen geëvalueerd",
        "Dossier heropend: Het cijfer was verkeerd.",
    ]


@pytest.mark.parametrize(
    ("fields", "blocks"),
    [
        ({"mode": "window", "lapses_on": LAST}, True),
        ({"mode": "digital", "lapses_on": TODAY}, True),
        ({"mode": "digital", "lapses_on": LAST}, False),
        ({"mode": "paper"}, True),
        ({"mode": "window", "complete_at": clock.at(TODAY)}, False),
        ({"mode": "digital", "refused_at": clock.at(TODAY), "refused_reason": "Nee"}, False),
        ({"mode": "window", "withdrawn_on": TODAY, "withdrawn_reason": "Fout"}, False),
        ({"mode": "paper", "kind": "ending"}, False),
        ({"offered_at": None}, False),
    ],
)
def test_s8_d_what_still_waits_for_an_answer_is_final_or_withdrawn_first(placement, fields, blocks):
    whole(placement)
    about = {"belongs_to": placement.poks.get(), "kind": "addendum", "version": 2, "offered_at": clock.at(LAST)}
    sent = a_pok(placement, **about | fields)
    found = [(one.part, one.who, one.blocks, one.note) for one in closing.missing(placement, TODAY)]
    note = f"Nog open: {sent.number}."
    assert found == ([(Part.DOCUMENTS, "bpv-coördinator", True, note)] if blocks else [])


def test_a_whole_dossier_closes_without_a_tick(placement):
    whole(placement)
    shown = logged_in(placement.teacher).get(page(placement))
    assert list(shown.context["form"].fields) == []
    assert logged_in(placement.teacher).post(page(placement)).status_code == 302
    assert AuditEvent.objects.filter(event="assessment_closed", dossier=placement.pk).count() == 1


def test_a_cancelled_placement_is_not_closed(placement):
    whole(placement)
    placement.state, placement.reason = "cancelled", "Ging niet door"
    placement.save()
    with pytest.raises(ValidationError) as refused:
        closing.close(placement=placement, by=placement.teacher)
    assert refused.value.messages == ["Deze plaatsing is vervallen: er is niets af te sluiten."]


def test_owner_reader_stranger(placement):
    whole(placement)
    colleague, stranger = a_user("teacher", placement.team), a_user("coordinator")
    got = {user: logged_in(user).get(page(placement)).status_code for user in (placement.teacher, colleague, stranger)}
    posted = {user: logged_in(user).post(page(placement)).status_code for user in (colleague, stranger)}
    assert (list(got.values()), list(posted.values())) == ([200, 200, 404], [403, 404])


@pytest.mark.parametrize("deed", ["goal", "keuzedeel"])
def test_control_without_the_refusal_a_closed_dossier_changes(placement, monkeypatch, deed):
    placement.keuzedelen, placement.closed_at, placement.closed_by = ["K0067"], clock.now(), placement.teacher
    placement.save()
    goal = a_goal(placement)

    def change():
        if deed == "goal":
            goal.text = "Anders"
            goals.save(goal=goal, by=placement.teacher)
        else:
            keuzedelen.save(placement=placement, by=placement.teacher, results={"K0067": {"certificate": False}})

    with pytest.raises(ValidationError, match="afgesloten"):
        change()
    monkeypatch.setattr(f"assessment.{'goals' if deed == 'goal' else 'keuzedelen'}.refuse_closed", lambda placement: 0)
    change()


FULL = {"certificate": "ja", "result": "v", "requirements": "Alle opdrachten voldoende.", "hours": "240"}


def sent(code, **values):
    return {f"{code}-{name}": value for name, value in values.items()}


def test_kzd_09_walk_a_certificaat_needs_three_data_before_closing(placement):
    placement.keuzedelen = ["K0067", "K0165"]
    placement.save()
    whole(placement)
    teacher, form = logged_in(placement.teacher), f"/plaatsingen/{placement.number}/keuzedelen/"
    notes = lambda: [one.note for one in closing.missing(placement, TODAY)]  # noqa: E731
    assert notes() == [
        "K0067: geeft dit recht op een certificaat?",
        "K0165: geeft dit recht op een certificaat?",
    ]
    partly = sent("K0067", certificate="ja", requirements="Alles af.") | sent("K0165", certificate="nee")
    assert teacher.post(form, partly).status_code == 302
    assert notes() == ["K0067: resultaat, eisen en uren zijn nodig."]
    assert teacher.post(page(placement)).status_code == 200
    assert teacher.post(form, sent("K0067", **FULL) | sent("K0165", certificate="nee")).status_code == 302
    kept = KeuzedeelResult.objects.get(code="K0067")
    assert (kept.certificate, kept.result, kept.requirements, kept.hours, kept.by) == (
        True,
        "v",
        "Alle opdrachten voldoende.",
        240,
        placement.teacher,
    )
    assert (notes(), teacher.post(page(placement)).status_code) == ([], 302)
    late = teacher.post(form, sent("K0067", **FULL | {"result": "g"}) | sent("K0165", certificate="nee"))
    assert late.context["form"].non_field_errors() == ["Dit dossier is afgesloten en verandert niet meer."]
    assert KeuzedeelResult.objects.get(code="K0067").result == "v"
    events = AuditEvent.objects.filter(event="assessment_keuzedeel_kept").order_by("pk")
    assert [event.data["code"] for event in events] == ["K0067", "K0165", "K0067"]


@pytest.mark.parametrize("left_out", ["result", "requirements", "hours"])
def test_kzd_09_each_of_the_three_data_blocks(placement, left_out):
    placement.keuzedelen = ["K0067"]
    placement.save()
    whole(placement)
    values = {"certificate": True, "result": "v", "requirements": "Alles af.", "hours": 240}
    KeuzedeelResult.objects.create(placement=placement, code="K0067", by=placement.teacher, **values)
    assert parts(placement) == []
    KeuzedeelResult.objects.update(**{left_out: None if left_out == "hours" else ""})
    assert parts(placement) == [(Part.KEUZEDEEL, True)]


def test_kzd_09_a_keuzedeel_of_a_bpv_that_ended_early_is_said_and_does_not_block(placement):
    placement.state, placement.ended_on, placement.reason = "ended", date(2026, 11, 6), "Gestopt"
    placement.keuzedelen = ["K0067", "K0165"]
    placement.save()
    whole(placement)
    KeuzedeelResult.objects.create(placement=placement, code="K0165", by=placement.teacher, certificate=True)
    assert parts(placement) == [(Part.KEUZEDEEL, False), (Part.KEUZEDEEL, False)]
    closing.close(placement=placement, by=placement.teacher, despite=True)


def test_a_keuzedeel_of_another_placement_is_refused(placement):
    with pytest.raises(ValidationError, match="heeft dit keuzedeel niet"):
        keuzedelen.save(placement=placement, by=placement.teacher, results={"K0067": {"certificate": False}})


def test_keuzedelen_are_read_by_the_student_and_recorded_by_who_guides(placement):
    placement.keuzedelen = ["K0067"]
    placement.save()
    form = f"/plaatsingen/{placement.number}/keuzedelen/"
    student, stranger = logged_in(placement.student.user), logged_in(a_user("coordinator"))
    assert [student.get(form).status_code, student.post(form).status_code, stranger.get(form).status_code] == [
        200,
        403,
        404,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_page(placement, django_assert_num_queries, count):
    whole(placement)
    for number in range(count):
        a_goal(placement, f"Doel {number}")
    client = logged_in(placement.teacher)
    client.get(page(placement))
    with django_assert_num_queries(18):
        client.get(page(placement))
