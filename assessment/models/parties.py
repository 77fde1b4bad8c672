"""Who prepares the interim assessment (BEO-06)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Party(models.TextChoices):
    STUDENT = "student", _("student")
    COMPANY = "company", _("praktijkopleider")
    SCHOOL = "school", _("bpv-docent")
