"""Ending early (POK-12): the form, the placement, the search (S3.2-d), SBB, nadere afspraken (BBL-06)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements import ending, sealing, services, signing
from agreements.lifecycle import State, open_parties, parties_of, state_of
from agreements.models import Ending, EndReason, Kind, Mode, Party, Pok
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from compliance import judging
from compliance.models import Finding
from placements.models import Placement, Search
from tests.builders import a_contact, a_placement, a_pok, a_user, sign_for, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)
START, END = date(2026, 8, 31), date(2027, 2, 26)
FORM = {"reason": "agreement", "asked_by": "student", "culpable": False, "explanation": "", "consequences": ""}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def a_main(leerweg="BOL", signed=True):
    placement = a_placement(leerweg=leerweg)
    by = a_user("coordinator", placement.team)
    days = signed_by_all(date(2026, 8, 3)) if signed else {}
    return a_pok(placement, signed=days, made_by=by)


def end(main, on=TODAY, **changes):
    return ending.end_pok(pok=main, by=main.made_by, today=TODAY, on=on, **FORM | changes)


def refused(deed):
    """The fields, or the words."""
    with pytest.raises(ValidationError) as fault:
        deed()
    return list(fault.value.message_dict) if hasattr(fault.value, "error_dict") else fault.value.messages


def test_a_refused_document_is_made_anew_and_the_ending_stands():
    main = a_main()
    first = signing.offer(pok=end(main), by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    kept = Ending.objects.get(pok=first)
    refused(lambda: ending.make_again(ending=kept, by=main.made_by, today=TODAY))
    student = first.signatories.get(party="student").user
    client = {"ip": "192.0.2.7", "agent": "Browser"}
    signing.refuse(pok=first, by=student, reason="Ik ben het er niet mee eens.", client=client)
    second = ending.make_again(ending=kept, by=main.made_by, today=TODAY)
    first.refresh_from_db()
    assert (second.number, second.end, Ending.objects.get().pok) == (f"{main.number}-B2", TODAY, second)
    assert (first.withdrawn_on, state_of(second, TODAY)) == (TODAY, State.CONCEPT)
    assert Placement.objects.get().state == "ended"
    assert Search.objects.count() == 1
    refused(lambda: ending.make_again(ending=Ending.objects.get(), by=main.made_by, today=TODAY))


def test_a_refused_document_is_signed_again_from_its_page(client):
    main = a_main()
    first = signing.offer(pok=end(main), by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    how = {"client": {"ip": "192.0.2.7", "agent": "Browser"}, "reason": "Nee."}
    signing.refuse(pok=first, by=first.signatories.get(party="student").user, **how)
    client.force_login(main.made_by)
    assert client.get(f"/pok/{first.pk}/").context["next"].url == f"/pok/{first.pk}/beeindigen/opnieuw/"
    answer = client.post(f"/pok/{first.pk}/beeindigen/opnieuw/")
    second = Pok.objects.get(number=f"{main.number}-B2")
    assert (answer["Location"], state_of(second, TODAY)) == (f"/pok/{second.pk}/", State.OFFERED)


def test_everything_of_an_ending_in_one_deed():
    main = a_main()
    made = end(main, explanation="Verhuisd", consequences="Zoekt dichterbij")
    placement = Placement.objects.get(pk=main.placement_id)
    assert (made.number, made.kind, made.belongs_to, made.end) == (f"{main.number}-B1", Kind.ENDING, main, TODAY)
    assert (placement.state, placement.ended_on, placement.last_day) == ("ended", TODAY, TODAY)
    kept = Ending.objects.get(pok=made)
    assert (kept.on, kept.reason, kept.asked_by, kept.culpable) == (TODAY, "agreement", "student", False)
    search = Search.objects.get()
    assert (search.kind, search.after, search.enrolment, search.opened_on) == (
        "replacement",
        placement,
        placement.enrolment,
        TODAY,
    )
    assert state_of(Pok.objects.get(pk=main.pk), TODAY) == State.SIGNED  # the POK itself stays as it was
    assert AuditEvent.objects.filter(event="pok_ended", dossier=placement.pk).count() == 1


@pytest.mark.parametrize(
    ("on", "fields"),
    [
        (date(2026, 8, 30), ["on"]),
        (START, None),
        (date(2027, 2, 25), None),
        (END, ["on"]),
    ],
)
def test_the_last_day_lies_in_the_period(on, fields):
    main = a_main()
    if fields:
        assert refused(lambda: end(main, on=on)) == fields
        assert Placement.objects.get().state == "planned"
        return
    assert end(main, on=on).end == on


def test_only_a_signed_pok_is_ended_and_only_once():
    unsigned = a_main(signed=False)
    refused(lambda: end(unsigned))
    main = a_main()
    end(main)
    refused(lambda: end(main))
    assert Pok.objects.filter(kind=Kind.ENDING).count() == 1


@pytest.mark.parametrize("reason", EndReason)
def test_s3_2_d_the_search_opens_unless_the_student_leaves(reason):
    end(a_main("BBL"), reason=reason)
    leaves = reason in (EndReason.UNENROLLED, EndReason.DIPLOMA, EndReason.DECEASED)
    assert Search.objects.count() == (0 if leaves else 1)


@pytest.mark.parametrize("reason", EndReason)
def test_s6_4_b_sbb_is_informed_when_the_leerbedrijf_falls_short(reason):
    kept = Ending.objects.get(pok=end(a_main(), reason=reason))
    assert ending.needs_sbb(kept) == (reason in ending.SBB)
    assert {EndReason.GUIDANCE, EndReason.ACCREDITATION, EndReason.PLACE} <= ending.SBB


def test_the_sbb_step_is_done_when_its_date_stands():
    main = a_main()
    kept = Ending.objects.get(pok=end(main, reason="guidance"))
    late = date(2026, 10, 13)
    assert refused(lambda: ending.inform_sbb(ending=kept, by=main.made_by, on=late, today=TODAY)) == ["on"]
    kept = ending.inform_sbb(ending=kept, by=main.made_by, on=TODAY, today=TODAY)
    assert (ending.needs_sbb(kept), kept.sbb_informed_on, kept.sbb_informed_by) == (False, TODAY, main.made_by)
    assert Search.objects.get().sbb_consulted_on == TODAY


def test_deadlines_and_lists_follow_at_once():
    main = a_main()
    ids = [main.placement_id]
    judging.rejudge(ids, today=TODAY)
    before = set(Finding.objects.filter(due__gt=TODAY).values_list("rule", "due"))
    end(main)
    judging.judge_touched(today=TODAY)
    after = set(Finding.objects.values_list("rule", "due"))
    assert (before & after, len(before) > 0) == (set(), True)


def test_a_copy_goes_to_student_and_praktijkopleider():
    placement = a_placement(supervisor=None)
    placement.supervisor = a_contact(placement.location, user=a_user())
    placement.student.user = a_user()
    placement.student.save()
    placement.save()
    by = a_user("coordinator", placement.team)
    end(a_pok(placement, signed=signed_by_all(date(2026, 8, 3)), made_by=by))
    wanted = sorted([placement.student.user.email, placement.supervisor.user.email])
    assert sorted(OutboxMail.objects.filter(kind="pok_ended").values_list("to", flat=True)) == wanted


def test_it_is_signed_by_all_when_that_is_asked(seal_key):
    main = a_main()
    made = end(main)
    signing.offer(pok=made, by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    for party in ("company", "student", "school"):
        sign_for(Pok.objects.get(pk=made.pk), party)
    assert sealing.seal_waiting(clock.now()) == 1
    assert state_of(Pok.objects.get(pk=made.pk), TODAY) == State.SEALED


def test_bbl_06_further_agreements_are_between_student_and_school():
    main = a_main("BBL")
    kept = Ending.objects.get(pok=end(main, reason="student", culpable=True))
    made = ending.make_further(ending=kept, by=main.made_by, today=TODAY, text="Elke maandag een gesprek.")
    assert (made.number, parties_of(made)) == (f"{main.number}-N1", (Party.STUDENT, Party.SCHOOL))
    signing.offer(pok=made, by=main.made_by, mode=Mode.DIGITAL, today=TODAY)
    sign_for(Pok.objects.get(pk=made.pk), "student")
    assert open_parties(Pok.objects.get(pk=made.pk)) == (Party.SCHOOL,)
    sign_for(Pok.objects.get(pk=made.pk), "school")
    assert state_of(Pok.objects.get(pk=made.pk), TODAY) == State.COMPLETE


def test_bbl_06_not_when_the_student_is_not_to_blame():
    main = a_main()
    kept = Ending.objects.get(pok=end(main))
    refused(lambda: ending.make_further(ending=kept, by=main.made_by, today=TODAY, text="Niets."))
    assert Pok.objects.filter(kind=Kind.FURTHER).count() == 0


def test_what_ended_is_not_taken_back():
    main = a_main()
    made = end(main)
    refused(lambda: services.withdraw_pok(pok=made, by=main.made_by, on=TODAY, reason="Toch niet"))
    assert Pok.objects.get(pk=made.pk).withdrawn_on is None
