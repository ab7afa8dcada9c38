"""Pages of the face itself; mounted at the root of the site."""

from django.urls import path

from sekata.web import views

app_name = "web"

urlpatterns = [
    path("design/", views.design, name="design"),
    path("luring/", views.offline, name="offline"),
    path("kotak-keluar/", views.outbox, name="outbox"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
]
