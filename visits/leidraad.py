"""The leidraad of a talk (S6.3): the items that are scored (bijlage 1) and the prompts (bijlage 2), in versions.

The version of the handbook stands here as version 1; an opleiding may have its own. A talk keeps the version with which
its preparation began.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from bpv.core import audit
from students.models import Programme
from visits.models import ConversationForm, Talk

ATTITUDE, QUALITY, PACE = (
    gettext_noop("Beroepshouding"),
    gettext_noop("Kwaliteit van het werk"),
    gettext_noop("Werktempo"),
)
ORDER, PEOPLE = gettext_noop("Organisatievermogen"), gettext_noop("Omgang met")

# B1-06: fourteen items in five groups
ITEMS = (
    ("independence", ATTITUDE, gettext_noop("Zelfstandigheid")),
    ("effort", ATTITUDE, gettext_noop("Inzet")),
    ("rules", ATTITUDE, gettext_noop("Naleven van regels")),
    ("criticism", ATTITUDE, gettext_noop("Omgaan met kritiek")),
    ("accuracy", QUALITY, gettext_noop("Nauwkeurigheid")),
    ("completeness", QUALITY, gettext_noop("Volledigheid")),
    ("care", QUALITY, gettext_noop("Verzorging")),
    ("pace", PACE, PACE),
    ("own_work", ORDER, gettext_noop("Organisatie eigen werk")),
    ("systematic", ORDER, gettext_noop("Systematisch werken")),
    ("insight", ORDER, gettext_noop("Inzicht in het werk")),
    ("managers", PEOPLE, gettext_noop("Leidinggevenden")),
    ("colleagues", PEOPLE, gettext_noop("Collega's")),
    ("clients", PEOPLE, gettext_noop("Cliënten")),
)
# Bijlage 2, in our words; the first only when there was a talk before (B2-01)
PROMPTS = (
    ("earlier", gettext_noop("Zijn de afspraken van de vorige keer nagekomen? Wat moet er nog gebeuren?")),
    ("arranged", gettext_noop("Is je werk goed geregeld: rooster, materiaal, het handboek van het bedrijf?")),
    ("assignments", gettext_noop("Welke bpv-opdrachten heb je gedaan, en hoe ging dat?")),
    ("learned", gettext_noop("Wat heb je ervan geleerd? Noem twee voorbeelden van wat je nu anders doet.")),
    ("together", gettext_noop("Hoe gaat het samen met collega's? Durf je hulp te vragen, en krijg je die?")),
    ("guidance", gettext_noop("Wat vind je van de begeleiding?")),
    ("reached", gettext_noop("Welke leerdoelen heb je al gehaald?")),
    ("goals", gettext_noop("Aan welke leerdoelen ga je nu werken?")),
    ("other_work", gettext_noop("Zijn er andere taken waarvan je zou willen leren?")),
    ("more", gettext_noop("Wat wil je nog meer bespreken?")),
)
EARLIER = PROMPTS[0][0]


def of_school() -> ConversationForm:
    """The latest version for every opleiding without its own; the handbook's version 1 need not be a row yet."""
    found = ConversationForm.objects.filter(programme=None).first()
    if found:
        return found
    items = [{"key": key, "group": group, "label": label} for key, group, label in ITEMS]
    prompts = [{"key": key, "label": label, "follow_up": key == EARLIER} for key, label in PROMPTS]
    return ConversationForm(programme=None, version=1, items=items, prompts=prompts)


def keep(form: ConversationForm) -> ConversationForm:
    """The row of a version; the handbook's is written when it is first used."""
    if form.pk:
        return form
    words = {"items": form.items, "prompts": form.prompts}
    return ConversationForm.objects.get_or_create(programme=None, version=form.version, defaults=words)[0]


def for_programme(programme: Programme) -> ConversationForm:
    """The latest version of this opleiding, or else the school's."""
    return programme.conversation_forms.first() or of_school()


def of_talk(talk: Talk) -> ConversationForm:
    """The version with which this talk is prepared."""
    return talk.form or for_programme(talk.placement.programme)


@transaction.atomic
def save_version(*, programme: Programme, by: Any, items: list[Any], prompts: list[Any]) -> ConversationForm:
    """A next version for an opleiding; talks that are being prepared keep theirs (S6.3)."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    version = programme.conversation_forms.count() + 1
    made = ConversationForm.objects.create(
        programme=programme, version=version, items=items, prompts=prompts, made_by=by
    )
    audit.record("leidraad_saved", subject=made, by=by, programme=programme.name, version=version)
    return made


def shown(label: str) -> str:
    """A label in the reader's language when it is one of the handbook's, else as the school wrote it."""
    return _(label) if label else ""
