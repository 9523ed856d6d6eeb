"""Addresses that belong to no single desk."""

from django.urls import path

from juxian.desks.common import inbox, views

app_name = "common"
urlpatterns = [
    path("desks/", views.desks, name="desks"),
    path("messages/", inbox.inbox, name="inbox"),
    path("messages/read/", inbox.read_all, name="read_all"),
    path("messages/reach/", inbox.reach, name="reach"),
    path("messages/<int:pk>/", inbox.open_message, name="open_message"),
    path("reading/", views.reading, name="reading"),
    path("session/", views.session, name="session"),
    path("lists/<slug:named>/<slug:version>/", views.code_list, name="code_list"),
]
