"""One-time links and the own profile. Sign-in with a password is allauth's (urls.py lists which of its pages exist)."""

import secrets
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import languages, links, services
from accounts.forms import AskLink, EnterCode, Profile
from accounts.models import OneTimeCode, OneTimeLink

COOKIE = "bpv-code"
SALT = "accounts.code"
ONE_YEAR = 365 * 24 * 3600


class ActivateTotp(ActivateTOTPView):
    """Setting up the second factor counts as giving it in this session: the code was just typed."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class SeeOther(HttpResponseRedirect):
    """303: what follows is a GET, whatever came before."""

    status_code = 303


def too_often(request: HttpRequest) -> HttpResponse | None:
    """The 429 page when this network address asks too much (counted in PostgreSQL)."""
    return ratelimit.consume_or_429(request, action="link")


@login_not_required
def ask_link(request: HttpRequest) -> HttpResponse:
    """Asks for an e-mail address and answers the same whether it is known or not."""
    next_path = links.local_path(request.POST.get("next") or request.GET.get("next", "/"))
    form = AskLink(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if limited := too_often(request):
            return limited
        if form.is_valid():
            links.ask(email=form.cleaned_data["email"], next_path=next_path)
            return SeeOther(reverse("link_sent"))
    return render(request, "accounts/ask_link.html", {"form": form, "next": next_path})


@login_not_required
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """What to do now, and what if no mail comes."""
    return render(request, "accounts/link_sent.html")


@login_not_required
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing (mail scanners open links): it shows one button. The button sends the code."""
    link = links.find(token)
    if link is None:
        return private(render(request, "accounts/link_unknown.html", {"form": AskLink()}, status=404))
    if request.user.pk == link.user_id and links.is_open(link):
        return private(SeeOther(link.next_path))
    translation.activate(languages.owners(request, link.user))
    if request.method == "POST":
        return private(send_code_or_link(request, link))
    status = 200 if links.is_open(link) else 410
    return private(render(request, "accounts/open_link.html", {"open": status == 200}, status=status))


def send_code_or_link(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """A code for an open link; for one that no longer works a new link to the same address."""
    if limited := too_often(request):
        return limited
    if not links.is_open(link):
        links.ask(email=link.user.email, next_path=link.next_path)
        return SeeOther(reverse("link_sent"))
    browser = secrets.token_urlsafe(32)
    try:
        code = links.send_code(link, browser=browser)
    except links.TooManyCodes:
        return render(request, "429.html", status=429)
    response = SeeOther(reverse("enter_code"))
    response.set_signed_cookie(
        COOKIE,
        f"{code.pk}:{browser}",
        salt=SALT,
        max_age=settings.CODE_LIFE * 6,  # longer than the code, so that an expired one can be sent again
        path=reverse("ask_link"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Keeps the token out of every Referer. With `no-referrer` browsers post `Origin: null`, which CSRF refuses."""
    response["Referrer-Policy"] = "strict-origin"
    return response


def asked_code(request: HttpRequest) -> OneTimeCode | None:
    """The code that belongs to this browser's cookie."""
    value: Any = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    pk, _colon, browser = value.partition(":")
    return links.code_for(pk, browser)


@login_not_required
def enter_code(request: HttpRequest) -> HttpResponse:
    """The six digits; right ones log the person in and lead to the task, at an address without token."""
    code = asked_code(request)
    if code is None:
        return SeeOther(reverse("ask_link"))
    translation.activate(languages.owners(request, code.link.user))
    form = EnterCode(request.POST if request.method == "POST" and "again" not in request.POST else None)
    if request.method == "POST":
        if "again" in request.POST:
            return send_code_or_link(request, code.link)
        if limited := too_often(request):
            return limited
        if form.is_valid():
            if links.redeem(code, form.cleaned_data["digits"]):
                return come_in(request, code.link)
            code.refresh_from_db()
            form.add_error("digits", _("Deze code klopt niet. Kijk in de laatste mail die je kreeg."))
    return render(request, "accounts/enter_code.html", {"form": form, "usable": links.is_usable(code)})


def come_in(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    """Log in without a password and go to the task, in the language that was chosen on the way."""
    login(request, link.user)
    if language := languages.chosen(request):
        services.choose_language(link.user, language, by=link.user)
    response = SeeOther(link.next_path)
    response.delete_cookie(COOKIE, path=reverse("ask_link"), samesite="Lax")
    return response


def profile(request: HttpRequest) -> HttpResponse:
    """Own details; staff change how they can be reached (S4.2-c)."""
    user = request.user
    form = Profile(request.POST if request.method == "POST" else None, instance=user) if user.roles.is_staff else None
    if form is not None and request.method == "POST" and form.is_valid():
        services.update_profile(user, by=user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Je gegevens zijn bewaard."))
        return redirect("profile")
    context = {"form": form, "has_password": user.has_usable_password(), "has_mfa": is_mfa_enabled(user)}
    return render(request, "accounts/profile.html", context)


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """From the switch on a page: kept with the person, or in a cookie for who is not logged in; then back."""
    language = request.POST.get("language", "")
    response = SeeOther(links.local_path(request.POST.get("next", "/")))
    if request.user.is_authenticated:
        services.choose_language(request.user, language, by=request.user)
    elif language in languages.ALL:
        response.set_cookie(
            languages.COOKIE,
            language,
            max_age=ONE_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
