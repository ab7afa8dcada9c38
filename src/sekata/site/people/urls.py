"""Staff, roles, posts, and the assisted desk."""

from django.urls import path

from sekata.site.people.views import assisted, identity, posts, staff

app_name = "people"

urlpatterns = [
    path("orang/", staff.staff, name="staff"),
    path("orang/beri/", staff.grant, name="grant"),
    path("orang/bagan/", staff.chart, name="chart"),
    path("orang/pejabat/", posts.posts, name="posts"),
    path("orang/pejabat/catat/", posts.enter, name="decree"),
    path("orang/pejabat/<int:assignment>/setujui/", posts.approve, name="approve_decree"),
    path("orang/kembar/", identity.duplicates, name="duplicates"),
    path("orang/kembar/<int:one>/usulkan/", identity.propose, name="propose_merge"),
    path("orang/gabungan/<int:merge>/setujui/", identity.approve, name="approve_merge"),
    path("orang/gabungan/<int:merge>/batalkan/", identity.end, name="end_merge"),
    path("permintaan-data/", identity.rights_desk, name="rights_desk"),
    path("permintaan-data/<int:one>/", identity.answer, name="answer_request"),
    path("permintaan-data/<int:one>/ambil/", identity.take, name="take_request"),
    path("pendampingan/", assisted.desk, name="assisted"),
    path("pendampingan/akhiri/", assisted.end, name="end_assisted"),
]
