"""Addresses for the test settings."""

from django.urls import include, path

from sekata.web.tests import views_web

urlpatterns = [
    path("", include("sekata.web.urls")),
    path("coba/tanya/", views_web.question),
    path("coba/meja/", views_web.desk),
    path("coba/kertas/", views_web.paper),
    path("coba/galat/<int:code>/", views_web.error),
]
