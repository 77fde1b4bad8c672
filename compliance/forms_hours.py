"""Input for decisions about hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpv.core.bsn import refuse_bsn
from bpv.core.forms import bare_helper
from placements.models import Decision, HoursDecision

Answer = HoursDecision.Answer
# By kind: its answers, what is asked, and what is written with it.
ASKED = {
    Decision.LATE_POK: (
        (Answer.COUNTS, Answer.LOST),
        _("Tellen de uren van vóór het tekenen mee?"),
        _("Waarom?"),
    ),
    Decision.ASSESSABLE: (
        (Answer.YES, Answer.NO),
        _("Is de bpv te beoordelen met minder uren dan in de POK staan?"),
        _("Afspraken over inhalen, of waarom dat niet nodig is"),
    ),
    Decision.PARTS: (
        (Answer.EXTEND, Answer.ALTERNATIVE, Answer.NOTHING),
        _("Wat besluit het bevoegd gezag?"),
        _("Waarom, en welke onderdelen gaat het om?"),
    ),
}


class DecisionForm(forms.Form):
    """An answer and its reason."""

    answer = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Kies een antwoord.")})
    text = forms.CharField(max_length=1000, validators=[refuse_bsn], widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, kind: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
        answers, question, reason = ASKED[kind]
        self.fields["answer"].label, self.fields["text"].label = question, reason
        self.fields["answer"].choices = [(answer.value, answer.label.capitalize()) for answer in answers]  # type: ignore[attr-defined]
