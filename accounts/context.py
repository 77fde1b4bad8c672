"""What every page's frame needs: navigation by role, the school's name and house style."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import languages


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    icon: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation by role; nothing but the school's for who is not logged in."""
    user = getattr(request, "user", None)
    items = []
    if user is not None and user.is_authenticated:
        items = [item(request, *entry) for entry in entries(user)]
    school = {"school_name": settings.SCHOOL_NAME, "demo": settings.DEMO, **settings.HOUSE}
    return {"nav": items, "languages": languages.offered(user) if user is not None else [], **school}


def entries(user: Any) -> list[tuple[str, str, str]]:
    """(label, url name, icon) in the order of the masthead."""
    found = [] if user.roles.only_administration or user.roles.only_confidant else [(_("Vandaag"), "today", "i-today")]
    if user.roles.administration:
        found += [(_("POK's"), "administration", "i-doc"), (_("Register"), "register", "i-building")]
    if user.roles.teams:
        found += [
            (_("Plaatsingen"), "placements", "i-list"),
            (_("Vragen"), "requests", "i-chat"),
            (_("Leerbedrijven"), "locations", "i-building"),
        ]
    if user.roles.teacher or user.roles.coordinator:
        found.append((_("Agenda"), "agenda", "i-calendar"))
    if user.roles.confidant:
        found.append((_("Meldingen"), "incidents", "i-lock"))
    if user.roles.manager or user.roles.coordinator:
        found.append((_("Overzicht"), "overview", "i-chart"))
    return found


def item(request: HttpRequest, label: str, name: str, icon: str) -> NavItem:
    """One entry; the current one is the longest address that fits."""
    url = reverse(name)
    current = request.path == url if url == "/" else request.path.startswith(url)
    return NavItem(label, url, icon, current)
