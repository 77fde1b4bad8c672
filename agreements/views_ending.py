"""Ending a POK early, and what follows: SBB, and nadere afspraken."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements import ending
from agreements.forms_ending import EndingForm, FurtherForm, SbbForm
from agreements.models import Ending, Kind, Pok
from agreements.views import managed
from agreements.views_changes import offered
from bpv.core import clock
from bpv.core.forms import attempt
from placements import impact


def pok_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The form *Tussentijdse beëindiging*; first what it moves, with `voorbeeld` nothing is done."""
    found = managed(request, pk)
    user: Any = request.user
    today = clock.today()
    form = EndingForm(request.POST or None, initial={"on": today})
    effects: list[impact.Effect] = []
    if request.method == "POST" and form.is_valid():
        before = impact.period_of(found.placement)
        on = form.cleaned_data["on"]
        if before.start <= on < before.end:
            effects = impact.impact(before, replace(before, end=on, hours=ending.hours_until(found, on)))
        if "voorbeeld" not in request.POST and attempt(form, lambda: _end(found, user, form)):
            messages.success(request, _("De bpv is beëindigd. Deadlines en lijsten zijn bijgewerkt."))
            return redirect("pok", pk=found.attached.filter(kind=Kind.ENDING).latest("pk").pk)
    context = {"pok": found, "form": form, "effects": effects, "again": impact.standing(found.placement)}
    return render(request, "agreements/ending.html", context)


def _end(found: Pok, user: Any, form: EndingForm) -> Pok:
    made = ending.end_pok(pok=found, by=user, today=clock.today(), **form.deed)
    return offered(made, user) if form.cleaned_data["to_sign"] else made


def pok_end_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the document of a refused ending anew and have it signed."""
    found = managed(request, pk)
    user: Any = request.user
    about = Ending.objects.filter(pok=found).first()
    if about is None:
        raise Http404
    form = Form({} if request.method == "POST" else None)
    if form.is_valid():
        made: list[Pok] = []

        def deed() -> None:
            made.append(offered(ending.make_again(ending=about, by=user, today=clock.today()), user))

        if attempt(form, deed):
            messages.success(request, _("Iedereen krijgt binnen een minuut een uitnodiging."))
            return redirect("pok", pk=made[0].pk)
    return render(request, "agreements/ending_again.html", {"pok": found, "form": form})


def pok_sbb(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that SBB was consulted."""
    found = managed(request, pk)
    about = Ending.objects.filter(pok=found).first()
    if about is None:
        raise Http404
    today = clock.today()
    form = SbbForm(request.POST or None, today=today, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: ending.inform_sbb(ending=about, by=request.user, on=on, today=today)):
            messages.success(request, _("Vastgelegd."))
            return redirect("pok", pk=pk)
    return render(request, "agreements/sbb.html", {"pok": found, "form": form, "ending": about})


def pok_further(request: HttpRequest, pk: int) -> HttpResponse:
    """Nadere afspraken between student and school (BBL-06)."""
    found = managed(request, pk)
    user: Any = request.user
    about = Ending.objects.filter(pok=found).first()
    if about is None:
        raise Http404
    form = FurtherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        deed = lambda: offered(ending.make_further(ending=about, by=user, today=clock.today(), text=text), user)  # noqa: E731
        if attempt(form, deed):
            messages.success(
                request, _("De afspraken zijn gemaakt. De student krijgt binnen een minuut een uitnodiging.")
            )
            return redirect("pok", pk=pk)
    return render(request, "agreements/further.html", {"pok": found, "form": form, "ending": about})
