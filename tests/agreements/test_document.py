"""The PDF of a POK: one model, readable for everybody, in four languages (S5, S5-BIJL, POK-05, POK-13)."""

import subprocess
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from agreements import services
from agreements.document import freeze
from agreements.models import Pok
from bpv.configuration import house
from bpv.core import clock, documents, pdf
from tests.builders import a_location, a_placement, a_student, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
TERMS = 18


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def made(language="nl", **fields) -> Pok:
    placement = a_placement(**fields)
    placement.supervisor.language = language
    placement.supervisor.save()
    return services.make_pok(
        placement=placement,
        by=a_user("coordinator", placement.team),
        today=TODAY,
        hours=dict.fromkeys(placement.keuzedelen, 40),
        start=placement.start,
        end=placement.end,
        hours_per_week=placement.hours_per_week,
        hours_total=placement.hours_total,
        days="ma, di en do 8.30-17.00",
    )


def pages(pok: Pok) -> list[str]:
    """The text of each page, as a reader sees it."""
    shown = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=documents.read(pok.document), capture_output=True, check=True
    )
    return shown.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("language", ["nl", "en", "de", "es"])
def test_every_page_says_what_it_is_and_the_terms_are_complete(language):
    pok = made(language)
    found = pages(pok)
    code = "-".join((pok.code[:4], pok.code[4:8], pok.code[8:]))
    foot = f"Praktijkovereenkomst {pok.number}, versie 1 · code {code}"
    assert [(foot in page, f"pagina {index} van {len(found)}" in page) for index, page in enumerate(found, 1)] == [
        (True, True)
    ] * len(found)
    source = documents.read(pok.source).decode()
    assert source.count("<!-- evidence -->") == 1
    assert source.count("<h3>") == TERMS * (1 if language == "nl" else 2) + 4
    assert ("De Nederlandse tekst hiervoor geldt" in source, pok.language) == (False, language)


def test_the_hours_stand_per_school_year_with_their_sum():
    text = "\n".join(pages(made(end=date(2027, 10, 29), hours_total=900)))
    lines = [line.split() for line in text.splitlines()]
    hours = {line[0]: int(line[1]) for line in lines if len(line) == 2 and line[0] in ("2026-2027", "2027-2028")}
    assert sum(hours.values()) == 900
    assert ["Totaal,", "24", "uur", "per", "week", "900"] in lines


def test_long_names_and_twelve_keuzedelen():
    student = a_student(first_name="Wilhelmina-Charlotte", prefix="van der", last_name="Ouwerkerkszoon-Bartholomeeusen")
    location = a_location(name="Technische Installatie- en Onderhoudsmaatschappij Noordoost-Twente B.V.")
    text = " ".join(" ".join(pages(made("de", student=student, location=location, keuzedelen=KEUZEDELEN))).split())
    wanted = [student.full_name, location.name, *KEUZEDELEN]
    assert [word for word in wanted if word not in text] == []


KEUZEDELEN = [f"K{1000 + index}" for index in range(12)]


@pytest.mark.parametrize("language", ["nl", "de"])
def test_accessible_and_archivable(language):
    """PDF/UA-1 and PDF/A-3a by structure; veraPDF (ua1, 3a) says the rest and is run by hand."""
    with pikepdf.open(BytesIO(documents.read(made(language).document))) as file:
        assert (bool(file.Root.MarkInfo.Marked), str(file.Root.Lang)) == (True, "nl")
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle) is True
        metadata = file.open_metadata()
        said = (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"])
        assert said == ("1", "3", "A")
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and "/FontDescriptor" in item]
        descriptors = [item.FontDescriptor for item in fonts]
        assert descriptors != []
        assert [item for item in descriptors if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys())] == []


def test_s5_bijl_the_annex_of_the_programme_with_its_version():
    pok = made()
    text = " ".join(" ".join(pages(pok)).split())
    annex = pok.annex
    assert annex == pok.placement.programme.annexes.first()
    assert f"uit de bpv-gids {annex.guide} (bijlage versie {annex.version})" in text


def test_after_a_long_bpv_blad_the_terms_follow_the_signatures():
    """A short bpv-blad shares its page with the signatures; behind a long one no page stays empty."""
    starts = [[word in page for word in ("1 Bpv-blad", "2 Onder", "3 Algemene")] for page in pages(made())[:2]]
    assert starts == [[True, True, False], [False, False, True]]
    starts = [
        [word in page for word in ("1 Bpv-blad", "2 Onder", "3 Algemene")]
        for page in pages(made(keuzedelen=KEUZEDELEN))[:2]
    ]
    assert starts == [[True, False, False], [False, True, True]]


PARTICULARS = {
    "addendum": {"reason": "Erbij", "old_keuzedelen": ["K0067"], "new_keuzedelen": ["K0067", "K0165"]},
    "rectification": {"old": "Kieft", "new": "De Kieft", "why": "verkeerd gespeld"},
    "further": {"text": "De student solliciteert elke week."},
}


@pytest.mark.parametrize("kind", PARTICULARS)
def test_what_belongs_to_a_pok_says_to_which_bytes(kind):
    main = made()
    values = {name: getattr(main, name) for name in ("placement", "start", "end", "hours_per_week", "hours_total")}
    other = Pok.objects.create(
        kind=kind, belongs_to=main, number=f"{main.number}-X1", particulars=PARTICULARS[kind], **values
    )
    freeze(other, TODAY)
    found = pages(other)
    assert len(found) == 1
    wanted = (main.document.sha256, f"{main.number}, versie 1", f"{other.number}, versie 1 · code", "pagina 1 van 1")
    assert [word in found[0] for word in wanted] == [True] * len(wanted)
    assert documents.read(other.source).decode().count("<!-- evidence -->") == 1


def test_the_school_s_own_style_comes_behind_ours(settings, tmp_path):
    (tmp_path / "pdf.css").write_text("@page { size: A5; }")
    settings.HOUSE_FOLDER = str(tmp_path)
    pdf._house_style.cache_clear()
    try:
        with pikepdf.open(BytesIO(pdf.make("<html lang='nl'><title>x</title><p>x</p></html>"))) as file:
            width = round(float(file.pages[0].mediabox[2]))
    finally:
        pdf._house_style.cache_clear()
    assert width == 420


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_the_school_s_logo_stands_inside_the_frozen_text(settings, tmp_path, name):
    if name.endswith("svg"):
        (tmp_path / name).write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
        )
    else:
        Image.new("RGB", (90, 30), "#7a1f5c").save(tmp_path / name)
    settings.HOUSE_FOLDER, settings.HOUSE = str(tmp_path), house(str(tmp_path))
    kept = made()
    head = documents.read(kept.source).decode().partition('<p class="running-head">')[2]
    kind = {"logo.svg": "svg+xml", "logo.png": "png"}[name]
    assert head.startswith(f'<img src="data:image/{kind};base64,') is True


def test_no_bsn_on_the_document():
    assert "bsn" not in " ".join(pages(made())).lower()


@pytest.mark.parametrize("language", ["nl", "en", "de", "es"])
def test_pok_05_the_terms_are_there_for_everybody(client, language):
    response = client.get(f"/voorwaarden/{language}/")
    page = response.content.decode()
    assert (response.status_code, page.count("<h3>"), page.count(f'<div class="prose" lang="{language}">')) == (
        200,
        TERMS,
        1,
    )
    assert client.get("/voorwaarden/fr/").status_code == 404
