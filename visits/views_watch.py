"""The vinger aan de pols of one placement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpv.core import clock
from bpv.core.access import require
from bpv.core.forms import attempt
from placements.access import may_guide
from placements.models import Placement
from visits import watching
from visits.forms_watch import WatchForm


def guided(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person guides it."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_guide(request.user, placement))
    return placement


def watch(request: HttpRequest, number: str) -> HttpResponse:
    """Why, how often and with which measure (BEG-07)."""
    placement = guided(request, number)
    form: forms.Form = WatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data | {"since": clock.today()}
        if attempt(form, lambda: watching.start(placement=placement, by=request.user, **given)):
            messages.success(request, _("De vinger aan de pols staat aan."))
            return redirect("dossier", number=number)
    context = {"form": form, "placement": placement, "watch": watching.of(placement)}
    return render(request, "visits/watch.html", context)


@require_POST
def watch_stop(request: HttpRequest, number: str) -> HttpResponse:
    """The usual rhythm again."""
    placement = guided(request, number)
    watching.stop(placement=placement, by=request.user, on=clock.today())
    messages.success(request, _("De vinger aan de pols is gestopt."))
    return redirect("dossier", number=number)
