"""Addresses of the public desk."""

from django.urls import path

from juxian.desks.public import employer, self_check, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("calls/<slug:code>/", views.guide, name="guide"),
    path("calls/<slug:code>/self-check/", self_check.self_check, name="self_check"),
    path("notices/", views.notice_list, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/objection/", views.objection, name="objection"),
    path("notices/<int:pk>/<slug:key>/", views.notice, name="notice_by_key"),
    path("notices/<int:pk>/<slug:key>/objection/", views.objection, name="objection_by_key"),
    path("objections/received/", views.objection_received, name="objection_received"),
    path("progress/", views.progress, name="progress"),
    path("employers/", employer.register, name="employer"),
    path("employers/received/", employer.received, name="employer_received"),
    path("employers/progress/", employer.progress, name="employer_progress"),
    path("verify/", views.verify, name="verify"),
]
