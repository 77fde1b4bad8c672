"""The people of the invented school as rows of its files."""

from datetime import date, timedelta
from random import Random
from typing import Any

from exchange.demo.names import FIRST, LAST, PLACES, STREETS, TOWNS, TRADES

Row = list[Any]
TEAMS = (
    ("College voor Techniek en ICT", "ICT"),
    ("College voor Techniek en ICT", "Techniek"),
    ("College voor Zorg en Welzijn", "Verpleging en verzorging"),
    ("College voor Zorg en Welzijn", "Welzijn"),
    ("College voor Techniek en ICT", "Logistiek en mobiliteit"),
    ("College voor Economie en Horeca", "Horeca"),
)
PROGRAMMES = (
    ("25604", "Software developer", 4, "BOL", 3, "ICT", "N", 900),
    ("25606", "Expert IT systems and devices", 4, "BBL", 3, "ICT", "N", 1350),
    ("25331", "Monteur werktuigkundige installaties", 2, "BBL", 2, "Techniek", "N", 1220),
    ("25297", "Technicus engineering", 4, "BOL", 4, "Techniek", "N", 1000),
    ("25655", "Mbo-Verpleegkundige", 4, "BOL", 4, "Verpleging en verzorging", "J", 1830),
    ("25656", "Verzorgende IG", 3, "BBL", 3, "Verpleging en verzorging", "J", 2440),
    ("25697", "Gespecialiseerd pedagogisch medewerker", 4, "BOL", 3, "Welzijn", "N", 1000),
    ("25698", "Sociaal werker", 4, "BBL", 3, "Welzijn", "N", 1500),
    ("25371", "Teamleider logistiek", 3, "BOL", 3, "Logistiek en mobiliteit", "N", 960),
    ("25182", "Kok", 2, "BBL", 2, "Horeca", "N", 1220),
)
WORK_PROCESSES = (  # invented: a school loads those of its kwalificatiedossiers
    ("B1-K1-W1", "Bereidt werkzaamheden voor"),
    ("B1-K1-W2", "Voert werkzaamheden uit volgens afspraak"),
    ("B1-K1-W3", "Controleert en rondt het werk af"),
    ("B1-K2-W1", "Overlegt met collega's en leidinggevende"),
    ("B1-K2-W2", "Informeert klanten of cliënten"),
    ("P1-K1-W1", "Werkt aan verbetering van het eigen werk"),
)
COHORT = 2020  # the first one of the demo's kwalificatiedossiers
STUDENTS_EACH = 50
LOCATIONS_EACH = 14


def nl(day: date | None) -> str:
    """A day as a school writes it."""
    return f"{day:%d-%m-%Y}" if day else ""


def name(rng: Random) -> tuple[str, str, str]:
    """First name, prefix, last name."""
    prefix, last = rng.choice(LAST)
    return rng.choice(FIRST), prefix, last


def local_part(first: str, last: str, number: int) -> str:
    """The first half of an address, plain letters only."""
    letters = "".join(sign for sign in last.lower() if sign.isascii() and sign.isalpha())
    return f"{first[0].lower()}.{letters[:12]}{number}"


def staff() -> list[Row]:
    """Per team a manager, a coordinator (who teaches too) and four bpv-docenten; for all teams one
    studentenadministratie."""
    rng, rows, number = Random(11), [], 0  # noqa: S311 - invented, not secret
    for _college, team in TEAMS:
        for roles in (("manager onderwijs",), ("bpv-coördinator", "bpv-docent"), *[("bpv-docent",)] * 4):
            number += 1
            first, prefix, last = name(rng)
            email = f"{local_part(first, last, number)}@medewerker.voorbeeldroc.example"
            reach = "" if number % 5 == 0 else "ma t/m do 8.30-16.30 uur, bellen of app"
            rows += [
                [f"P{number:04}", first, prefix, last, email, f"06850{number:05}", team, role, reach] for role in roles
            ]
    first, prefix, last = name(rng)
    email = f"{local_part(first, last, number + 1)}@medewerker.voorbeeldroc.example"
    about = [f"P{number + 1:04}", first, prefix, last, email, f"06850{number + 1:05}"]
    return rows + [[*about, team, "studentenadministratie", "ma t/m vr 9-16 uur"] for _college, team in TEAMS]


def work_processes() -> list[Row]:
    """The same six for every crebo."""
    return [[crebo, COHORT, code, title] for crebo, *_rest in PROGRAMMES for code, title in WORK_PROCESSES]


def students(today: date) -> list[Row]:
    """Fifty students for each programme, enrolled for this school year or the two before."""
    rng, rows = Random(12), []  # noqa: S311
    year = today.year if today.month >= 8 else today.year - 1
    for index in range(len(PROGRAMMES) * STUDENTS_EACH):
        crebo, _name, level, leerweg, years, team, *_rest = PROGRAMMES[index // STUDENTS_EACH]
        number, cohort = 420000 + index, year - index % min(years, 3)
        first, prefix, last = name(rng)
        born = date(cohort - 17 - rng.randrange(4), rng.randrange(1, 13), rng.randrange(1, 28))
        town, postcode = rng.choice(TOWNS)
        address = [
            rng.choice(STREETS),
            rng.randrange(1, 240),
            f"{postcode} {rng.choice('ABCGHKLN')}{rng.choice('ABX')}",
            town,
        ]
        group = f"{team[:2].upper()}{level}{leerweg[1]}{cohort % 100}"
        rows.append(
            [
                number,
                first,
                prefix,
                last,
                nl(born),
                f"{number}@student.voorbeeldroc.example",
                f"06870{index:05}",
                *address,
                group,
                crebo,
                leerweg,
                cohort,
                nl(date(cohort, 8, 1)),
                nl(date(cohort + years, 7, 31)),
            ]
        )
    return rows


def locations() -> list[Row]:
    """Fourteen leerbedrijven for each team; one of them over the border."""
    rng, rows = Random(13), []  # noqa: S311
    for index in range(len(TEAMS) * LOCATIONS_EACH):
        team = TEAMS[index // LOCATIONS_EACH][1]
        turn = index % LOCATIONS_EACH
        town, postcode = TOWNS[index % len(TOWNS)]
        sbb_id, kvk = str(100020001 + index * 37), f"{70000000 + index * 7919:08}"
        title = f"{TRADES[team][turn % 4]} {PLACES[(turn + turn // 4) % len(PLACES)]} {town}"
        street = [rng.choice(STREETS), str(rng.randrange(1, 200))]
        row = [sbb_id, title, kvk, f"0000{rng.randrange(10**7, 10**8)}", *street]
        row += [f"{postcode} AB", town, "Nederland", f"074{index:07}", f"www.bedrijf{index:03}.example"]
        if index == 0:
            row = [sbb_id, "Grenzland Softwaretechnik und Datenverarbeitung GmbH", "", "", "Bahnhofstraße", "12"]
            row += ["48599", "Gronau", "Duitsland", "+4925621234", "www.grenzland.example"]
        rows.append(row)
    return rows


def team_of(location: int) -> str:
    """The team whose students go to a location, by its place in the list."""
    return TEAMS[location // LOCATIONS_EACH][1]


def accreditations(today: date) -> list[Row]:
    """For every crebo of the team; a few withdrawn before, during or soon after now."""
    rows = []
    for index, location in enumerate(locations()):
        for crebo, _name, _level, _leerweg, _years, team, *_rest in PROGRAMMES:
            if team == team_of(index):
                withdrawn = {5: today - timedelta(days=90), 20: today - timedelta(days=10)}.get(index)
                withdrawn = today + timedelta(days=21) if index == 33 else withdrawn
                rows.append([location[0], crebo, nl(date(2018 + index % 5, 3, 1 + index % 28)), nl(withdrawn)])
    return rows


def contacts() -> list[Row]:
    """A praktijkopleider at every location, a werkbegeleider at every third."""
    rng, rows = Random(14), []  # noqa: S311
    for index, location in enumerate(locations()):
        for role in ("praktijkopleider,tekenbevoegde", "werkbegeleider")[: 2 if index % 3 == 0 else 1]:
            first, prefix, last = name(rng) if index else ("Jürgen", "", "Großmann")
            email = f"{local_part(first, last, len(rows))}@bedrijf{index:03}.example"
            language = "de" if index == 0 else "nl"
            rows.append([location[0], first, prefix, last, "teamleider", email, f"06860{len(rows):05}", language, role])
    return rows
