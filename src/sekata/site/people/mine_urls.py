"""What a person may see of oneself."""

from django.urls import path

from sekata.site.people.views import mine

app_name = "mine"

urlpatterns = [path("", mine.mine, name="home")]
