"""Addresses of the officers', the field's, the fire responders' and the leadership's pages."""

from django.urls import path, register_converter

from sekata.pillars.environment.complaints.views import (
    board,
    clients,
    escalations,
    field,
    fire,
    intake,
    leadership,
    merging,
    monthly,
    officer,
    sheets,
    steps,
    talks,
    tickets,
)

HOME = "kerja/pengaduan/"
CASE = f"{HOME}<str:number>/"


class TabName:
    """The tabs of a case."""

    regex = "|".join(officer.TABS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TabName, "case_tab")

urlpatterns = [
    path(HOME, board.board, name="board"),
    path(f"{HOME}sekaligus/", board.triage, name="triage"),
    path(f"{HOME}saringan/", board.save_filter, name="save_filter"),
    path(f"{HOME}saringan/<int:kept>/hapus/", board.drop_filter, name="drop_filter"),
    path(f"{HOME}baru/", intake.intake, name="intake"),
    path(f"{HOME}percakapan/", talks.talks, name="talks"),
    path(f"{HOME}percakapan/<int:talk>/", talks.one, name="talk"),
    path(f"{HOME}aplikasi/", clients.clients, name="clients"),
    path(f"{HOME}aplikasi/<int:client>/cabut/", clients.close, name="close_client"),
    path(f"{HOME}sp4n/", tickets.start, name="tickets_page"),
    path(f"{HOME}sp4n/<slug:code>/", tickets.check, name="ticket_check"),
    path(f"{HOME}lapangan/", field.agenda, name="agenda"),
    path(f"{HOME}lapangan/<int:task>/", field.one, name="visit"),
    path(f"{HOME}lapangan/<int:task>/<slug:code>/", field.form, name="field_form"),
    path(f"{HOME}bulanan/", monthly.months, name="monthly"),
    path(f"{HOME}bulanan/<int:paper>.pdf", monthly.paper, name="monthly_paper"),
    path(f"{HOME}titik-panas/", fire.day, name="hotspots"),
    path(f"{HOME}titik-panas/impor/", fire.hotspot_file, name="hotspot_file"),
    path(f"{HOME}titik-panas/udara/", fire.air, name="air"),
    path(f"{HOME}titik-panas/<int:cluster>/cek/", fire.check, name="ground_check"),
    path(f"{HOME}kinerja/", leadership.home, name="figures"),
    path(f"{HOME}kinerja/angka.xlsx", sheets.figures, name="figures_sheet"),
    path(f"{HOME}kinerja/<slug:code>/", leadership.rows, name="figure_rows"),
    path(CASE, officer.case, name="case"),
    path(f"{CASE}<case_tab:tab>/", officer.case, name="tab"),
    path(f"{CASE}bukti/<int:piece>/", officer.original, name="original"),
    path(f"{CASE}bukti/<int:piece>/kecil/", officer.original, {"small": True}, name="small"),
    path(f"{CASE}dokumen/<int:document>/", officer.document, name="document"),
    path(f"{CASE}eskalasi/<int:pk>/", escalations.escalation, name="escalation"),
    path(f"{CASE}merge/", merging.merge, name="merge"),
    path(f"{CASE}<slug:verb>/", steps.step, name="act"),
]
