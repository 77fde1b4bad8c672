"""The hours of a placement: the page, the decisions on it, the list to take along and the PDF."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bpv.core import audit, clock, tables
from bpv.core.access import require
from bpv.core.forms import attempt
from compliance import hours_sheet, hours_words
from compliance.forms_hours import DecisionForm
from compliance.hours import Hours
from placements import hours as deeds
from placements.access import is_student, may_confirm_hours, may_decide_hours, may_manage, may_see_all
from placements.models import Decision, HoursDecision, Placement
from placements.views_hours import kept

KINDS = {"pok": Decision.LATE_POK, "beoordeelbaar": Decision.ASSESSABLE, "onderdelen": Decision.PARTS}
SHOWN = 8  # weeks in sight; the others are folded


@require_safe
def hours(request: HttpRequest, number: str) -> HttpResponse:
    """Planned, realised, absent and the norm side by side, the three answers, and the weeks."""
    user: Any = request.user
    placement, today = kept(request, number), clock.today()
    found = Hours(placement, today, own=is_student(user, placement))
    context = {
        "placement": placement,
        "hours": found,
        "total": found.sheet.total,
        "norms": [(norm, hours_words.norm_source(norm)) for norm in found.norms],
        "excused": hours_sheet.absences(found.sheet.total),
        "rows": found.rows[:SHOWN],
        "older": found.rows[SHOWN:],
        "own": is_student(user, placement),
        "is_staff": may_see_all(user, placement),
        "may_confirm": may_confirm_hours(user, placement),
        "may_manage": may_manage(user, placement),
        "decisions": [
            (word, kind, found.sheet.decisions.get(kind), may_decide_hours(user, placement, kind))
            for word, kind in KINDS.items()
            if kind != Decision.LATE_POK or found.asks_late_pok or found.sheet.late_pok
        ],
        "extend": HoursDecision.Answer.EXTEND,
        "alternative": HoursDecision.Answer.ALTERNATIVE,
        "following": _planning_after(placement),
        "parts": Decision.PARTS,
        "assessable": Decision.ASSESSABLE,
    }
    return render(request, "compliance/hours.html", context)


def _planning_after(placement: Placement) -> str:
    """Where the bpv that follows on this one is planned, filled in as far as it is known: it has a POK of its own."""
    after = {
        "enrolment": placement.enrolment_id,
        "location": placement.location_id,
        "supervisor": placement.supervisor_id or "",
        "start": placement.last_day + timedelta(days=1),
        "hours_per_week": placement.hours_per_week,
    }
    return f"{reverse('placement_new')}?{urlencode(after)}"


def decide(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Record a decision about hours, with its reason (T3, UUR-03, UUR-05)."""
    placement, today = kept(request, number), clock.today()
    decision = KINDS[kind]
    require(may_decide_hours(request.user, placement, decision))
    sheet = Hours(placement, today).sheet
    before = sheet.completed_late_on if decision == Decision.LATE_POK else None
    if decision == Decision.LATE_POK and before is None:
        raise Http404
    standing = sheet.late_pok if decision == Decision.LATE_POK else sheet.decisions.get(decision)
    initial = {"answer": standing.answer, "text": standing.text} if standing else {}
    form = DecisionForm(request.POST or None, kind=decision, initial=initial)

    def deed() -> HoursDecision:
        about = {"placement": placement, "kind": decision, "before": before}
        return deeds.decide(**about, **form.cleaned_data, by=request.user, today=today)

    if request.method == "POST" and form.is_valid() and attempt(form, deed):
        messages.success(request, _("Het besluit is vastgelegd."))
        return redirect("hours", number=number)
    context = {"form": form, "placement": placement, "kind": kind, "before": before}
    return render(request, "compliance/hours_decide.html", context)


@require_POST
def export(request: HttpRequest, number: str) -> FileResponse:
    """Every day of the weeks that were handed in, as a file."""
    placement, today, form = kept(request, number), clock.today(), tables.form_of(request)
    rows = list(hours_sheet.rows(Hours(placement, today)))
    made = tables.download(form, name=f"uren-{number}", day=today, columns=hours_sheet.COLUMNS, rows=rows)
    count = len(rows)
    audit.record("hours_exported", subject=placement, by=request.user, dossier=placement.pk, count=count)
    return made


@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The urenverantwoording as PDF."""
    today = clock.today()
    content = hours_sheet.pdf_of(Hours(kept(request, number), today))
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="urenverantwoording.pdf"'
    return answer
