"""The leadership's door."""

from django.urls import path

from sekata.site.bridge import views

app_name = "bridge"

urlpatterns = [
    path("", views.home, name="home"),
    path("baris/<slug:what>/", views.evidence, name="rows"),
    path("pilar/<slug:pillar>/", views.pillar, name="pillar"),
    path("eskalasi/<int:escalation>/", views.answer, name="answer"),
]
