"""The tables of POKs and signing."""

from agreements.models.pok import DOSSIERS, MAIN, Annex, Kind, Mode, Pok, PokLine
from agreements.models.signing import (
    THREE,
    Ending,
    EndReason,
    Method,
    Paper,
    Party,
    Remark,
    Scan,
    Signatory,
    Signature,
    SigningEvent,
)

__all__ = [
    "DOSSIERS",
    "MAIN",
    "THREE",
    "Annex",
    "EndReason",
    "Ending",
    "Kind",
    "Method",
    "Mode",
    "Paper",
    "Party",
    "Pok",
    "PokLine",
    "Remark",
    "Scan",
    "Signatory",
    "Signature",
    "SigningEvent",
]
