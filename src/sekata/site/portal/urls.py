"""The citizens' door."""

from django.urls import path

from sekata.site.portal import views

app_name = "portal"

urlpatterns = [
    path("", views.start, name="start"),
    path("pulang/", views.home, name="home"),
    path("bahasa/", views.language, name="language"),
    path("cari/", views.search, name="search"),
    path("layanan/", views.services, name="services"),
    path("layanan/<slug:code>/", views.service, name="service"),
    path("pilar/<slug:pillar>/", views.pillar, name="pillar"),
    path("lacak/", views.track, name="track"),
    path("urusan/", views.mine, name="mine"),
    path("periksa/", views.check, name="check"),
    path("periksa/<str:code>/", views.check, name="check_code"),
]
