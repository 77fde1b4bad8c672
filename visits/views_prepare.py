"""Preparing a talk, comparing both sides, and the leidraad of an opleiding."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.documents import inline
from bpv.core.forms import attempt
from students.models import Programme
from visits import leidraad, preparing, skills
from visits.forms_leidraad import LeidraadForm
from visits.forms_prepare import PreparationForm
from visits.models import Party, Talk


def shown(request: HttpRequest, pk: int) -> Talk:
    """The talk that stands, when the person may see it; a proposal is not for outsiders yet."""
    found = Talk.objects.visible_to(request.user).standing().for_list()
    if not signed_in(request).roles.is_staff:
        found = found.filter(state=Talk.State.PLANNED)
    return get_object_or_404(found.select_related("form", "placement__programme", "placement__teacher"), pk=pk)


def talk_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The own side of the leidraad; what was handed in is read-only."""
    talk = shown(request, pk)
    party = preparing.party_of(request.user, talk)
    require(party is not None)
    mine = talk.preparations.filter(party=party).first()
    submit = "inleveren" in request.POST
    form = PreparationForm(request.POST or None, talk=talk, party=party or Party.STUDENT, mine=mine, submit=submit)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"scores": form.given("score_"), "answers": form.given("answer_")}
        given |= {"remarks": form.cleaned_data["remarks"], "submit": submit}
        if attempt(form, lambda: preparing.save(talk=talk, by=request.user, **given)):
            messages.success(request, _("Je voorbereiding is ingeleverd.") if submit else _("Bewaard."))
            return redirect("talk_prepare", pk=pk)
    context = {
        "form": form,
        "talk": talk,
        "placement": talk.placement,
        "mine": mine,
        "due": preparing.due_on(talk),
        "is_over": hasattr(talk, "contact"),
        "may_compare": preparing.may_compare(request.user, talk),
        "today": clock.today(),
    }
    return render(request, "visits/talk_prepare.html", context)


@require_safe
def talk_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides beside each other, with the differences and the talks before (B1-01); 404 while it is blind."""
    talk = shown(request, pk)
    if not preparing.may_compare(request.user, talk):
        raise Http404
    readable = preparing.readable(request.user, talk)
    answers = next((one.answers for one in readable if one.party == Party.STUDENT), {})
    prompts = [(leidraad.shown(p["label"]), answers.get(p["key"], "")) for p in leidraad.of_talk(talk).prompts]
    context = {
        "talk": talk,
        "placement": talk.placement,
        "lines": preparing.compared(talk, readable),
        "in_from": {one.party: one for one in readable},
        "answers": [(label, text) for label, text in prompts if text],
        "remarks": [one for one in readable if one.remarks],
    }
    return render(request, "visits/talk_compare.html", context)


@require_safe
def talk_skills(request: HttpRequest, pk: int) -> HttpResponse:
    """The scores of both sides as the form *Beoordeling werknemersvaardigheden* (D24); 404 while it is blind."""
    talk = shown(request, pk)
    if not preparing.may_compare(request.user, talk):
        raise Http404
    return inline(skills.pdf_of(talk, request.user), f"werknemersvaardigheden-{talk.on}.pdf")


def leidraad_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A next version of the leidraad of an opleiding (S6.3)."""
    user = signed_in(request)
    programme = get_object_or_404(Programme, pk=pk, team__in=user.roles.teams)
    require(programme.team_id in user.roles.coordinator)
    now = leidraad.for_programme(programme)
    form = LeidraadForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        made = leidraad.save_version(programme=programme, by=user, **form.cleaned_data)
        messages.success(request, _("Versie %(version)s van de leidraad is bewaard.") % {"version": made.version})
        return redirect("programmes")
    return render(request, "visits/leidraad.html", {"form": form, "programme": programme, "now": now})
