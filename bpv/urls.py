"""All addresses, Dutch as on screen. Every page needs a login unless it says `login_not_required` itself."""

from django.urls import include, path

from bpv.core import views, views_style

urlpatterns = [
    path("", include("compliance.urls")),
    path("", include("placements.urls")),
    path("", include("companies.urls")),
    path("", include("students.urls")),
    path("", include("agreements.urls")),
    path("", include("visits.urls")),
    path("", include("assessment.urls")),
    path("inlezen/", include("exchange.urls")),
    path("", include("accounts.urls")),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("stijl/", views_style.style, name="style"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("gezond/", views.healthy, name="healthy"),
    path("post/", include("bpv.core.urls")),
]
