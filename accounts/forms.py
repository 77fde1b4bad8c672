"""What people type to come in, and their own details."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import User


class SignIn(allauth.LoginForm):
    """allauth's form without its placeholders and the link in the help text: both stand on the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.label = {"login": _("E-mailadres"), "password": _("Wachtwoord")}.get(name, field.label)


class PlainHelp:
    """The rules of a password as one sentence instead of a list."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _("Minstens 12 tekens, en niet je naam of een veelgebruikt wachtwoord.")


class ChangePassword(PlainHelp, allauth.ChangePasswordForm):
    """Own password, knowing the old one."""


class ResetPassword(PlainHelp, allauth.ResetPasswordKeyForm):
    """A new password after a link in a mail; also the first one."""


class AskLink(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Gebruik het adres waarop we eerder gemaild hebben, of het e-mailadres van school."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "id": "id_link_email"}),
    )


class EnterCode(forms.Form):
    digits = forms.CharField(
        label=_("Code uit de mail"),
        max_length=12,
        help_text=_("Zes cijfers. De code werkt tien minuten."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_digits(self) -> str:
        """Spaces in between are allowed: mail programmes show the code in two groups."""
        digits = "".join(self.cleaned_data["digits"].split())
        RegexValidator(r"^\d{6}$", _("Een code is zes cijfers, zoals 041922."))(digits)
        return digits


class Profile(forms.ModelForm):
    class Meta:
        model = User
        fields = ["phone", "reachability", "language"]
        help_texts = {
            "phone": _("Student en leerbedrijf zien dit nummer."),
            "language": _("De taal van de pagina's en van de mail aan jou."),
            "reachability": _("Bijvoorbeeld: maandag tot en met donderdag van 9 tot 17 uur."),
        }
        widgets = {"phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = languages.choices(self.instance)
        self.fields["language"].choices = [pair for pair in settings.LANGUAGES if pair[0] in offered]
        self.initial["language"] = languages.of(self.instance)
