"""Input of the import screen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper
from exchange.importing.reading import MAX_FILE, Incoming
from exchange.importing.rows import kind_of

MAX_FILES = 20


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files; every fault names its file."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError(_("Kies een of meer bestanden."))
        if len(files) > MAX_FILES:
            raise ValidationError(_("Kies hoogstens %(count)s bestanden."), params={"count": MAX_FILES})
        faults = [fault for file in files for fault in _faults(file)]
        if faults:
            raise ValidationError(faults)
        return files


def _faults(file: Any) -> list[ValidationError]:
    name = {"name": file.name}
    if not file.name.lower().endswith((".csv", ".xlsx")):
        return [ValidationError(_("%(name)s is geen .csv of .xlsx."), params=name)]
    if file.size > MAX_FILE:
        return [ValidationError(_("%(name)s is groter dan 20 MB."), params=name)]
    if not file.size:
        return [ValidationError(_("%(name)s is leeg."), params=name)]
    if file.name.lower().endswith(".csv") and not kind_of(file.name):
        return [ValidationError(_("%(name)s is niet bekend. Geef het bestand de naam van het sjabloon."), params=name)]
    return []


class UploadForm(forms.Form):
    files = FilesField(
        label=_("Bestanden"),
        help_text=_(".csv of .xlsx, samen in één keer. Er wordt nog niets ingelezen: eerst zie je het plan."),
        widget=FilesInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def incoming(self) -> list[Incoming]:
        """The files as the import wants them."""
        return [Incoming(file.name, file.read()) for file in self.cleaned_data["files"]]


class ApplyForm(forms.Form):
    """With errors in the plan the coordinator says that the other rows go in."""

    partial = forms.BooleanField(
        label=_("Lees alleen de rijen in die goed zijn"),
        error_messages={"required": _("Zet dit vinkje, of verbeter de bestanden en lees ze opnieuw in.")},
    )

    def __init__(self, *args: Any, errors: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        if not errors:
            del self.fields["partial"]
