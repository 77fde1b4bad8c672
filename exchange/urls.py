from django.urls import path

from exchange import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("<int:pk>/", views.import_run, name="import_run"),
    path("sjablonen/<str:name>/", views.import_template, name="import_template"),
]
