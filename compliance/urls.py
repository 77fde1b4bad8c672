"""The roof's pages. A dossier's number has its own shape, so that `plaatsingen/nieuw/` is somebody else's."""

from django.urls import path, re_path

from compliance import views_dossier, views_list, views_overview, views_today

NUMBER = r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/"

urlpatterns = [
    path("", views_today.today, name="today"),
    path("plaatsingen/", views_list.placements, name="placements"),
    re_path(NUMBER + "$", views_dossier.dossier, name="dossier"),
    re_path(NUMBER + "geschiedenis/$", views_dossier.history, name="history"),
    path("overzicht/", views_overview.overview, name="overview"),
]
