"""Input of the round of signing."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements import signing, statements
from agreements.models import Mode, Party, Pok, Remark
from bpv.core.forms import date_input
from companies.models import Contact

ADULT = 18


class OfferForm(forms.Form):
    """How it is signed, by whom for the leerbedrijf, and for a minor when the parents were told (T26)."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Hoe wordt getekend?"),
        choices=[
            (Mode.DIGITAL, gettext_lazy("Digitaal: iedereen krijgt een mail met een link")),
            (Mode.PAPER, gettext_lazy("Op papier: jij print en verstuurt")),
        ],
        widget=forms.RadioSelect,
        initial=Mode.DIGITAL,
    )
    contact = forms.ModelChoiceField(
        label=gettext_lazy("Wie tekent namens het leerbedrijf?"),
        queryset=Contact.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, pok: Pok, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        who: Any = self.fields["contact"]
        who.queryset = pok.placement.location.contacts.all()
        who.label_from_instance = _person
        who.initial = signing.signatory_of(pok)
        if settings.MINORS == "inform" and pok.placement.student.age_on(pok.start) < ADULT:
            self.fields["parents_informed_on"] = forms.DateField(
                label=_("Wanneer zijn de ouders of voogd ingelicht?"),
                help_text=_("De student is bij het begin nog geen 18."),
                widget=date_input(),
                initial=pok.parents_informed_on,
            )

    def clean_parents_informed_on(self) -> date:
        """Not in the future."""
        on: date = self.cleaned_data["parents_informed_on"]
        if on > self.today:
            raise ValidationError(_("Deze datum ligt in de toekomst."))
        return on


def _person(contact: Contact) -> str:
    parts = [contact.full_name, contact.role_names, contact.email or _("geen e-mailadres")]
    return " · ".join(part for part in parts if part)


class SignForm(forms.Form):
    """What a signer confirms (POK-02): read to the end, the declaration, and for the leerbedrijf that one may sign.

    `parties`: for whom this person signs what is shown; one, or more when the documents differ.
    """

    name = forms.CharField(
        label=gettext_lazy("Naam"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    function = forms.CharField(
        label=gettext_lazy("Functie"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    read = forms.BooleanField(
        label=gettext_lazy("Ik heb alle bladzijden gelezen."),
        error_messages={"required": gettext_lazy("Lees eerst alle bladzijden.")},
    )
    agree = forms.BooleanField(error_messages={"required": gettext_lazy("Bevestig de verklaring.")})
    authority = forms.BooleanField(
        error_messages={"required": gettext_lazy("Bevestig dat je namens het leerbedrijf mag tekenen.")}
    )

    def __init__(self, *args: Any, parties: list[Party], companies: list[str], several: bool = False, **kw: Any):
        super().__init__(*args, **kw)
        self.fields["agree"].label = " ".join(statements.statement(party) for party in parties)
        self.fields["authority"].label = _("Ik ben bevoegd om namens %(names)s te tekenen.") % {
            "names": ", ".join(companies)
        }
        if Party.COMPANY not in parties:
            del self.fields["authority"], self.fields["function"]
        if several or parties == [Party.SCHOOL]:
            del self.fields["read"]

    @property
    def typed(self) -> list[Any]:
        """Who signs."""
        return [self[name] for name in ("name", "function") if name in self.fields]

    @property
    def ticks(self) -> list[Any]:
        """What is confirmed."""
        return [self[name] for name in ("read", "agree", "authority") if name in self.fields]

    @property
    def how(self) -> dict[str, Any]:
        """For the deed."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "function": given.get("function", ""),
            "authority": given.get("authority", False),
        }


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Waarom teken je niet?"),
        help_text=gettext_lazy("De school en de andere partijen lezen dit."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MistakeForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        help_text=gettext_lazy("Schrijf ook hoe het wel moet zijn."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OtherSignatoryForm(forms.Form):
    """Who should sign for the leerbedrijf instead."""

    first_name = forms.CharField(label=gettext_lazy("Roepnaam"), max_length=80)
    prefix = forms.CharField(label=gettext_lazy("Tussenvoegsel"), max_length=20, required=False)
    last_name = forms.CharField(label=gettext_lazy("Achternaam"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mailadres"), widget=forms.EmailInput(attrs={"inputmode": "email"}))
    function = forms.CharField(label=gettext_lazy("Functie"), max_length=120)


class SettleForm(forms.Form):
    """What the school does with what came back."""

    accepted = forms.ChoiceField(label=gettext_lazy("Wat doe je?"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("Antwoord"),
        help_text=gettext_lazy("Nodig als je niets verandert. Het gaat per mail naar wie dit meldde."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        yes = {
            Remark.Kind.OTHER_SIGNATORY: _("Ja, deze persoon tekent voortaan"),
            Remark.Kind.MISTAKE: _("Het klopt inderdaad niet: ik maak een nieuwe versie"),
            Remark.Kind.OBJECTION: _("Het bezwaar is terecht: ik trek het document in"),
        }[Remark.Kind(remark.kind)]
        choice: Any = self.fields["accepted"]
        choice.choices = [("yes", yes), ("no", _("Nee, er verandert niets"))]

    @property
    def deed(self) -> dict[str, Any]:
        """For the deed."""
        return {"accepted": self.cleaned_data["accepted"] == "yes", "answer": self.cleaned_data["answer"]}


class WaitingFilter(forms.Form):
    """Which documents the school signs now."""

    q = forms.CharField(label=gettext_lazy("Zoeken"), required=False, max_length=80)
    klas = forms.ChoiceField(label=gettext_lazy("Klas"), required=False)
    wie = forms.ChoiceField(
        label=gettext_lazy("Wie tekende al?"),
        required=False,
        choices=[("", gettext_lazy("Maakt niet uit")), ("anderen", gettext_lazy("Alle anderen"))],
    )

    def __init__(self, *args: Any, groups: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["klas"]
        choice.choices = [("", _("Alle klassen")), *((group, group) for group in groups)]

    @property
    def wanted(self) -> dict[str, Any]:
        """For the list; an unknown value counts as none."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "words": given.get("q", ""),
            "group": given.get("klas", ""),
            "last": given.get("wie", "") == "anderen",
        }
