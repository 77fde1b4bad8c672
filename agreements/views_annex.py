"""The bijlage of each opleiding, and which opleiding has none yet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.annexes import PARTS, save_annex, standard_texts
from agreements.forms_annex import AnnexForm
from agreements.readiness import annex_of
from bpv.core import clock
from bpv.core.access import require, signed_in
from bpv.core.forms import attempt
from bpv.core.returning import back_to
from students.models import Programme


def programmes(request: HttpRequest) -> HttpResponse:
    """The opleidingen of the coordinator's teams with their bijlage; those without one first."""
    user = signed_in(request)
    require(bool(user.roles.coordinator))
    found = Programme.objects.filter(team__in=user.roles.coordinator).select_related("team")
    rows = [(programme, annex_of(programme)) for programme in found.prefetch_related("annexes__made_by")]
    rows.sort(key=lambda row: row[1] is not None)
    lacking = sum(annex is None for _programme, annex in rows)
    return render(request, "agreements/programmes.html", {"rows": rows, "lacking": lacking})


def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the bijlage; what the whole school uses stands there when there is none yet."""
    user = signed_in(request)
    programme = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    require(programme.team_id in user.roles.coordinator)
    newest = annex_of(programme)
    initial = {part: getattr(newest, part) for part in PARTS} if newest else standard_texts(clock.today())
    form = AnnexForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        texts = {part: form.cleaned_data[part] for part in PARTS}
        if attempt(form, lambda: save_annex(programme=programme, by=user, **texts)):
            messages.success(request, _("De bijlage is bewaard. Nieuwe POK's krijgen deze versie."))
            return redirect(back_to(request, reverse("programmes")))
    return render(request, "agreements/annex.html", {"form": form, "programme": programme, "newest": newest})
