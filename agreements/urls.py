from django.urls import path, re_path

from agreements import views

urlpatterns = [
    re_path(r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/pok/$", views.pok_new, name="pok_new"),
    path("pok/<int:pk>/", views.pok, name="pok"),
    path("pok/<int:pk>/pdf/", views.pok_pdf, name="pok_pdf"),
    path("pok/<int:pk>/handtekening/", views.pok_signature, name="pok_signature"),
    path("pok/<int:pk>/dossier/", views.pok_file, name="pok_file"),
    path("pok/<int:pk>/intrekken/", views.pok_withdraw, name="pok_withdraw"),
]
