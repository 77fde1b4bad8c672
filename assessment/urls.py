from django.urls import path, re_path

from assessment import (
    views,
    views_assignment,
    views_assignments,
    views_catalogue,
    views_coverage,
    views_goals,
    views_hearing,
)

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
    path("opleidingen/<int:pk>/opdrachten/", views_catalogue.assignment_catalogue, name="catalogue"),
    path("opleidingen/<int:pk>/opdrachten/nieuw/", views_catalogue.catalogue_new, name="catalogue_new"),
    path("opleidingen/opdrachten/<int:pk>/", views_catalogue.catalogue_edit, name="catalogue_edit"),
    path("opleidingen/opdrachten/<int:pk>/opdracht.pdf", views_catalogue.catalogue_pdf, name="catalogue_pdf"),
    path("plaatsingen/<str:number>/opdrachten/", views_assignments.assignment_list, name="assignments"),
    path("plaatsingen/<str:number>/opdrachten/uitdelen/", views_assignments.hand_out, name="assignments_hand_out"),
    path("plaatsingen/<str:number>/opdrachten/voorstellen/", views_assignments.propose, name="assignment_propose"),
    path("opdrachtvoorstellen/<int:pk>/", views_assignments.proposal, name="assignment_proposal"),
    path("opdrachten/<int:pk>/", views_assignment.assignment, name="assignment"),
    path("opdrachten/<int:pk>/inleveren/", views_assignment.hand_in, name="assignment_hand_in"),
    path("opdrachten/<int:pk>/beoordelen/", views_assignment.assess, name="assignment_assess"),
    path("opdrachten/<int:pk>/heropenen/", views_assignment.reopen, name="assignment_reopen"),
    path("opdrachten/<int:pk>/intrekken/", views_assignment.withdraw, name="assignment_withdraw"),
    path("opdrachten/<int:pk>/praktijk/", views_assignment.rate, name="assignment_fit"),
    path("opdrachten/<int:pk>/versie/<int:version>/", views_assignment.submission_file, name="assignment_file"),
    re_path(
        r"^opdrachten/(?P<pk>\d+)/(?P<form>opdracht|uitwerking)\.pdf$",
        views_assignment.assignment_pdf,
        name="assignment_pdf",
    ),
    path("plaatsingen/<str:number>/werkprocessen/", views_coverage.coverage_of_placement, name="coverage"),
    path("leerbedrijven/<str:sbb_id>/werkprocessen/", views_coverage.coverage_of_location, name="coverage_location"),
]
