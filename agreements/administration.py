"""The list of the studentenadministratie: which POKs must still go into a dossier, and how far each is.

`stand` is computed in the database from signatures, seal and dates, as `lifecycle.state_of` computes it for one POK.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, CharField, Count, DateField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from agreements import services
from agreements.models import MAIN, Kind, Mode, Party, Pok, Signatory, Signature
from placements.models import Placement, State
from standards.norms import EDITIONS

AT_ONCE = 300  # POKs filed or taken along in one go

TO_FILE, TO_SEAL, FILED, OPEN, LATE = "opbergen", "zegel", "dossier", "open", "laat"
STANDS = {
    OPEN: _("nog niet compleet"),
    TO_SEAL: _("wacht op verzegeling"),
    TO_FILE: _("in dossier te zetten"),
    FILED: _("in dossier"),
}


def of(user: Any, today: date) -> Any:
    """The POKs that stand, of the teams whose studentenadministratie this person is; with `stand`, `due` and `late`.

    `due`: the last good day for the dossier (S5-BOL, S5-BBL); `late`: that day has passed and it is not there.
    """
    found: Any = Pok.objects.visible_to(user).live().filter(placement__team__in=user.roles.administration)
    owed = Q(kind__in=MAIN, filed_on=None, due__lt=today) & ~Q(placement__state=State.CANCELLED)
    return found.annotate(stand=_stand(), due=_due()).annotate(late=Case(When(owed, then=True), default=False))


def _stand() -> Case:
    signed = Q(complete_at__isnull=False) | _all_signed()
    by_hand = Q(mode__in=("", Mode.PAPER)) | Q(sealed_at__isnull=False)
    return Case(
        When(filed_on__isnull=False, then=Value(FILED)),
        When(~Q(kind__in=MAIN) & Q(sealed_at__isnull=False), then=Value(FILED)),  # lies with the POK it belongs to
        When(signed & by_hand, then=Value(TO_FILE)),
        When(signed, then=Value(TO_SEAL)),
        default=Value(OPEN),
        output_field=CharField(),
    )


def _all_signed() -> Q:
    """The same parties as `lifecycle.parties_of`."""

    def by(party: str) -> Exists:
        return Exists(Signature.objects.filter(pok=OuterRef("pk"), party=party))

    guardian = Exists(Signatory.objects.filter(pok=OuterRef("pk"), party=Party.GUARDIAN))
    company = Q(by(Party.COMPANY)) | Q(kind=Kind.FURTHER)
    return Q(by(Party.STUDENT)) & Q(by(Party.SCHOOL)) & company & (~Q(guardian) | Q(by(Party.GUARDIAN)))


def _due() -> Cast:
    """`deadlines.pok_filed_due`, by the edition of the norms that is valid on the start."""
    whens = []
    for norms in sorted(EDITIONS, key=lambda edition: edition.valid_from, reverse=True):
        since = Q(start__gte=norms.valid_from) if norms is not EDITIONS[0] else Q()
        after, before = timedelta(days=norms.bbl_filed_days_after), timedelta(days=norms.bol_filed_days_before)
        whens.append(When(Q(placement__programme__leerweg="BBL") & since, then=F("start") + Value(after)))
        whens.append(When(~Q(placement__programme__leerweg="BBL") & since, then=F("start") - Value(before)))
    return Cast(Case(*whens), DateField())


def filtered(found: Any, wanted: dict[str, str]) -> Any:
    """q, stand, team, leerweg, soort and schooljaar (its first year), as the address asks."""
    if wanted.get("stand") == LATE:
        found = found.filter(late=True)
    elif "stand" in wanted:
        found = found.filter(stand=wanted["stand"])
    if "team" in wanted:
        found = found.filter(placement__team=wanted["team"])
    if "leerweg" in wanted:
        found = found.filter(placement__programme__leerweg=wanted["leerweg"])
    if "soort" in wanted:
        found = found.filter(kind=wanted["soort"])
    if "jaar" in wanted:
        first, last = school_year(int(wanted["jaar"]))
        found = found.filter(start__lte=last, end__gte=first)
    return searched(found, wanted["q"]) if "q" in wanted else found


def searched(found: Any, typed: str) -> Any:
    """Words of the placement (student, number, leerbedrijf, class), or the beginning of a POK-nummer."""
    words = Placement.objects.matching(typed).order_by().values("pk")
    return found.filter(Q(placement__in=words) | Q(number__istartswith=typed.strip()))


def ordered(found: Any, wanted: dict[str, str]) -> Any:
    """What must be filed first on top; what is filed by its day, the last first. With what a row shows."""
    found = found.select_related("placement__student", "placement__programme", "placement__team", "placement__location")
    if wanted.get("stand") == FILED:
        return found.order_by("-filed_on", "placement__sort_key", "id")
    return found.order_by(F("filed_on").desc(nulls_first=True), "due", "placement__sort_key", "id")


def counts(found: Any) -> dict[str, int]:
    """How many POKs have each stand, how many are late, and all of them under ""; in one query."""
    each = {f"n_{stand}": Count("pk", filter=Q(stand=stand)) for stand in STANDS}
    row = found.order_by().aggregate(**each, n_laat=Count("pk", filter=Q(late=True)), n_=Count("pk"))
    return {name.removeprefix("n_"): number for name, number in row.items()}


def school_year(first: int) -> tuple[date, date]:
    """1 August to 31 July."""
    return date(first, 8, 1), date(first + 1, 7, 31)


def file_many(poks: Iterable[Pok], *, by: Any, on: date) -> tuple[list[Pok], list[tuple[Pok, str]]]:
    """Put each into its dossier: what was filed, and what was not with the reason. Each is a deed of its own."""
    filed, refused = [], []
    for pok in poks:
        try:
            filed.append(services.file_pok(pok=pok, by=by, on=on))
        except ValidationError as fault:
            refused.append((pok, " ".join(fault.messages)))
    return filed, refused
