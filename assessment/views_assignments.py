"""The opdrachten of a placement: the list, handing out, and own opdrachten of the leerbedrijf."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assessment import assignments, suggesting, turns
from assessment.forms_assignments import DecisionForm, HandOutForm
from assessment.forms_catalogue import ProposalForm
from assessment.models import Proposal
from assessment.views_goals import seen
from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import is_supervisor, may_guide


@require_safe
def assignment_list(request: HttpRequest, number: str) -> HttpResponse:
    """The opdrachten from easy to difficult, each with what the reader can do."""
    placement = seen(request, number)
    context = {
        "placement": placement,
        "lines": turns.lines_of(request.user, placement),
        "proposals": turns.proposals_of(request.user, placement),
        "may_guide": may_guide(request.user, placement) and not placement.closed_at,
        "may_propose": is_supervisor(request.user, placement) and not placement.closed_at,
        "today": clock.today(),
    }
    return render(request, "assessment/assignments.html", context)


def hand_out(request: HttpRequest, number: str) -> HttpResponse:
    """Choose from the catalogue of the opleiding."""
    placement = seen(request, number)
    require(may_guide(request.user, placement))
    form = HandOutForm(request.POST or None, placement=placement)
    deed = {"placement": placement, "by": request.user, "today": clock.today()}

    def handed_out() -> bool:
        return attempt(form, lambda: assignments.hand_out(**deed, **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and handed_out():
        count = len(form.cleaned_data["chosen"])
        said = ngettext("%(count)s opdracht is uitgedeeld.", "%(count)s opdrachten zijn uitgedeeld.", count)
        messages.success(request, said % {"count": count})
        return redirect("assignments", number=number)
    context = {"form": form, "placement": placement, "has_choice": form.fields["chosen"].queryset.exists()}
    return render(request, "assessment/hand_out.html", context)


def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose an own opdracht, by the praktijkopleider."""
    placement = seen(request, number)
    require(is_supervisor(request.user, placement))
    form = ProposalForm(request.POST or None, instance=Proposal(placement=placement))

    def proposed() -> bool:
        return attempt(form, lambda: suggesting.propose(proposal=form.save(commit=False), by=request.user))

    if request.method == "POST" and form.is_valid() and proposed():
        messages.success(request, _("De school kijkt of zij uw opdracht overneemt. U krijgt een mail."))
        return redirect("assignments", number=number)
    return render(request, "assessment/propose.html", {"form": form, "placement": placement})


def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a proposal and its outcome; who guides decides."""
    related = ("student", "programme", "location", "enrolment", "supervisor", "teacher")
    visible = Proposal.objects.visible_to(request.user).select_related("decided_by", "proposed_by")
    found = get_object_or_404(visible.select_related(*(f"placement__{name}" for name in related)), pk=pk)
    decides = may_guide(request.user, found.placement)
    require(decides or request.method != "POST")
    form = DecisionForm(request.POST or None, placement=found.placement)
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        messages.success(request, _("Het besluit is vastgelegd. De praktijkopleider krijgt een mail."))
        return redirect("assignments", number=found.placement.number)
    context = {"form": form, "proposal": found, "placement": found.placement}
    context["may_decide"] = decides and found.state == Proposal.State.WAITING
    return render(request, "assessment/proposal.html", context)


def _decided(request: HttpRequest, found: Proposal, form: DecisionForm) -> bool:
    given = form.cleaned_data
    if given["answer"] == "nee":
        return attempt(form, lambda: suggesting.refuse(proposal=found, by=request.user, reason=given["reason"]))
    how = {name: given[name] for name in ("work_processes", "difficulty", "due")}
    return attempt(form, lambda: suggesting.accept(proposal=found, by=request.user, today=clock.today(), **how))
