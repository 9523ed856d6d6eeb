"""Addresses of the office desk."""

from django.urls import path

from juxian.desks.office.views import (
    decision,
    evaluation,
    file,
    inbox,
    nomination,
    opinion,
    papers,
    proceeding,
    publicity,
    verification,
)

app_name = "office"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("files/<slug:number>/", file.file, name="file"),
    path("files/<slug:number>/evidence/<int:pk>/", file.proof, name="proof"),
    path(
        "files/<slug:number>/evidence/<int:pk>/<int:page_number>.png",
        file.proof_page,
        name="proof_page",
    ),
    path("files/<slug:number>/photo/<str:path>/", file.photo, name="photo"),
    path("files/<slug:number>/endorse/", verification.endorse, name="endorse"),
    path("files/<slug:number>/send-back/", verification.send_back, name="send_back"),
    path("files/<slug:number>/reject/", verification.reject, name="reject"),
    path("files/<slug:number>/settle/<slug:condition>/", verification.settle, name="settle"),
    path("lists/", proceeding.lists, name="lists"),
    path("lists/open/", inbox.open_list, name="open_list"),
    path("lists/<int:pk>/", proceeding.list_page, name="list"),
    path("lists/<int:pk>/take-off/<int:application>/", proceeding.take_off, name="take_off"),
    path("lists/<int:pk>/scans/", proceeding.attach, name="attach"),
    path("lists/<int:pk>/scans/<int:file>/", proceeding.scan, name="scan"),
    path("evaluations/<int:pk>/", evaluation.evaluation, name="evaluation"),
    path("evaluations/<int:pk>/figures/", evaluation.figures, name="figures"),
    path("evaluations/<int:pk>/conclude/", evaluation.conclude, name="conclude_evaluation"),
    path("publicity/", publicity.notices, name="notices"),
    path("publicity/<int:pk>/", publicity.publicity, name="publicity"),
    path("publicity/<int:pk>/period/", publicity.period, name="period"),
    path("publicity/<int:pk>/conclude/", publicity.conclude, name="conclude_publicity"),
    path("publicity/<int:pk>/objections/", publicity.enter_objection, name="enter_objection"),
    path("objections/<int:pk>/", publicity.objection, name="objection"),
    path("opinions/<int:pk>/", opinion.opinion, name="opinion"),
    path("opinions/<int:pk>/renew/", opinion.renew, name="renew_opinion"),
    path("decisions/<int:pk>/", decision.decision, name="decision"),
    path("nominations/", nomination.nominations, name="nominations"),
    path("nominations/<int:pk>/", nomination.nomination, name="nomination"),
    path(
        "nominations/<int:pk>/bucket/<int:application>/",
        nomination.choose_bucket,
        name="choose_bucket",
    ),
    path(
        "nominations/<int:pk>/reasons/<int:application>/",
        nomination.reason,
        name="reason",
    ),
    path("nominations/<int:pk>/submit/", nomination.submit_list, name="submit_list"),
    path("papers/", papers.papers, name="papers"),
    path("papers/forms/<slug:number>.pdf", papers.form, name="form_paper"),
    path("papers/nominations/<slug:number>.pdf", papers.nomination, name="nomination_paper"),
    path("papers/nominees/<int:pk>.xlsx", papers.summary, name="summary_paper"),
    path("papers/evaluations/<int:pk>.pdf", papers.evaluation, name="evaluation_paper"),
    path(
        "papers/parcels/<int:cycle>/<int:office>/<int:number>.pdf",
        papers.parcel,
        name="parcel_paper",
    ),
]
