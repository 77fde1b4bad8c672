"""Is a document genuine and does it still stand? For anybody, without a login and without a word about people."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.views import too_often
from agreements import keys, verifying
from agreements.lifecycle import State, parties_of, state_of
from agreements.models import Mode, Pok
from agreements.verifying import Answer, Verdict
from bpv.core import clock
from placements.access import may_manage


class VerifyForm(forms.Form):
    """A sealed document; it is looked at and not kept."""

    file = forms.FileField(label=_("Het verzegelde document (PDF)"))

    def clean_file(self) -> bytes:
        """The bytes. A file that is too large is not read."""
        given = self.cleaned_data["file"]
        if given.size > verifying.LARGEST:
            raise ValidationError(_("Dit bestand is groter dan 10 MB. Een POK is dat nooit."))
        content: bytes = given.read()
        return content


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Upload a file: echt, vervangen, ingetrokken or niet echt."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    answer = None
    if request.method == "POST":
        if limited := too_often(request):
            return limited
        if form.is_valid():
            try:
                answer = verifying.verify(form.cleaned_data["file"])
            except keys.NoKey:
                form.add_error(None, _("Controleren kan nu niet. Probeer het later opnieuw."))
    return render(request, "agreements/verify.html", {"form": form, "answer": answer, "about": about(answer)})


@login_not_required
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """The code that is printed on a document: which document, which version, how far it is."""
    pok = Pok.objects.filter(code=code.upper().replace("-", "")).select_related("placement").first()
    if pok is None:
        raise Http404
    state = state_of(pok, clock.today())
    signed = state in (State.SIGNED, State.SEALED, State.FILED, State.COMPLETE)
    standing = verifying.standing(pok)
    verdict = standing if standing != Verdict.GENUINE or signed else None
    manages = request.user.is_authenticated and may_manage(request.user, pok.placement)
    context = {
        "pok": pok,
        "verdict": verdict,
        "state": state,
        "about": about(Answer(standing, pok)),
        "manages": manages,
        "follows": manages and state == State.OFFERED and pok.mode == Mode.PAPER,
    }
    return render(request, "agreements/verify_code.html", context)


def about(answer: Answer | None) -> dict[str, object]:
    """Kind, number, version, when it was sealed and which parties signed: nothing about persons."""
    if answer is None or answer.pok is None:
        return {}
    pok = answer.pok
    signed = set(pok.signatures.values_list("party", flat=True))
    return {
        "kind": pok.get_kind_display(),
        "number": pok.number,
        "version": pok.version,
        "sealed_at": answer.sealed_at,
        "parties": [party.label for party in parties_of(pok) if party in signed],
    }
