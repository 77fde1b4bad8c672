"""BBL enrolments without a signed POK for the kwalificatie, and searches that run; with their dates and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.models import Placement, Search, SearchStep
from standards import bbl
from standards.words import long_date
from students.models import Enrolment

NONE, PLANNED, UNSIGNED, SIGNED = "geen", "plek", "pok", "getekend"
PLACES = {
    NONE: gettext_lazy("geen plek"),
    PLANNED: gettext_lazy("plek, nog geen POK"),
    UNSIGNED: gettext_lazy("POK nog niet getekend"),
    SIGNED: gettext_lazy("POK getekend"),
}
NOT_SEARCHED, SEARCHED, AGREED, DECIDED = "niet", "loopt", "afspraken", "besluit"
SEARCHES = {
    NOT_SEARCHED: gettext_lazy("nog geen zoektocht"),
    SEARCHED: gettext_lazy("zoekt, zonder afspraken"),
    AGREED: gettext_lazy("zoekt, met afspraken"),
    DECIDED: gettext_lazy("inschrijving eindigt"),
}
# How urgent: the shape and the words, by `bbl.urgency`.
URGENCY = (
    ("coming", gettext_lazy("er is nog tijd")),
    ("soon", gettext_lazy("let op: geen getekende POK")),
    ("soon", gettext_lazy("dringend")),
    ("soon", gettext_lazy("zeer dringend")),
    ("soon", gettext_lazy("laatste weken")),
    ("missed", gettext_lazy("31 december is voorbij")),
)


@dataclass(frozen=True)
class Row:
    """One enrolment on the list."""

    enrolment: Enrolment
    search: Search | None
    place: str
    dates: bbl.Dates | None  # of a BBL enrolment
    state: str
    word: str
    last_step: SearchStep | None

    @property
    def place_word(self) -> Any:
        """Whether there is a place, in words."""
        return PLACES[self.place]

    @property
    def support_until(self) -> date | None:
        """BBL-05: the last day of the help after a decision to end."""
        return support_until(self.search)


def of(user: Any, today: date) -> Any:
    """The enrolments of the person's teams that belong on the list, with `place` and `searched`.

    BBL from 1 April before it begins (BBL-02) until it ends, without a POK that everybody signed; and every enrolment
    with a search that runs, also of BOL.
    """
    found: Any = Enrolment.objects.visible_to(user)
    coming = date(today.year + (today >= date(today.year, 4, 1)), 4, 1)  # who starts from here searches later
    searches = Search.objects.filter(enrolment=OuterRef("pk"), closed_on=None)
    found = found.annotate(place=_place(today), searched=_searched(searches))
    needs = Q(programme__leerweg="BBL", start__lt=coming) & (Q(end=None) | Q(end__gte=today)) & ~Q(place=SIGNED)
    return found.filter(needs | ~Q(searched=NOT_SEARCHED))


def _place(today: date) -> Case:
    mine = Placement.objects.active_on(today).filter(enrolment=OuterRef("pk"))
    related: Any = Placement._meta.get_field("poks").related_model
    poks = related.objects
    standing = Placement.objects.active_on(today).filter(enrolment=OuterRef(OuterRef("pk")))
    live = poks.filter(placement__in=standing, kind="qualification", withdrawn_on=None)
    signatures = poks.model._meta.get_field("signatures").related_model.objects
    signed = live
    for party in ("student", "company", "school"):
        signed = signed.filter(Exists(signatures.filter(pok=OuterRef("pk"), party=party)))
    return Case(
        When(Exists(signed), then=Value(SIGNED)),
        When(Exists(live), then=Value(UNSIGNED)),
        When(Exists(mine), then=Value(PLANNED)),
        default=Value(NONE),
        output_field=CharField(),
    )


def _searched(searches: Any) -> Case:
    agreed = searches.filter(student_agreed_at__isnull=False, school_agreed_at__isnull=False)
    return Case(
        When(Exists(searches.filter(decision="end")), then=Value(DECIDED)),
        When(Exists(agreed), then=Value(AGREED)),
        When(Exists(searches), then=Value(SEARCHED)),
        default=Value(NOT_SEARCHED),
        output_field=CharField(),
    )


def filtered(found: Any, wanted: dict[str, str]) -> Any:
    """q, team, plek and zoek, as the address asks."""
    if "q" in wanted:
        found = found.matching(wanted["q"])
    if "team" in wanted:
        found = found.filter(programme__team=wanted["team"])
    if "plek" in wanted:
        found = found.filter(place=wanted["plek"])
    return found.filter(searched=wanted["zoek"]) if "zoek" in wanted else found


def counts(found: Any) -> dict[str, int]:
    """How many there are by search, and all of them under ""; in one query."""
    each = {f"n_{name}": Count("pk", filter=Q(searched=name)) for name in SEARCHES}
    row = found.order_by().aggregate(**each, n_=Count("pk"))
    return {name.removeprefix("n_"): number for name, number in row.items()}


def ordered(found: Any) -> Any:
    """By name, with what a row shows; two queries besides, however many rows."""
    steps = Prefetch("steps", SearchStep.objects.select_related("by").order_by("-on", "-id"))
    running = Search.objects.filter(closed_on=None).prefetch_related(steps)
    shown = found.select_related("student", "programme__team").order_by("student__sort_key", "id")
    return shown.prefetch_related(Prefetch("searches", running, to_attr="running"))


def rows(found: Iterable[Any], today: date) -> list[Row]:
    """The enrolments as rows of the list."""
    return [row(enrolment, enrolment.running[0] if enrolment.running else None, today) for enrolment in found]


def row(enrolment: Any, search: Search | None, today: date) -> Row:
    """One row; `enrolment` comes from `of` and has `place`."""
    programme = enrolment.programme
    dates = None
    state, word = "coming", str(_("vervangende plek"))
    if programme.leerweg == "BBL":
        whole = bbl.Enrolled(enrolment.start, enrolment.end, programme.level, programme.vws)
        dates = bbl.dates(whole, today)
        late = bbl.began_late(enrolment.start)
        state, word = in_words(search, dates, enrolment.place, today, began_late=late)
    steps = list(search.steps.all()) if search else []
    return Row(enrolment, search, enrolment.place, dates, state, word, steps[0] if steps else None)


def in_words(search: Search | None, dates: bbl.Dates, place: str, today: date, *, began_late: bool) -> tuple[str, str]:
    """The shape and words of how urgent it is; after a decision until when the school helps."""
    if until := support_until(search):
        if until < today:
            return "late", _("begeleiding tot en met %(day)s is voorbij") % {"day": long_date(until)}
        return "soon", _("begeleiding tot en met %(day)s") % {"day": long_date(until)}
    if place == SIGNED:
        return "done", _("plek gevonden: rond de zoektocht af")
    if began_late and dates.counted_on > today:
        return "coming", _("telt mee vanaf %(day)s") % {"day": long_date(dates.counted_on)}
    state, word = URGENCY[bbl.urgency(today, dates.year)]
    return state, str(word)


def support_until(search: Search | None) -> date | None:
    """BBL-05: the last day of the help, when it was decided that the enrolment ends."""
    if search is None or search.decision != Search.Decision.END or search.decided_on is None:
        return None
    return bbl.support_until(search.decided_on)


def concluded(enrolment: Enrolment) -> list[bbl.Concluded]:
    """The POKs of this enrolment that everybody signed, as the funding rule needs them."""
    found = []
    for placement in enrolment.placements.exclude(state="cancelled").prefetch_related("poks__signatures"):
        for pok in placement.poks.all():
            signed = {signature.party: signature.signed_on for signature in pok.signatures.all()}
            if pok.is_live and pok.is_main and {"student", "company", "school"} <= signed.keys():
                last_day = min(pok.end, placement.last_day)
                found.append(bbl.Concluded(max(signed.values()), pok.start, last_day, pok.kind == "qualification"))
    return found
