"""Which desk answers at which address."""

from django.urls import include, path

from juxian.site import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("", include("juxian.desks.common.urls")),
    path("my/", include("juxian.desks.applicant.urls")),
    path("office/", include("juxian.desks.office.urls")),
    path("expert/", include("juxian.desks.expert.urls")),
    path("secretariat/", include("juxian.desks.secretariat.urls")),
    path("supervision/", include("juxian.desks.supervision.urls")),
    path("care/", include("juxian.desks.care.urls")),
    path("operation/", include("juxian.desks.operation.urls")),
    path("", include("juxian.desks.public.urls")),
]
