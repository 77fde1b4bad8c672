"""The roof's pages. A dossier's number has its own shape, so that `plaatsingen/nieuw/` is somebody else's."""

from django.urls import path, re_path

from compliance import (
    views_bulk,
    views_deviations,
    views_dossier,
    views_filters,
    views_hours,
    views_list,
    views_overview,
    views_today,
)

NUMBER = r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/"

urlpatterns = [
    path("", views_today.today, name="today"),
    path("plaatsingen/", views_list.placements, name="placements"),
    path("plaatsingen/exporteren/", views_list.export, name="placements_export"),
    path("plaatsingen/samen/", views_bulk.bulk, name="bulk"),
    path("plaatsingen/samen/<int:pk>/", views_bulk.bulk_run, name="bulk_run"),
    path("plaatsingen/samen/<int:pk>/bestand/", views_bulk.bulk_file, name="bulk_file"),
    path("plaatsingen/samen/<int:pk>/opnieuw/", views_bulk.bulk_again, name="bulk_again"),
    path("filters/nieuw/", views_filters.new, name="filter_new"),
    path("filters/<int:pk>/", views_filters.edit, name="filter_edit"),
    path("filters/<int:pk>/verwijderen/", views_filters.remove, name="filter_remove"),
    re_path(NUMBER + "$", views_dossier.dossier, name="dossier"),
    re_path(NUMBER + "geschiedenis/$", views_dossier.history, name="history"),
    re_path(NUMBER + "uren/$", views_hours.hours, name="hours"),
    re_path(NUMBER + r"uren/besluit/(?P<kind>pok|beoordeelbaar|onderdelen)/$", views_hours.decide, name="hours_decide"),
    re_path(NUMBER + "uren/exporteren/$", views_hours.export, name="hours_export"),
    re_path(NUMBER + r"uren/urenverantwoording\.pdf$", views_hours.pdf, name="hours_pdf"),
    re_path(NUMBER + "afwijken/$", views_deviations.deviation_new, name="deviation_new"),
    path("afwijkingen/", views_deviations.all_deviations, name="deviations"),
    path("afwijkingen/<int:pk>/", views_deviations.deviation, name="deviation"),
    path("overzicht/", views_overview.overview, name="overview"),
    path("overzicht/exporteren/", views_overview.overview_export, name="overview_export"),
    path("overzicht/team/<int:pk>/", views_overview.overview_team, name="overview_team"),
]
