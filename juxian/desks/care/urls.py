"""Addresses of the desk that cares for offices."""

from django.urls import path

from juxian.desks.care.views import access, change, employer, office, post, sheet

app_name = "care"
urlpatterns = [
    path("", office.home, name="home"),
    path("list.xlsx", office.export, name="offices_file"),
    path("<int:pk>/", office.office, name="office"),
    path("<int:pk>/change/<slug:kind>/", change.change, name="change_office"),
    path("changes/<int:pk>/drop/", change.drop, name="drop_change"),
    path("<int:pk>/give/", post.give, name="give_post"),
    path("access/", access.access, name="access"),
    path("access/list.xlsx", access.export, name="access_file"),
    path("access/reviewed/", access.reviewed, name="review_access"),
    path("mine/", post.mine, name="mine"),
    path("posts/<int:pk>/<slug:act>/", post.change, name="change_post"),
    path("people/<int:pk>/password/", post.password, name="first_password"),
    path("requests/", employer.requests, name="requests"),
    path("requests/<int:pk>/", employer.request_page, name="request"),
    path("requests/<int:pk>/proof/", employer.proof, name="request_proof"),
    path("sheets/", sheet.sheets, name="sheets"),
    path("sheets/<slug:kind>/", sheet.send_in, name="send_in"),
    path("sheets/<slug:kind>/template.xlsx", sheet.template, name="sheet_template"),
    path("sheets/<int:pk>/preview/", sheet.preview, name="sheet"),
    path("sheets/<int:pk>/checked.xlsx", sheet.checked, name="checked_sheet"),
]
