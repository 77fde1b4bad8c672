from django.urls import path, re_path

from placements import views, views_hours, views_search, views_without_place

NUMBER = r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/"

urlpatterns = [
    path("plaatsingen/nieuw/", views.placement_new, name="placement_new"),
    re_path(NUMBER + "wijzigen/$", views.placement_edit, name="placement_edit"),
    re_path(NUMBER + "docent/$", views.placement_teacher, name="placement_teacher"),
    re_path(NUMBER + "vervallen/$", views.placement_cancel, name="placement_cancel"),
    re_path(NUMBER + r"uren/(?P<year>\d{4})-w(?P<week>\d{2})/$", views_hours.week, name="hours_week"),
    re_path(NUMBER + "uren/bevestigen/$", views_hours.confirm, name="hours_confirm"),
    path("uren/<int:pk>/terugsturen/", views_hours.send_back, name="hours_send_back"),
    path("bbl-zonder-plek/", views_without_place.without_place_list, name="without_place"),
    path("bbl-zonder-plek/exporteren/", views_without_place.without_place_export, name="without_place_export"),
    path("bbl-zonder-plek/<int:pk>/zoeken/", views_without_place.search_open, name="search_open"),
    path("zoeken/<int:pk>/", views_search.search, name="search"),
    path("zoeken/<int:pk>/stap/", views_search.search_step, name="search_step"),
    path("zoeken/<int:pk>/akkoord/", views_search.search_agree, name="search_agree"),
    path("zoeken/<int:pk>/addendum/", views_search.search_addendum, name="search_addendum"),
    path("zoeken/<int:pk>/afspraken/", views_search.search_agreements, name="search_agreements"),
    path("zoeken/<int:pk>/sbb/", views_search.search_sbb, name="search_sbb"),
    path("zoeken/<int:pk>/besluit/", views_search.search_decide, name="search_decide"),
    path("zoeken/<int:pk>/afronden/", views_search.search_close, name="search_close"),
]
