"""Staff, roles, posts."""

from django.urls import path

from sekata.site.people.views import posts, staff

app_name = "people"

urlpatterns = [
    path("", staff.staff, name="staff"),
    path("beri/", staff.grant, name="grant"),
    path("bagan/", staff.chart, name="chart"),
    path("pejabat/", posts.posts, name="posts"),
    path("pejabat/catat/", posts.enter, name="decree"),
    path("pejabat/<int:assignment>/setujui/", posts.approve, name="approve_decree"),
]
