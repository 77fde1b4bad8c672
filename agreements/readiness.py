"""What is missing before a POK is made and offered: each thing with the page on which it is mended.

What the law or the standard forbids `blocks`; the rest is a warning. Only reads: for many placements at once ask them
with `with_what_is_read`, then the number of queries is the same for one and for three hundred.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Annex, Kind, Pok
from bpv.core.bsn import has_bsn
from placements.models import Placement
from standards.hours import adds_up, short_of, split_hours
from standards.norms import norms_for
from standards.words import long_date
from students.models import Leerweg, Programme, WorkPermit

ADULT = 18
PARTS = ("guide", "content", "guidance", "learning", "assessment")  # of an annex (S5-BIJL)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, in a sentence, and the button that mends it."""

    text: str
    blocks: bool
    url_name: str
    url_args: tuple[Any, ...]
    button: str
    query: dict[str, str] = field(default_factory=dict)
    anchor: str = ""

    def url(self, back: str = "") -> str:
        """The address of the page on which it is mended; from there one comes back to `back`."""
        asked = self.query | ({"terug": back} if back else {})
        return reverse(self.url_name, args=self.url_args) + (f"?{urlencode(asked)}" if asked else "") + self.anchor


def with_what_is_read(found: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with everything that `gaps` looks at."""
    here = ("location__accreditations", "location__checks", "location__contacts")
    found = found.select_related("student__work_permit", "student__guardian", "programme", "location", "supervisor")
    return found.prefetch_related(*here, "programme__annexes", "poks")


def gaps(placement: Placement, today: date, pok: Pok | None = None, kind: str = Kind.QUALIFICATION) -> list[Gap]:
    """What is missing for the POK of this placement, what blocks first.

    Without `pok`: before one of this kind is made. With one: before that one is offered; for a document that belongs
    to a POK nothing is asked here.
    """
    if pok is not None and not pok.is_main:
        return []
    kind = pok.kind if pok else kind
    found = [
        *_accreditation(placement, kind, today),
        *_company(placement),
        *_annex(placement, pok),
        *_hours(placement, pok),
        *_texts(pok),
        *_late(pok, today),
        *_student(placement),
        *_permit(placement),
        *_minor(placement, pok),
    ]
    return sorted(found, key=lambda gap: not gap.blocks)


def blocking(placement: Placement, today: date, pok: Pok | None = None, kind: str = Kind.QUALIFICATION) -> list[Gap]:
    """Only what refuses the deed."""
    return [gap for gap in gaps(placement, today, pok, kind) if gap.blocks]


def require_ready(placement: Placement, today: date, pok: Pok | None = None, kind: str = Kind.QUALIFICATION) -> None:
    """Raise ValidationError with every sentence that blocks."""
    if found := blocking(placement, today, pok, kind):
        raise ValidationError([gap.text for gap in found], code="not_ready")


def annex_of(programme: Programme) -> Annex | None:
    """The newest version of the bijlage."""
    return max(programme.annexes.all(), key=lambda annex: annex.version, default=None)


def is_minor(placement: Placement) -> bool:
    """Whether the student is under 18 on the first day (T26)."""
    return placement.student.age_on(placement.start) < ADULT


def _accreditation(placement: Placement, kind: str, today: date) -> Iterator[Gap]:
    """LB-01, LB-02: erkend for the crebo on the start, for keuzedelen only for any crebo; LB-03: looked up lately."""
    location, crebo, start = placement.location, placement.programme.crebo, placement.start
    only_keuzedelen = kind == Kind.KEUZEDEEL
    standing = {
        accreditation.crebo
        for accreditation in location.accreditations.all()
        if accreditation.stands_on(start) and (only_keuzedelen or accreditation.crebo == crebo)
    }
    page: dict[str, Any] = {"url_name": "accreditation_check", "url_args": (location.sbb_id,)}
    page |= {"query": {"crebo": crebo}, "button": _("Erkenning nakijken")}
    words = {"name": location.name, "day": long_date(start), "crebo": crebo}
    if not standing:
        text = _(
            "%(name)s is op %(day)s niet erkend voor %(crebo)s. Kijk de erkenning na of kies een ander leerbedrijf."
        )
        if only_keuzedelen:
            text = _("%(name)s is op %(day)s voor geen enkele opleiding erkend. Kies een ander leerbedrijf.")
        yield Gap(text % words, True, **page)
        return
    most = norms_for(start).accreditation_check_days
    looked = [check.on for check in location.checks.all() if check.accredited and check.crebo in standing]
    if not looked:
        text = _("Er is nog niet vastgelegd dat iemand op Stagemarkt.nl keek of %(name)s is erkend.")
        yield Gap(text % words, True, **page)
    elif (today - max(looked)).days > most:
        text = _(
            "De erkenning van %(name)s is het laatst nagekeken op %(day)s. Dat is meer dan %(count)s dagen geleden."
        )
        yield Gap(text % (words | {"day": long_date(max(looked)), "count": most}), False, **page)


def _company(placement: Placement) -> Iterator[Gap]:
    """LB-04: a praktijkopleider; POK-11, T15: who signs, and an address for whoever gets a link."""
    location, supervisor = placement.location, placement.supervisor
    contacts = list(location.contacts.all())
    if supervisor is None:
        text = _("Er is nog geen praktijkopleider. Wijzig de plaatsing en kies er een.")
        there = any(contact.is_supervisor for contact in contacts)
        if there:
            yield Gap(text, True, "placement_edit", (placement.number,), _("Praktijkopleider kiezen"))
        else:
            text = _("Er is nog geen praktijkopleider, ook niet bij het leerbedrijf. Voeg er een toe en kies die.")
            yield Gap(text, True, "contact_new", (location.sbb_id,), _("Contactpersoon toevoegen"))
    elif not supervisor.email:
        yield _without_address(supervisor)
    signatory = next((contact for contact in contacts if contact.is_signatory), None)
    if signatory is None and supervisor:
        text = _("Er is geen tekenbevoegde bekend. %(name)s tekent dan en bevestigt dat dit mag van het leerbedrijf.")
        words = {"name": supervisor.full_name}
        yield Gap(text % words, False, "location", (location.sbb_id,), _("Tekenbevoegde vastleggen"), anchor="#mensen")
    elif signatory and signatory != supervisor and not signatory.email:
        yield _without_address(signatory)


def _without_address(contact: Any) -> Gap:
    text = _("Van %(name)s is geen e-mailadres bekend. Digitaal tekenen kan dan niet.") % {"name": contact.full_name}
    where = (contact.location.sbb_id, contact.pk)
    return Gap(text, False, "contact_edit", where, _("E-mailadres invullen"))


def _annex(placement: Placement, pok: Pok | None) -> Iterator[Gap]:
    """S5-BIJL: the four parts, and which bpv-gids they come from."""
    programme = placement.programme
    if pok and pok.annex is None:
        text = _("In deze POK zit geen bijlage. Trek hem in en maak een nieuwe.")
        yield Gap(text, True, "pok_withdraw", (pok.pk,), _("POK intrekken"))
        return
    annex = pok.annex if pok else annex_of(programme)
    words = {"name": programme.name}
    if annex is None:
        text = _("De opleiding %(name)s heeft nog geen bijlage bij de POK.")
        yield Gap(text % words, True, "annex", (programme.pk,), _("Bijlage maken"))
    elif not all(getattr(annex, part).strip() for part in PARTS):
        text = _("De bijlage van %(name)s is niet compleet.")
        yield Gap(text % words, True, "annex", (programme.pk,), _("Bijlage aanvullen"))


def _hours(placement: Placement, pok: Pok | None) -> Iterator[Gap]:
    """Per school year together the total; BBL at least 610 a year (WEB 7.2.7), which the school may answer for."""
    agreed: Any = pok or placement
    start, end, total = agreed.start, agreed.end, agreed.hours_total
    by_year = pok.hours_by_year if pok else split_hours(start, end, total)
    if not adds_up(start, end, total, by_year):
        text = _("De uren per schooljaar zijn samen niet het totaal van %(total)s uur.") % {"total": total}
        where = (pok.pk if pok else placement.number,)
        yield Gap(text, True, "pok_withdraw", where, _("POK intrekken"))
        return
    for short in short_of(placement.programme.leerweg, start, end, by_year):
        text = _("Voor BBL zijn in schooljaar %(year)s ten minste %(needed)s uren nodig. Er staan er %(hours)s.")
        words = {"year": short.year, "needed": short.needed, "hours": short.hours}
        if pok:
            yield Gap(text % words, False, "pok_withdraw", (pok.pk,), _("POK intrekken"))
        else:
            yield Gap(text % words, False, "placement_edit", (placement.number,), _("Uren wijzigen"))


def _texts(pok: Pok | None) -> Iterator[Gap]:
    """No BSN in what somebody typed."""
    if pok is None:
        return
    typed = [pok.days, pok.late_reason, *(str(value) for value in pok.particulars.values())]
    if any(has_bsn(text) for text in typed):
        text = _("In de tekst van deze POK staat een getal dat een BSN lijkt. Trek hem in en maak een nieuwe.")
        yield Gap(text, True, "pok_withdraw", (pok.pk,), _("POK intrekken"))


def _late(pok: Pok | None, today: date) -> Iterator[Gap]:
    """POK-03: offered when the bpv has begun only with a reason; the form of a new POK asks for it itself."""
    if pok and pok.start <= today and not pok.late_reason:
        text = _("De bpv is al begonnen. Leg vast waarom de POK nu pas komt.")
        yield Gap(text, True, "pok_supplement", (pok.pk,), _("Reden vastleggen"))


def _student(placement: Placement) -> Iterator[Gap]:
    student = placement.student
    if not student.email:
        text = _("Van %(name)s is geen e-mailadres bekend. Digitaal tekenen kan dan niet.")
        words = {"name": student.full_name}
        yield Gap(text % words, False, "student_reach", (student.number,), _("E-mailadres invullen"))


def _permit(placement: Placement) -> Iterator[Gap]:
    """TWV-01, T24: only what was seen; a warning, because the school does not decide about it."""
    permit: WorkPermit | None = getattr(placement.student, "work_permit", None)
    if permit is None:
        return
    text = ""
    match permit.state:
        case WorkPermit.State.NEEDED:
            text = _("De tewerkstellingsvergunning (TWV) is nog niet verleend. Zonder TWV mag de bpv niet beginnen.")
        case WorkPermit.State.GRANTED if permit.valid_until and permit.valid_until < placement.end:
            text = _("De TWV geldt tot en met %(until)s. De bpv duurt tot en met %(end)s.")
            text %= {"until": long_date(permit.valid_until), "end": long_date(placement.end)}
        case WorkPermit.State.EXEMPT if placement.programme.leerweg == Leerweg.BBL:
            text = _("De vrijstelling van de TWV geldt niet voor BBL. Voor deze bpv is een TWV nodig.")
        case WorkPermit.State.EXEMPT:
            text = _("De student is vrijgesteld van de TWV. Een stagevergoeding mag dan niet, reiskosten wel.")
    if text:
        yield Gap(text, False, "work_permit", (placement.student.number,), _("Werkvergunning bekijken"))


def _minor(placement: Placement, pok: Pok | None) -> Iterator[Gap]:
    """T26: under 18 on the first day the parents are informed, or sign along; the school decides (MINORS)."""
    if settings.MINORS not in ("inform", "cosign") or not is_minor(placement):
        return
    student, cosign = placement.student, settings.MINORS == "cosign"
    if getattr(student, "guardian", None) is None:
        text = (
            _("%(name)s is op de eerste dag nog geen 18. Vul in welke ouder of voogd meetekent.")
            if cosign
            else _("%(name)s is op de eerste dag nog geen 18. Vul in welke ouder of voogd je informeert.")
        )
        words = {"name": student.full_name}
        yield Gap(text % words, cosign, "guardian", (student.number,), _("Ouder invullen"))
    elif pok and not cosign and pok.parents_informed_on is None:
        text = _("Leg vast wanneer de ouders van %(name)s zijn geïnformeerd.") % {"name": student.full_name}
        yield Gap(text, False, "pok_supplement", (pok.pk,), _("Datum vastleggen"))
