"""All addresses of the house."""

from django.urls import include, path
from django.views.generic import RedirectView

from sekata.site import health
from sekata.site.api import api
from sekata.site.registry import REGISTRY

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("sekata.web.urls")),
    path("", include("sekata.site.portal.urls")),
    path("", include("sekata.site.payments.urls")),
    path("kerja/bendahara/", include("sekata.site.payments.desk_urls")),
    path("kerja/acuan/", include("sekata.site.reference.urls")),
    path("kerja/", include("sekata.site.people.urls")),
    path("kerja/catatan/", include("sekata.site.journal.urls")),
    path("akun-saya/", include("sekata.site.people.mine_urls")),
    path("kerja/", include("sekata.site.desk.urls")),
    path("anjungan/", include("sekata.site.bridge.urls")),
    path("akun/masuk/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="signin"),
    path("akun/", include("allauth.urls")),
    path("snap/v1.0/", include("sekata.kernel.payments.urls")),
    path("api/", api.urls),
    *(path("", include(system.urls)) for system in REGISTRY.systems if system.urls),
]
