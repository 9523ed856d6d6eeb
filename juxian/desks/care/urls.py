"""Addresses of the desk that cares for offices."""

from django.urls import path

from juxian.desks.care.views import office, sheet

app_name = "care"
urlpatterns = [
    path("", office.home, name="home"),
    path("<int:pk>/", office.office, name="office"),
    path("sheets/", sheet.sheets, name="sheets"),
    path("sheets/<slug:kind>/", sheet.send_in, name="send_in"),
    path("sheets/<slug:kind>/template.xlsx", sheet.template, name="sheet_template"),
    path("sheets/<int:pk>/preview/", sheet.preview, name="sheet"),
    path("sheets/<int:pk>/checked.xlsx", sheet.checked, name="checked_sheet"),
]
