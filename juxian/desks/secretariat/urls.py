"""Addresses of the secretariat's desk."""

from django.urls import path

from juxian.desks.secretariat.views import ballot, cycle, panel, result, seats

app_name = "secretariat"
urlpatterns = [
    path("", cycle.home, name="home"),
    path("packs/<slug:pack_code>/", cycle.open_cycle, name="open_cycle"),
    path("cycles/<slug:code>/", cycle.cycle, name="cycle"),
    path("cycles/<slug:code>/allotments/<slug:track>/", cycle.allotment, name="allotment"),
    path("cycles/<slug:code>/seats/", seats.seats, name="seats"),
    path("cycles/<slug:code>/seats/move/<slug:bucket>/", seats.move_seats, name="move_seats"),
    path("cycles/<slug:code>/seats/grant/", seats.grant_seats, name="grant_seats"),
    path("cycles/<slug:code>/seats/supplements/", seats.supplements, name="supplements"),
    path("cycles/<slug:code>/panels/new/", panel.convene, name="convene"),
    path("cycles/<slug:code>/export/", result.export, name="export"),
    path("cycles/<slug:code>/export/package.zip", result.package, name="package"),
    path("cycles/<slug:code>/results/", result.results, name="results"),
    path("cycles/<slug:code>/results/record/", result.record_results, name="record_results"),
    path(
        "cycles/<slug:code>/results/template.xlsx", result.results_template, name="results_template"
    ),
    path("seats/<int:pk>/", seats.change_seats, name="change_seats"),
    path("panels/<int:pk>/", panel.panel, name="panel"),
    path("reviews/<int:pk>/", ballot.review, name="review"),
    path("reviews/<int:pk>/ballots/", ballot.open_ballot, name="open_ballot"),
    path("reviews/<int:pk>/propose/", ballot.propose, name="propose"),
    path("reviews/<int:pk>/call-up/", ballot.call_up, name="call_up"),
    path("reviews/<int:pk>/release/", ballot.release_reserve, name="release_reserve"),
    path("ballots/<int:pk>/", ballot.ballot, name="ballot"),
    path("ballots/<int:pk>/void/", ballot.void_ballot, name="void_ballot"),
]
