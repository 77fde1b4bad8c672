"""Pages for the beoordelingsplan of an opleiding, and for the one of a placement."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment import agreeing, plans, sharing
from assessment.forms_plan import CohortForm, DiscussedForm, PartRows, PlanForm
from assessment.models import Plan
from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from placements.access import is_student, is_supervisor, may_guide
from placements.messages import Receiver
from placements.models import Placement
from students.models import Programme


def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The plans of an opleiding by cohort and version; a new one begins with the texts of the newest."""
    user = signed_in(request)
    programme = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    may_plan = plans.may_plan(user, programme)
    require(may_plan or request.method != "POST")
    form = CohortForm(request.POST or None, initial={"cohort": clock.today().year})
    if request.method == "POST" and form.is_valid():
        made = plans.draft(programme=programme, by=user, **form.cleaned_data)
        return redirect("plan_edit", pk=made.pk)
    found = Plan.objects.visible_to(user).filter(programme=programme).prefetch_related("parts")
    context = {"form": form, "programme": programme, "plans": found, "may_plan": may_plan}
    return render(request, "assessment/plans.html", context)


def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on a draft, or read what was published."""
    user = signed_in(request)
    plan = get_object_or_404(Plan.objects.visible_to(user).select_related("programme", "published_by"), pk=pk)
    parts = list(plan.parts.all())
    may_edit = plans.may_plan(user, plan.programme) and not plan.published_at
    require(may_edit or request.method != "POST")
    form, rows = PlanForm(request.POST or None, instance=plan), PartRows(request.POST or None, parts)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        publish = "vaststellen" in request.POST
        if attempt(form, lambda: _kept(plan, rows, user, publish=publish)):
            messages.success(request, _("Het plan is vastgesteld.") if publish else _("Het concept is bewaard."))
            return redirect("plan_edit", pk=pk)
    context = {"form": form, "rows": rows.forms, "plan": plan, "parts": parts, "may_edit": may_edit}
    return render(request, "assessment/plan_edit.html", context | {"sum": sum(part.weight for part in parts)})


def _kept(plan: Plan, rows: PartRows, user: Any, *, publish: bool) -> None:
    plans.save(plan=plan, parts=rows.parts(), by=user)
    if publish:
        plans.publish(plan=plan, by=user)


def plan_of_placement(request: HttpRequest, number: str) -> HttpResponse:
    """How this bpv is assessed, with whom that was agreed; student and praktijkopleider agree here."""
    user = signed_in(request)
    placement = get_object_or_404(Placement.objects.visible_to(user).for_list(), number=number)
    guides = may_guide(user, placement)
    party = "student" if is_student(user, placement) else "company" if is_supervisor(user, placement) else ""
    require(bool(guides or party) or request.method != "POST")
    today = {"on": clock.today()}
    sent = (request.POST if guides else today) if request.method == "POST" else None
    form = DiscussedForm(sent, initial=today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data if guides else today
        if attempt(form, lambda: agreeing.agree(placement=placement, by=user, **given)):
            messages.success(request, _("Vastgelegd: het beoordelingsplan is besproken."))
            return redirect("plan_of_placement", number=number)
    agreed = sharing.of(placement)
    context = {
        "form": form,
        "placement": placement,
        "agreed": agreed,
        "plan": agreed.plan if agreed else plans.holding_for(placement),
        "guides": guides,
        "untold": _names(sharing.untold(placement, agreed)) if agreed and guides and not placement.closed_at else "",
        "may_agree": bool(agreed and party and not _agreed_on(agreed, party)) and not placement.closed_at,
    }
    return render(request, "assessment/plan_of_placement.html", context)


def _names(receivers: list[Receiver]) -> str:
    return ", ".join(receiver.person.full_name for receiver in receivers)


def _agreed_on(agreed: Any, party: str) -> Any:
    return agreed.student_agreed_on if party == "student" else agreed.supervisor_agreed_on


@require_POST
def plan_share(request: HttpRequest, number: str) -> HttpResponse:
    """Fix the plan for this placement and tell both."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement))
    form = DiscussedForm({})
    if attempt(form, lambda: sharing.share(placement=placement, by=request.user)):
        messages.success(request, _("Het beoordelingsplan is gedeeld met wie een e-mailadres heeft."))
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("plan_of_placement", number=number)
