"""Making, signing on paper, filing and withdrawing a POK (S5, POK-03, POK-08, LB-01, LB-02, LB-04)."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agreements import services
from agreements.models import Pok
from bpv.core import clock, documents
from bpv.core.models import AuditEvent, Document, Holiday
from placements.models import Placement
from placements.services import cancel_placement
from tests.builders import a_contact, a_placement, a_pok, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def coordinator(placement):
    return a_user("coordinator", placement.team)


def make(placement, **changes):
    fields = {"start": placement.start, "end": placement.end, "hours_per_week": 24, "hours_total": 600}
    hours = dict.fromkeys(placement.keuzedelen, 40)
    by = changes.pop("by", None) or coordinator(placement)
    return services.make_pok(placement=placement, by=by, today=TODAY, hours=hours, **fields | changes)


def test_coordinator_makes_a_pok_and_its_bytes_are_frozen(client):
    placement = a_placement(keuzedelen=["K0067"])
    client.force_login(coordinator(placement))
    sent = {
        "start": "2026-08-31",
        "end": "2027-02-26",
        "hours_per_week": "24",
        "hours_total": "600",
        "hours_K0067": "120",
        "kind": "qualification",
    }
    response = client.post(f"/plaatsingen/{placement.number}/pok/", sent)
    assert (response.status_code, response.url) == (302, f"/pok/{Pok.objects.get().pk}/")
    pok = Pok.objects.get()
    assert list(pok.lines.values_list("code", "hours")) == [("K0067", 120)]
    assert (pok.number, pok.version) == (placement.number.replace("PL", "POK"), 1)
    assert client.get(f"/pok/{pok.pk}/pdf/").content == documents.read(pok.document)
    assert AuditEvent.objects.get().event == "pok_made"


def test_the_pdf_names_everybody_and_is_accessible(tmp_path):
    placement = a_placement(keuzedelen=["K0067", "K0165"])
    content = documents.read(make(placement).document)
    path = tmp_path / "pok.pdf"
    path.write_bytes(content)
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    wanted = [
        placement.student.full_name,
        placement.student.number,
        placement.location.name,
        placement.location.sbb_id,
        placement.supervisor.full_name,
        placement.teacher.full_name,
        placement.programme.crebo,
        "K0067",
        "K0165",
        "pagina 1 van",
        placement.number.replace("PL", "POK"),
    ]
    assert [word for word in wanted if word not in read] == []
    with pikepdf.open(BytesIO(content)) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "nl")
        metadata = pdf.open_metadata()
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")


@pytest.mark.parametrize(
    ("in_holidays", "by_year"),
    [(False, {"2026-2027": 143, "2027-2028": 257}), (True, {"2026-2027": 159, "2027-2028": 241})],
)
def test_vak_01_the_hours_of_a_pok_leave_the_summer_break_out(client, in_holidays, by_year):
    Holiday.objects.create(name="Zomervakantie", first=date(2027, 7, 10), last=date(2027, 8, 22))
    about = {"start": date(2027, 6, 1), "end": date(2027, 10, 31), "hours_total": 400}
    placement = a_placement(in_holidays=in_holidays, **about)
    client.force_login(coordinator(placement))
    shown = client.get(f"/plaatsingen/{placement.number}/pok/").context["form"]
    assert {field.label: field.initial for field in shown.by_year} == by_year
    assert make(placement, hours_total=400).hours_by_year == by_year


def test_lb_01_no_pok_without_an_erkenning_on_the_start():
    placement = a_placement()
    placement.location.accreditations.update(withdrawn_on=placement.start)
    with pytest.raises(ValidationError) as refused:
        make(placement)
    name, crebo = placement.location.name, placement.programme.crebo
    assert refused.value.messages == [
        f"{name} is op ma 31 aug 2026 niet erkend voor {crebo}. Kijk de erkenning na of kies een ander leerbedrijf."
    ]
    assert (Pok.objects.count(), Document.objects.count()) == (0, 0)


def test_lb_02_withdrawn_the_day_after_the_start_is_no_obstacle():
    placement = a_placement()
    placement.location.accreditations.update(withdrawn_on=date(2026, 9, 1))
    assert make(placement).version == 1


def test_lb_04_no_pok_without_a_praktijkopleider():
    placement = a_placement()
    placement.supervisor = None
    placement.save()
    with pytest.raises(ValidationError) as refused:
        make(placement)
    assert refused.value.messages == ["Er is nog geen praktijkopleider. Wijzig de plaatsing en kies er een."]


def test_a_second_live_pok_is_refused_and_after_withdrawing_there_is_version_2():
    placement = a_placement()
    by = coordinator(placement)
    first = make(placement, by=by)
    with pytest.raises(ValidationError) as refused:
        make(placement, by=by)
    assert refused.value.messages == ["Er is al een geldige POK voor deze plaatsing. Trek die eerst in."]
    services.withdraw_pok(pok=first, by=by, on=TODAY, reason="Andere uren")
    second = make(placement, by=by)
    assert (second.number, second.version) == (first.number, 2)
    assert documents.read(first.document) != documents.read(second.document)


def test_a_start_that_has_passed_needs_a_reason(client):
    placement = a_placement(start=TODAY)
    client.force_login(coordinator(placement))
    sent = {"start": "2026-08-03", "end": "2027-02-26", "hours_per_week": "24", "hours_total": "600"}
    refused = client.post(f"/plaatsingen/{placement.number}/pok/", sent)
    assert refused.context["form"].errors == {"late_reason": ["Dit veld is verplicht."]}
    assert client.post(f"/plaatsingen/{placement.number}/pok/", sent | {"late_reason": "Late match"}).status_code == 302


def test_who_may_read_and_who_may_change(client):
    placement = a_placement()
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor = a_contact(placement.location, user=a_user())
    placement.save()
    pok = make(placement)
    people = {
        "coordinator": (coordinator(placement), (200, 200, 200)),
        "own teacher": (placement.teacher, (200, 200, 403)),
        "manager": (a_user("manager", placement.team), (200, 200, 403)),
        "praktijkopleider": (placement.supervisor.user, (200, 200, 403)),
        "student": (placement.student.user, (200, 200, 403)),
        "stranger": (a_user("coordinator"), (404, 404, 404)),
    }
    found = {}
    for name, (user, _expected) in people.items():
        client.force_login(user)
        pages = (f"/pok/{pok.pk}/", f"/pok/{pok.pk}/pdf/", f"/pok/{pok.pk}/intrekken/")
        found[name] = tuple(client.get(page).status_code for page in pages)
    assert found == {name: expected for name, (_user, expected) in people.items()}


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_the_same_moment_make_one_pok():
    placement = a_placement()
    by = coordinator(placement)

    def click(_number):
        try:
            make(placement, by=by)
            return "made"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(click, range(8)))
    assert answers == ["made"] + ["refused"] * 7
    assert Pok.objects.count() == 1


def test_a_withdrawn_pok_is_readable_and_closed():
    pok = a_pok(a_placement(), signed_by_all(date(2026, 8, 1)))
    by = coordinator(pok.placement)
    services.withdraw_pok(pok=pok, by=by, on=TODAY, reason="Ander leerbedrijf")
    for deed in (
        lambda: services.file_pok(pok=pok, by=by, on=TODAY),
        lambda: services.withdraw_pok(pok=pok, by=by, on=TODAY, reason="Nog eens"),
    ):
        with pytest.raises(ValidationError) as refused:
            deed()
        assert refused.value.messages == ["Deze POK is ingetrokken."]


def test_a_cancelled_placement_gets_no_pok():
    placement = a_placement()
    opened_before = Placement.objects.get(pk=placement.pk)
    by = coordinator(placement)
    cancel_placement(placement=placement, reason="Student stopt", by=by)
    with pytest.raises(ValidationError) as refused:
        make(opened_before, by=by)
    assert refused.value.messages == ["Deze plaatsing is vervallen of beëindigd. Er komt geen POK meer."]


@pytest.mark.parametrize("change", [{"end": date(2027, 3, 5)}, {"keuzedelen": ["K0067"]}])
def test_a_pok_of_a_placement_that_changed_meanwhile_is_refused(change):
    opened_before = a_placement()
    Placement.objects.filter(pk=opened_before.pk).update(**change)
    with pytest.raises(ValidationError) as refused:
        make(opened_before)
    assert refused.value.messages == [
        "De plaatsing is intussen gewijzigd. Open deze pagina opnieuw en kijk de gegevens na."
    ]
    assert (Pok.objects.count(), Document.objects.count()) == (0, 0)


def at_once(deeds):
    """Each deed in a thread of its own: done or refused."""

    def attempt(deed):
        try:
            deed()
            return "done"
        except ValidationError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(attempt, deeds))


def test_the_signatures_stand_on_the_page_of_their_heading(tmp_path):
    path = tmp_path / "pok.pdf"
    path.write_bytes(documents.read(make(a_placement()).document))
    pages = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    with_lines = [page for page in pages.split("\f") if "Handtekening, plaats en datum" in page]
    assert [page.count("2 Ondertekening") for page in with_lines] == [1]
