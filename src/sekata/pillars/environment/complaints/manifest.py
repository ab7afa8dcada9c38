"""Public complaints and requests. (A stub, so that the house stands until the room is built.)"""

from sekata.lib.manifest import System

SYSTEM = System(
    code="complaints",
    pillar="environment",
    label="Pengaduan masyarakat",
    label_en="Public complaints",
    owner="Dinas Komunikasi dan Informatika",
    summary="Laporan warga, dari kiriman sampai selesai.",
)
