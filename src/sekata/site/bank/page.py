"""The bank's page: pay, see what was paid and what the house heard of it, choose what goes wrong.

Everything shown passes `escape`; the page has no script.
"""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from sekata.kernel.payments.standards import qris, snap
from sekata.lib import clock
from sekata.lib.money import shown
from sekata.site.bank.book import BEHIND, DROPPED, FAILED, HELD, LOST, TOLD, WAITING, Transaction
from sekata.site.bank.house import Said
from sekata.site.bank.telling import Desk, Unpayable

PAGE = Template(Path(__file__).with_name("page.html").read_text())
NEWEST = 50
SAID = {
    "paid": ("ok", "Pembayaran diterima bank."),
    "sent": ("ok", "Pemberitahuan yang tertahan sudah dikirim."),
    "faults": ("ok", "Gangguan diatur."),
    "repeated": ("ok", "Pemberitahuan dikirim sekali lagi."),
}
WAYS = {"va": "BRIVA", "qris": "QRIS"}
STATES = {
    WAITING: "akan dikirim",
    HELD: "tertahan",
    BEHIND: "menyusul sesudah berikutnya",
    TOLD: "diterima",
    FAILED: "gagal, tidak diulang",
    LOST: "hilang",
    DROPPED: "batal",
}
FAULTS = (
    ("lose", "Hilangkan pemberitahuan berikutnya"),
    ("double", "Kirim dua kali"),
    ("delay", "Tahan sampai dilepas"),
    ("reorder", "Tukar urutan dengan berikutnya"),
)
DEATHS = (("before", "Bank mati sebelum memberi tahu"), ("after", "Bank mati sesudah memberi tahu"))
WHY_NOT = {
    "4042412": "Nomor ini tidak dikenal.",
    "4042414": "Tagihan ini sudah dibayar.",
    "4042419": "Tagihan ini sudah lewat masa bayarnya.",
}
NOBODY = "Pemerintah daerah sedang tidak menjawab. Coba sebentar lagi."


def render(desk: Desk, typed: str, said: str) -> bytes:
    """The page. typed: a number or payload to look up, empty for none; said: key of what was done just now."""
    return PAGE.substitute(
        said=_notice(*SAID[said]) if said in SAID else "",
        typed=escape(typed),
        bill=_bill(desk, typed) if typed.strip() else "",
        transactions=_transactions(desk),
        faults=_faults(desk),
        house=escape(desk.house.address),
    ).encode()


def refused(desk: Desk, why: str) -> bytes:
    """The page with what could not be done."""
    return PAGE.substitute(
        said=_notice("bad-n", why),
        typed="",
        bill="",
        transactions=_transactions(desk),
        faults=_faults(desk),
        house=escape(desk.house.address),
    ).encode()


def _notice(kind: str, text: str) -> str:
    return f'<p class="notice {kind}" role="status"><span><b>{escape(text)}</b></span></p>'


def _bill(desk: Desk, typed: str) -> str:
    """Who is to pay what, as the house says; a QRIS payload carries it itself."""
    try:
        channel, customer, _ = desk.understood(typed)
    except Unpayable as why:
        return _notice("bad-n", str(why))
    if channel == "qris":
        fields = qris.decode(typed.strip())
        return _pay(typed, fields["59"], int(fields["54"]), "QRIS")
    said = desk.inquire(customer)
    if said.status == 200:
        data = said.body["virtualAccountData"]
        amount = snap.amount(data["totalAmount"], "totalAmount")
        return _pay(typed, str(data["virtualAccountName"]), amount, f"BRIVA {customer}")
    return _without_answer(desk, typed, customer, said)


def _without_answer(desk: Desk, typed: str, customer: str, said: Said) -> str:
    """What the house refused, or would not say: an account that it had made before can be paid all the same."""
    account = desk.book.accounts.get(customer)
    why = _notice("bad-n", WHY_NOT.get(said.code, NOBODY))
    return why + _pay(typed, account.name, account.amount, f"BRIVA {customer}") if account else why


def _pay(typed: str, name: str, amount: int, way: str) -> str:
    return f"""<form method="post" action="/pay" class="form frame stack"><h2 class="h3">Tagihan</h2>
<dl class="sum"><div><dt>Nama</dt><dd>{escape(name)}</dd></div>
<div><dt>Melalui</dt><dd>{escape(way)}</dd></div>
<div><dt>Jumlah</dt><dd class="num">{escape(shown(amount))}</dd></div></dl>
<input type="hidden" name="to" value="{escape(typed)}">
<div class="field"><label for="amount">Uang yang dibayarkan (rupiah)</label>
<p class="hint" id="amount-hint">Ubah untuk berlatih dengan pembayaran yang kurang atau lebih.</p>
<input id="amount" name="amount" value="{amount}" inputmode="numeric" aria-describedby="amount-hint"></div>
<div class="acts"><button class="btn">Bayar</button></div></form>"""


def _transactions(desk: Desk) -> str:
    newest = list(desk.book.transactions.values())[: -NEWEST - 1 : -1]
    if not newest:
        return '<p class="soft">Belum ada. Ketik nomor virtual account di atas.</p>'
    heard: dict[str, list[str]] = {}
    for delivery in tuple(desk.book.deliveries.values()):
        answer = "tanpa jawaban" if delivery.answer == "0" else delivery.answer
        said = f"{STATES[delivery.state]} {answer}".strip()
        heard.setdefault(delivery.number, []).append(said)
    rows = "".join(_row(paid, heard.get(paid.number, [])) for paid in newest)
    return f"""<table class="t"><caption class="hide">Transaksi terbaru</caption>
<thead><tr><th scope="col">Nomor</th><th scope="col">Waktu</th><th scope="col">Kepada</th><th scope="col">Jumlah</th>
<th scope="col">Pemberitahuan</th><th scope="col">Tindakan</th></tr></thead><tbody>{rows}</tbody></table>"""


def _row(paid: Transaction, heard: list[str]) -> str:
    back = " (dikembalikan)" if paid.reversed else ""
    at = paid.moment.astimezone(clock.WIB)
    return f"""<tr><th scope="row" class="code">{escape(paid.number)}</th>
<td data-l="Waktu">{at:%d-%m-%Y %H.%M}</td>
<td data-l="Kepada"><span class="code">{escape(paid.customer_no)}</span> {escape(WAYS[paid.channel])}</td>
<td data-l="Jumlah" class="num">{escape(shown(paid.amount))}{back}</td>
<td data-l="Pemberitahuan"><span>{"<br>".join(map(escape, heard))}</span></td>
<td data-l="Tindakan">{_button("/repeat", {"number": paid.number}, "Kirim lagi")}</td></tr>"""


def _faults(desk: Desk) -> str:
    faults, parts = desk.book.faults, []
    for name, label in FAULTS:
        count = getattr(faults, name)
        text = f"{label} ({count} menunggu)" if count else label
        parts.append(_button("/faults", {name: count + 1}, text))
    for when, label in DEATHS:
        parts.append(_button("/faults", {"die": when}, f"{label} (siap)" if faults.die == when else label))
    slow = "Jawab cepat lagi" if faults.slow else "Jawab lambat (15 detik)"
    parts.append(_button("/faults", {"slow": 0 if faults.slow else 15}, slow))
    held = len(desk.book.of_state(HELD)) + len(desk.book.of_state(BEHIND))
    parts.append(_button("/release", {}, f"Lepaskan yang tertahan ({held})"))
    calm = {"lose": 0, "double": 0, "delay": 0, "reorder": 0, "slow": 0, "die": ""}
    parts.append(_button("/faults", calm, "Tanpa gangguan"))
    return "".join(parts)


def _button(action: str, fields: dict[str, object], label: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(value))}">' for name, value in fields.items()
    )
    button = f'<button class="btn two-nd wide">{escape(label)}</button>'
    return f'<form method="post" action="{action}">{hidden}{button}</form>'


def address(said: str) -> str:
    """Where the browser goes after something was done."""
    return "/?" + urlencode({"said": said})
