"""The assisted desk."""

from django.urls import path

from sekata.site.people.views import assisted

app_name = "assisted"

urlpatterns = [
    path("", assisted.desk, name="desk"),
    path("akhiri/", assisted.end, name="end"),
]
