"""Pages and machine addresses of the room."""

from django.urls import path

from sekata.pillars.environment.complaints import urls_machine, urls_officer
from sekata.pillars.environment.complaints.views import citizen, monthly, public

app_name = "complaints"

urlpatterns = [
    path("lapor/", citizen.begin, name="begin"),
    path("lapor/lanjutkan/", citizen.resume, name="resume"),
    path("lapor/tersimpan/", citizen.saved, name="saved"),
    path("lapor/terkirim/", citizen.sent, name="sent"),
    path("lapor/foto/<str:key>.jpg", citizen.photo, name="photo"),
    path("lapor/foto/<str:key>/hapus/", citizen.drop_photo, name="drop_photo"),
    path("lapor/<slug:step>/", citizen.step, name="step"),
    path("lacak/<str:number>/", citizen.track, name="track"),
    path("lacak/<str:number>/tanda-terima.pdf", citizen.receipt, name="receipt"),
    path("lacak/<str:number>/berkas/<int:document>/", citizen.paper, name="paper"),
    path("pengaduan/", public.home, name="public"),
    path("pengaduan/buletin/<str:month>.pdf", monthly.bulletin, name="bulletin"),
    path("peta/dasar.geojson", public.base_map, name="base_map"),
    *urls_officer.urlpatterns,
    *urls_machine.urlpatterns,
]
