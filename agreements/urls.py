from django.urls import path, re_path

from agreements import views, views_administration, views_annex, views_readiness, views_register

urlpatterns = [
    re_path(r"^plaatsingen/(?P<number>[A-Z]{2}\d{4,12})/pok/$", views.pok_new, name="pok_new"),
    path("pok/<int:pk>/", views.pok, name="pok"),
    path("pok/<int:pk>/pdf/", views.pok_pdf, name="pok_pdf"),
    path("pok/<int:pk>/handtekening/", views.pok_signature, name="pok_signature"),
    path("pok/<int:pk>/dossier/", views.pok_file, name="pok_file"),
    path("pok/<int:pk>/intrekken/", views.pok_withdraw, name="pok_withdraw"),
    path("pok/<int:pk>/aanvullen/", views_readiness.pok_supplement, name="pok_supplement"),
    path("opleidingen/", views_annex.programmes, name="programmes"),
    path("opleidingen/<int:pk>/bijlage/", views_annex.annex, name="annex"),
    path("administratie/", views_administration.administration_list, name="administration"),
    path("administratie/exporteren/", views_administration.administration_export, name="administration_export"),
    path("administratie/dossier/", views_administration.administration_file, name="administration_file"),
    path("administratie/zip/", views_administration.administration_archive, name="administration_archive"),
    path("register/", views_register.register_page, name="register"),
    path("register/bestand/", views_register.register_download, name="register_download"),
    path("register/verschillen/", views_register.register_differences, name="register_differences"),
    path("register/verschillen/exporteren/", views_register.differences_export, name="differences_export"),
]
