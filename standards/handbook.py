"""The catalogue of the handbook: every standard and sub-standard in its order, and the rules that measure some of them.

Titles and sentences are our own words; the section says where the handbook has its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from standards.words import gettext
from standards.words import gettext_noop as _


class Weight(StrEnum):
    """How strongly the handbook asks for it: a duty, a service norm with room for exceptions, or advice."""

    MUST = "must"
    NORM = "norm"
    ADVICE = "advice"


class Actor(StrEnum):
    """Who acts; the value is the word on screen."""

    PROGRAMME = "opleiding"
    COORDINATOR = "bpv-coördinator"
    TEACHER = "bpv-docent"
    MANAGER = "manager onderwijs"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard or one of its parts; `measured_by` is the code of the rule that measures it."""

    code: str
    title: str
    section: str
    actor: Actor
    weight: Weight = Weight.MUST
    measured_by: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A measured rule: the standard it measures, its name in lists, its meaning, and where the handbook says so."""

    code: str
    standard: str
    dutch_name: str
    dutch_sentence: str
    dutch_section: str
    number: str = ""  # of the standard; empty for a rule of the law

    @property
    def name(self) -> str:
        """In the reader's language, as are the others."""
        return gettext(self.dutch_name)

    @property
    def sentence(self) -> str:
        """The rule in our own words."""
        return gettext(self.dutch_sentence)

    @property
    def section(self) -> str:
        """Where the handbook says so: `5.1, standaard 5`."""
        return gettext(self.dutch_section)

    @property
    def label(self) -> str:
        """Beside a date: `standaard 5`; for a rule of the law `handboek 5.1`."""
        if self.number:
            return gettext("standaard %(number)s") % {"number": self.number}
        return gettext("handboek %(section)s") % {"section": self.dutch_section.partition(",")[0]}


_OPL, _COO, _DOC, _MAN, _STU = Actor.PROGRAMME, Actor.COORDINATOR, Actor.TEACHER, Actor.MANAGER, Actor.STUDENT
_NORM, _ADVICE = Weight.NORM, Weight.ADVICE

_PLANNING = (
    Standard("S1", "Student en leerbedrijf krijgen op tijd een planning van de bpv", "1.1", _COO),
    Standard("S1-a", "Planning: ondertekenen van de POK", "1.1", _COO),
    Standard("S1-b", "Planning: de bpv-periode", "1.1", _COO),
    Standard("S1-c", "Planning: lesdagen en bpv-dagen", "1.1", _COO),
    Standard("S1-d", "Planning: voorlichting van de student", "1.1", _COO),
    Standard("S1-e", "Planning: voorlichting van het leerbedrijf", "1.1", _COO),
    Standard("S1-f", "Planning: bpv-bezoeken", "1.1", _COO),
    Standard("S1-g", "Planning: terugkomdagen", "1.1", _COO),
    Standard("S1-h", "Planning: eindoordeel en evaluatie", "1.1", _COO),
    Standard("S1-i", "Planning: contactpersonen van de opleiding", "1.1", _COO),
)

_BOL_PREPARATION = (
    Standard("S2", "BOL-studenten zijn voorbereid op de bpv", "2.5", _DOC),
    Standard("S2.1", "BOL-studenten krijgen vooraf duidelijke informatie", "2.5", _OPL),
    Standard("S2.1-01", "Informatie: rechten en plichten tijdens de bpv", "2.5", _OPL),
    Standard("S2.1-02", "Informatie: wat opleiding en leerbedrijf van de student verwachten", "2.5", _OPL),
    Standard("S2.1-03", "Informatie: hoe een dag in de praktijk eruitziet", "2.5", _OPL),
    Standard("S2.1-04", "Informatie: wat het leerbedrijf moet doen", "2.5", _OPL),
    Standard("S2.1-05", "Informatie: wat de opleiding moet doen", "2.5", _OPL),
    Standard("S2.1-06", "Informatie: hulp van praktijkopleider en bpv-docent", "2.5", _OPL),
    Standard("S2.1-07", "Informatie: stagediscriminatie herkennen en melden", "2.5", _OPL),
    Standard("S2.1-08", "Informatie: contact met de bpv-docent buiten de bezoeken om", "2.5", _DOC),
    Standard("S2.1-09", "Informatie: hoe vaak er begeleiding is", "2.5", _DOC),
    Standard("S2.1-10", "Informatie: wanneer de terugkomdagen zijn", "2.5", _COO),
    Standard("S2.1-11", "Informatie: bpv-opdrachten en beoordeling", "2.5", _OPL),
    Standard("S2.1-12", "Informatie: voorwaarden om te mogen starten, zoals een VOG", "2.5", _OPL),
    Standard("S2.1-13", "Informatie: werken met de bpv-applicatie", "2.5", _OPL),
    Standard("S2.2", "Voorbereiding: uitleg, solliciteren, verwachtingen en leerdoelen", "2.5", _DOC),
    Standard("S2.3", "BOL-studenten krijgen hulp bij het vinden van een erkend leerbedrijf", "1.4", _OPL),
    Standard("S2.3-a", "Matching: leerdoelen van de student in beeld", "1.4", _DOC),
    Standard("S2.3-b", "Matching: advies over wat er bij een leerbedrijf te leren is", "1.4", _DOC),
    Standard("S2.3-c", "Matching: rekening houden met leerwensen", "1.4", _COO),
    Standard("S2.3-d", "Matching: hulp bij het zoeken", "1.4", _COO),
)

_BBL_PREPARATION = (
    Standard("S3", "BBL-studenten zijn voorbereid op de bpv", "2.6", _OPL),
    Standard("S3.1", "BBL-studenten kennen de opleiding en de bpv vóór de start", "2.6", _OPL),
    Standard("S3.1a", "BBL-studenten krijgen vooraf duidelijke informatie", "2.6", _OPL),
    Standard("S3.1b", "Extra informatie over lessen, materiaal, tijd en begeleiding", "2.6", _OPL, _ADVICE),
    Standard("S3.2", "BBL-student en opleiding zoeken samen een leerbedrijf", "2.6", _OPL),
    Standard("S3.2-a", "Student zoekt een leerbedrijf; opleiding helpt", "2.6", _STU),
    Standard("S3.2-b", "Afspraken in een addendum als er nog geen leerbedrijf is", "2.6", _COO),
    Standard("S3.2-c", "Hulp bij het zoeken voor ingeschreven studenten", "2.6", _OPL),
    Standard("S3.2-d", "Hulp bij het zoeken na een beëindigde POK", "2.6", _OPL),
)

_COMPANIES = (
    Standard("S4", "Praktijkopleiders weten wat er van hen en van school verwacht wordt", "2.4", _OPL),
    Standard("S4-x", "Extra informatie over samenwerking, coaching en inhoud", "2.4", _OPL, _ADVICE),
    Standard("S4.1", "Vast overleg met het werkveld", "2.4", _MAN),
    Standard("S4.2", "Informatie en afspraken over rollen en taken zijn gedeeld", "2.3", _DOC),
    Standard(
        "S4.2-a", "Nieuw leerbedrijf is bezocht, uiterlijk vier weken na de start", "2.3", _DOC, measured_by="S4.2-a"
    ),
    Standard("S4.2-b", "Leerdoelen besproken, uiterlijk vier weken na de start", "2.3", _DOC, measured_by="S4.2-b"),
    Standard("S4.2-c", "Bereikbaarheid van de bpv-docent is bij de start bekend", "2.3", _DOC),
    Standard("S4.2-d", "BBL-leerbedrijf heeft de lesdagen vóór de start", "2.3", _COO),
)

_POK = (
    Standard("S5", "Alle opleidingen gebruiken dezelfde POK", "5.1", _COO),
    Standard("S5-BIJL", "POK heeft een bijlage met afspraken over inhoud en begeleiding", "5.1", _COO),
    Standard("S5-BOL", "BOL: POK vóór de start in het diplomadossier", "5.1", _COO, measured_by="S5"),
    Standard("S5-BBL", "BBL: POK in de tweede week in het bekostigingsdossier", "5.1", _COO, measured_by="S5"),
    Standard("POK-03", "POK vóór de start door alle drie partijen getekend", "5.1", _COO, measured_by="POK-03"),
    Standard("LB-02", "Leerbedrijf is bij de start erkend voor de opleiding", "5.1", _COO, measured_by="LB-02"),
)

_GUIDANCE = (
    Standard("S6", "Bpv-docent houdt contact, volgt de voortgang en grijpt in", "3.2", _DOC),
    Standard("S6.1", "Contact met student en leerbedrijf, ook buiten de bezoeken om", "3.2", _DOC),
    Standard("S6.1-a", "Goed bereikbaar tijdens de bpv", "3.2", _DOC),
    Standard("S6.1-b", "Voortgang wordt gevolgd", "3.2", _DOC),
    Standard("S6.1-c", "Vragen en klachten: reactie binnen drie werkdagen", "3.2", _DOC, _NORM, "S6.1-c"),
    Standard("S6.1-d", "Knelpunten op tijd gezien en opgepakt", "3.2", _DOC),
    Standard("S6.2", "Drie contactmomenten per bpv-periode", "3.2", _DOC),
    Standard("S6.2-a", "Drie contactmomenten met student en leerbedrijf", "3.2", _DOC, measured_by="S6.2-a"),
    Standard("S6.2-b", "Minstens één contactmoment op locatie", "3.2", _DOC, measured_by="S6.2-b"),
    Standard("S6.2-c", "Vorm van de andere contactmomenten is samen gekozen", "3.2", _DOC),
    Standard("S6.2-d", "Afwijken mag, met een onderbouwing", "3.2", _DOC),
    Standard("S6.3", "Bpv-gesprekken volgen een leidraad", "3.2", _DOC),
    Standard("S6.4", "Begeleiding door het leerbedrijf past bij het bpv-protocol", "3.3", _OPL),
    Standard("S6.4-a", "Opleiding beoordeelt de begeleiding en grijpt zo nodig in", "3.3", _OPL),
    Standard("S6.4-b", "Onvoldoende begeleiding: SBB ingelicht en student overgeplaatst", "3.3", _COO),
)

_QUALITY = (
    Standard("S7", "Leerdoelen en opdrachten komen uit het kwalificatiedossier", "3.4", _OPL, measured_by="S7"),
    Standard("S8", "Beoordeling volgt een afgesproken procedure", "4", _OPL),
    Standard("S8-a", "Iedereen kent de procedure van de beoordeling op tijd", "4", _OPL, measured_by="S8-a"),
    Standard("S8-b", "Eisen staan in de studiehandleiding en de bpv-gids", "4", _OPL, measured_by="S8-b"),
    Standard("S8-c", "Er is een tussentijdse beoordeling en een eindbeoordeling", "4", _DOC, measured_by="S8-c"),
    Standard("S8-d", "Resultaat en onderbouwing staan in het bpv-dossier", "4", _DOC, measured_by="S8-d"),
    Standard("BEO-06", "Tussentijds vastgesteld wat goed gaat en wat beter kan", "4.3", _DOC, measured_by="BEO-06"),
    Standard("BEO-09", "Leerbedrijf is gehoord voordat de school beslist", "4.4", _DOC, measured_by="BEO-09"),
    Standard("BEO-12", "Resultaat is aan student en praktijkopleider verteld", "4.4", _DOC, measured_by="BEO-12"),
    Standard("S9", "De bpv wordt elk jaar geëvalueerd en verbeterd", "6", _OPL),
    Standard("S9-a", "Studenten, leerbedrijven en docenten evalueren elk jaar", "6", _OPL),
    Standard("S9-b", "Uitkomsten leiden aantoonbaar tot verbetering", "6", _OPL),
)

CATALOGUE: tuple[Standard, ...] = (
    *_PLANNING,
    *_BOL_PREPARATION,
    *_BBL_PREPARATION,
    *_COMPANIES,
    *_POK,
    *_GUIDANCE,
    *_QUALITY,
)

_RULES = (
    Rule(
        "POK-03",
        "POK-03",
        _("POK op tijd getekend"),
        _("Student, leerbedrijf en school hebben de POK getekend vóór de eerste dag van de bpv."),
        _("5.1, wettelijke bepalingen POK"),
    ),
    Rule(
        "S5",
        "S5",
        _("POK in dossier"),
        _(
            "De getekende POK zit op tijd in het dossier. BOL: vóór de start in het diplomadossier. "
            "BBL: in de tweede week na de start in het bekostigingsdossier."
        ),
        _("5.1, standaard 5"),
        "5",
    ),
    Rule(
        "LB-02",
        "LB-02",
        _("Erkend leerbedrijf"),
        _("Het leerbedrijf is op de eerste dag van de bpv erkend voor de opleiding (crebo) op deze locatie."),
        _("5.1, wettelijke bepalingen POK"),
    ),
    Rule(
        "S4.2-a",
        "S4.2-a",
        _("Bezoek nieuw leerbedrijf"),
        _(
            "De bpv-docent bezoekt een nieuw leerbedrijf vóór de start of binnen vier weken erna "
            "en bespreekt met de praktijkopleider wie wat doet."
        ),
        _("2.3, standaard 4.2"),
        "4.2",
    ),
    Rule(
        "S4.2-b",
        "S4.2-b",
        _("Leerdoelen besproken"),
        _(
            "School bespreekt de leerdoelen van de student met het leerbedrijf, "
            "vóór de start of binnen vier weken erna."
        ),
        _("2.3, standaard 4.2"),
        "4.2",
    ),
    Rule(
        "S6.2-a",
        "S6.2-a",
        _("Drie contactmomenten"),
        _("In de bpv-periode spreken school, student en leerbedrijf elkaar drie keer."),
        _("3.2, standaard 6.2"),
        "6.2",
    ),
    Rule(
        "S6.2-b",
        "S6.2-b",
        _("Contact op locatie"),
        _("Minstens één van de contactmomenten in de bpv-periode is een bezoek bij het leerbedrijf."),
        _("3.2, standaard 6.2"),
        "6.2",
    ),
    Rule(
        "S6.1-c",
        "S6.1-c",
        _("Reactie op vraag"),
        _("Op een hulpvraag, klacht of melding komt binnen drie werkdagen een eerste reactie."),
        _("3.2, standaard 6.1"),
        "6.1",
    ),
    Rule(
        "S7",
        "S7",
        _("Leerdoelen en opdracht"),
        _("Op de eerste dag is er een leerdoel bij een werkproces van de opleiding en is er een opdracht uitgedeeld."),
        _("3.4, standaard 7"),
        "7",
    ),
    Rule(
        "S8-a",
        "S8-a",
        _("Procedure bekend"),
        _("Student en praktijkopleider weten vóór de start hoe de bpv wordt beoordeeld."),
        _("4, standaard 8"),
        "8",
    ),
    Rule(
        "S8-b",
        "S8-b",
        _("Eisen in beide gidsen"),
        _("Vóór de start staat in de studiehandleiding en in de bpv-gids waar de student aan moet voldoen."),
        _("4, standaard 8"),
        "8",
    ),
    Rule(
        "BEO-06",
        "BEO-06",
        _("Tussentijdse beoordeling"),
        _(
            "Halverwege de bpv-periode is met student en praktijkopleider vastgesteld wat goed gaat en wat aandacht "
            "vraagt, en allebei hebben ze de uitkomst gekregen."
        ),
        _("4.3, tussentijdse beoordeling"),
    ),
    Rule(
        "BEO-09",
        "BEO-09",
        _("Leerbedrijf gehoord"),
        _("Uiterlijk op de laatste dag heeft het leerbedrijf gezegd wat het van de student vindt."),
        _("4.4, eindbeoordeling"),
    ),
    Rule(
        "S8-c",
        "S8-c",
        _("Tussentijds en aan het einde beoordeeld"),
        _(
            "Er is tussentijds beoordeeld en daarna heeft de school een eindbeoordeling vastgesteld, "
            "uiterlijk twee weken na het einde."
        ),
        _("4, standaard 8"),
        "8",
    ),
    Rule(
        "BEO-12",
        "BEO-12",
        _("Resultaat verteld"),
        _("Uiterlijk twee weken na het einde hebben student en praktijkopleider het resultaat in een gesprek gehoord."),
        _("4.4, eindbeoordeling"),
    ),
    Rule(
        "S8-d",
        "S8-d",
        _("Dossier afgesloten"),
        _(
            "Het resultaat, en hoe het tot stand kwam, staat in het bpv-dossier. "
            "Het dossier is uiterlijk vier weken na het einde afgesloten."
        ),
        _("4, standaard 8"),
        "8",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _RULES}
