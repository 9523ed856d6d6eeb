"""Addresses of the expert's desk."""

from django.urls import path

from juxian.desks.expert import views

app_name = "expert"
urlpatterns = [
    path("", views.home, name="home"),
    path("panels/<int:pk>/pledge/", views.pledge, name="pledge"),
    path("panels/<int:pk>/recusal/", views.recusal, name="recusal"),
    path("panels/<int:pk>/files/<int:candidate>/", views.dossier, name="dossier"),
    path("panels/<int:pk>/files/<int:candidate>/<int:evidence>/", views.evidence, name="evidence"),
    path(
        "panels/<int:pk>/files/<int:candidate>/<int:evidence>/<int:number>/",
        views.evidence_page,
        name="evidence_page",
    ),
    path("ballots/<int:pk>/", views.ballot, name="ballot"),
]
