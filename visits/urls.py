from django.urls import path

from visits import views, views_contact, views_planning, views_prepare, views_watch

urlpatterns = [
    path("agenda/", views_planning.agenda_week, name="agenda"),
    path("agenda/adres/", views_planning.agenda_address, name="agenda_address"),
    path("agenda/samen/", views_planning.talks_together, name="talks_together"),
    path("agenda/<str:token>.ics", views_planning.agenda_feed, name="agenda_feed"),
    path("gesprekken/<int:pk>/plannen/", views_planning.talk_plan, name="talk_plan"),
    path("gesprekken/<int:pk>/afzeggen/", views_planning.talk_cancel, name="talk_cancel"),
    path("gesprekken/<int:pk>/voorbereiden/", views_prepare.talk_prepare, name="talk_prepare"),
    path("gesprekken/<int:pk>/vergelijken/", views_prepare.talk_compare, name="talk_compare"),
    path("opleidingen/<int:pk>/leidraad/", views_prepare.leidraad_edit, name="leidraad_edit"),
    path("plaatsingen/<str:number>/gesprek/", views_planning.talk_new, name="talk_new"),
    path("plaatsingen/<str:number>/contact/", views_contact.contact_log, name="contact_log"),
    path("contacten/<int:pk>/", views_contact.contact, name="contact"),
    path("contacten/<int:pk>/verslag.pdf", views_contact.contact_pdf, name="contact_pdf"),
    path("contacten/<int:pk>/wijzigen/", views_contact.contact_correct, name="contact_correct"),
    path("contacten/<int:pk>/bevestigen/", views_contact.contact_confirm, name="contact_confirm"),
    path("plaatsingen/<str:number>/vinger-aan-de-pols/", views_watch.watch, name="watch"),
    path("plaatsingen/<str:number>/vinger-aan-de-pols/stoppen/", views_watch.watch_stop, name="watch_stop"),
    path("afspraken/<int:pk>/klaar/", views_contact.point_finish, name="point_finish"),
    path("vragen/", views.requests, name="requests"),
    path("vragen/exporteren/", views.requests_export, name="requests_export"),
    path("vragen/nieuw/", views.request_new, name="request_new"),
    path("vragen/<str:number>/", views.request_page, name="request"),
    path("vragen/<str:number>/overdragen/", views.request_hand_over, name="request_hand_over"),
]
