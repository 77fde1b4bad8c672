"""The start of a bpv: who can be reached how (S4.2-c, BEG-17), and what is agreed (VB-07, BEG-14, BEG-15)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpv.core import audit, clock, documents, mail
from placements.access import hold_open
from placements.messages import Receivers, receivers_of
from placements.models import Placement, State
from placements.papers import Paper, head_of
from visits.models import StartAgreements, StartNotice

MOST = 200  # placements in one run
LATEST = timedelta(days=28)  # a start longer ago is no news
TOPICS = ("reflection", "assignments", "division", "guidance", "assessment", "interim", "return_days")  # VB-07
OTHERS = ("feedback", "self_study")  # BEG-15
TASKS = {  # BEG-14
    "introduction": gettext_lazy("het introductiegesprek"),
    "colleagues": gettext_lazy("kennismaken met collega's"),
    "work": gettext_lazy("begeleiden bij het werk"),
    "progress": gettext_lazy("de voortgangsgesprekken"),
    "assignments": gettext_lazy("begeleiden bij opdrachten en verslagen"),
    "final": gettext_lazy("het eindgesprek"),
}


def tell_waiting(today: date) -> int:
    """On the first day student and praktijkopleider hear how the bpv-docent is reached; and again of a new one.

    Returns for how many placements; each is one transaction, and twice is impossible (start_notice_once).
    """
    told = StartNotice.objects.filter(placement=OuterRef("pk"), teacher=OuterRef("teacher"))
    started = Placement.objects.filter(
        state=State.PLANNED, teacher__isnull=False, start__lte=today, start__gte=today - LATEST, end__gte=today
    )
    waiting = started.exclude(teacher__reachability="").exclude(Exists(told)).order_by("start", "pk")
    return sum(_tell(pk) for pk in waiting.values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _tell(pk: int) -> int:
    locked = Placement.objects.select_for_update(of=("self",))
    placement = locked.select_related("teacher", "student__user", "supervisor__user", "location").get(pk=pk)
    _notice, new = StartNotice.objects.get_or_create(placement=placement, teacher=placement.teacher)
    if not new:
        return 0
    for receiver in receivers_of(placement, Receivers.BOTH):
        about = {"dossier": pk, "language": receiver.language, "name": receiver.person.full_name}
        words = {"placement": placement, "teacher": placement.teacher, "page": _page(placement, "")}
        key = f"{pk}:{placement.teacher_id}:{receiver.role}"
        mail.queue("bpv_started", to=receiver.person.email, key=key, **about, **words)
    audit.record("start_told", subject=placement, by=None, dossier=pk, teacher=placement.teacher.full_name)
    return 1


def _page(placement: Placement, part: str) -> str:
    return f"{settings.SITE_URL}/link/?next=/plaatsingen/{placement.number}/{part}"


def of(placement: Placement) -> StartAgreements | None:
    """What is written down, if anything."""
    return StartAgreements.objects.filter(placement=placement).first()


def missing(agreements: StartAgreements) -> list[str]:
    """Which of the seven agreements are still open, by name of the field."""
    return [name for name in TOPICS if not getattr(agreements, name)]


@transaction.atomic
def write(*, placement: Placement, by: Any, today: date, establish: bool, **fields: Any) -> StartAgreements:
    """Keep the agreements; with `establish` they stand, and both get a mail where to read them.

    Raises ValidationError at the field for each of the seven that is empty when they are to stand (VB-07), and when
    the dossier is closed (S8-d).
    """
    hold_open(placement)
    kept = of(placement) or StartAgreements(placement=placement)
    for name, value in fields.items():
        setattr(kept, name, value)
    if establish and (empty := missing(kept)):
        raise ValidationError(dict.fromkeys(empty, _("Vul dit in voor je de afspraken vastlegt.")))
    kept.updated_at, kept.updated_by = clock.now(), by
    kept.established_on = today if establish else None
    kept.save()
    audit.record("start_agreements_kept", subject=kept, by=by, dossier=placement.pk)
    if establish:
        _send(kept)
    return kept


def _send(kept: StartAgreements) -> None:
    placement = kept.placement
    for receiver in receivers_of(placement, Receivers.BOTH):
        about = {"dossier": placement.pk, "language": receiver.language, "name": receiver.person.full_name}
        words = {"placement": placement, "page": _page(placement, "startafspraken/")}
        key = f"{kept.pk}:{kept.updated_at.isoformat()}:{receiver.role}"
        mail.queue("start_agreements", to=receiver.person.email, key=key, **about, **words)


@dataclass(frozen=True)
class Sheet(Paper):
    """All that the PDF reads."""

    established_on: date | None
    topics: list[tuple[str, str]]
    tasks: list[tuple[str, str]]


def topics_of(kept: StartAgreements) -> list[tuple[str, str]]:
    """The seven agreements and the two of BEG-15, with their questions."""
    return [(_name(name), getattr(kept, name)) for name in (*TOPICS, *OTHERS) if getattr(kept, name)]


def tasks_of(kept: StartAgreements) -> list[tuple[str, str]]:
    """Who does which of the six tasks."""
    return [(str(label), kept.responsible[task]) for task, label in TASKS.items() if kept.responsible.get(task)]


def _name(field: str) -> str:
    name = str(StartAgreements._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return name[:1].upper() + name[1:]


def pdf_of(kept: StartAgreements) -> bytes:
    """The agreements as PDF/A and PDF/UA, in the reader's language."""
    placement = kept.placement
    sheet = Sheet(
        head=head_of(placement),
        established_on=kept.established_on,
        topics=topics_of(kept),
        tasks=tasks_of(kept),
    )
    return documents.render("visits/pdf/start_agreements.html", sheet)
