from django.urls import path

from bpv.core import views

urlpatterns = [path("", views.mailbox, name="mailbox"), path("<int:pk>/", views.mailbox_mail, name="mailbox_mail")]
