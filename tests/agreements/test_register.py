"""The bpv records of the register: written exactly, read back tolerantly, and laid beside what is here."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from agreements import administration, comparing, register
from agreements.register import Record
from bpv.core import clock
from bpv.core.models import AuditEvent
from placements.models import Placement
from tests.builders import a_location, a_placement, a_pok, a_programme, a_student, a_team, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
ONE = Record(
    student="420001",
    enrolment="C3",
    number="POK200012",
    closed_on=date(2023, 1, 7),
    start=date(2023, 2, 1),
    end=date(2025, 1, 29),
    ended_on=date(2024, 8, 30),
    hours=2163,
    location="100018965",
    crebo="25655",
)
LINE = "BPV|420001||C3|POK200012|2023-01-07|2023-02-01|2025-01-29|2024-08-30|2163|100018965|25655|\r\n"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def office(team):
    return a_user("administration", team)


def a_signed_pok(team, **fields):
    """A complete POK of a placement of the team; `lines` are its keuzedelen with hours."""
    lines = fields.pop("lines", {})
    student = a_student(number=fields.pop("student", "420001"))
    location = a_location(sbb_id=fields.pop("location", "100018965"))
    programme = a_programme(fields.pop("leerweg", "BOL"), team, crebo=fields.pop("crebo", "25655"))
    pok = a_pok(
        a_placement(programme=programme, student=student, location=location), signed_by_all(date(2026, 8, 20)), **fields
    )
    pok.lines.model.objects.bulk_create(pok.lines.model(pok=pok, code=code, hours=h) for code, h in lines.items())
    return pok


def of_year(user, first=2026):
    return list(register.records(register.poks_of(user, first, TODAY)))


def test_a_record_is_one_line_with_thirteen_fields_in_the_order_of_the_register():
    assert register.write([ONE]) == LINE.encode()


def test_what_is_not_known_stays_empty():
    written = register.write([replace(ONE, ended_on=None, hours=None, crebo="", keuzedeel="K0067")])
    assert written == b"BPV|420001||C3|POK200012|2023-01-07|2023-02-01|2025-01-29|||100018965||K0067\r\n"


def test_a_record_for_the_kwalificatie_and_one_for_each_keuzedeel(team, office):
    pok = a_signed_pok(team, lines={"K0067": 240, "K0023": None})
    found = [(one.number, one.hours, one.crebo, one.keuzedeel) for one in of_year(office)]
    assert found == [
        (pok.number, 600, "25655", ""),
        (f"{pok.number}-K0023", None, "", "K0023"),
        (f"{pok.number}-K0067", 240, "", "K0067"),
    ]


def test_a_keuzedelen_pok_has_no_record_for_the_kwalificatie(team, office):
    pok = a_signed_pok(team, kind="keuzedeel", lines={"K0067": 240})
    assert [one.number for one in of_year(office)] == [f"{pok.number}-K0067"]


def an_addendum(pok, codes, complete_at, **fields):
    added = a_pok(pok.placement, kind="addendum", belongs_to=pok, complete_at=complete_at, **fields)
    for code, hours in codes.items():
        added.lines.create(code=code, hours=hours)
    return added


def test_the_last_signed_addendum_says_which_keuzedelen_there_are_and_until_when(team, office):
    pok = a_signed_pok(team, lines={"K0023": 240})
    now = clock.at(TODAY)
    an_addendum(pok, {"K0023": 240, "K0067": 120}, now)
    last = an_addendum(pok, {"K0067": 200}, now)
    last.end, last.hours_total = date(2027, 5, 28), 700
    last.save()
    an_addendum(pok, {"K0099": 120}, None)  # not signed yet
    found = [(one.number, one.hours, one.keuzedeel, one.end) for one in of_year(office)]
    assert found == [
        (pok.number, 700, "", date(2027, 5, 28)),
        (f"{pok.number}-K0067", 200, "K0067", date(2027, 5, 28)),
    ]


def test_a_bpv_made_longer_into_the_next_school_year_is_a_record_of_that_one_too(team, office):
    pok = a_signed_pok(team)
    Placement.objects.filter(pk=pok.placement_id).update(end=date(2027, 9, 30))
    assert [len(of_year(office, first)) for first in (2026, 2027, 2028)] == [1, 1, 0]


def test_what_is_written_reads_back_the_same(team, office):
    pok = a_signed_pok(team, lines={"K0067": 240, "K0023": None})
    Placement.objects.filter(pk=pok.placement_id).update(state="ended", ended_on=date(2026, 11, 1), reason="Gestopt")
    found = of_year(office)
    reading = register.read(register.write(found))
    assert (reading.records, reading.faults, reading.skipped) == (found, [], 0)
    assert found[0].ended_on == date(2026, 11, 1)


@pytest.mark.parametrize(("setting", "day"), [("opgesteld", date(2026, 8, 17)), ("compleet", date(2026, 8, 20))])
def test_the_afsluitdatum_is_as_the_school_chose(team, office, settings, setting, day):
    settings.REGISTER_CLOSED_ON = setting
    a_signed_pok(team, made_at=clock.at(date(2026, 8, 17)))
    assert of_year(office)[0].closed_on == day


def test_a_pok_that_was_read_in_was_drawn_up_by_the_first_signature_at_the_latest(team, office):
    a_signed_pok(team)
    assert of_year(office)[0].closed_on == date(2026, 8, 20)


@pytest.mark.parametrize(("first", "count"), [(2025, 0), (2026, 1), (2027, 0)])
def test_only_what_runs_in_the_school_year(team, office, first, count):
    a_signed_pok(team)
    assert len(of_year(office, first)) == count


def test_what_is_not_signed_or_withdrawn_or_of_another_team_is_left_out(team, office):
    a_pok(a_placement(team=team), {"student": TODAY, "company": TODAY})
    a_pok(a_placement(team=team), signed_by_all(TODAY), withdrawn_on=TODAY, withdrawn_reason="Fout")
    a_pok(a_placement(), signed_by_all(TODAY))
    assert of_year(office) == []


def test_the_file_has_the_name_of_the_register(client, team, office):
    pok = a_signed_pok(team)
    client.force_login(office)
    answer = client.post("/register/bestand/", {"jaar": "2026"})
    expected = register.write(of_year(office))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="RO_99XX_20260801_20270731.CSV"'
    assert (answer.content, answer.content.split(b"|")[4].decode()) == (expected, pok.number)
    event = AuditEvent.objects.get(event="register_file_made")
    assert (event.by_id, event.data) == (office.pk, {"name": "RO_99XX_20260801_20270731.CSV", "count": 1})


def test_a_number_that_does_not_fit_is_named_and_no_file_is_made(client, team, office):
    pok = a_signed_pok(team)
    pok.number = "POK|2026"
    pok.save()
    client.force_login(office)
    answer = client.post("/register/bestand/", {"jaar": "2026"}, follow=True)
    said = "POK|2026: Het nummer past niet in het register (hoogstens 20 letters, cijfers en streepjes)."
    assert [str(message) for message in answer.context["messages"]] == [said]
    assert AuditEvent.objects.filter(event="register_file_made").count() == 0


TOLERATED = {
    "semicolons and short days": "BPV;420001;;C3;POK200012;7-1-2023;1-2-2023;29-1-2025;30-8-2024;2163;100018965;25655;",
    "long days the Dutch way": LINE.replace("2023-01-07", "07-01-2023"),
    "a mark at the start": "\ufeff" + LINE,
    "lower case and spaces": LINE.replace("BPV|", " bpv | "),
    "quotes": LINE.replace("|POK200012|", '|"POK200012"|'),
    "without the last fields' separators": LINE.strip().rstrip("|"),
    "in the field of the onderwijsnummer": LINE.replace("|420001||", "||420001|"),
    "old line ends": LINE.replace("\r\n", "\r"),
}


@pytest.mark.parametrize("text", TOLERATED.values(), ids=TOLERATED)
def test_files_as_they_come(text):
    reading = register.read(text.encode())
    assert (reading.records, reading.faults) == ([ONE], [])


def test_other_records_are_skipped():
    others = "VLP|27DV|2024-07-31|2026-03-24|2026-03-25\nPER|420001||1987-11-23|V\n\n"
    reading = register.read((others + LINE + "SLR|1|1|1|2\n").encode())
    assert (reading.records, reading.skipped) == ([ONE], 3)


WRONG = {
    "BPV|420001": "Een bpv-record heeft 13 velden; hier staan er 2.",
    LINE.strip() + "|x": "Een bpv-record heeft 13 velden; hier staan er 14.",
    LINE.replace("420001", "=1+1"): "Het studentnummer '=1+1' heeft geen 4 tot 12 cijfers.",
    LINE.replace("2023-02-01", "2023-02-30"): "De datum '2023-02-30' (begin) bestaat niet.",
    LINE.replace("2023-02-01", ""): "De datum '' (begin) bestaat niet.",
    LINE.replace("2024-08-30", "gisteren"): "De datum 'gisteren' (werkelijke einde) bestaat niet.",
    LINE.replace("2163", "21630"): "De omvang '21630' is geen heel aantal uren tot 9999.",
    LINE.replace("2163", "-1"): "De omvang '-1' is geen heel aantal uren tot 9999.",
    LINE.replace("2163", "\u0663"): "De omvang '\u0663' is geen heel aantal uren tot 9999.",
    LINE.replace("100018965", "018965"): "Het leerbedrijf-ID '018965' heeft geen 9 cijfers.",
    LINE.replace("25655", "2565"): "De crebo '2565' heeft geen 5 cijfers.",
    LINE.replace("25655|", "25655|67"): "Het keuzedeel '67' is geen K met 4 cijfers.",
    LINE.replace("POK200012", "P" * 21): f"Het volgnummer '{'P' * 21}' heeft geen 1 tot 20 tekens.",
    LINE.replace("2025-01-29", "2023-01-29"): "Het geplande einde ligt voor het begin.",
}


@pytest.mark.parametrize(("line", "message"), WRONG.items())
def test_a_bad_line_is_named_with_its_number_and_the_others_are_read(line, message):
    reading = register.read(("\r\n" + LINE + line).encode())
    assert (reading.records, reading.faults) == ([ONE], [register.Fault(3, message)])


def test_the_same_record_twice_is_said():
    reading = register.read((LINE + LINE).encode())
    assert (reading.records, reading.faults) == ([ONE], [register.Fault(2, "Dit record staat ook op regel 1.")])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", "Dit is geen tekstbestand. Lever het registratieoverzicht als CSV."),
        ("BPV".encode("utf-16"), "Dit is geen tekstbestand. Lever het registratieoverzicht als CSV."),
        (b"x" * (20 * 2**20 + 1), "Het bestand is groter dan 20 MB."),
        (b"\n" * 200_001, "Het bestand heeft meer dan 200.000 regels. Kies een kortere periode."),
        (b"PER|1\n", "Er staat geen bpv-record in dit bestand."),
        (b"", "Er staat geen bpv-record in dit bestand."),
    ],
    ids=["zip", "utf-16", "too large", "too long", "none", "empty"],
)
def test_a_file_that_is_no_register_is_refused_in_plain_words(content, message):
    with pytest.raises(register.Unreadable) as refused:
        register.read(content)
    assert str(refused.value) == message


def kinds(here, there):
    found, equal = comparing.compare(here, there)
    return [(one.kind, one.here, one.there) for one in found], equal


def test_equal_records_have_no_difference():
    assert kinds([ONE], [ONE]) == ([], 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"start": date(2023, 2, 6)},
            ("data", "01-02-2023 - 29-01-2025 (30-08-2024)", "06-02-2023 - 29-01-2025 (30-08-2024)"),
        ),
        ({"ended_on": None}, ("data", "01-02-2023 - 29-01-2025 (30-08-2024)", "01-02-2023 - 29-01-2025")),
        ({"closed_on": date(2023, 1, 9)}, ("afsluitdatum", "07-01-2023", "09-01-2023")),
        ({"hours": 2160}, ("uren", "2163", "2160")),
        ({"hours": None}, ("uren", "2163", "")),
        ({"location": "100018966"}, ("leerbedrijf", "100018965", "100018966")),
        ({"crebo": "25656"}, ("crebo", "25655", "25656")),
    ],
)
def test_each_kind_of_difference(change, expected):
    assert kinds([ONE], [replace(ONE, **change)]) == ([expected], 0)


def test_missing_on_either_side():
    other = replace(ONE, student="420002")
    said = "01-02-2023 - 29-01-2025 (30-08-2024), 100018965"
    assert kinds([ONE], [other]) == ([("daar", said, ""), ("hier", "", said)], 0)


def test_another_volgnummer_is_the_same_bpv_when_enough_is_alike():
    assert kinds([ONE], [replace(ONE, number="C1", hours=2160)]) == ([("uren", "2163", "2160")], 0)
    far = replace(ONE, number="C1", start=date(2026, 1, 1), end=date(2026, 6, 1), location="100099999")
    assert [kind for kind, _here, _there in kinds([ONE], [far])[0]] == ["daar", "hier"]


def test_a_keuzedeel_is_never_taken_for_the_kwalificatie():
    keuzedeel = replace(ONE, number="C1", crebo="", keuzedeel="K0067")
    assert [kind for kind, _here, _there in kinds([ONE], [keuzedeel])[0]] == ["daar", "hier"]


def sent(content, jaar="2026"):
    return {"jaar": jaar, "file": SimpleUploadedFile("ro.csv", content)}


def test_the_screen_compares_filters_and_exports(client, team, office):
    pok = a_signed_pok(team, lines={"K0067": 240})
    [main, keuzedeel] = of_year(office)
    foreign = replace(main, student="999999", number="C9")
    earlier = replace(main, number="C8", start=date(2023, 9, 1), end=date(2024, 1, 31))
    content = register.write([replace(main, hours=580), foreign, earlier]) + b"BPV|x\r\n"
    client.force_login(office)
    shown = client.post("/register/", sent(content), follow=True)
    kept = shown.context["kept"]
    assert (kept.comparison.elsewhere, kept.comparison.other_years, len(kept.faults)) == (1, 1, 1)
    assert [(one.kind, one.number, pk, name) for one, pk, name in shown.context["rows"]] == [
        ("uren", pok.number, pok.pk, pok.placement.student.full_name),
        ("daar", keuzedeel.number, pok.pk, pok.placement.student.full_name),
    ]
    assert [(view.label, view.count) for view in shown.context["views"]] == [
        ("Alle verschillen", 2),
        ("Ontbreekt in het register", 1),
        ("Andere uren", 1),
    ]
    only = client.get("/register/verschillen/?soort=uren")
    assert [one.number for one, _pk, _name in only.context["rows"]] == [pok.number]
    file = client.post("/register/verschillen/exporteren/?soort=uren", {"vorm": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(file.streaming_content))).active.values)
    assert rows[1:] == [("420001", pok.number, "25655", "andere uren", "600", "580")]
    assert AuditEvent.objects.get(event="register_compared").data == {"count": 2}


def test_a_file_of_unknown_students_is_refused_and_shows_no_numbers(client, team, office):
    a_signed_pok(team)
    client.force_login(office)
    answer = client.post("/register/", sent(register.write([replace(ONE, student="123456782")])))
    assert answer.context["form"].errors == {
        "file": [
            "Geen enkel studentnummer in dit bestand hoort bij jouw teams. Staat in het tweede veld het studentnummer?"
        ]
    }
    assert "123456782" not in answer.content.decode()


def test_an_unreadable_file_says_why_at_the_field(client, office):
    client.force_login(office)
    answer = client.post("/register/", sent(b"PK\x03\x04"))
    assert answer.context["form"].errors == {
        "file": ["Dit is geen tekstbestand. Lever het registratieoverzicht als CSV."]
    }


def test_a_comparison_is_only_for_who_made_it_and_as_long_as_the_teams_are_the_same(client, team, office):
    a_signed_pok(team)
    client.force_login(office)
    client.post("/register/", sent(register.write(of_year(office))))
    assert client.get("/register/verschillen/").status_code == 200
    office.memberships.create(role="administration", team=a_team())
    assert client.get("/register/verschillen/").status_code == 302
    client.force_login(a_user("administration", team))
    assert client.get("/register/verschillen/").status_code == 302


def test_a_large_file_is_compared_in_one_go(team, office):
    a_signed_pok(team)
    here = of_year(office)
    content = b"".join(
        register.write([replace(here[0], number=f"C{number}", start=date(2020, 1, 1))]) for number in range(20_000)
    )
    comparison = comparing.of_school_year(office, 2026, here, register.read(content).records)
    assert len(comparison.differences) == 20_000


def test_administration_of_a_school_year():
    assert administration.school_year(2026) == (date(2026, 8, 1), date(2027, 7, 31))
