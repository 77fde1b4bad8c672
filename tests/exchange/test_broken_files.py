"""Ten ways in which a school's files are broken: what the user reads, and that nothing went in."""

import io
import zipfile

import pytest

from exchange import services
from exchange.management.commands.import_school import line_of
from tests.exchange.conftest import edit, incoming, text_of
from tests.exchange.state import NOTHING, counts

pytestmark = pytest.mark.django_db


def errors_of(files: dict[str, bytes]) -> list[str]:
    plan, written = services.apply_import(incoming(files))
    assert not written
    assert counts() == NOTHING
    return [line_of(problem) for problem in plan.errors]


def test_wrong_separator(school):
    school["teams.csv"] = school["teams.csv"].replace(b";", b"|")
    assert errors_of(school)[0] == (
        "Fout: teams.csv, regel 1: De kolommen zijn niet te herkennen. "
        "Zet in de eerste regel de kopjes, met ; of , of tab ertussen."
    )


def test_two_encodings_in_one_file(school):
    lines = text_of(school["contactmomenten.csv"]).split("\r\n")
    accented = [index for index, line in enumerate(lines) if not line.isascii()]
    raw = [line.encode("cp1252") for line in lines]
    raw[accented[3]] = lines[accented[3]].encode("utf-8")
    school["contactmomenten.csv"] = b"\r\n".join(raw)
    assert errors_of(school) == [
        f"Fout: contactmomenten.csv, regel {accented[3] + 1}: Deze regel staat in UTF-8, andere regels niet. "
        "Sla het hele bestand op als CSV UTF-8."
    ]


def test_missing_column(school):
    edit(school, "hulpvragen.csv", "Ontvangen", "Binnengekomen")
    assert errors_of(school) == ["Fout: hulpvragen.csv, regel 1, kolom Ontvangen: Deze kolom ontbreekt."]


def test_letter_in_a_crebo(school):
    edit(school, "plaatsingen.csv", "PL100003;410002;25605;", "PL100003;410002;2560S;")
    assert errors_of(school)[0] == (
        "Fout: plaatsingen.csv, regel 4, kolom Crebo: Een crebo heeft 5 cijfers; hier staat '2560S'."
    )


def test_rows_that_name_a_refused_row_say_where_it_is(school):
    edit(school, "plaatsingen.csv", "PL100003;410002;25605;", "PL100003;410002;2560S;")
    follow = {error.partition(": ")[2].split(", ", 2)[2] for error in errors_of(school)[1:]}
    assert follow == {"kolom Plaatsingsnummer: 'PL100003' kan niet worden ingelezen: zie plaatsingen.csv, regel 4."}


def test_too_many_zeros_lost(school):
    edit(school, "studenten.csv", "\r\n410000;", "\r\n41;")
    assert errors_of(school)[0] == (
        "Fout: studenten.csv, regel 2, kolom Studentnummer: Een studentnummer heeft 4 tot 12 cijfers; hier staat '41'."
    )


def test_double_student(school):
    row = next(line for line in text_of(school["studenten.csv"]).split("\r\n") if line.startswith("410001;"))
    changed = row.replace("Schouten", "Schouwten")
    school["studenten.csv"] += f"{changed}\r\n".encode()
    assert errors_of(school)[0] == (
        "Fout: studenten.csv, regel 602, kolom Studentnummer: Student 410001 25604 BOL 2026-08-01 "
        "staat ook op regel 3, met iets anders bij: Achternaam."
    )


def test_unknown_team(school):
    edit(school, "opleidingen.csv", ";ICT;", ";ITC;")
    assert errors_of(school)[0] == (
        "Fout: opleidingen.csv, regel 2, kolom Team: Team 'ITC' staat niet in teams en niet in het systeem. "
        "Bedoel je 'ICT'?"
    )


def test_end_before_start(school):
    edit(school, "plaatsingen.csv", "09-11-2026;26-03-2027", "09-11-2026;26-03-2026")
    assert errors_of(school)[0] == (
        "Fout: plaatsingen.csv, regel 2, kolom Einde: Het einde 26-03-2026 ligt voor het begin 09-11-2026."
    )


def test_formula_in_a_name(school):
    edit(school, "studenten.csv", "410000;Yusuf;", "410000;=1+1;")
    assert errors_of(school)[0] == (
        "Fout: studenten.csv, regel 2, kolom Roepnaam: De tekst begint met =, zoals een formule. Haal dat teken weg."
    )


def test_empty_file(school):
    school["hulpvragen.csv"] = b""
    assert errors_of(school) == ["Fout: hulpvragen.csv: Het bestand is leeg."]


def test_rows_that_wait_for_an_unreadable_file_are_one_sentence(school):
    school["studenten.csv"] = b""
    assert errors_of(school)[:2] == [
        "Fout: studenten.csv: Het bestand is leeg.",
        "Fout: plaatsingen.csv: 554 rijen kunnen er niet in, omdat studenten.csv niet te lezen is.",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 not a workbook", "Dit bestand is geen leesbaar Excel-bestand. Sla het opnieuw op als .xlsx."),
        (b"plain text", "Dit bestand is geen leesbaar Excel-bestand. Sla het opnieuw op als .xlsx."),
        (b"x" * (20 * 2**20 + 1), "Het bestand is groter dan 20 MB."),
    ],
)
def test_unreadable_workbook(school, content, message):
    school["leerbedrijven.xlsx"] = content
    assert errors_of(school)[0] == f"Fout: leerbedrijven.xlsx: {message}"


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(school):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/a.xml", "w") as part:
        for _turn in range(201):
            part.write(b"0" * 2**20)
    school["leerbedrijven.xlsx"] = stream.getvalue()
    assert errors_of(school)[0] == (
        "Fout: leerbedrijven.xlsx: Dit Excel-bestand is uitgepakt te groot. Verwijder lege rijen en kolommen."
    )


def test_partial_reads_the_rows_that_can(school):
    edit(school, "hulpvragen.csv", "H10001;PL100002;hulpvraag", "H10001;PL100002;gezeur")
    plan, written = services.apply_import(incoming(school), partial=True)
    assert written
    assert [(row.new, row.cannot) for row in plan.counts if row.file == "hulpvragen.csv"] == [(177, 1)]
    assert counts()["visits_helprequest"] == 177
