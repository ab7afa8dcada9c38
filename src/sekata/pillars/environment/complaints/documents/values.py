"""The plain values that the printables are made from."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sekata.kernel.documents.paper import nip
from sekata.pillars.environment.complaints.codes import Media, SampleMatrix, SamplePosition
from sekata.pillars.environment.complaints.documents import phrases
from sekata.pillars.environment.complaints.rules.identity import pseudonym
from sekata.web import words


@dataclass(frozen=True)
class Matter:
    """What a paper is about. It knows no reporter, only the number that gives the pseudonym."""

    number: str
    received_at: datetime
    subject: str
    place: str
    kind: str = ""

    def facts(self) -> dict[str, str]:
        return {
            "number": self.number,
            "received": words.long_date(self.received_at),
            "reporter": pseudonym(self.number),
            "subject": self.subject,
            "place": self.place,
            "kind": self.kind,
        }


@dataclass(frozen=True)
class Officer:
    """A member of a team."""

    name: str
    position: str
    nip: str = ""
    rank: str = ""
    lead: bool = False

    def facts(self, duties: bool = True) -> dict[str, str]:
        return {
            "name": self.name,
            "position": self.position,
            "nip": nip(self.nip),
            "rank": self.rank,
            "duty": ("Ketua tim" if self.lead else "Anggota") if duties else "",
        }


@dataclass(frozen=True)
class Order:
    """The task letter on which a team acts."""

    number: str
    date: date

    def facts(self) -> dict[str, str]:
        return {"number": self.number, "date": words.plain_date(self.date)}


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence as listed: what, when taken (as text or time), and its SHA-256."""

    name: str
    sha256: str
    taken: datetime | str = ""

    def facts(self) -> dict[str, str]:
        taken = phrases.stamp(self.taken) if isinstance(self.taken, datetime) else self.taken
        return {"name": self.name, "taken": taken or "–", "sha256": phrases.fingerprint(self.sha256)}


@dataclass(frozen=True)
class Passing:
    """What a receiving office is told, never about the person.

    text: the complaint in words that name nobody.
    """

    authority: str
    why: str
    text: str = ""
    lat: float | None = None
    lon: float | None = None
    first_seen_at: datetime | None = None
    media: tuple[str, ...] = ()
    suspected_source: str = ""
    evidence: tuple[Exhibit, ...] = ()
    reply_by: date | None = None

    def facts(self) -> dict[str, object]:
        return {
            "authority": self.authority,
            "why": self.why,
            "text": self.text,
            "point": phrases.point(self.lat, self.lon),
            "first_seen": phrases.moment(self.first_seen_at) if self.first_seen_at else "",
            "media": phrases.listed([Media(code).label.lower() for code in self.media]),
            "source": self.suspected_source,
            "evidence": [piece.facts() for piece in self.evidence],
            "reply_by": words.long_date(self.reply_by),
        }


@dataclass(frozen=True)
class SampleLine:
    """A sample as it changes hands."""

    label: str
    matrix: str
    position: str
    taken_at: datetime
    container: str = ""
    preservation: str = ""
    seal_no: str = ""

    def facts(self) -> dict[str, str]:
        return {
            "label": self.label,
            "matrix": SampleMatrix(self.matrix).label,
            "position": SamplePosition(self.position).label,
            "taken": phrases.stamp(self.taken_at),
            "container": ", ".join(filter(None, (self.container, self.preservation))) or "–",
            "seal": self.seal_no or "–",
        }


@dataclass(frozen=True)
class LabLine:
    """One result; value and limit are written as the certificate writes them. over: beyond the limit."""

    parameter: str
    value: str
    unit: str = ""
    limit: str = ""
    method: str = ""
    flag: str = ""
    over: bool = False


@dataclass(frozen=True)
class LabSample:
    """A sample with its results."""

    label: str
    matrix: str
    position: str
    taken_at: datetime
    laboratory: str
    accreditation: str = ""
    results: tuple[LabLine, ...] = ()

    def facts(self) -> dict[str, object]:
        kind = f"{SampleMatrix(self.matrix).label}, {SamplePosition(self.position).label.lower()}"
        lab = f"{self.laboratory} ({self.accreditation})" if self.accreditation else self.laboratory
        about = f"{kind}, diambil {phrases.stamp(self.taken_at)}. {lab}"
        return {"label": self.label, "about": about, "results": [asdict(line) for line in self.results]}


@dataclass(frozen=True)
class CheckLine:
    """An item of a visit's checklist with its answer, as printed."""

    text: str
    answer: str
    note: str = ""


@dataclass(frozen=True)
class VisitEnd:
    """How a visit ended: when, with which outcome, what had been looked at."""

    finished_at: datetime | None = None
    outcome: str = ""
    checks: tuple[CheckLine, ...] = ()

    def facts(self) -> dict[str, object]:
        return {
            "finished": phrases.moment(self.finished_at) if self.finished_at else "",
            "outcome": self.outcome,
            "checks": [asdict(line) for line in self.checks],
        }


@dataclass(frozen=True)
class RegisterRow:
    """A line of the register book. All but the moments are words as printed."""

    number: str
    received_at: datetime
    channel: str
    kind: str
    subject: str
    place: str
    authority: str
    state: str
    due: date | None = None
    ended: date | None = None
    result: str = ""
    late: bool = False

    def facts(self) -> dict[str, object]:
        shown = {
            name: getattr(self, name)
            for name in ("number", "channel", "kind", "subject", "place", "authority")
        }
        return shown | {
            "received": f"{words.short_date(self.received_at)}, {words.clock_time(self.received_at)}",
            "reporter": pseudonym(self.number),
            "state": self.state,
            "result": self.result,
            "late": self.late,
            "due": words.short_date(self.due) or "–",
            "ended": words.short_date(self.ended) or "–",
        }


@dataclass(frozen=True)
class Figure:
    """A number of the bulletin, already written: `91,1 %`."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar of the bulletin.

    shown: printed instead of a size that must stay hidden (`<3`); the bar hides it too.
    """

    label: str
    size: int
    shown: str = ""

    def facts(self) -> dict[str, object]:
        size = 1 if self.shown else self.size
        return {"label": self.label, "size": size, "shown": self.shown or words.number(size)}


@dataclass(frozen=True)
class DistrictRow:
    """A kecamatan in the bulletin; counts are text because small ones are suppressed."""

    name: str
    complaints: str
    ended: str
    late: str


@dataclass(frozen=True)
class Story:
    """A case told in public words."""

    title: str
    text: str
