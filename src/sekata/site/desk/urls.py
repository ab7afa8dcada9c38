"""The officers' door."""

from django.urls import path

from sekata.site.desk.views import box, bulk, days, inbox

app_name = "desk"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("pilihan/", bulk.bulk, name="bulk"),
    path("tugaskan/", bulk.assign, name="assign"),
    path("cetak/", bulk.printed, name="print"),
    path("tampilan/", bulk.save_view, name="save_view"),
    path("tampilan/<int:view>/hapus/", bulk.drop_view, name="drop_view"),
    path("kalender/", days.calendar, name="calendar"),
    path("kalender/kalender.ics", days.calendar_file, name="calendar_file"),
    path("pesan/", box.messages, name="messages"),
    path("pesan/dibaca/", box.read, name="messages_read"),
]
