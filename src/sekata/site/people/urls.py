"""Staff, roles, posts, and the assisted desk."""

from django.urls import path

from sekata.site.people.views import assisted, posts, staff

app_name = "people"

urlpatterns = [
    path("orang/", staff.staff, name="staff"),
    path("orang/beri/", staff.grant, name="grant"),
    path("orang/bagan/", staff.chart, name="chart"),
    path("orang/pejabat/", posts.posts, name="posts"),
    path("orang/pejabat/catat/", posts.enter, name="decree"),
    path("orang/pejabat/<int:assignment>/setujui/", posts.approve, name="approve_decree"),
    path("pendampingan/", assisted.desk, name="assisted"),
    path("pendampingan/akhiri/", assisted.end, name="end_assisted"),
]
