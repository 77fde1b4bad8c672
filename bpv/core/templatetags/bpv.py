"""The words of a template: dates, moments, phone numbers, addresses of lists, shapes and icons."""

from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from bpv.core.clock import AMSTERDAM
from standards.words import days, long_date, short_date

register = template.Library()

# State -> the word beside its shape. "late" is the reader's own; "late-other" waits for somebody else, who is named.
STATES = {
    "done": _("gedaan"),
    "coming": _("komt nog"),
    "soon": _("binnenkort"),
    "late": _("te laat"),
    "late-other": _("te laat, bij een ander"),
    "missed": _("niet gehaald"),
    "deviated": _("afgeweken"),
    "near": _("bijna gehaald"),
    "na": _("niet van toepassing"),
}
# Outcome of a standard -> (state, word). A missed standard is "late" as long as it can still be done.
OUTCOMES = {
    "met": ("done", _("gedaan")),
    "late": ("missed", _("te laat gedaan")),
    "missed": ("late", _("te laat")),
    "open": ("coming", _("komt nog")),
    "soon": ("soon", _("binnenkort")),
    "deviated": ("deviated", _("afgeweken")),
    "na": ("na", _("niet van toepassing")),
}


@register.filter
def nl_date(day: date | None, form: str = "long") -> str:
    """A day in the reader's language: `ma 31 aug 2026`; with "short" without the year; of a moment the Amsterdam day.

    Empty for None.
    """
    if day is None or day == "":
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(AMSTERDAM).date()
    return short_date(day) if form == "short" else long_date(day)


@register.filter
def nl_moment(moment: datetime | None) -> str:
    """A moment on the Amsterdam clock: `do 19 nov, 14.32`. Empty for None."""
    if moment is None or moment == "":
        return ""
    local = moment.astimezone(AMSTERDAM)
    return str(_("%(day)s, %(hour)s.%(minute)s")) % {
        "day": short_date(local.date()),
        "hour": f"{local:%H}",
        "minute": f"{local:%M}",
    }


@register.filter
def phone(number: str) -> str:
    """A Dutch number as people write it: `06 8500 0141`, `074 123 45 67`; other numbers stay as they are."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if number.strip().startswith("+31"):
        digits = "0" + digits[2:]
    elif number.strip().startswith("+") or len(digits) != 10:
        return number.strip()
    if digits.startswith("06"):
        return f"{digits[:2]} {digits[2:6]} {digits[6:]}"
    return f"{digits[:3]} {digits[3:6]} {digits[6:8]} {digits[8:]}"


@register.filter
def tel(number: str) -> str:
    """The same number for a `tel:` link: `+31685000141`."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if number.strip().startswith("+"):
        return f"+{digits}"
    return f"+31{digits[1:]}" if len(digits) == 10 and digits.startswith("0") else digits


@register.filter
def hours(amount: Decimal | int) -> str:
    """Hours in quarters as people write them: `7,5`, `24`."""
    return str(number_format(Decimal(amount).normalize() if amount else 0, use_l10n=True))


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """The address of this page's GET parameters with changes; None drops one. Another filter starts at page 1."""
    params: QueryDict = context.request.GET.copy()
    if "page" not in changes:
        params.pop("page", None)
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = value
    return f"?{params.urlencode()}" if params else "?"


@register.filter
def outcome_state(outcome: str) -> str:
    """The state (shape and colour) of an outcome of a standard: `met` -> `done`."""
    return OUTCOMES[outcome][0]


@register.filter
def outcome_word(outcome: str) -> str:
    """The word of an outcome of a standard: `late` -> `te laat gedaan`."""
    return str(OUTCOMES[outcome][1])


@register.filter
def state_word(state: str) -> str:
    """The usual word beside a shape: `soon` -> `binnenkort`."""
    return str(STATES[state])


@register.simple_tag
def shape(state: str) -> SafeString:
    """The shape of a state, for the eye only: a word must stand beside it."""
    return format_html(
        '<svg class="shape is-{0}" aria-hidden="true" focusable="false"><use href="{1}#m-{0}"/></svg>',
        state,
        static("img/sprite.svg"),
    )


@register.simple_tag
def house_mark() -> SafeString:
    """The school's logo inside a document itself: the frozen text needs no file beside it."""
    if not settings.HOUSE["house_logo"]:
        return SafeString("")
    path = Path(settings.HOUSE_FOLDER) / Path(settings.HOUSE["house_logo"]).name
    kind = "svg+xml" if path.suffix == ".svg" else "png"
    return format_html('<img src="data:image/{};base64,{}" alt="">', kind, b64encode(path.read_bytes()).decode())


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon, for the eye only: a word must stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        static("img/sprite.svg"),
        name,
    )


@register.filter
def until(due: date, today: date) -> str:
    """A due date for a reader of `today`: `uiterlijk vr 27 nov`, `vandaag`, `zo 22 nov · 1 dag te laat`.

    Inside the same school year (from 1 August) the year is left out.
    """
    if due == today:
        return str(_("vandaag"))
    text = nl_date(due, "short" if _school_year(due) == _school_year(today) else "long")
    if due > today:
        return str(_("uiterlijk %(day)s") % {"day": text})
    return str(_("%(day)s · %(days)s te laat") % {"day": text, "days": days((today - due).days)})


def _school_year(day: date) -> int:
    return day.year if day.month >= 8 else day.year - 1


@register.filter
def message_class(message: Message) -> str:
    """The colour of a message of django.contrib.messages."""
    return {"success": "message-done", "warning": "message-warn", "error": "message-late"}.get(message.level_tag, "")


@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget with the classes of its kind; errors and help are tied to it by Django itself."""
    kind = getattr(field.field.widget, "input_type", "textarea")
    look = {"select": "form-select", "checkbox": "form-check-input", "radio": "form-check-input"}
    own = field.field.widget.attrs.get("class", "")
    names = [look.get(kind, "form-control"), own, "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(name for name in names if name)})


@register.filter
def target_id(field: BoundField) -> str:
    """The id an error summary jumps to: the field, or the group of a field of several choices."""
    return field.id_for_label or f"div_{field.auto_id}"


@register.filter
def error_count(form: BaseForm) -> int:
    """How many errors a form shows."""
    return sum(len(errors) for errors in form.errors.values())
