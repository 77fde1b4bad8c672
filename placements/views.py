"""Pages on which a placement is planned and changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from bpv.core.picker import form_data
from bpv.core.returning import back_to
from placements import impact, services
from placements.access import may_manage
from placements.forms import CancelForm, NewPlacementForm, PlacementForm, TeacherForm
from placements.models import Placement


def managed(request: HttpRequest, number: str) -> Placement:
    """The placement, when the person may change it."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).for_list(), number=number)
    require(may_manage(request.user, placement))
    return placement


def placement_new(request: HttpRequest) -> HttpResponse:
    """Plan a bpv for a student of the own teams."""
    user = signed_in(request)
    require(bool(user.roles.coordinator))
    form = NewPlacementForm(**form_data(request), user=user)
    if form.is_valid():
        placement = form.instance
        if attempt(form, lambda: services.create_placement(placement=placement, by=user)):
            messages.success(request, _("De plaatsing is gemaakt. Wijs nu een bpv-docent toe."))
            return redirect("dossier", number=placement.number)
    return render(request, "placements/placement_new.html", {"form": form})


def placement_edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change leerbedrijf, praktijkopleider, period, hours or keuzedelen."""
    placement = managed(request, number)
    before = impact.period_of(placement)
    form = PlacementForm(**form_data(request), instance=placement, user=request.user)
    effects: list[impact.Effect] = []
    if form.is_valid():
        by, changed = request.user, form.changed_data
        effects = impact.impact(before, impact.period_of(form.instance))
        if not attempt(form, lambda: services.require_changeable(placement, changed)):
            effects = []
        elif not changed or (
            not _shown_first(request, effects)
            and attempt(form, lambda: services.change_placement(placement=form.instance, by=by, changed=changed))
        ):
            messages.success(request, _("De plaatsing is gewijzigd."))
            return redirect(back_to(request, reverse("dossier", args=[number])))
    context = {"form": form, "placement": placement, "effects": effects, "seal": impact.seal(effects)}
    return render(request, "placements/placement_edit.html", context | {"again": impact.standing(placement)})


def _shown_first(request: HttpRequest, effects: list[impact.Effect]) -> bool:
    """What a change moves is shown before it is done; the same once more does it."""
    return bool(effects) and request.POST.get("gezien") != impact.seal(effects)


def placement_teacher(request: HttpRequest, number: str) -> HttpResponse:
    """Assign a bpv-docent."""
    placement = managed(request, number)
    form = TeacherForm(request.POST or None, placement=placement)
    if request.method == "POST" and form.is_valid():
        teacher = form.cleaned_data["teacher"]
        if attempt(form, lambda: services.assign_teacher(placement=placement, teacher=teacher, by=request.user)):
            messages.success(request, _("%(name)s is nu de bpv-docent.") % {"name": teacher.full_name})
            return redirect("dossier", number=number)
    return render(request, "placements/placement_teacher.html", {"form": form, "placement": placement})


def placement_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """The bpv does not take place."""
    placement = managed(request, number)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: services.cancel_placement(placement=placement, reason=reason, by=request.user)):
            messages.success(request, _("De plaatsing is vervallen."))
            return redirect("dossier", number=number)
    return render(request, "placements/placement_cancel.html", {"form": form, "placement": placement})
