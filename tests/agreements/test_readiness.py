"""What is missing before a POK: every gap, its last good and first bad day, what it blocks, and where it is mended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from agreements import readiness, services
from agreements.annexes import PARTS, save_annex, standard_texts
from agreements.models import Annex, Kind, Pok
from bpv.core import clock
from bpv.core.models import AuditEvent
from placements.models import Placement
from students.models import Guardian, Student, WorkPermit
from tests.builders import (
    a_check,
    a_contact,
    a_location,
    a_placement,
    a_pok,
    a_programme,
    a_student,
    a_team,
    a_user,
    an_accreditation,
    an_annex,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
START, END = date(2026, 8, 31), date(2027, 2, 26)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def coordinator(placement):
    return a_user("coordinator", placement.team)


def looked_up(placement, on=TODAY, **fields):
    values = {"crebo": placement.programme.crebo, "by": placement.teacher}
    return a_check(placement.location, **values | {"on": on} | fields)


def ready(**fields):
    """A placement for which nothing is missing."""
    leerweg = fields.pop("leerweg", "BOL")
    placement = a_placement(leerweg=leerweg, looked=False, **fields)
    a_contact(placement.location, is_signatory=True, is_supervisor=False)
    looked_up(placement)
    return placement


def found(placement, pok=None, **options):
    """(sentence, whether it blocks, address) of every gap, read anew."""
    again = Placement.objects.get(pk=placement.pk)
    return [(gap.text, gap.blocks, gap.url()) for gap in readiness.gaps(again, TODAY, pok, **options)]


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_nothing_is_missing(leerweg):
    placement = ready(leerweg=leerweg)
    assert found(placement) == []
    assert found(placement, a_pok(placement)) == []


# The leerbedrijf


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize(
    ("granted", "withdrawn", "stands"),
    [
        (START, None, True),
        (START + timedelta(days=1), None, False),
        (date(2020, 1, 1), START, False),
        (date(2020, 1, 1), START + timedelta(days=1), True),
    ],
)
def test_lb_01_lb_02_erkend_for_the_crebo_on_the_start(leerweg, granted, withdrawn, stands):
    placement = ready(leerweg=leerweg)
    placement.location.accreditations.update(granted_on=granted, withdrawn_on=withdrawn)
    name, crebo = placement.location.name, placement.programme.crebo
    text = f"{name} is op ma 31 aug 2026 niet erkend voor {crebo}. Kijk de erkenning na of kies een ander leerbedrijf."
    page = f"/leerbedrijven/{placement.location.sbb_id}/erkenning/?crebo={crebo}"
    assert found(placement) == ([] if stands else [(text, True, page)])


def test_lb_01_another_crebo_does_not_do_but_for_keuzedelen_only():
    placement = ready(keuzedelen=["K0067"])
    placement.location.accreditations.update(crebo="29999")
    looked_up(placement, crebo="29999")
    assert [blocks for _text, blocks, _url in found(placement)] == [True]
    assert found(placement, kind=Kind.KEUZEDEEL) == []
    placement.location.accreditations.all().delete()
    text = (
        f"{placement.location.name} is op ma 31 aug 2026 voor geen enkele opleiding erkend. Kies een ander leerbedrijf."
    )
    assert [(said, blocks) for said, blocks, _url in found(placement, kind=Kind.KEUZEDEEL)] == [(text, True)]


@pytest.mark.parametrize(("days", "fresh"), [(0, True), (30, True), (31, False)])
def test_lb_03_looked_up_within_thirty_days(days, fresh):
    placement = ready()
    placement.location.checks.update(on=TODAY - timedelta(days=days))
    crebo, sbb_id = placement.programme.crebo, placement.location.sbb_id
    text = (
        f"De erkenning van {placement.location.name} is het laatst nagekeken op vr 3 jul 2026."
        " Dat is meer dan 30 dagen geleden."
    )
    assert found(placement) == ([] if fresh else [(text, False, f"/leerbedrijven/{sbb_id}/erkenning/?crebo={crebo}")])


def test_lb_03_never_looked_up_or_for_another_crebo_no_pok():
    placement = ready()
    placement.location.checks.update(crebo="29999")
    looked_up(placement, accredited=False)
    text = f"Er is nog niet vastgelegd dat iemand op Stagemarkt.nl keek of {placement.location.name} is erkend."
    assert [(said, blocks) for said, blocks, _url in found(placement)] == [(text, True)]


def test_lb_04_without_a_praktijkopleider_one_is_chosen_or_added():
    placement = ready()
    Placement.objects.filter(pk=placement.pk).update(supervisor=None)
    chosen = ("Er is nog geen praktijkopleider. Wijzig de plaatsing en kies er een.", True)
    assert found(placement) == [(*chosen, f"/plaatsingen/{placement.number}/wijzigen/")]
    placement.location.contacts.filter(is_supervisor=True).delete()
    added = ("Er is nog geen praktijkopleider, ook niet bij het leerbedrijf. Voeg er een toe en kies die.", True)
    assert found(placement) == [(*added, f"/leerbedrijven/{placement.location.sbb_id}/contactpersoon/")]


def test_t15_without_a_tekenbevoegde_the_praktijkopleider_signs():
    placement = ready()
    placement.location.contacts.update(is_signatory=False)
    name = placement.supervisor.full_name
    text = f"Er is geen tekenbevoegde bekend. {name} tekent dan en bevestigt dat dit mag van het leerbedrijf."
    assert found(placement) == [(text, False, f"/leerbedrijven/{placement.location.sbb_id}/#mensen")]


def test_whoever_gets_a_link_has_an_address():
    placement = ready()
    signatory = placement.location.contacts.get(is_signatory=True)
    placement.location.contacts.update(email="")
    Student.objects.update(email="")
    page = f"/leerbedrijven/{placement.location.sbb_id}/contactpersoon"
    text = "Van {} is geen e-mailadres bekend. Digitaal tekenen kan dan niet."
    assert found(placement) == [
        (text.format(placement.supervisor.full_name), False, f"{page}/{placement.supervisor.pk}/"),
        (text.format(signatory.full_name), False, f"{page}/{signatory.pk}/"),
        (text.format(placement.student.full_name), False, f"/studenten/{placement.student.number}/gegevens/"),
    ]


# The document


def test_s5_bijl_without_a_complete_bijlage_no_pok():
    placement = ready()
    page = f"/opleidingen/{placement.programme.pk}/bijlage/"
    Annex.objects.update(guidance=" ")
    assert found(placement) == [("De bijlage van Software developer is niet compleet.", True, page)]
    Annex.objects.all().delete()
    assert found(placement) == [("De opleiding Software developer heeft nog geen bijlage bij de POK.", True, page)]


def test_s5_bijl_a_pok_without_a_bijlage_is_not_offered():
    placement = ready()
    pok = a_pok(placement)
    Pok.objects.update(annex=None)
    pok.refresh_from_db()
    text = "In deze POK zit geen bijlage. Trek hem in en maak een nieuwe."
    assert found(placement, pok) == [(text, True, f"/pok/{pok.pk}/intrekken/")]


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_s5_hours_per_school_year_add_up(leerweg):
    placement = ready(leerweg=leerweg)
    pok = a_pok(placement)
    pok.hours_by_year = {"2026-2027": 599}
    text = "De uren per schooljaar zijn samen niet het totaal van 600 uur."
    assert found(placement, pok) == [(text, True, f"/pok/{pok.pk}/intrekken/")]


@pytest.mark.parametrize(
    ("leerweg", "total", "short"), [("BOL", 1, False), ("BBL", 609, True), ("BBL", 610, False), ("BBL", 611, False)]
)
def test_s5_bbl_610_hours_a_school_year_warns(leerweg, total, short):
    placement = ready(leerweg=leerweg, start=date(2026, 8, 10), end=date(2027, 7, 31), hours_total=total)
    text = "Voor BBL zijn in schooljaar 2026-2027 ten minste 610 uren nodig. Er staan er 609."
    pok = a_pok(placement)
    assert found(placement) == ([(text, False, f"/plaatsingen/{placement.number}/wijzigen/")] if short else [])
    assert found(placement, pok) == ([(text, False, f"/pok/{pok.pk}/intrekken/")] if short else [])


@pytest.mark.parametrize("field", ["days", "late_reason", "particulars"])
def test_no_bsn_in_a_pok(field):
    placement = ready()
    typed = "zie 111222333"
    pok = a_pok(placement, **{field: {"text": typed} if field == "particulars" else typed})
    text = "In de tekst van deze POK staat een getal dat een BSN lijkt. Trek hem in en maak een nieuwe."
    assert found(placement, pok) == [(text, True, f"/pok/{pok.pk}/intrekken/")]


@pytest.mark.parametrize(("days", "late"), [(1, False), (0, True), (-1, True)])
def test_pok_03_offered_after_the_start_only_with_a_reason(days, late):
    placement = ready(start=TODAY + timedelta(days=days))
    pok = a_pok(placement)
    text = "De bpv is al begonnen. Leg vast waarom de POK nu pas komt."
    assert found(placement, pok) == ([(text, True, f"/pok/{pok.pk}/aanvullen/")] if late else [])
    pok.late_reason = "Late match"
    assert found(placement, pok) == []


def test_what_belongs_to_a_pok_is_not_asked_again():
    placement = ready()
    pok = a_pok(placement)
    ending = a_pok(placement, kind=Kind.ENDING, belongs_to=pok)
    placement.location.accreditations.all().delete()
    assert found(placement, ending) == []


# The student


def permit(placement, state, until=None):
    values = {"state": state, "valid_until": until, "checked_on": TODAY, "checked_by": placement.teacher}
    return WorkPermit.objects.create(student=placement.student, **values)


@pytest.mark.parametrize(
    ("leerweg", "state", "until", "text"),
    [
        ("BOL", "not_needed", None, ""),
        ("BBL", "not_needed", None, ""),
        (
            "BOL",
            "needed",
            None,
            "De tewerkstellingsvergunning (TWV) is nog niet verleend. Zonder TWV mag de bpv niet beginnen.",
        ),
        ("BBL", "granted", END, ""),
        (
            "BOL",
            "granted",
            END - timedelta(days=1),
            "De TWV geldt tot en met do 25 feb 2027. De bpv duurt tot en met vr 26 feb 2027.",
        ),
        (
            "BOL",
            "exempt",
            None,
            "De student is vrijgesteld van de TWV. Een stagevergoeding mag dan niet, reiskosten wel.",
        ),
        ("BBL", "exempt", None, "De vrijstelling van de TWV geldt niet voor BBL. Voor deze bpv is een TWV nodig."),
    ],
)
def test_twv_01_t24_warns(leerweg, state, until, text):
    placement = ready(leerweg=leerweg)
    permit(placement, state, until)
    page = f"/studenten/{placement.student.number}/werkvergunning/"
    assert found(placement) == ([(text, False, page)] if text else [])


def born(day):
    return ready(student=a_student(birth_date=day))


OF_AGE, A_DAY_SHORT = date(2008, 8, 31), date(2008, 9, 1)


@pytest.mark.parametrize("setting", ["inform", "cosign", "none"])
def test_t26_eighteen_on_the_first_day_is_of_age(settings, setting):
    settings.MINORS = setting
    assert found(born(OF_AGE)) == []


@pytest.mark.parametrize(
    ("setting", "gap"),
    [
        ("inform", ("is op de eerste dag nog geen 18. Vul in welke ouder of voogd je informeert.", False)),
        ("cosign", ("is op de eerste dag nog geen 18. Vul in welke ouder of voogd meetekent.", True)),
        ("none", None),
    ],
)
def test_t26_of_a_minor_a_parent_is_known(settings, setting, gap):
    settings.MINORS = setting
    placement = born(A_DAY_SHORT)
    student = placement.student
    page = f"/studenten/{student.number}/ouder/"
    assert found(placement) == ([(f"{student.full_name} {gap[0]}", gap[1], page)] if gap else [])
    Guardian.objects.create(student=student, name="M. Berg", email="m.berg@post.example")
    assert found(placement) == []


@pytest.mark.parametrize("setting", ["inform", "cosign", "none"])
def test_t26_parents_are_informed_before_the_pok_is_offered(settings, setting):
    settings.MINORS = setting
    placement = born(A_DAY_SHORT)
    Guardian.objects.create(student=placement.student, name="M. Berg", email="m.berg@post.example")
    pok = a_pok(placement)
    text = f"Leg vast wanneer de ouders van {placement.student.full_name} zijn geïnformeerd."
    assert found(placement, pok) == ([(text, False, f"/pok/{pok.pk}/aanvullen/")] if setting == "inform" else [])
    pok.parents_informed_on = TODAY
    assert found(placement, pok) == []


# What it stops, and what it costs


def test_what_blocks_stands_first_and_is_all_that_is_said_by_the_refusal():
    placement = ready()
    permit(placement, "needed")
    placement.location.contacts.update(is_signatory=False)
    Annex.objects.all().delete()
    placement.location.accreditations.all().delete()
    placement = Placement.objects.get(pk=placement.pk)
    gaps = readiness.gaps(placement, TODAY)
    assert [gap.blocks for gap in gaps] == [True, True, False, False]
    with pytest.raises(ValidationError) as refused:
        readiness.require_ready(placement, TODAY)
    assert refused.value.messages == [gap.text for gap in gaps[:2]]


def test_the_service_refuses_what_blocks_and_lets_a_warning_pass():
    placement = ready()
    permit(placement, "needed")
    by = coordinator(placement)
    how = {"placement": placement, "by": by, "today": TODAY, "hours": {}, "start": START, "end": END}
    how |= {"hours_per_week": 24, "hours_total": 600}
    annexes = list(Annex.objects.all())
    Annex.objects.all().delete()
    with pytest.raises(ValidationError) as refused:
        services.make_pok(**how)
    assert refused.value.messages == ["De opleiding Software developer heeft nog geen bijlage bij de POK."]
    Annex.objects.bulk_create(annexes)
    pok = services.make_pok(**how)
    assert (pok.annex, pok.hours_by_year) == (annexes[0], {"2026-2027": 600})


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_for_one_and_for_three(count, django_assert_num_queries):
    team = a_team()
    for _turn in range(count):
        placement = ready(team=team, student=a_student(birth_date=A_DAY_SHORT))
        permit(placement, "needed")
        a_pok(placement)
    with django_assert_num_queries(6):
        placements = list(readiness.with_what_is_read(Placement.objects.for_list()))
        gaps = [readiness.gaps(placement, TODAY) for placement in placements]
    assert [len(of_one) for of_one in gaps] == [2] * count


# Screens


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def sent(placement, **changes):
    values = {"start": placement.start, "end": placement.end, "hours_per_week": "24", "hours_total": "600"}
    return values | changes


def test_the_page_names_what_is_missing_with_the_way_there_and_back():
    placement = ready()
    Annex.objects.all().delete()
    client = as_(coordinator(placement))
    here = f"/plaatsingen/{placement.number}/pok/"
    context = client.get(here).context
    ((gap, url),) = context["gaps"]
    assert (context["is_blocked"], gap.button) == (True, "Bijlage maken")
    assert url == f"/opleidingen/{placement.programme.pk}/bijlage/?terug=%2Fplaatsingen%2F{placement.number}%2Fpok%2F"
    answer = client.post(url, standard_texts(TODAY))
    assert (answer.status_code, answer.url) == (302, here)
    assert client.get(here).context["gaps"] == []


def test_one_comes_back_only_to_an_address_of_ours():
    placement = ready()
    page = f"/opleidingen/{placement.programme.pk}/bijlage/?terug="
    client = as_(coordinator(placement))
    for elsewhere in ("https://ergens.example/", "//ergens.example/", "javascript:alert(1)", "ergens"):
        assert client.post(page + elsewhere, standard_texts(TODAY)).url == "/opleidingen/"


def test_s5_the_hours_of_two_school_years_are_proposed_and_must_be_the_total():
    placement = ready(start=date(2027, 5, 3), end=date(2027, 10, 29), hours_total=600)
    client, page = as_(coordinator(placement)), f"/plaatsingen/{placement.number}/pok/"
    form = client.get(page).context["form"]
    assert [(field.label, field.initial) for field in form.by_year] == [("2026-2027", 300), ("2027-2028", 300)]
    wrong = {"year_2026-2027": "300", "year_2027-2028": "299"}
    form = client.post(page, sent(placement, **wrong)).context["form"]
    said = "De schooljaren zijn samen 599 uur, het totaal is 600 uur. Maak die gelijk."
    assert form.errors == {"hours_total": [said]}
    right = {"year_2026-2027": "320", "year_2027-2028": "280", "days": "ma t/m do"}
    assert client.post(page, sent(placement, **right)).status_code == 302
    pok = Pok.objects.get()
    assert (pok.hours_by_year, pok.days) == ({"2026-2027": 320, "2027-2028": 280}, "ma t/m do")


def test_within_one_school_year_nothing_is_asked_per_year():
    placement = ready()
    assert as_(coordinator(placement)).get(f"/plaatsingen/{placement.number}/pok/").context["form"].by_year == []


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("111222333", True),
        ("bsn 1112.22.333 van de student", True),
        ("111 222 333", True),
        ("111222334", False),
        ("bel 0611122233", False),
        ("1112223330", False),
        ("ma 8.30-17.00, di 9.00-16.30", False),
    ],
)
def test_no_bsn_in_a_field(typed, refused):
    placement = ready()
    client = as_(coordinator(placement))
    answer = client.post(f"/plaatsingen/{placement.number}/pok/", sent(placement, days=typed))
    said = "Hier staat een getal dat een BSN lijkt. Haal het weg: een BSN hoort hier niet."
    assert answer.status_code == (200 if refused else 302)
    assert not refused or answer.context["form"].errors == {"days": [said]}


def test_a_pok_for_keuzedelen_only_needs_their_hours():
    placement = ready(keuzedelen=["K0067", "K0165"])
    placement.location.accreditations.update(crebo="29999")
    looked_up(placement, crebo="29999")
    client, page = as_(coordinator(placement)), f"/plaatsingen/{placement.number}/pok/"
    assert client.get(page).context["other_kind"] == "keuzedeel"
    assert client.get(page + "?soort=keuzedeel").context["is_blocked"] is False
    half = sent(placement, kind="keuzedeel", hours_K0067="120")
    assert client.post(page, half).context["form"].errors == {"hours_K0165": ["Vul bij elk keuzedeel de uren in."]}
    assert client.post(page, half | {"hours_K0165": "80"}).status_code == 302
    pok = Pok.objects.get()
    assert (pok.kind, list(pok.lines.values_list("code", "hours"))) == ("keuzedeel", [("K0067", 120), ("K0165", 80)])


def test_a_placement_that_changed_meanwhile_is_looked_at_again():
    placement = ready()
    client = as_(coordinator(placement))
    form = client.post(f"/plaatsingen/{placement.number}/pok/", sent(placement, end="2027-03-05")).context["form"]
    said = "De plaatsing is intussen gewijzigd. Open deze pagina opnieuw en kijk de gegevens na."
    assert form.non_field_errors() == [said]


def test_what_comes_late_is_added_to_a_made_pok():
    placement = ready(start=TODAY, student=a_student(birth_date=A_DAY_SHORT))
    pok = a_pok(placement)
    client, page = as_(coordinator(placement)), f"/pok/{pok.pk}/aanvullen/"
    assert list(client.get(page).context["form"].fields) == ["late_reason", "parents_informed_on"]
    refused = client.post(page, {"late_reason": "", "parents_informed_on": "2026-08-04"}).context["form"].errors
    assert refused == {
        "late_reason": ["Dit veld is verplicht."],
        "parents_informed_on": ["Deze datum ligt in de toekomst."],
    }
    answer = client.post(page, {"late_reason": "Late match", "parents_informed_on": "2026-08-03"})
    pok.refresh_from_db()
    assert (answer.url, pok.late_reason, pok.parents_informed_on) == (f"/pok/{pok.pk}/", "Late match", TODAY)
    assert AuditEvent.objects.get().event == "pok_supplemented"


# The bijlage


def test_s5_bijl_saving_makes_a_new_version_and_a_pok_keeps_its_own():
    placement = ready()
    by = coordinator(placement)
    first, pok = placement.programme.annexes.get(), a_pok(placement)
    texts = {part: f"nieuw {part}" for part in PARTS}
    second = save_annex(programme=placement.programme, by=by, **texts)
    again = save_annex(programme=placement.programme, by=by, **texts)
    pok.refresh_from_db()
    assert (first.version, second.version, again) == (1, 2, second)
    assert (pok.annex, readiness.annex_of(placement.programme)) == (first, second)
    assert AuditEvent.objects.get().event == "annex_saved"


def test_s5_bijl_starts_with_the_text_of_the_school_and_asks_for_all_parts():
    programme = a_programme()
    programme.annexes.all().delete()
    client = as_(a_user("coordinator", programme.team))
    page = f"/opleidingen/{programme.pk}/bijlage/"
    assert client.get(page).context["form"].initial == standard_texts(TODAY)
    assert set(client.post(page, {"guide": " "}).context["form"].errors) == set(PARTS)
    bsn = client.post(page, standard_texts(TODAY) | {"content": "111222333"}).context["form"].errors
    assert list(bsn) == ["content"]
    assert Annex.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_opleidingen_shows_first_what_has_no_bijlage(count, django_assert_num_queries):
    team = a_team()
    user = a_user("coordinator", team)
    programmes = [a_programme(team=team, name=f"Opleiding {turn}") for turn in range(count)]
    an_annex(programmes[0])
    programmes[-1].annexes.all().delete()
    a_programme()  # of another team
    client = as_(user)
    client.get("/opleidingen/")  # the session and what is read once
    with django_assert_num_queries(5):
        context = client.get("/opleidingen/").context
    assert context["lacking"] == 1
    shown = [programme for programme, _annex in context["rows"]]
    assert (shown[0], len(shown)) == (programmes[-1], count)


def test_a_location_of_another_programme_keeps_its_own_check():
    """Two opleidingen at one leerbedrijf: what was looked up for one says nothing about the other."""
    location = a_location()
    first, second = ready(location=location), a_placement(location=location, looked=False)
    an_accreditation(location, second.programme.crebo, date(2021, 1, 1))
    assert found(first) == []
    assert [blocks for _text, blocks, _url in found(second)] == [True]


def test_every_button_leads_to_a_page_that_opens():
    placement = ready(student=a_student(birth_date=A_DAY_SHORT, email=""))
    permit(placement, "needed")
    placement.location.contacts.update(is_signatory=False)
    placement.location.checks.all().delete()
    Annex.objects.all().delete()
    client = as_(coordinator(placement))
    gaps = readiness.gaps(Placement.objects.get(pk=placement.pk), TODAY)
    here = reverse("pok_new", args=[placement.number])
    assert {gap.url_name: client.get(gap.url(here)).status_code for gap in gaps} == dict.fromkeys(
        ["annex", "accreditation_check", "location", "student_reach", "work_permit", "guardian"], 200
    )


@pytest.mark.django_db(transaction=True)
def test_four_who_save_the_bijlage_at_once_make_four_versions():
    programme = a_programme()
    programme.annexes.all().delete()
    by = a_user("coordinator", programme.team)

    def save(number):
        try:
            return save_annex(programme=programme, by=by, **{part: f"{part} {number}" for part in PARTS}).version
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(save, range(4))) == [1, 2, 3, 4]
