"""The leadership's door."""

from django.urls import path

from sekata.site.bridge import views

app_name = "bridge"

urlpatterns = [path("", views.home, name="home")]
