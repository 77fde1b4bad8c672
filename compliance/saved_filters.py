"""Deeds with saved filters: keep one under a name, change it, throw it away. Only the owner does."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpv.core import audit
from compliance.models import SavedFilter


@transaction.atomic
def save(*, saved: SavedFilter, by: Any) -> SavedFilter:
    """Keep a new or changed filter. ValidationError: the name is in use, or the team is not one of the owner's."""
    if saved.team_id is not None and saved.team_id not in by.roles.teams:
        raise ValidationError({"team": _("Je hoort niet bij dit team.")})
    saved.full_clean()
    saved.save()
    audit.record("filter_saved", subject=saved, by=by, name=saved.name)
    return saved


@transaction.atomic
def remove(*, saved: SavedFilter, by: Any) -> None:
    """Throw a filter away, also for those it was shared with."""
    audit.record("filter_removed", subject=saved, by=by, name=saved.name)
    saved.delete()
