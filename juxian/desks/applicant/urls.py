"""Addresses of the applicant's desk. Fixed words come before the form's section codes."""

from django.urls import path

from juxian.desks.applicant.views import (
    applications,
    arranging,
    checking,
    evidence,
    filling,
    mending,
    pasting,
    printing,
    proxy,
    rows,
    submitting,
    uploading,
    viewing,
)

app_name = "applicant"
urlpatterns = [
    path("", applications.home, name="home"),
    path("begin/", applications.choose, name="choose"),
    path("begin/<slug:code>/", applications.begin, name="begin"),
    path("<str:number>/", applications.tasks, name="tasks"),
    path("<str:number>/progress/", applications.progress, name="progress"),
    path("<str:number>/withdraw/", applications.withdraw, name="withdraw"),
    path("<str:number>/evidence/", evidence.evidence, name="evidence"),
    path("<str:number>/evidence/<int:pk>/", evidence.file, name="file"),
    path("<str:number>/evidence/<int:pk>/view/", viewing.view, name="view_file"),
    path("<str:number>/evidence/<int:pk>/small/", viewing.small, name="small"),
    path("<str:number>/evidence/<int:pk>/<int:page>/", viewing.page_picture, name="file_page"),
    path("<str:number>/evidence/<int:pk>/change/", arranging.change, name="change_file"),
    path("<str:number>/evidence/<int:pk>/shift/", arranging.move, name="shift_file"),
    path("<str:number>/evidence/<int:pk>/remove/", arranging.remove, name="remove_file"),
    path("<str:number>/evidence/<int:pk>/restore/", arranging.put_back, name="restore_file"),
    path("<str:number>/uploads/", uploading.uploads, name="uploads"),
    path("<str:number>/uploads/<uuid:key>/", uploading.upload, name="upload"),
    path("<str:number>/uploads/<uuid:key>/discard/", uploading.discard, name="discard_upload"),
    path("<str:number>/photo/", evidence.photo, name="photo"),
    path("<str:number>/proxy/", proxy.proxy, name="proxy"),
    path("<str:number>/check/", checking.check, name="check"),
    path("<str:number>/submit/", submitting.submit, name="submit"),
    path("<str:number>/receipt/", submitting.receipt, name="receipt"),
    path("<str:number>/returned/", mending.returned, name="returned"),
    path("<str:number>/print/", printing.paper, name="print"),
    path("<str:number>/print/form.pdf", printing.pdf, name="pdf"),
    path("<str:number>/form/", submitting.form, name="form"),
    path("<str:number>/<slug:section>/", filling.section, name="section"),
    path("<str:number>/<slug:section>/<slug:table>/", rows.table, name="table"),
    path("<str:number>/<slug:section>/<slug:table>/paste/", pasting.paste, name="paste"),
    path(
        "<str:number>/<slug:section>/<slug:table>/template.xlsx",
        pasting.sheet,
        name="table_template",
    ),
    path("<str:number>/<slug:section>/<slug:table>/<slug:row>/", rows.row, name="row"),
    path(
        "<str:number>/<slug:section>/<slug:table>/<slug:row>/remove/",
        rows.remove_row,
        name="remove_row",
    ),
]
