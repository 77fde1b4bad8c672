from django.urls import path, re_path

from assessment import views

urlpatterns = [
    re_path(
        r"^plaatsingen/(?P<number>[^/]+)/beoordeling/(?P<kind>tussentijds|eind)/$",
        views.assessment_new,
        name="assessment_new",
    ),
    path("beoordeling/<int:pk>/", views.assessment, name="assessment"),
]
