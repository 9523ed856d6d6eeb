"""Addresses that belong to no single desk."""

from django.urls import path

from juxian.desks.common import views

app_name = "common"
urlpatterns = [
    path("desks/", views.desks, name="desks"),
    path("reading/", views.reading, name="reading"),
    path("session/", views.session, name="session"),
    path("lists/<slug:named>/<slug:version>/", views.code_list, name="code_list"),
]
