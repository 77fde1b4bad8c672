from django.urls import path, re_path

from placements import views

NUMBER = r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/"

urlpatterns = [
    path("plaatsingen/nieuw/", views.placement_new, name="placement_new"),
    re_path(NUMBER + "wijzigen/$", views.placement_edit, name="placement_edit"),
    re_path(NUMBER + "docent/$", views.placement_teacher, name="placement_teacher"),
    re_path(NUMBER + "vervallen/$", views.placement_cancel, name="placement_cancel"),
]
