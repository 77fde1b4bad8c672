"""The scale of the handbook (B1-05), and scores per part of a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Score(models.TextChoices):
    INSUFFICIENT = "o", _("onvoldoende")
    SUFFICIENT = "v", _("voldoende")
    GOOD = "g", _("goed")


def scores_field() -> models.JSONField:
    """{id of a part of the plan, as text: score}; the deed checks it against the plan."""
    return models.JSONField(default=dict, blank=True)
