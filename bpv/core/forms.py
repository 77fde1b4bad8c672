"""What forms and their pages share."""

from collections.abc import Callable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError


def date_input() -> forms.DateInput:
    """The browser's own date field."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def bare_helper() -> FormHelper:
    """The page writes the form element, the buttons and the token itself."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class OpenedForm(forms.BaseForm):
    """A form that sends along what it was opened with, by `opened_with` in its page.

    `changed_data` then holds what this person changed, and not what somebody else changed meanwhile.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def opened_with(self) -> list[str]:
        """The hidden inputs."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]


def attempt(form: forms.BaseForm, deed: Callable[[], Any], names: Mapping[str, str] | None = None) -> bool:
    """Do the deed; false, with the reason at the field, when the rules refuse it.

    `names`: a model's field -> the form's field. What belongs to no field of the form stands above it.
    """
    try:
        deed()
    except ValidationError as fault:
        by_field = fault.error_dict if hasattr(fault, "error_dict") else {None: fault.error_list}
        for name, errors in by_field.items():
            name = (names or {}).get(name or "", name)
            form.add_error(name if name in form.fields else None, errors)
        return False
    return True
