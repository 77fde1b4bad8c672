"""A bpv-lijn of invented values for the style page; the real one is drawn above, from findings."""

from datetime import date, timedelta
from types import SimpleNamespace as Part

from django.utils.translation import gettext as _

from bpv.core.templatetags.bpv import nl_date, state_word

# State, days from today, place on the drawing (14-1138), standard, whether its label stands above the line
MOMENTS = (
    ("done", -112, 90, "5", True),
    ("missed", -56, 300, "4.2", False),
    ("late", -7, 440, "6.1", True),
    ("soon", 5, 640, "6.2", False),
    ("coming", 70, 930, "7", True),
)
TODAY_X = 590


def invented(today: date) -> Part:
    """What components/lijn.html needs: a mark in each state, four phases and today."""
    titles = [_("POK getekend"), _("Eerste bezoek"), _("Reactie op vraag"), _("Tweede gesprek"), _("Eindgesprek")]
    moments = [
        (title, state, today + timedelta(days=days), x, standard, above)
        for title, (state, days, x, standard, above) in zip(titles, MOMENTS, strict=True)
    ]
    phases = [(14, _("voorbereiding")), (200, _("bpv"))]
    steps = [Part(kind="phase", title=name, note="", is_past=True) for _x, name in phases]
    for title, state, day, x, standard, _above in moments:
        steps.append(moment(title, state, day, standard, x < TODAY_X))
        if state == "late":
            steps.append(Part(kind="today", title=_("vandaag"), note=nl_date(today)))
    return Part(
        title=_("Bpv-lijn met bedachte momenten"),
        marks=[mark(title, state, day, x, above) for title, state, day, x, _standard, above in moments],
        bands=[("past", 14, TODAY_X - 16), ("next", TODAY_X, 1138 - TODAY_X)],
        ticks="".join(f"M{x} 326v6" for x in range(14, 1139, 281)),
        weeks=[(x, week, "") for x, week in zip(range(14, 1139, 281), ("-16", "-8", "1", "9", "17"), strict=True)],
        phases=phases,
        today_x=TODAY_X,
        today=_("vandaag %(day)s") % {"day": nl_date(today, "short")},
        steps=steps,
        view="0 0 1152 356",
        lower="0",
        today_pole=f"M{TODAY_X} 24V302",
        today_y="16.5",
    )


def moment(title: str, state: str, day: date, standard: str, past: bool) -> Part:
    """A line of the list."""
    return Part(
        kind="moment",
        title=title,
        state=state,
        word=state_word(state),
        note=nl_date(day),
        standard=standard,
        is_past=past,
    )


def mark(title: str, state: str, day: date, x: int, above: bool) -> Part:
    """A shape on the line with its label."""
    return Part(
        state=state,
        lines=(title, nl_date(day, "short"), state_word(state)),
        x=x,
        shape_x=f"{x - 10.5}",  # text: a number would get the comma of the language
        text_x=x + 8,
        text_y=102 if above else 200,
        pole=f"M{x} 151V88" if above else f"M{x} 177V240",
        css="",
    )
