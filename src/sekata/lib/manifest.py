"""What a room tells the house about itself: one `System` value, readable on one screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sekata.lib.rights import Right
from sekata.lib.workflow import Workflow

PILLARS = {
    "governance": "Tata kelola",
    "branding": "Citra daerah",
    "economy": "Ekonomi",
    "living": "Kehidupan",
    "society": "Masyarakat",
    "environment": "Lingkungan",
}


@dataclass(frozen=True)
class Role:
    """A role that can be granted in a unit. `strategic` names those of its permissions that a stand-in (Plt, Plh)
    does not get: no strategic decisions in another's chair (UU 30/2014 art. 14)."""

    code: str
    label: str
    permissions: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    strategic: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """An effective-dated reference table: columns name -> label; seeds are the rows to begin with."""

    code: str
    label: str
    columns: Mapping[str, str]
    seeds: tuple["Row", ...] = ()
    basis: str = ""
    help: str = ""


@dataclass(frozen=True)
class Row:
    """A seed of a reference table. confirmed=False is shown as such until an officer confirms it."""

    key: str
    value: Mapping[str, object]
    valid_from: str = "2017-01-01"
    basis: str = ""
    confirmed: bool = True


@dataclass(frozen=True)
class ServiceSeed:
    """A public service of the catalogue with its published standard (UU 25/2009 art. 21: 14 components)."""

    code: str
    name: str
    name_en: str
    summary: str
    url: str
    keywords: str = ""
    duration: str = ""
    fee: str = "Tidak dipungut biaya"
    needs: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    standard: Mapping[str, str] = field(default_factory=dict)
    flagship: bool = False


@dataclass(frozen=True)
class Job:
    """Work done later. every: cron expression for periodic jobs, empty for those that actions enqueue."""

    name: str
    run: Callable[..., object]
    every: str = ""
    retries: int = 8
    queue: str = "default"


@dataclass(frozen=True)
class Page:
    """A menu entry of a door ("portal", "workspace", "bridge"): url is a view name."""

    door: str
    label: str
    url: str
    right: Right
    icon: str = "file-text"


@dataclass(frozen=True)
class Dataset:
    """An open dataset: rows() yields dictionaries with these columns (name -> meaning, unit)."""

    code: str
    title: str
    columns: Mapping[str, str]
    rows: Callable[..., object]
    frequency: str = "monthly"


@dataclass(frozen=True)
class Indicator:
    """A figure that the suite counts itself. compute(start, end) returns numerator and denominator or a value."""

    code: str
    label: str
    unit: str
    formula: str
    compute: Callable[..., object]
    better: str = "higher"


@dataclass(frozen=True)
class Quote:
    """What is to be paid: rupiah of principal and penalty, the credit side as (account, rupiah, holder), and the last
    moment at which that is true."""

    principal: int
    penalty: int
    lines: tuple[tuple[str, int, str], ...]
    valid_until: datetime

    def __post_init__(self) -> None:
        if self.principal + self.penalty != sum(amount for _, amount, _ in self.lines):
            raise ValueError("the lines of a quote sum up to what is to be paid")


@dataclass(frozen=True)
class Payable:
    """A kind of bill. number: its two digits in a customer number.

    quote(ref, at): what is to be paid at a moment, None when nothing is any more; paid(bill, payment, at) and
    unpaid(bill, payment, at): called in the transaction that posts a payment or takes it back.
    """

    kind: str
    number: str
    label: str
    quote: Callable[[str, datetime], Quote | None]
    paid: Callable[..., object]
    unpaid: Callable[..., object]


@dataclass(frozen=True)
class System:
    """One of the 28 systems.

    provides: names offered to other rooms (`tax.clearance`) -> function; needs: names it asks for.
    pane: (actor, case) -> (template, context) of the case beside the inbox, styles: static sheets that it needs;
    case_url: view name taking a number.
    """

    code: str
    pillar: str
    label: str
    label_en: str
    owner: str
    summary: str
    workflows: tuple[Workflow, ...] = ()
    roles: tuple[Role, ...] = ()
    rights: tuple[Right, ...] = ()
    tables: tuple[Table, ...] = ()
    services: tuple[ServiceSeed, ...] = ()
    pages: tuple[Page, ...] = ()
    jobs: tuple[Job, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    payables: tuple[Payable, ...] = ()
    provides: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    urls: str = ""
    api: str = ""
    pane: Callable[..., object] | None = None
    case_url: str = ""
    styles: tuple[str, ...] = ()
    seed: str = ""
