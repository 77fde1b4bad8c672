from django.urls import path

from companies import views

urlpatterns = [
    path("leerbedrijven/", views.locations, name="locations"),
    path("leerbedrijven/exporteren/", views.locations_export, name="locations_export"),
    path("leerbedrijven/<str:sbb_id>/", views.location, name="location"),
    path("leerbedrijven/<str:sbb_id>/erkenning/", views.accreditation_check, name="accreditation_check"),
    path("leerbedrijven/<str:sbb_id>/contactpersoon/", views.contact_edit, name="contact_new"),
    path("leerbedrijven/<str:sbb_id>/contactpersoon/<int:pk>/", views.contact_edit, name="contact_edit"),
]
