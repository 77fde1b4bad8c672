from django.urls import path, re_path

from assessment import views, views_closing, views_examining, views_goals, views_hearing, views_statements

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
    path("plaatsingen/<str:number>/afsluiten/", views_closing.closing, name="closing"),
    path("plaatsingen/<str:number>/heropenen/", views_closing.reopening, name="reopening"),
    path("plaatsingen/<str:number>/keuzedelen/", views_closing.keuzedelen, name="keuzedelen"),
    path("examencommissie/", views_examining.examining_list, name="examining"),
    path("examencommissie/exporteren/", views_examining.examining_export, name="examining_export"),
    path("examencommissie/<int:pk>/", views_examining.examining_student, name="examining_student"),
    path("examencommissie/<int:pk>/overzicht.pdf", views_examining.examining_pdf, name="examining_pdf"),
    path("examencommissie/<int:pk>/bewijs/", views_examining.proof, name="equivalence_proof"),
    path("examencommissie/<int:pk>/besluit/", views_examining.decision, name="equivalence_decision"),
    path("gelijkwaardigheid/<int:pk>/besluit.pdf", views_examining.equivalence_pdf, name="equivalence_pdf"),
    path("plaatsingen/<str:number>/telt-niet-mee/", views_examining.left_out, name="left_out"),
    path("plaatsingen/<str:number>/telt-weer-mee/", views_examining.counted_again, name="counted_again"),
    path("verklaringen/", views_statements.statement_list, name="statements"),
    path("verklaringen/student/<int:pk>/", views_statements.statement_new, name="statement_new"),
    path("verklaringen/student/<int:pk>/niet-nodig/", views_statements.statement_needless, name="statement_needless"),
    path("verklaringen/<int:pk>/praktijkverklaring.pdf", views_statements.statement_pdf, name="statement_pdf"),
]
