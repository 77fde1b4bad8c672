"""Input for a talk that was held: in under a minute, with the fuller parts in a fold."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpv.core.forms import bare_helper, date_input
from visits.models import ActionPoint, ContactKind, ContactMoment, Party, Topic
from visits.points import Agreement

USUAL_TIME = timedelta(days=14)  # until an action point is done
WRITTEN = ["discussed", "goals_discussed", "roles_discussed", "private_note"]
HELD = ["on", "kind", "with_student", "with_supervisor"]


class TalkHeldForm(forms.ModelForm):
    """When, how, who, and what was said (BEG-05)."""

    kind = forms.ChoiceField(label=_("Soort"), choices=ContactKind, widget=forms.RadioSelect)

    class Meta:
        model = ContactMoment
        fields = [*HELD, *WRITTEN]
        widgets = {
            "on": date_input(),
            "discussed": forms.Textarea(attrs={"rows": 4, "data-draft": "contact"}),
            "private_note": forms.Textarea(attrs={"rows": 3, "data-draft": "contact"}),
        }
        labels = {
            "on": _("Datum"),
            "with_student": _("De student deed mee"),
            "with_supervisor": _("De praktijkopleider deed mee"),
            "goals_discussed": _("We hebben de leerdoelen besproken"),
            "roles_discussed": _("We hebben besproken wie wat doet bij dit nieuwe leerbedrijf"),
            "discussed": _("Wat is besproken?"),
            "private_note": _("Notitie, alleen voor school"),
        }

    def __init__(self, *args: Any, today: date, at_new_location: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = bare_helper()
        self.fields["discussed"].required = True  # unless something stands at a topic
        self.fields["discussed"].error_messages["required"] = _("Schrijf op wat is besproken, hier of per onderwerp.")
        if not at_new_location:
            del self.fields["roles_discussed"]
        kept = self.instance.topics if self.instance.pk else {}
        for topic in Topic:
            area = forms.Textarea(attrs={"rows": 2, "data-draft": "contact"})
            label = str(topic.label)[:1].upper() + str(topic.label)[1:]
            field = forms.CharField(label=label, max_length=2000, required=False, widget=area)
            self.fields[f"topic_{topic.value}"] = field
            field.initial = kept.get(topic.value, "")

    @property
    def held_fields(self) -> list[Any]:
        """When, how and who."""
        return [self[name] for name in HELD]

    @property
    def topic_fields(self) -> list[Any]:
        """The five of BEG-05."""
        return [self[f"topic_{topic.value}"] for topic in Topic]

    @property
    def has_topics(self) -> bool:
        """Whether something stands at a topic, right or wrong."""
        return any(field.value() for field in self.topic_fields)

    def clean_on(self) -> date:
        """A talk is written down after it was held."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst. Leg een gesprek vast als het is geweest."))
        return on

    def clean(self) -> dict[str, Any]:
        """Somebody besides the bpv-docent took part, and something was said (BEG-06)."""
        cleaned = super().clean() or {}
        if not cleaned.get("with_student") and not cleaned.get("with_supervisor"):
            self.add_error("with_student", _("Geef aan wie er meedeed: de student, de praktijkopleider of allebei."))
        if self.topics and not cleaned.get("discussed"):
            self.errors.pop("discussed", None)
            cleaned["discussed"] = ""
        return cleaned

    @property
    def topics(self) -> dict[str, str]:
        """What was written per topic."""
        found = {topic.value: self.cleaned_data.get(f"topic_{topic.value}", "") for topic in Topic}
        return {topic: text for topic, text in found.items() if text}

    @property
    def fields_of_contact(self) -> dict[str, Any]:
        """What the deed takes."""
        names = [name for name in self.Meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in names} | {"topics": self.topics}


class ContactForm(TalkHeldForm):
    """A talk that was held just now: what is usual stands filled in."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    no_agreements = forms.BooleanField(label=_("Er zijn geen nieuwe afspraken"), required=False)
    done = forms.ModelMultipleChoiceField(
        label=_("Welke afspraken zijn klaar?"),
        queryset=ActionPoint.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    copies = forms.BooleanField(
        label=_("Stuur het verslag aan student en praktijkopleider"), required=False, initial=True
    )

    def __init__(self, *args: Any, open_points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done"].queryset = open_points  # type: ignore[attr-defined]


class CorrectionForm(TalkHeldForm):
    """What was written down, changed afterwards with a reason; the old text stays."""

    reason = forms.CharField(label=_("Waarom wijzig je dit?"), max_length=300)
    copies = forms.BooleanField(
        label=_("Stuur het gewijzigde verslag aan student en praktijkopleider"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        changed = [name for name in self.fields if name not in ("reason", "copies")]
        self.order_fields([*changed, "reason", "copies"])


class PointForm(forms.Form):
    """One action point: who does what by when (B2-02)."""

    text = forms.CharField(label=_("Afspraak"), max_length=300, required=False)
    owner = forms.ChoiceField(label=_("Wie?"), choices=Party, initial=Party.STUDENT)
    due = forms.DateField(label=_("Wanneer klaar?"), widget=date_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due"].initial = today + USUAL_TIME
        self.helper = bare_helper()

    def full_clean(self) -> None:
        """A line without text is nothing, also where the text is asked: `require_some` says when one is missed."""
        text = self.fields["text"]
        asked, text.required = text.required, False
        super().full_clean()
        text.required = asked


class BasePoints(forms.BaseFormSet):
    """Three lines; the empty ones are nothing. Only the first is shown as needed."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """The first line is asked; whether it may stay empty is said by the box below."""
        super().add_fields(form, index)
        form.fields["text"].required = index == 0

    @property
    def agreements(self) -> Iterable[Agreement]:
        """What was written down."""
        return [Agreement(**form.cleaned_data) for form in self.forms if form.cleaned_data.get("text")]

    def require_some(self) -> None:
        """Of every talk the agreements are written down, or that there are none (BEG-06)."""
        if not self.agreements:
            missing = _("Schrijf minstens één afspraak op, of kruis aan dat er geen nieuwe zijn.")
            self.forms[0].add_error("text", missing)


Points = forms.formset_factory(PointForm, formset=BasePoints, extra=3, max_num=3, validate_max=True)
