"""The bijlage of an opleiding (S5-BIJL): keep a new version; POKs that were made keep theirs."""

from datetime import date
from typing import Any

from django.db import transaction

from agreements.models import Annex
from bpv.core import audit
from standards.hours import school_years
from standards.norms import norms_for
from students.models import Programme

PARTS = ("guide", "content", "guidance", "learning", "assessment")

# What holds for the whole school, in Dutch like every POK; an opleiding adds its own to it.
CONTENT = (
    "De student werkt mee in het leerbedrijf aan de werkprocessen van de kwalificatie. De bpv-gids van de opleiding"
    " beschrijft welke werkprocessen in welk leerjaar aan bod komen en welke opdrachten daarbij horen.\n\n"
    "Het werk past bij wat de student al kan en wordt in de loop van de bpv zelfstandiger."
)
GUIDANCE = (
    "De praktijkopleider begeleidt de student op de werkvloer en bespreekt elke week hoe het gaat.\n\n"
    "De bpv-docent neemt binnen {first} dagen na de start contact op en voert per bpv-periode ten minste {talks}"
    " gesprekken met student en praktijkopleider samen, waarvan ten minste {visits} bij het leerbedrijf. Op vragen"
    " en klachten komt binnen {answer} werkdagen een reactie."
)
LEARNING = (
    "In het eerste gesprek leggen student, praktijkopleider en bpv-docent de leerdoelen vast, elk bij een werkproces."
    " In elk volgend gesprek kijken zij wat is bereikt en stellen zij de leerdoelen zo nodig bij.\n\n"
    "Heeft de student extra ondersteuning nodig, dan staat in het leerprogramma wat het leerbedrijf en de school doen."
)
ASSESSMENT = (
    "Halverwege is er een tussentijdse beoordeling en aan het eind een eindbeoordeling. De praktijkopleider geeft een"
    " oordeel over het werk; de school stelt de beoordeling vast en vertelt student en praktijkopleider de uitslag.\n\n"
    "De bpv-gids beschrijft waarop wordt beoordeeld en wat nodig is voor een voldoende."
)


def standard_texts(today: date) -> dict[str, str]:
    """The four parts as the whole school uses them, and the bpv-gids of this school year."""
    norms = norms_for(today)
    guidance = GUIDANCE.format(
        first=norms.first_contact_days,
        talks=norms.contacts_per_period,
        visits=norms.contacts_on_site,
        answer=norms.response_workdays,
    )
    (year,) = school_years(today, today)
    texts = (f"Bpv-gids {year}", CONTENT, guidance, LEARNING, ASSESSMENT)
    return dict(zip(PARTS, texts, strict=True))


@transaction.atomic
def save_annex(*, programme: Programme, by: Any, **texts: str) -> Annex:
    """Keep the texts as the next version of the bijlage; the same texts as the newest version are no new one."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    newest = Annex.objects.filter(programme=programme).first()
    if newest and all(getattr(newest, part) == texts[part] for part in PARTS):
        return newest
    annex = Annex(programme=programme, version=newest.version + 1 if newest else 1, made_by=by, **texts)
    annex.full_clean()
    annex.save()
    audit.record("annex_saved", subject=annex, by=by, programme=str(programme), version=annex.version)
    return annex
