"""Addresses of the supervisor's desk."""

from django.urls import path

from juxian.desks.supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.home, name="home"),
    path("cycles/<slug:code>/", views.cycle, name="cycle"),
    path("cycles/<slug:code>/traces/", views.traces, name="traces"),
    path("files/<slug:number>/", views.file, name="file"),
    path("ballots/<int:pk>/", views.ballot, name="ballot"),
]
