from django.urls import path, re_path

from students import views

STUDENT = r"^studenten/(?P<number>\d{4,12})/"
urlpatterns = [
    re_path(f"{STUDENT}$", views.student, name="student"),
    re_path(f"{STUDENT}gegevens/$", views.student_reach, name="student_reach"),
    re_path(f"{STUDENT}werkvergunning/$", views.work_permit, name="work_permit"),
    re_path(f"{STUDENT}ouder/$", views.guardian, name="guardian"),
    path("opleidingen/<int:pk>/uren/", views.programme_hours, name="programme_hours"),
]
