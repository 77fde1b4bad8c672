"""Files of strangers: known by what they are, opened in a process apart, and kept only when written anew (T26)."""

import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = ["-m", "bpv.core.gate"]
LARGEST = 10 * 2**20  # bytes
PATIENCE = 30  # seconds of waiting; the process itself has less
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
MESSAGES = {
    "kind": _("Dit is geen PDF, JPG of PNG. Kies een scan of een foto."),
    "office": _(
        "Een bestand van Word, Excel of PowerPoint kan niet. Open het, kies Opslaan als, dan PDF, en kies die PDF hier."
    ),
    "heic": _(
        "Een HEIC-foto kan niet. Kies op een iPhone bij Instellingen, Camera, Formaten voor Meest compatibel en maak de"
        " foto opnieuw, of maak een schermafdruk van de foto. Dan is het een JPG of PNG."
    ),
    "encrypted": _("Deze PDF is beveiligd met een wachtwoord. Sla hem op zonder wachtwoord en probeer het opnieuw."),
    "active": _("In deze PDF zit meer dan bladzijden: een script, formulier, link of bijlage. Maak een gewone scan."),
    "pages": _("Deze PDF heeft te veel bladzijden."),
    "pixels": _("Deze foto is te groot. Maak hem kleiner en probeer het opnieuw."),
    "broken": _("Dit bestand is beschadigd en kan niet worden geopend. Maak een nieuwe scan."),
    "large": _("Dit bestand kost te veel om te openen. Maak een nieuwe, kleinere scan."),
}


class Cleaned(NamedTuple):
    """What may be kept: other bytes than came in, and the kind they really are."""

    content: bytes
    extension: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.extension]


def cleaned(file: Any) -> Cleaned:
    """The uploaded file, safe to keep. Its name and the type it says to be are not looked at.

    Raises ValidationError with what is wrong and what to do. Takes half a second: it is opened elsewhere.
    """
    if file.size > LARGEST:
        raise ValidationError(_("Dit bestand is groter dan 10 MB. Maak een kleinere scan."), code="size")
    if not file.size:
        raise ValidationError(_("Dit bestand is leeg."), code="empty")
    try:
        gate = subprocess.run(
            [sys.executable, *COMMAND], input=file.read(), capture_output=True, cwd=PROJECT, timeout=PATIENCE, env={}
        )
    except subprocess.TimeoutExpired:
        raise refusal("large") from None
    if gate.returncode:  # killed at a limit
        raise refusal("large")
    said, _newline, content = gate.stdout.partition(b"\n")
    kind = said.decode()
    if kind.startswith("refused "):
        raise refusal(kind.removeprefix("refused "))
    return Cleaned(content, kind)


def refusal(code: str) -> ValidationError:
    """The message of a reason to refuse."""
    return ValidationError(MESSAGES[code], code=code)
