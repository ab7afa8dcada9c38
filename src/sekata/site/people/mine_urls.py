"""Signing up and in with a phone number, and what a person may see and decide of oneself."""

from django.urls import path

from sekata.site.people.views import capacity, enter, mandates, mine

app_name = "mine"

urlpatterns = [
    path("", mine.mine, name="home"),
    path("masuk/", enter.sign_in, name="sign_in"),
    path("daftar/", enter.sign_up, name="sign_up"),
    path("kode/", enter.code, name="code"),
    path("kode/lagi/", enter.again, name="again"),
    path("daftar/diri/", enter.facts, name="facts"),
    path("kunci/", enter.passkey, name="passkey"),
    path("pemulihan/", enter.recover, name="recovery"),
    path("nomor/", enter.prove_number, name="prove_number"),
    path("persetujuan/<slug:purpose>/", mine.consent, name="consent"),
    path("permintaan/", mine.ask, name="request"),
    path("perangkat/<int:device>/keluar/", mine.sign_out_device, name="sign_out_device"),
    path("perangkat/keluar/", mine.sign_out_others, name="sign_out_others"),
    path("unduh/data.json", mine.download, {"form": "json"}, name="download_json"),
    path("unduh/data.pdf", mine.download, {"form": "pdf"}, name="download_pdf"),
    path("cocokkan/", mine.match, name="match"),
    path("tutup/", mine.close, name="close"),
    path("jabatan/", capacity.capacity, name="capacity"),
    path("kuasa/", mandates.mandates, name="mandates"),
    path("kuasa/beri/", mandates.give, name="give_mandate"),
    path("kuasa/selesai/", mandates.stop, name="stop_mandate"),
    path("kuasa/<int:mandate>/", mandates.files, name="mandate_files"),
    path("kuasa/<int:mandate>/terima/", mandates.accept, name="accept_mandate"),
    path("kuasa/<int:mandate>/cabut/", mandates.revoke, name="revoke_mandate"),
    path("kuasa/<int:mandate>/pakai/", mandates.use, name="use_mandate"),
]
