"""A house like the one that the site gives to its pages, for the tests and for looking."""

from types import SimpleNamespace

NAV = (("Layanan", "/"), ("Lacak", "/lacak/"), ("Data terbuka", "/data/"), ("Bantuan", "/bantuan/"))


def house(request) -> dict[str, object]:
    """A signed-out citizen, or an officer when the address says ?petugas=1."""
    officer = request.GET.get("petugas") == "1"
    actor = SimpleNamespace(is_officer=officer, is_known=officer, name="Nurhayati Siregar" if officer else "")
    return {
        "house": SimpleNamespace(
            regency="Kabupaten Pelalawan",
            province="Riau",
            tagline="satu kata untuk semua urusan",
            home_url="/",
            nav=[{"label": label, "url": url, "current": url == "/"} for label, url in NAV],
            account_nav=[] if officer else [{"label": "Masuk", "url": "/akun/masuk/"}],
            actor=actor,
            capacity="Dinas Lingkungan Hidup",
            language="id",
            other_language={"code": "en", "label": "English", "url": "/bahasa/en/"},
            unread=3,
            search_url="/cari/",
            calendar_url="/kalender/",
            messages_url="/pesan/",
            sign_out_url="/akun/keluar/",
            visit={
                "place": "Mal Pelayanan Publik, Pangkalan Kerinci",
                "hours": "Senin–Kamis 08.00–16.00 WIB",
                "links": [{"label": "Semua loket dan jam buka", "url": "/loket/"}],
            },
            help_links=[{"label": "Cari petugas pendamping terdekat", "url": "/pendamping/"}],
            about_links=[{"label": "Pernyataan aksesibilitas", "url": "/akses/"}],
            manager="Dinas Komunikasi dan Informatika",
            version="1",
        )
    }
