"""The journal for auditors."""

from django.urls import path

from sekata.site.journal import views

app_name = "journal"

urlpatterns = [
    path("", views.latest, name="latest"),
    path("<int:event>/", views.event, name="event"),
    path("<int:event>/bukti.json", views.proof, name="proof"),
]
