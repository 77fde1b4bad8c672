"""Saved filters of the list of placements: keep, rename, share, throw away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bpv.core.access import require
from bpv.core.forms import attempt
from compliance import queries, saved_filters
from compliance.forms import PlacementFilter, SavedFilterForm
from compliance.models import SavedFilter


def new(request: HttpRequest) -> HttpResponse:
    """Keep a filter; the list of placements posts here, and what is wrong is said on a page of its own."""
    user: Any = request.user
    require(bool(user.roles.teams))
    form = SavedFilterForm(
        request.POST or None, teams=queries.teams_of(user), initial={"query": request.GET.urlencode()}
    )
    if request.method == "POST" and form.is_valid():
        # What the list does not know is not kept.
        query = PlacementFilter(QueryDict(form.cleaned_data["query"]), user=user).address
        saved = SavedFilter(owner=user, query=query)
        if not query:
            form.add_error(None, _("Er staat geen filter aan. Kies in de lijst eerst een filter."))
        elif keep(form, saved, user):
            messages.success(request, _("Filter %(name)s is opgeslagen.") % {"name": saved.name})
            return to_list(query)
    return render(request, "compliance/saved_filter.html", {"form": form, "saved": None})


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a filter of one's own, or share it; those it is shared with only use it."""
    user: Any = request.user
    saved = get_object_or_404(SavedFilter.objects.visible_to(user).distinct(), pk=pk)
    require(saved.owner_id == user.pk)
    initial = {"name": saved.name, "team": saved.team_id, "query": saved.query}
    form = SavedFilterForm(request.POST or None, teams=queries.teams_of(user), initial=initial)
    if request.method == "POST" and form.is_valid() and keep(form, saved, user):
        messages.success(request, _("Filter %(name)s is gewijzigd.") % {"name": saved.name})
        return to_list(saved.query)
    return render(request, "compliance/saved_filter.html", {"form": form, "saved": saved})


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a filter of one's own away."""
    user: Any = request.user
    saved = get_object_or_404(SavedFilter.objects.visible_to(user), pk=pk)
    require(saved.owner_id == user.pk)
    saved_filters.remove(saved=saved, by=user)
    messages.success(request, _("Filter %(name)s is verwijderd.") % {"name": saved.name})
    return to_list(saved.query)


def keep(form: SavedFilterForm, saved: SavedFilter, user: Any) -> bool:
    """Write what was filled in; false when it is refused, with the reason at the field."""
    saved.name, saved.team_id = form.cleaned_data["name"], form.cleaned_data["team"]
    return attempt(form, lambda: saved_filters.save(saved=saved, by=user))


def to_list(query: str) -> HttpResponse:
    """The list of placements as it was."""
    return redirect(f"{reverse('placements')}?{query}" if query else reverse("placements"))
