"""Powers of attorney (kuasa wajib pajak): giving one and taking it back."""

from datetime import date, datetime

from sekata.kernel.journal.actions import action
from sekata.kernel.people import queries as people
from sekata.lib import clock
from sekata.lib.actor import Actor
from sekata.lib.result import Refused, insist
from sekata.pillars.economy.tax import rules
from sekata.pillars.economy.tax.models import Proxy, Taxpayer
from sekata.pillars.economy.tax.rights import HOLDER, REGISTER

SHORTEST = 5


@action(right=HOLDER | REGISTER, event="tax.proxy.appointed", on="taxpayer", keeps=("starts", "ends", "deed"))
def appoint(
    *, actor: Actor, taxpayer: Taxpayer, nik: str, starts: date, ends: date, deed: str, at: datetime
) -> Proxy:
    """Let the person with that NIK act for a taxpayer from a day to a day, by a deed or letter."""
    today = at.astimezone(clock.WIB).date()
    insist(rules.period_reasons(starts, ends, today))
    if len(deed.strip()) < SHORTEST:
        raise Refused.because("deed", "Tulis nomor dan tanggal surat kuasa.", "deed")
    person = people.person_by_nik(nik)
    if person is None:
        raise Refused.because(
            "unknown", "NIK ini belum terdaftar; penerima kuasa mendaftar akun dahulu.", "nik"
        )
    if person.pk == taxpayer.person_id:
        raise Refused.because("self", "Kuasa diberikan kepada orang lain.", "nik")
    return Proxy.objects.create(
        taxpayer=taxpayer, person=person, starts=starts, ends=ends, deed=deed.strip(), given_by=actor.person
    )


@action(right=HOLDER | REGISTER, event="tax.proxy.revoked", on="taxpayer", keeps=("proxy",))
def revoke(*, actor: Actor, taxpayer: Taxpayer, proxy: int, at: datetime) -> None:
    """End a power at once; twice is once."""
    Proxy.objects.filter(pk=proxy, taxpayer=taxpayer, revoked_at=None).update(revoked_at=at)
