"""Pages for the judgement of the leerbedrijf: one page, no account."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment import delegating, rights, sharing
from assessment import hearing as deeds
from assessment.forms_hearing import DelegateForm, HearingForm
from assessment.forms_scores import parts_for
from assessment.models import CompanyJudgement
from assessment.saving import answer_to_saving, is_saving
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_supervisor, may_guide, may_see_all
from placements.models import Placement


def hearing(request: HttpRequest, number: str) -> HttpResponse:
    """Give the judgement, or read what was handed in; the student reads it on the page of the end."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    own = is_supervisor(request.user, placement)
    require(own or may_see_all(request.user, placement))
    heard = placement.supervisor.full_name if placement.supervisor else ""
    return _page(request, placement, own=own, heard=heard, page="hearing", key=number)


def delegated(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for the werkbegeleider who was asked, who may see nothing else of the placement."""
    related = ("student", "programme", "location", "enrolment", "supervisor", "teacher", "team")
    found = deeds.delegated_to(request.user).select_related("delegate", *(f"placement__{name}" for name in related))
    kept = get_object_or_404(found, pk=pk)
    return _page(request, kept.placement, own=True, heard=kept.delegate.full_name, page="delegated", key=pk)


def _page(request: HttpRequest, placement: Placement, *, own: bool, heard: str, page: str, key: Any) -> HttpResponse:
    kept, moment = deeds.of(placement), rights.moment_of(placement)
    may_write = not (moment.company_in or moment.is_decided or moment.is_closed)
    may_write &= own or may_guide(request.user, placement)
    require(own or may_guide(request.user, placement) or request.method != "POST")
    submit = "bewaren" not in request.POST
    draft = _draft_for(kept, own)
    same = draft and (draft.by_id == request.user.pk or not own)
    form = HearingForm(
        request.POST or None,
        instance=draft,
        initial={"assessor": (same and draft.assessor) or heard},
        parts=parts_for(sharing.of(placement), "company", "both"),
        on_behalf=not own,
        submit=submit,
    )
    if request.method == "POST":
        deed = {"placement": placement, "by": request.user, "submit": submit, "read": request.POST.get("gelezen")}
        done = form.is_valid() and attempt(form, lambda: deeds.write(**deed, **form.given()))
        if is_saving(request):
            return answer_to_saving(request, done)
        if done:
            messages.success(request, _("Het oordeel is ingeleverd.") if submit else _("Bewaard."))
            return redirect(page, key)
    now = deeds.of(placement)
    context = {
        "form": form,
        "placement": placement,
        "moment": moment,
        "kept": now,
        "read": deeds.stamp(now),
        "overtaken": form.has_error(NON_FIELD_ERRORS, code="overtaken"),
        "own": own,
        "is_delegate": page == "delegated",
        "may_write": may_write,
        "ask": DelegateForm(placement=placement) if may_write and page == "hearing" else None,
    }
    return render(request, "assessment/hearing.html", context)


def _draft_for(kept: CompanyJudgement | None, own: bool) -> CompanyJudgement | None:
    """Leerbedrijf and school each go on with their own words: what the other is still writing stays out of the form."""
    if kept is None or kept.submitted_at or own == (kept.way == "own"):
        return kept
    return CompanyJudgement(placement=kept.placement)


@require_POST
def hearing_delegate(request: HttpRequest, number: str) -> HttpResponse:
    """Ask a werkbegeleider to fill it in."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(is_supervisor(request.user, placement) or may_guide(request.user, placement))
    form = DelegateForm(request.POST, placement=placement)
    if form.is_valid() and attempt(
        form, lambda: delegating.delegate(placement=placement, by=request.user, **form.cleaned_data)
    ):
        asked = {"name": form.cleaned_data["to"].full_name}
        messages.success(request, _("%(name)s krijgt een mail met een eigen link.") % asked)
    else:
        refused = form.non_field_errors() or [_("Kies een collega van dit leerbedrijf met een e-mailadres.")]
        messages.error(request, " ".join(refused))
    return redirect("hearing", number=number)
