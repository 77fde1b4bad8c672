"""The style page: every component in every state, for whoever writes a template. Only in the demo."""

import re
from datetime import date, timedelta
from types import SimpleNamespace as Part
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from bpv.core import clock, style_lijn
from bpv.core.templatetags.bpv import STATES

WHEN = {
    "done": _("Op tijd gedaan, met bewijs."),
    "coming": _("De uiterste datum is nog ver weg."),
    "soon": _("De uiterste datum komt dichtbij."),
    "late": _("Te laat, en jij kunt er iets aan doen. Alleen dit is rood."),
    "late-other": _("Te laat, maar een ander is aan zet. Noem wie."),
    "missed": _("Voorbij en niet meer te halen, of te laat gedaan."),
    "deviated": _("Met reden afgeweken, en iemand gaf akkoord."),
    "near": _("Alleen in het overzicht: bijna gehaald."),
    "na": _("De regel geldt hier niet."),
}

SPRITE = settings.BASE_DIR / "static" / "img" / "sprite.svg"
ICONS = re.findall(r'id="i-([\w-]+)"', SPRITE.read_text())


class SpecimenForm(forms.Form):
    """One field of every kind, with two errors."""

    name = forms.CharField(label=_("Naam"), help_text=_("Zoals op de POK."))
    held_on = forms.DateField(
        label=_("Datum van het gesprek"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    manner = forms.ChoiceField(
        label=_("Hoe was het gesprek?"),
        choices=[("visit", _("Op locatie")), ("phone", _("Telefoon")), ("video", _("Online"))],
        widget=forms.RadioSelect(attrs={"class": "choices-3"}),
    )
    present = forms.MultipleChoiceField(
        label=_("Wie deed mee?"),
        choices=[("student", "Noor Haverkamp"), ("trainer", "Ilse Wassink")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies wie er meededen")},
    )
    owner = forms.ChoiceField(label=_("Wie doet het?"), choices=[("a", "Noor"), ("b", "Ilse")])
    report = forms.CharField(
        label=_("Kort verslag"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": "report"}),
        help_text=_("Noor en Ilse lezen dit ook. Schrijf hier niets over gezondheid."),
    )
    mail = forms.BooleanField(label=_("Stuur mij elke ochtend een overzicht"), required=False)


class SpecimenFilter(forms.Form):
    """A search field and a choice."""

    q = forms.CharField(label=_("Zoeken"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    klas = forms.ChoiceField(label=_("Klas"), required=False, choices=[("", _("Alle klassen")), ("vp3b", "VP3B")])


@login_not_required
def style(request: HttpRequest) -> HttpResponse:
    """Every component in every state. 404 outside the demo."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    today = clock.today()
    form = SpecimenForm({"name": "Yusuf van den Berg", "held_on": "morgen", "manner": "visit", "owner": "a"})
    return render(
        request, "core/style.html", {"specimen": form, "filters": SpecimenFilter(), **parts(today), **around(today)}
    )


def parts(today: date) -> dict[str, Any]:
    """Invented things for the components to show, around `today`."""
    noon = clock.at(today)
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "last_week": today - timedelta(days=7),
        "states": [Part(state=state, word=word, when=WHEN[state]) for state, word in STATES.items()],
        "findings": [
            Part(
                state="missed",
                title=_("1e bpv-bezoek was 8 dagen te laat"),
                word=_("te laat gedaan"),
                standard="4.2",
                note=_("bij een nieuw leerbedrijf binnen vier weken na de start"),
                facts=[(_("Start bpv"), "ma 31 aug 2026"), (_("Bezoek"), "di 6 okt 2026")],
                why=_("bezoek een nieuw leerbedrijf voor de start of in de eerste vier weken."),
                section="1.1",
                todo=_("Reden vastleggen"),
                action_url="#",
                action_label=_("Reden vastleggen"),
            ),
            Part(state="done", title=_("POK is compleet"), standard="5"),
        ],
        "signs": [
            Part(state="done", who=_("Student"), note="di 17 nov"),
            Part(state="done", who=_("Leerbedrijf"), note="do 19 nov"),
            Part(state="late", who=_("School"), note=""),
        ],
        "events": [
            Part(at=noon, text=_("POK getekend door Ilse Wassink"), note=_("namens Zorggroep Regge")),
            Part(at=noon - timedelta(days=6), text=_("POK gemaakt door Marieke ter Horst"), note=""),
        ],
        "views": [
            Part(label=_("Alle"), count=264, url="#", current=False),
            Part(label=_("POK niet compleet"), count=31, url="#", current=True),
        ],
        "chips": [Part(label=_("Standaard 5"), url="#")],
        "page": Paginator(range(264), 50).page(2),
    }


def around(today: date) -> dict[str, Any]:
    """What stands for itself: the line, deadlines in every state, the icons, numbers."""
    days = (("coming", 40), ("soon", 5), ("soon", 0), ("late", -7), ("late-other", -1))
    return {
        "lijn": style_lijn.invented(today),
        "deadlines": [(state, today + timedelta(days=number)) for state, number in days],
        "icons": ICONS,
        "figures": [Part(label=_("In bpv"), count=214, url="#"), Part(label=_("Zonder plaats"), count=12, url="#")],
    }
