"""The talk by which a complaint is filed over WhatsApp: a pure function of where it stands and what comes in.

kind (groups, then types) - place (pin, or village and words) - what - when - [what is affected] - how to be
treated - [name] - summary - KIRIM. STOP ends and forgets at any time, ULANG begins anew, PETUGAS asks for a
person. A photo or a pin may come at any moment. What names a person is handed out as a secret and never
enters the state.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches

from sekata.lib import clock
from sekata.pillars.environment.complaints.codes import Group, Media, ReporterMode
from sekata.pillars.environment.complaints.rules.content import DESCRIPTION_MAX, DESCRIPTION_MIN
from sekata.pillars.environment.complaints.rules.terms import bare
from sekata.pillars.environment.complaints.standards.spoken_time import parse_when, spoken

State = Mapping[str, object]

MOST_IMAGES = 10
MOST_CHOICES = 5
MOST_THREAD = 60
ALIKE = 0.6

STOP, SEND, AGAIN, OFFICER = "stop", "send", "again", "officer"
COMMANDS = {
    STOP: ("stop", "berhenti", "batal"),
    AGAIN: ("ulang", "mulai", "menu"),
    OFFICER: ("petugas", "admin", "operator"),
}
SEND_WORDS = ("kirim", "ya kirim", "kirimkan")

GREETING = (
    "Pengaduan lingkungan Kabupaten Pelalawan. Laporkan pencemaran, sampah, api, atau asap di sini; "
    "tidak dipungut biaya.\n"
    "Ketik STOP kapan saja untuk berhenti, ULANG untuk mulai lagi, PETUGAS untuk bicara dengan orang.\n"
    "Sudah punya nomor pengaduan? Perkembangan dan pertanyaan petugas ada di halaman lacak."
)
STOPPED = "Percakapan dihentikan dan dihapus. Kirim pesan kapan saja untuk mulai lagi."
NAME_LOCKED = "[nama, tersimpan terkunci]"
HANDED = "Pesan Anda kami teruskan kepada petugas; petugas menjawab di sini pada jam kerja."
ASKED_OFFICER = "Petugas menjawab di sini pada jam kerja. Sambil menunggu, Anda boleh terus mengisi laporan."
MODES = {
    ReporterMode.NAMED: "Dengan nama: petugas tahu siapa Anda",
    ReporterMode.CONFIDENTIAL: "Nama dirahasiakan: nomor Anda terkunci, hanya ketua tim dapat membukanya",
    ReporterMode.ANONYMOUS: "Tanpa nama: nomor Anda dihapus begitu kode lacak terkirim",
}


@dataclass(frozen=True)
class Incoming:
    """A message.

    Words, a pin (latitude, longitude), or the gateway's id of a picture, which may have words.
    """

    text: str = ""
    point: tuple[float, float] | None = None
    image: str = ""


@dataclass(frozen=True)
class World:
    """What the conversation must know of the regency.

    services: code -> {name, group}; villages: code -> name; reaches: whether a point can be ours; media:
    groups whose affected media need not be asked.
    """

    services: Mapping[str, Mapping[str, object]]
    villages: Mapping[str, str]
    reaches: Callable[[float, float], bool]
    media: Mapping[str, tuple[str, ...]]
    at: datetime


@dataclass(frozen=True)
class Turn:
    """An answer.

    The new state, the words, what is over ("", "stop", "send"), and what belongs in the vault.
    """

    state: State
    reply: str
    done: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)


def talk(state: State, incoming: Incoming, world: World) -> Turn:
    """One turn. Whatever comes in, something helpful goes out; where an officer leads, that is said once."""
    said = bare(incoming.text)
    command = _command(said)
    if command == STOP:
        return Turn({}, STOPPED, STOP)
    if state.get("officer"):
        return Turn({**state, "handed": True}, "" if state.get("handed") else HANDED)
    if command == OFFICER:
        return Turn({**state, "wants_officer": True}, _with(ASKED_OFFICER, question(state, world)))
    if command == AGAIN or not state.get("step"):
        kept = {name: state[name] for name in ("submission", "wants_officer") if name in state}
        state = {**kept, "step": "group"}
        if not (incoming.image or incoming.point) or command == AGAIN:
            return Turn(state, _with(GREETING, question(state, world)))
        return _kept(state, incoming, world, GREETING)
    if incoming.image or (incoming.point and state["step"] != "place"):
        return _kept(state, incoming, world, "")
    step = STEPS.get(str(state["step"]), _group)
    return step(state, replace(incoming, text=said), world)


def _command(said: str) -> str:
    word = said.casefold().strip(" .!")
    return next((command for command, words in COMMANDS.items() if word in words), "")


def heard(incoming: Incoming) -> str:
    """A message in words, as an officer reads it."""
    thing = "[foto]" if incoming.image else "[lokasi]" if incoming.point else ""
    return " ".join(filter(None, (thing, bare(incoming.text)))) or "[pesan lain]"


def remembered(state: State, *entries: tuple[str, str], at: datetime) -> list[Mapping[str, str]]:
    """The thread with entries (who: person, bot, officer; words) added; the oldest ones go."""
    said = [{"by": by, "text": text, "at": at.isoformat()} for by, text in entries if text]
    return [*state.get("thread", []), *said][-MOST_THREAD:]


def _with(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _kept(state: State, incoming: Incoming, world: World, before: str) -> Turn:
    """A picture or a pin that came outside its turn is kept; the question stands."""
    if incoming.image:
        images = list(state.get("images", []))
        if len(images) >= MOST_IMAGES:
            return Turn(state, _with(before, f"Paling banyak {MOST_IMAGES} foto.", question(state, world)))
        state = {**state, "images": list(dict.fromkeys([*images, incoming.image]))}
        return Turn(state, _with(before, "Foto kami terima.", question(state, world)))
    if not world.reaches(*incoming.point):
        return Turn(state, _with(before, OUTSIDE, question(state, world)))
    state = {**state, "point": list(incoming.point)}
    return Turn(state, _with(before, "Lokasi kami terima.", question(state, world)))


OUTSIDE = "Titik itu di luar kabupaten kami. Laporkan ke kabupaten tempatnya, atau lewat SP4N-LAPOR!"


def _listed(title: str, choices: list[str]) -> str:
    return "\n".join([title, *(f"{place}. {choice}" for place, choice in enumerate(choices, start=1))])


def _choice(said: str, most: int) -> int | None:
    """The index that a typed number means."""
    digits = said.strip(" .)#")
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and 1 <= int(digits) <= most:
        return int(digits) - 1
    return None


def _groups(world: World) -> list[str]:
    present = {str(row["group"]) for row in world.services.values()}
    return [group.value for group in Group if group.value in present]


def _types(state: State, world: World) -> list[str]:
    return [code for code, row in world.services.items() if row["group"] == state.get("group")]


def _next(state: State, world: World, step: str, before: str = "", **more: object) -> Turn:
    """Go to the next question that is still open."""
    state = {**state, **more, "step": step}
    if step == "place" and state.get("point"):
        return _next(state, world, "what", before)
    return Turn(state, _with(before, question(state, world)))


def _again(state: State, world: World, hint: str) -> Turn:
    return Turn(state, _with(hint, question(state, world)))


def _group(state: State, incoming: Incoming, world: World) -> Turn:
    groups = _groups(world)
    picked = _choice(incoming.text, len(groups))
    if picked is None:
        return _again(state, world, "Balas dengan nomornya saja, misalnya 1.")
    state = {**state, "group": groups[picked]}
    types = _types(state, world)
    if len(types) == 1:
        return _next(state, world, "place", service=types[0])
    return _next(state, world, "type")


def _type(state: State, incoming: Incoming, world: World) -> Turn:
    types = _types(state, world)
    picked = _choice(incoming.text, len(types))
    if picked is None:
        return _again(state, world, "Balas dengan nomor jenisnya, misalnya 1.")
    return _next(state, world, "place", service=types[picked])


def _place(state: State, incoming: Incoming, world: World) -> Turn:
    if incoming.point:
        if not world.reaches(*incoming.point):
            return _again(state, world, OUTSIDE)
        return _next(state, world, "what", "Lokasi kami terima.", point=list(incoming.point))
    found = villages_like(incoming.text, world.villages)
    if not found:
        return _again(state, world, "Nama desa itu tidak kami kenal.")
    if len(found) == 1:
        name = world.villages[found[0]]
        return _next(state, world, "where", f"Desa/kelurahan {name}.", village=found[0])
    return _next(state, world, "village", choices=found)


def villages_like(text: str, villages: Mapping[str, str]) -> list[str]:
    """Codes of villages whose name is the text, else those that resemble it, at most five."""
    wanted = re.sub(r"^(desa|kelurahan|kel\.?|ds\.?)\s+", "", text.casefold())
    if not wanted:
        return []
    same = [code for code, name in villages.items() if name.casefold() == wanted]
    if same:
        return same[:MOST_CHOICES]
    holding = [code for code, name in villages.items() if len(wanted) >= 4 and wanted in name.casefold()]
    if holding:
        return holding[:MOST_CHOICES]
    close = get_close_matches(
        wanted, {name.casefold() for name in villages.values()}, n=MOST_CHOICES, cutoff=ALIKE
    )
    return [code for word in close for code, name in villages.items() if name.casefold() == word][
        :MOST_CHOICES
    ]


def _village(state: State, incoming: Incoming, world: World) -> Turn:
    choices = [code for code in state.get("choices", []) if code in world.villages]
    picked = _choice(incoming.text, len(choices))
    if picked is None:
        return _place({**state, "step": "place"}, incoming, world)
    return _next(state, world, "where", village=choices[picked])


def _where(state: State, incoming: Incoming, world: World) -> Turn:
    if len(incoming.text) < 3:
        return _again(state, world, "Tulis patokannya dengan beberapa kata.")
    return _next(state, world, "what", where=incoming.text[:300])


def _what(state: State, incoming: Incoming, world: World) -> Turn:
    length = len(incoming.text)
    if length < DESCRIPTION_MIN:
        return _again(
            state, world, f"Ceritakan sedikit lebih panjang, paling sedikit {DESCRIPTION_MIN} huruf."
        )
    if length > DESCRIPTION_MAX:
        return _again(state, world, f"Paling banyak {DESCRIPTION_MAX} huruf; yang Anda tulis {length}.")
    return _next(state, world, "when", what=incoming.text)


def _when(state: State, incoming: Incoming, world: World) -> Turn:
    moment = parse_when(incoming.text, world.at)
    if moment is None:
        return _again(state, world, "Tanggal itu tidak kami pahami.")
    if moment > world.at:
        return _again(state, world, "Waktu itu masih di depan.")
    known = world.media.get(str(state.get("group", "")), ())
    return _next(state, world, "mode" if known else "media", when=moment.isoformat(), media=list(known))


def _media(state: State, incoming: Incoming, world: World) -> Turn:
    picked = _choice(incoming.text, len(Media))
    if picked is None:
        return _again(state, world, "Balas dengan nomornya saja, misalnya 1.")
    return _next(state, world, "mode", media=[list(Media)[picked].value])


def _mode(state: State, incoming: Incoming, world: World) -> Turn:
    picked = _choice(incoming.text, len(MODES))
    if picked is None:
        return _again(state, world, "Balas 1, 2, atau 3.")
    mode = list(MODES)[picked]
    return _next(state, world, "name" if mode == ReporterMode.NAMED else "summary", mode=mode.value)


def _name(state: State, incoming: Incoming, world: World) -> Turn:
    if not 3 <= len(incoming.text) <= 120:
        return _again(state, world, "Tulis nama lengkap Anda.")
    turn = _next(state, world, "summary")
    return replace(turn, secrets={"name": incoming.text})


def _summary(state: State, incoming: Incoming, world: World) -> Turn:
    if incoming.text.casefold().strip(" .!") in SEND_WORDS:
        return Turn(state, "", SEND)
    return _again(
        state, world, "Ketik KIRIM untuk mengirim, ULANG untuk mulai lagi, atau STOP untuk membatalkan."
    )


STEPS = {
    "group": _group,
    "type": _type,
    "place": _place,
    "village": _village,
    "where": _where,
    "what": _what,
    "when": _when,
    "media": _media,
    "mode": _mode,
    "name": _name,
    "summary": _summary,
}

QUESTIONS = {
    "place": "Di mana kejadiannya? Kirim lokasi (pin) dari WhatsApp, atau ketik nama desa/kelurahan.",
    "where": "Di sebelah mana? Tulis patokannya, misalnya “hilir jembatan, dekat SD 005”.",
    "what": "Apa yang terjadi? Ceritakan dengan kata-kata Anda sendiri. Foto boleh menyusul.",
    "when": "Kapan Anda mengetahuinya? Misalnya: hari ini, kemarin, 2 hari lalu, atau 29-04-2026.",
    "name": "Siapa nama lengkap Anda?",
}


def question(state: State, world: World) -> str:
    """The question of the step on which the talk stands."""
    step = str(state.get("step", "group"))
    lists = {
        "group": lambda: _listed("Tentang apa?", [Group(group).label for group in _groups(world)]),
        "type": lambda: _listed(
            "Yang mana?", [str(world.services[code]["name"]) for code in _types(state, world)]
        ),
        "village": lambda: _listed(
            "Desa mana?", [world.villages.get(code, "") for code in state.get("choices", [])]
        ),
        "media": lambda: _listed("Apa yang terdampak?", [media.label for media in Media]),
        "mode": lambda: _listed("Bagaimana kami memperlakukan Anda?", list(MODES.values())),
        "summary": lambda: summary(state, world),
    }
    return lists[step]() if step in lists else QUESTIONS[step] if step in QUESTIONS else lists["group"]()


def summary(state: State, world: World) -> str:
    """What will be sent. It names nobody."""
    service = world.services.get(str(state.get("service")), {})
    village = world.villages.get(str(state.get("village")), "")
    place = (
        "titik yang Anda kirim"
        if state.get("point")
        else ", ".join(filter(None, (state.get("where"), village)))
    )
    when = (
        spoken(datetime.fromisoformat(str(state["when"])).astimezone(clock.WIB)) if state.get("when") else ""
    )
    mode = ReporterMode(str(state["mode"])).label if state.get("mode") else ""
    lines = [
        "Periksa laporan Anda:",
        f"Jenis: {service.get('name', '')}",
        f"Tempat: {place}",
        f"Kejadian: {state.get('what', '')}",
        f"Diketahui: {when}",
        f"Foto: {len(state.get('images', []))}",
        f"Pelapor: {mode}",
        "Ketik KIRIM untuk mengirim, ULANG untuk mulai lagi.",
    ]
    return "\n".join(lines)
