"""What a bpv-opdracht says (OPD-06, P3), wherever it stands: in the catalogue, in a proposal, handed out."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

HARDEST = 9


class Competence(models.TextChoices):
    """The five loopbaancompetenties (BEG-12)."""

    MOTIVES = "motives", _("motieven: wat vind ik belangrijk?")
    QUALITIES = "qualities", _("kwaliteiten: wat kan ik goed?")
    WORK = "work", _("werk: welk werk past bij mij?")
    STEERING = "steering", _("sturing: wat wil ik worden en hoe kom ik daar?")
    NETWORK = "network", _("netwerk: wie kan mij daarbij helpen?")


class Moment(models.TextChoices):
    """When a student works at the own career (BEG-12)."""

    BEFORE = "before", _("voor de bpv")
    DURING = "during", _("tijdens de bpv")
    END = "end", _("aan het einde van de bpv")


class AssignmentText(models.Model):
    """The parts of an opdracht. `difficulty` is the order: they get harder as the bpv proceeds (OPD-02)."""

    title = models.CharField(_("titel"), max_length=200)
    difficulty = models.PositiveSmallIntegerField(
        _("moeilijkheid"), default=1, validators=[MinValueValidator(1), MaxValueValidator(HARDEST)]
    )
    introduction = models.TextField(_("inleiding"), max_length=5000, blank=True)
    steps = ArrayField(models.CharField(max_length=1000), verbose_name=_("stappen en vragen"))
    reflection = ArrayField(
        models.CharField(max_length=500), verbose_name=_("vragen van de praktijkopleider"), default=list, blank=True
    )
    competence = models.CharField(_("loopbaancompetentie"), max_length=10, choices=Competence, blank=True)
    moment = models.CharField(_("wanneer"), max_length=10, choices=Moment, blank=True)
    in_working_time = models.BooleanField(_("onder werktijd te doen"), default=True)

    class Meta:
        abstract = True
        ordering = ["difficulty", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competence="", moment="") | (~Q(competence="") & ~Q(moment="")),
                name="%(class)s_career",
                violation_error_message=_("Kies bij een loopbaanopdracht de competentie en het moment."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def words(self) -> dict[str, Any]:
        """The text alone, to copy."""
        return {field.name: getattr(self, field.name) for field in AssignmentText._meta.get_fields()}
