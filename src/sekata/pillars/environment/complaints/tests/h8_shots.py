"""dev only"""
import io, os
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4
import pytest
from PIL import Image, ImageDraw
from django.conf import settings as dj
from django.core.files.uploadedfile import SimpleUploadedFile
from sekata.kernel.documents import uploads
from sekata.kernel.people import queries as people
from sekata.kernel.people.models import Account
from sekata.lib import clock
from sekata.lib.actor import NOBODY, Actor
from sekata.pillars.environment.complaints import actions
from sekata.pillars.environment.complaints.actions import Filing, Reporter
from sekata.pillars.environment.complaints.codes import *
from sekata.pillars.environment.complaints.models import *
from sekata.pillars.environment.complaints.rules import Point
from sekata.pillars.environment.complaints.standards import firms
from sekata.kernel.places import queries as places
from sekata.site import seeding
from sekata.site.registry import REGISTRY

OUT = "/tmp/h8/shots"
os.makedirs(OUT, exist_ok=True)

def photo(color, text="sungai"):
    im = Image.new("RGB", (1200, 900), color); d = ImageDraw.Draw(im); d.rectangle((0,500,1200,900), fill=(40,40,45)); d.text((60,60), text, fill="white")
    b = io.BytesIO(); im.save(b, "JPEG"); return uploads.accept(SimpleUploadedFile("foto.jpg", b.getvalue()))

def who(handle):
    acc = Account.objects.select_related("person").filter(username=people.normal_handle(handle)).first() or Account.objects.select_related("person").get(username=handle)
    return acc, people.actor(acc.person, REGISTRY.roles)

def build():
    now = clock.now()
    seeding._regency(lambda *_: None, now)
    vil = [f for f in places.layer("village")][:30]
    def at(days=0, hours=0): return now - timedelta(days=days, hours=hours)
    def file(code, title, desc, d, mode=ReporterMode.ANONYMOUS, village=0, dx=0, **kw):
        g = vil[village].geometry; ring = g["coordinates"][0] if g["type"]=="Polygon" else g["coordinates"][0][0]
        lon = sum(p[0] for p in ring)/len(ring)+dx; lat = sum(p[1] for p in ring)/len(ring)
        rep = Reporter(mode, name="Nurlela", phone="+6281234567890") if mode != ReporterMode.ANONYMOUS else Reporter(mode)
        kw.setdefault("channel", Channel.WEB)
        f = Filing(submission=uuid4(), service_code=code, title=title, description=desc, point=Point(lat, lon), media=("water",), first_seen_at=at(d, 6), **kw)
        c = actions.file(actor=NOBODY, filing=f, reporter=rep, at=at(d)).complaint
        actions.compare(c.pk)
        return Complaint.objects.select_related("case","incident").get(pk=c.pk)
    _, rev = who("penelaah"); _, kab = who("kabid"); _, p1 = who("pengawas"); _, p2 = who("pengawas2"); _, pos = who("pos")
    a = file("W01", "Air Sungai Segati hitam dan ikan mati", "Air sungai hitam dan berbau sejak subuh. Ikan baung dan patin mengapung di tepi, warga tidak berani mengambil air.", 6, ReporterMode.CONFIDENTIAL, 3, files=(photo((60,90,60)), photo((90,70,40),"ikan")), attributes={"FISH_DEAD":"many","COLOUR":"Hitam","SMELL":"Busuk","DRINKING_USE":"yes"}, suspected_source="Kolam limbah pabrik di hulu")
    b = file("W01", "Ikan mati di hilir jembatan", "Ikan mati di sungai, airnya hitam sekali sejak pagi dan berbau busuk.", 5.5, village=3, dx=0.002)
    c = file("W01", "Sungai berbau", "Air sungai hitam dan bau busuk, ikan mengapung di tepi sejak subuh.", 5.4, village=3, dx=-0.003)
    file("F02", "Asap tebal di belakang kebun, sumber belum terlihat", "Asap tebal dari arah kebun sejak sore, mata perih.", 0.05, village=8)
    file("S01", "Tumpukan sampah di TPS Pasar Baru", "Sampah menumpuk tiga hari di pinggir pasar.", 3, village=1)
    file("A01", "Bau menyengat malam hari dekat kolam limbah", "Bau menyengat setiap malam dari arah pabrik.", 60, village=5)
    x = file("A01", "Debu dari jalan kebun", "Debu tebal masuk rumah setiap hari dari jalan kebun.", 70, village=6)
    actions.take_up(actor=rev, complaint=x, at=at(69))
    y = file("O99", "Pohon tumbang", "Pohon tumbang menutup jalan setapak ke sekolah.", 2, village=7)
    actions.take_up(actor=rev, complaint=y, at=at(1))
    z = file("W03", "Limbah pasar ke parit", "Air limbah pasar dibuang langsung ke parit di depan rumah warga.", 12, village=2)
    actions.take_up(actor=rev, complaint=z, at=at(11)); z.refresh_from_db()
    actions.request_details(actor=pos, complaint=z, missing="Sebutkan nama paritnya.", at=at(10))
    actions.take_up(actor=rev, complaint=a, at=at(5,20))
    actions.merge(actor=rev, complaint=c, lead=a, at=at(5,10))
    a = Complaint.objects.select_related("case","incident").get(pk=a.pk)
    t = actions.plan_verification(actor=kab, complaint=a, lead=p1.person, members=[p2.person], planned_at=at(5), at=at(5,8))
    a.refresh_from_db(); a = Complaint.objects.select_related("case","incident").get(pk=a.pk)
    actions.arrive(actor=p1, complaint=a, task=t, lat=a.lat, lon=a.lon, at=at(5))
    for i,(pos_,ph) in enumerate((("upstream","5.1"),("outfall","4.2"),("downstream","4.6")),1):
        s = actions.take_sample(actor=p1, complaint=a, task=t, label=f"SGT-20261119-0{i}", matrix="surface_water", position=pos_, taken_at=at(4,23), taken_by_name=p1.name, client_id=uuid4(), in_situ={"ph":ph}, at=at(4,22))
        actions.hand_over(actor=p1, complaint=a, sample=s, giver=p1.name.title(), taker="Laboratorium Lingkungan Pekanbaru", handed_at=at(4,16), seal_no=f"S-{i}", condition="Utuh", laboratory="Laboratorium Lingkungan Pekanbaru", accreditation="LP-123-IDN", at=at(4,15))
    actions.record_minutes(actor=p1, complaint=a, task=t, client_id=uuid4(), kind="verification", place="Tepi Sungai Segati", held_at=at(4,22), text="Air diambil pada tiga titik, hulu, titik keluar, dan hilir.", parties=[{"name":p1.name.title(),"role":"inspector","signature":"refused"}], at=at(4,20))
    a = Complaint.objects.select_related("case","incident").get(pk=a.pk)
    actions.send_samples(actor=p1, complaint=a, at=at(4))
    actions.ask(actor=p1, complaint=a, text="Apakah bau masih tercium pada malam hari?", at=at(3))
    # a second visit, planned
    q = file("W02", "Kolam limbah meluap ke anak sungai", "Kolam limbah meluap waktu hujan, mengalir ke anak sungai di belakang kebun warga.", 1.2, village=9)
    q = Complaint.objects.select_related("case","incident").get(pk=q.pk)
    actions.take_up(actor=rev, complaint=q, at=at(1)); 
    t2 = actions.plan_verification(actor=kab, complaint=q, lead=p1.person, members=[p2.person], planned_at=now+timedelta(hours=2), at=at(0,20))
    day = (now - timedelta(hours=8)).strftime("%Y-%m-%d")
    g = vil[8].geometry; ring = g["coordinates"][0] if g["type"]=="Polygon" else g["coordinates"][0][0]
    lon = sum(p[0] for p in ring)/len(ring); lat = sum(p[1] for p in ring)/len(ring)
    csv = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight\n" + "\n".join(f"{lat+dy:.5f},{lon+dx:.5f},330,0.4,0.4,{day},0612,N20,VIIRS,{cf},2.0,290,8.1,D" for dx,dy,cf in ((0,0,'h'),(0.001,0,'h'),(0.03,0.02,'n'),(-0.05,0.01,'l'),(0.08,-0.03,'n')))
    clusters = actions.import_hotspots(actor=pos, rows=firms.parse(csv), source="firms", at=at(0,1))
    _, api = who("mpa") if Account.objects.filter(username="mpa").exists() else (None, None)
    actions.record_air(actor=pos, station="Pangkalan Kerinci", measured_at=at(0,2), pm25=Decimal("41.5"))
    return a, b, q, t2, clusters

def test_shots(browse, transactional_db, client):
    a, b, q, t2, clusters = build()
    actions.escalate()
    print([x.username for x in Account.objects.all()])
    pages = {
      "penelaah": [("board",""),("papan","?tampil=papan"),("peta","?tampil=peta"),("case",f"{a.case.number}/"),("lap",f"{a.case.number}/lapangan/"),("contoh",f"{a.case.number}/contoh/"),("berkas",f"{a.case.number}/berkas/"),("jejak",f"{a.case.number}/jejak/"),("ask",f"{a.case.number}/ask/"),("merge",f"{b.case.number}/merge/?dengan={a.case.number}"),("facts",f"{b.case.number}/set_facts/")],
      "pos": [("baru","baru/"),("panas","titik-panas/"),("impor","titik-panas/impor/"),("udara","titik-panas/udara/")],
      "pengawas": [("agenda","lapangan/"),("visit",f"lapangan/{t2.pk}/"),("minutes",f"lapangan/{t2.pk}/record_minutes/"),("hasil",f"{a.case.number}/record_results/"),("casep",f"{a.case.number}/")],
      "kabid": [("plan",f"{b.case.number}/plan_verification/"),("kinerja","kinerja/"),("rows","kinerja/overdue/")],
    }
    only = os.environ.get("ONLY","").split(",") if os.environ.get("ONLY") else None
    for handle, list_ in pages.items():
        acc, _ = who(handle)
        client.force_login(acc, backend="sekata.kernel.people.signin.Backend")
        for width, dark in ((1280,False),(320,False),(1280,True)):
            page = browse(width=width, height=900, color_scheme="dark" if dark else "light")
            page.context.add_cookies([{"name": dj.SESSION_COOKIE_NAME, "value": client.cookies[dj.SESSION_COOKIE_NAME].value, "url": page.context._options["baseURL"] if hasattr(page.context,"_options") and "baseURL" in getattr(page.context,"_options",{}) else BASE[0]}])
            for name, path in list_:
                if only and name not in only: continue
                if dark and name not in ("case","board","kinerja","baru","visit"): continue
                errs=[]; page.on("console", lambda m: errs.append(m.text) if m.type=="error" else None)
                r = page.goto(f"/kerja/pengaduan/{path}")
                page.evaluate("window.scrollTo(0, document.body.scrollHeight)"); page.wait_for_timeout(400); page.evaluate("window.scrollTo(0,0)")
                broken = page.evaluate("[...document.images].filter(i=>!i.complete||!i.naturalWidth).map(i=>i.src)")
                if broken: print("BROKEN", broken, page.request.get(broken[0]).status, page.request.get(broken[0]).headers)
                sw = page.evaluate("document.documentElement.scrollWidth")
                print(name, width, r.status, "WIDE" if sw>width else "", errs[:2], len(r.body()))
                page.screenshot(path=f"{OUT}/{name}-{width}{'-dark' if dark else ''}.png", full_page=True)
            page.context.close()

BASE = [""]
@pytest.fixture(autouse=True)
def base(live_server):
    BASE[0] = live_server.url
