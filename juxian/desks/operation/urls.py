"""Addresses of the operator's desk."""

from django.urls import path

from juxian.desks.operation import views

app_name = "operation"
urlpatterns = [path("", views.status, name="status")]
