"""A choice out of too many for a list: type a part of a name, pick from what is found.

With script the results come while typing (htmx asks the same page); without it the button *Zoeken* sends the form to
its own view, which shows it again with the results and everything that was typed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

AT_MOST = 8  # results shown; who sees more of them types more
SEARCH = "zoek"  # the name of the button: the form is not yet meant


class Option(NamedTuple):
    """One result: its id, what it is called, and what tells it apart from its namesakes."""

    value: str
    title: str
    note: str


class PickerInput(forms.Widget):
    """The words, the button and the results of a `PickerField`."""

    use_fieldset = True
    field: "PickerField"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        typed = self.field.typed
        chosen = self.field.option_of(value)
        found = self.field.found(typed) if typed else []
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "typed": typed,
            "chosen": chosen,
            "options": [option for option in found[:AT_MOST] if option != chosen],
            "count": len(found[:AT_MOST]),
            "has_more": len(found) > AT_MOST,
            "search": SEARCH,
            "label": self.field.search_label,
            "refreshes": self.field.refreshes,
            "refresh_label": self.field.refresh_label,
        }
        return SafeString(render_to_string("components/picker.html", context))

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """None: the whole is a group."""
        return ""


class PickerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Only what is in `queryset` (set it in the form: what this person may choose) is found and accepted.

    `search(queryset, typed)` narrows it; `title(object)` and `note(object)` say it. `refreshes`: the name of a field
    whose choices follow from this one; `refresh_label`: the button that shows them without script.
    """

    widget = PickerInput

    def __init__(
        self,
        *,
        search: Callable[[Any, str], QuerySet[Any]],
        search_label: Any,
        title: Callable[[Any], str] = str,
        note: Callable[[Any], str] = lambda found: "",
        refreshes: str = "",
        refresh_label: Any = "",
        **kwargs: Any,
    ) -> None:
        self.search, self.search_label, self.title, self.note = search, search_label, title, note
        self.refreshes, self.refresh_label, self.typed = refreshes, refresh_label, ""
        super().__init__(**{"queryset": None} | kwargs)

    def found(self, typed: str) -> list[Option]:
        """What the words find, one more than is shown."""
        return [self.option(found) for found in self.search(self.queryset, typed)[: AT_MOST + 1]]

    def option_of(self, value: Any) -> Option | None:
        """What is chosen, when this person may choose it."""
        found = self.object_of(value)
        return self.option(found) if found is not None else None

    def object_of(self, value: Any) -> Any:
        """The object with this id, or None."""
        if self.queryset is None or not str(value or "").isdecimal():
            return None
        return self.queryset.filter(pk=value).first()

    def option(self, found: Any) -> Option:
        """The object as a result."""
        return Option(str(found.pk), self.title(found), self.note(found))


class PickerForm(forms.BaseForm):
    """Mix in before the form's own class: gives each picker the words that were typed for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        for name, field in self.fields.items():
            if isinstance(field, PickerField):
                field.typed = str(given.get(f"{name}_q") or "").replace("\x00", "").strip()[:100]
                field.widget.field = field


def form_data(request: HttpRequest) -> dict[str, Any]:
    """The first arguments of a form with pickers: sent, or, while somebody only searches, filled in and not checked."""
    if request.method == "POST" and SEARCH not in request.POST:
        return {"data": request.POST}
    return {"initial": (request.POST or request.GET).dict()}
