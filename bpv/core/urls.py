from django.urls import path

from bpv.core import views

urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<int:pk>/", views.mailbox_mail, name="mailbox_mail"),
    path("problemen/", views.mail_trouble, name="mail_trouble"),
    path("problemen/<int:pk>/opnieuw/", views.mail_again, name="mail_again"),
]
