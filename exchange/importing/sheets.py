"""The files of a school: which columns they have, what may stand in them and what makes a row one row."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from exchange.importing import fields
from exchange.importing.reading import fold_title

ROLES = {
    "bpv-docent": "teacher",
    "bpv-coördinator": "coordinator",
    "bpv-coordinator": "coordinator",
    "manager onderwijs": "manager",
    "studentenadministratie": "administration",
    "vertrouwenscontactpersoon": "confidant",
}
CONTACT_ROLES = {
    "praktijkopleider": "is_supervisor",
    "werkbegeleider": "is_mentor",
    "tekenbevoegde": "is_signatory",
}
LANGUAGES = {"nl": "nl", "nederlands": "nl", "en": "en", "engels": "en", "de": "de", "duits": "de"} | {
    "es": "es",
    "spaans": "es",
}
LEERWEG = {"bol": "BOL", "bbl": "BBL"}
CONTACT_KINDS = {"bezoek": "on_site", "telefonisch": "phone", "online": "online"}
REQUEST_KINDS = {"hulpvraag": "question", "klacht": "complaint", "melding": "report"}
SENDERS = {"student": "student", "leerbedrijf": "company"}


@dataclass(frozen=True)
class Column:
    title: str
    field: str
    parse: fields.Parser
    example: Any = ""
    required: bool = True


@dataclass(frozen=True)
class Sheet:
    """One kind of table. `key`: the fields that make a row one row (`otherwise`: those when one of them is empty)."""

    name: str
    noun: str  # how a row is named in a message
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    otherwise: tuple[str, ...] = ()

    def identity(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """What makes this row one row."""
        found = tuple(values.get(field) for field in self.key)
        if self.otherwise and not all(found):
            return tuple(values.get(field) for field in self.otherwise)
        return found

    @property
    def titles(self) -> dict[str, Column]:
        """Columns by folded heading."""
        return {fold_title(column.title): column for column in self.columns}

    def title(self, field: str) -> str:
        """The heading above a field."""
        return next(column.title for column in self.columns if column.field == field)


crebo = fields.code(r"\d{5}", _("Een crebo heeft 5 cijfers; hier staat '%(value)s'."))
student_number = fields.code(r"\d{4,12}", _("Een studentnummer heeft 4 tot 12 cijfers; hier staat '%(value)s'."))
sbb_id = fields.code(
    r"[1-9]\d{8}", _("Een leerbedrijf-ID heeft 9 cijfers en begint niet met 0; hier staat '%(value)s'.")
)
kvk = fields.code(r"\d{8}", _("Een KvK-nummer heeft 8 cijfers; hier staat '%(value)s'."), pad=8, at_least=6)
establishment = fields.code(
    r"\d{12}", _("Een vestigingsnummer heeft 12 cijfers; hier staat '%(value)s'."), pad=12, at_least=7
)
placement_number = fields.code(
    r"[A-Z]{2}\d{4,12}", _("Een plaatsingsnummer is PL met 4 tot 12 cijfers; hier staat '%(value)s'.")
)
request_number = fields.code(r"H\d{4,12}", _("Een nummer is H met 4 tot 12 cijfers; hier staat '%(value)s'."))
work_process = fields.code(r"[BP]\d-K\d-W\d", _("Een werkproces is een code zoals B1-K1-W1; hier staat '%(value)s'."))
leerweg = fields.choice(LEERWEG)


def person(first: str = "Roepnaam") -> tuple[Column, ...]:
    """The three parts of a name."""
    return (
        Column(first, "first_name", fields.text(80), "Noor"),
        Column("Tussenvoegsel", "prefix", fields.text(20), "van der", required=False),
        Column("Achternaam", "last_name", fields.text(120), "Velde"),
    )


def address(city: str) -> tuple[Column, ...]:
    """Street to town, all of which may stay empty."""
    return (
        Column("Straat", "street", fields.text(120), "Dorpsstraat", required=False),
        Column("Huisnummer", "house_number", fields.text(20), "12a", required=False),
        Column("Postcode", "postcode", fields.postcode, "7551 GB", required=False),
        Column(city, "city", fields.text(80), "Hengelo", required=False),
    )


TEAMS = Sheet(
    "teams",
    _("Team"),
    ("team",),
    (
        Column("College", "college", fields.text(120), "College voor Techniek en ICT"),
        Column("Team", "team", fields.text(120), "ICT"),
    ),
)
STAFF = Sheet(
    "medewerkers",
    _("Medewerker"),
    ("staff_number", "team", "role"),
    (
        Column("Personeelsnummer", "staff_number", fields.text(20), "P0001"),
        *person(),
        Column("E-mail", "email", fields.email, "n.velde@medewerker.voorbeeldroc.example"),
        Column("Telefoon", "phone", fields.phone, "0685000001", required=False),
        Column("Team", "team", fields.text(120), "ICT"),
        Column("Rol", "role", fields.choice(ROLES), "bpv-docent"),
        Column("Bereikbaarheid", "reachability", fields.text(200), "ma t/m do 8.30-16.30 uur", required=False),
    ),
)
PROGRAMMES = Sheet(
    "opleidingen",
    _("Opleiding"),
    ("crebo", "leerweg"),
    (
        Column("Crebo", "crebo", crebo, "25604"),
        Column("Opleiding", "name", fields.text(200), "Software developer"),
        Column("Niveau", "level", fields.number(1, 4), 4),
        Column("Leerweg", "leerweg", leerweg, "BOL"),
        Column("Duur in jaren", "years", fields.number(1, 6), 3),
        Column("Team", "team", fields.text(120), "ICT"),
        Column("VWS-kwalificatie", "vws", fields.yes_no, "N", required=False),
        Column("Bpv-uren", "bpv_hours", fields.number(0, 9999), 900),
    ),
)
WORK_PROCESSES = Sheet(
    "werkprocessen",
    _("Werkproces"),
    ("crebo", "cohort", "code"),
    (
        Column("Crebo", "crebo", crebo, "25604"),
        Column("Vanaf cohort", "cohort", fields.number(2000, 2100), 2026),
        Column("Werkproces", "code", work_process, "B1-K1-W1"),
        Column("Titel", "title", fields.text(200), "Plant werkzaamheden en bewaakt de voortgang"),
    ),
)
STUDENTS = Sheet(
    "studenten",
    _("Student"),
    ("number", "crebo", "leerweg", "start"),
    (
        Column("Studentnummer", "number", student_number, "410000"),
        *person(),
        Column("Geboortedatum", "birth_date", fields.day, "14-03-2009"),
        Column("E-mail", "email", fields.email, "410000@student.voorbeeldroc.example", required=False),
        Column("Mobiel", "mobile", fields.phone, "0687000000", required=False),
        *address("Woonplaats"),
        Column("Klas", "group", fields.text(20), "IC4A", required=False),
        Column("Crebo", "crebo", crebo, "25604"),
        Column("Leerweg", "leerweg", leerweg, "BOL"),
        Column("Cohort", "cohort", fields.number(2000, 2100), 2026),
        Column("Inschrijving van", "start", fields.day, "01-08-2026"),
        Column("Inschrijving tot", "end", fields.day, "31-07-2029", required=False),
    ),
)
LOCATIONS = Sheet(
    "leerbedrijven",
    _("Leerbedrijf"),
    ("sbb_id",),
    (
        Column("Leerbedrijf-ID", "sbb_id", sbb_id, "100010001"),
        Column("Naam", "name", fields.text(200), "Voorbeeld Software"),
        Column("KvK-nummer", "kvk", kvk, "01234567", required=False),
        Column("Vestigingsnummer", "establishment_number", establishment, "000012345678", required=False),
        *address("Plaats"),
        Column("Land", "country", fields.text(60), "Nederland", required=False),
        Column("Telefoon", "phone", fields.phone, "0741234567", required=False),
        Column("Website", "website", fields.text(200), "www.voorbeeldsoftware.example", required=False),
    ),
)
ACCREDITATIONS = Sheet(
    "erkenningen",
    _("Erkenning"),
    ("sbb_id", "crebo", "granted_on"),
    (
        Column("Leerbedrijf-ID", "sbb_id", sbb_id, "100010001"),
        Column("Crebo", "crebo", crebo, "25604"),
        Column("Erkend sinds", "granted_on", fields.day, "18-06-2020"),
        Column("Ingetrokken per", "withdrawn_on", fields.day, required=False),
    ),
)
CONTACTS = Sheet(
    "contactpersonen",
    _("Contactpersoon"),
    ("sbb_id", "email"),
    (
        Column("Leerbedrijf-ID", "sbb_id", sbb_id, "100010001"),
        *person("Voornaam"),
        Column("Functie", "function", fields.text(120), "teamleider", required=False),
        Column("E-mail", "email", fields.email, "n.velde@voorbeeldsoftware.example", required=False),
        Column("Telefoon", "phone", fields.phone, "0612345678", required=False),
        Column("Taal", "language", fields.choice(LANGUAGES), "nl", required=False),
        Column("Rollen", "roles", fields.several(CONTACT_ROLES), "praktijkopleider,tekenbevoegde"),
    ),
    otherwise=("sbb_id", "first_name", "prefix", "last_name"),
)
PLACEMENTS = Sheet(
    "plaatsingen",
    _("Plaatsing"),
    ("number",),
    (
        Column("Plaatsingsnummer", "number", placement_number, "PL100001"),
        Column("Studentnummer", "student", student_number, "410000"),
        Column("Crebo", "crebo", crebo, "25604"),
        Column("Leerweg", "leerweg", leerweg, "BOL"),
        Column("Leerbedrijf-ID", "sbb_id", sbb_id, "100010001"),
        Column("Begin", "start", fields.day, "09-11-2026"),
        Column("Einde", "end", fields.day, "26-03-2027"),
        Column("Uren per week", "hours_per_week", fields.hours, 32),
        Column("Uren totaal", "hours_total", fields.number(1, 9999), 608),
        Column("Praktijkopleider e-mail", "supervisor", fields.email, "n.velde@voorbeeldsoftware.example", False),
        Column("Bpv-docent e-mail", "teacher", fields.email, "n.velde@medewerker.voorbeeldroc.example", False),
        Column("Keuzedelen", "keuzedelen", fields.several(pattern=r"K\d{4}"), "K0067", required=False),
        Column("POK-nummer", "pok_number", fields.text(20), "POK100001", required=False),
        Column("POK getekend student", "signed_student", fields.day, "30-09-2026", required=False),
        Column("POK getekend leerbedrijf", "signed_company", fields.day, "01-10-2026", required=False),
        Column("POK getekend school", "signed_school", fields.day, "02-10-2026", required=False),
        Column("POK in dossier", "filed_on", fields.day, "03-10-2026", required=False),
    ),
)
CONTACT_MOMENTS = Sheet(
    "contactmomenten",
    _("Contactmoment"),
    ("placement", "on", "kind", "discussed"),
    (
        Column("Plaatsingsnummer", "placement", placement_number, "PL100001"),
        Column("Datum", "on", fields.day, "23-11-2026"),
        Column("Soort", "kind", fields.choice(CONTACT_KINDS), "bezoek"),
        Column("Student aanwezig", "with_student", fields.yes_no, "J"),
        Column("Praktijkopleider aanwezig", "with_supervisor", fields.yes_no, "J"),
        Column("Leerdoelen besproken", "goals_discussed", fields.yes_no, "J"),
        Column("Besproken", "discussed", fields.story, "Leerdoelen doorgenomen.", required=False),
        Column("Afspraken", "agreed", fields.story, "Opdracht 2 af voor de volgende keer.", required=False),
    ),
)
REQUESTS = Sheet(
    "hulpvragen",
    _("Hulpvraag"),
    ("number",),
    (
        Column("Nummer", "number", request_number, "H10001"),
        Column("Plaatsingsnummer", "placement", placement_number, "PL100001"),
        Column("Soort", "kind", fields.choice(REQUEST_KINDS), "hulpvraag"),
        Column("Van", "sender", fields.choice(SENDERS), "student"),
        Column("Ontvangen", "received_at", fields.moment, "16-11-2026 10:12"),
        Column("Eerste reactie", "first_response_at", fields.moment, "17-11-2026 13:30", required=False),
        Column("Onderwerp", "topic", fields.text(200), "Rooster klopt niet"),
    ),
)
# In the order in which they are read: what is named by others comes first.
SHEETS = (
    TEAMS,
    STAFF,
    PROGRAMMES,
    WORK_PROCESSES,
    STUDENTS,
    LOCATIONS,
    ACCREDITATIONS,
    CONTACTS,
    PLACEMENTS,
    CONTACT_MOMENTS,
    REQUESTS,
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
KNOWN_TITLES = {title for sheet in SHEETS for title in sheet.titles}
IN_ONE_WORKBOOK = (LOCATIONS, ACCREDITATIONS, CONTACTS)
