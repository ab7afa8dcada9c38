"""The treasurer's desk."""

from django.urls import path

from sekata.site.payments.views import desk, waiting

app_name = "treasury"

urlpatterns = [
    path("", desk.day, name="day"),
    path("cocok/", desk.matched, name="matched"),
    path("berkas/", desk.bring, name="bring"),
    path("jalankan/", desk.run, name="run"),
    path("perbedaan/<int:exception>/", desk.exception, name="exception"),
    path("bukti/<str:ntpd>/", desk.proof, name="proof"),
    path("sts/<slug:bank>/<str:day>.pdf", desk.slip, name="slip"),
    path("belum-jelas/", waiting.suspense, name="suspense"),
    path("belum-jelas/<str:ntpd>/", waiting.decide, name="decide"),
    path("penelusuran/", waiting.traces, name="traces"),
    path("penelusuran/<str:number>/", waiting.trace, name="trace"),
    path("penelusuran/<str:number>/bukti/", waiting.trace_slip, name="trace_slip"),
]
