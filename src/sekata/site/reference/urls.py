"""Law as data: the officers' editor."""

from django.urls import path

from sekata.site.reference import views

app_name = "reference"

urlpatterns = [
    path("", views.tables, name="tables"),
    path("usulan/<int:entry>/", views.proposal, name="proposal"),
    path("usulan/<int:entry>/setujui/", views.approve, name="approve"),
    path("baris/<int:entry>/kukuhkan/", views.confirm, name="confirm"),
    path("<str:code>/", views.table, name="table"),
    path("<str:code>/usulkan/", views.propose, name="propose_new"),
    path("<str:code>/usulkan/<path:key>/", views.propose, name="propose"),
    path("<str:code>/riwayat/<path:key>/", views.history, name="history"),
]
