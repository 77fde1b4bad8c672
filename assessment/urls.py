from django.urls import path, re_path

from assessment import views, views_goals, views_hearing

urlpatterns = [
    re_path(
        r"^plaatsingen/(?P<number>[^/]+)/beoordeling/(?P<kind>tussentijds|eind)/$",
        views.assessment_new,
        name="assessment_new",
    ),
    path("beoordeling/<int:pk>/", views.assessment, name="assessment"),
    path("plaatsingen/<str:number>/oordeel/", views_hearing.hearing, name="hearing"),
    path("plaatsingen/<str:number>/leerdoelen/", views_goals.goal_list, name="goals"),
    path("plaatsingen/<str:number>/leerdoelen/nieuw/", views_goals.goal_new, name="goal_new"),
    re_path(
        r"^plaatsingen/(?P<number>[^/]+)/(?P<form>leerdoelen|leerwerkplan)\.pdf$",
        views_goals.goal_pdf,
        name="goals_pdf",
    ),
    path("leerdoelen/<int:pk>/", views_goals.goal_edit, name="goal"),
    path("leerdoelen/<int:pk>/evalueren/", views_goals.goal_evaluate, name="goal_evaluate"),
]
