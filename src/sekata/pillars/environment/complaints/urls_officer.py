"""Addresses of the officers', the field's, the fire responders' and the leadership's pages."""

from django.urls import path, register_converter

from sekata.pillars.environment.complaints.views import escalations, merging, officer, steps

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
    path(CASE, officer.case, name="case"),
    path(f"{CASE}<case_tab:tab>/", officer.case, name="tab"),
    path(f"{CASE}bukti/<int:piece>/", officer.original, name="original"),
    path(f"{CASE}bukti/<int:piece>/kecil/", officer.original, {"small": True}, name="small"),
    path(f"{CASE}dokumen/<int:document>/", officer.document, name="document"),
    path(f"{CASE}eskalasi/<int:pk>/", escalations.escalation, name="escalation"),
    path(f"{CASE}merge/", merging.merge, name="merge"),
    path(f"{CASE}<slug:verb>/", steps.step, name="act"),
]
