from django.urls import path

from visits import views

urlpatterns = [
    path("plaatsingen/<str:number>/contact/", views.contact_log, name="contact_log"),
    path("vragen/", views.requests, name="requests"),
    path("vragen/exporteren/", views.requests_export, name="requests_export"),
    path("vragen/nieuw/", views.request_new, name="request_new"),
    path("vragen/<str:number>/", views.request_page, name="request"),
    path("vragen/<str:number>/overdragen/", views.request_hand_over, name="request_hand_over"),
]
