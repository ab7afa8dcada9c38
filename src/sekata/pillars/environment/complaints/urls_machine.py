"""Addresses for machines, absolute: included at the root of the house."""

from django.urls import path, re_path

from sekata.pillars.environment.complaints.views import exports, open311, sheets, whatsapp

FORMAT = r"\.(?P<fmt>xml|json)$"

urlpatterns = [
    re_path(rf"^open311/discovery{FORMAT}", open311.discovery, name="open311_discovery"),
    re_path(rf"^open311/v2/services{FORMAT}", open311.services, name="open311_services"),
    re_path(
        rf"^open311/v2/services/(?P<code>[A-Za-z0-9_-]{{1,20}}){FORMAT}",
        open311.definition,
        name="open311_service",
    ),
    re_path(rf"^open311/v2/requests{FORMAT}", open311.requests, name="open311_requests"),
    re_path(
        rf"^open311/v2/requests/(?P<number>[A-Za-z0-9_-]{{1,40}}){FORMAT}",
        open311.one_request,
        name="open311_request",
    ),
    re_path(
        rf"^open311/v2/tokens/(?P<token>[A-Za-z0-9-]{{1,60}}){FORMAT}", open311.token, name="open311_token"
    ),
    re_path(rf"^open311/v2/servicerequestupdates{FORMAT}", open311.updates, name="open311_updates"),
    path("open311/media/<int:attachment>.jpg", open311.media, {"fmt": "xml"}, name="open311_media"),
    path("pengaduan/peta.geojson", exports.public_map, name="public_map"),
    path("pengaduan/desa.geojson", exports.villages, name="public_villages"),
    path("pengaduan/data.csv", exports.open_data, name="open_data"),
    path("ogc/", exports.landing, name="ogc"),
    path("ogc/api", exports.definition, name="ogc_api"),
    path("ogc/conformance", exports.conformance, name="ogc_conformance"),
    path("ogc/collections", exports.collections, name="ogc_collections"),
    path("ogc/collections/<slug:code>", exports.collection, name="ogc_collection"),
    path("ogc/collections/<slug:code>/queryables", exports.queryables, name="ogc_queryables"),
    path("ogc/collections/<slug:code>/items", exports.items, name="ogc_items"),
    path("ogc/collections/<slug:code>/items/<str:key>", exports.item, name="ogc_item"),
    path("kerja/pengaduan/register.csv", exports.register, name="register"),
    path("kerja/pengaduan/register.xlsx", sheets.register, name="register_sheet"),
    path("kerja/pengaduan/kunjungan.ics", exports.visits, name="visits"),
    path("kerja/pengaduan/sp4n.csv", exports.tickets, name="tickets"),
    path("kerja/pengaduan/<str:number>/paket.json", exports.packet, name="packet"),
    path("hooks/whatsapp", whatsapp.hook, name="whatsapp"),
]
