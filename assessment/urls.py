from django.urls import path, re_path

from assessment import views, views_goals, views_hearing, views_interim, views_plan

urlpatterns = [
    path("opleidingen/<int:pk>/beoordelingsplan/", views_plan.plan_list, name="plans"),
    path("beoordelingsplannen/<int:pk>/", views_plan.plan_edit, name="plan_edit"),
    path("plaatsingen/<str:number>/beoordelingsplan/", views_plan.plan_of_placement, name="plan_of_placement"),
    path("plaatsingen/<str:number>/beoordelingsplan/delen/", views_plan.plan_share, name="plan_share"),
    path("plaatsingen/<str:number>/tussentijds/", views_interim.interim, name="interim"),
    path("plaatsingen/<str:number>/tussentijds/vastleggen/", views_interim.interim_new, name="interim_new"),
    path("tussentijds/<int:pk>/", views_interim.interim_held, name="interim_held"),
    path("tussentijds/<int:pk>/verteld/", views_interim.interim_tell, name="interim_tell"),
    path("tussentijds/<int:pk>/formulier.pdf", views_interim.interim_pdf, name="interim_pdf"),
    path("plaatsingen/<str:number>/oordeel/", views_hearing.hearing, name="hearing"),
    path("plaatsingen/<str:number>/oordeel/werkbegeleider/", views_hearing.hearing_delegate, name="hearing_delegate"),
    path("oordelen/<int:pk>/", views_hearing.delegated, name="delegated"),
    path("plaatsingen/<str:number>/eindbeoordeling/", views.final, name="final"),
    path("plaatsingen/<str:number>/eindbeoordeling/eigen/", views.own_view, name="own_view"),
    path("plaatsingen/<str:number>/eindbeoordeling/reactie/", views.answer, name="answer"),
    path("plaatsingen/<str:number>/eindbeoordeling/vaststellen/", views.final_new, name="final_new"),
    path("plaatsingen/<str:number>/eindbeoordeling/verteld/", views.final_tell, name="final_tell"),
    path("plaatsingen/<str:number>/eindbeoordeling.pdf", views.final_pdf, name="final_pdf"),
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
