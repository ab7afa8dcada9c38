"""Two years of one bank, reckoned in memory by the room's own rules: what was brought, sold, taken out, counted."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256

from django.db.models import Model

from sekata.lib import clock, money
from sekata.pillars.environment.wastebank.codes import MoveKind, VoucherKind, WithdrawalKind
from sekata.pillars.environment.wastebank.models import (
    CashCount,
    Collector,
    Customer,
    Deposit,
    DepositLine,
    Sale,
    SaleLine,
    StockCount,
    StockCountLine,
    StockMove,
    Transfer,
    TransferLine,
    Voucher,
    Withdrawal,
)
from sekata.pillars.environment.wastebank.queries.law import Law, law
from sekata.pillars.environment.wastebank.rules import bookkeeping as b
from sekata.pillars.environment.wastebank.rules import numbers, pricing, stock
from sekata.pillars.environment.wastebank.seed.house import Bank, uuid

SENT_ON = frozenset({"KRT", "PLS"})
"""Groups that a unit sends to its central; the rest it sells itself."""
CAPITAL, COST, LEAST = 3_000_000, 60_000, 10_000
FEE = 2_500
BILLER = "PPOB"
DAYS = {"take": 24, "send": 25, "receive": 26, "sell": 27, "settle": 28}
KINDS = (WithdrawalKind.CASH,) * 7 + (WithdrawalKind.GROCERIES,) * 2 + (WithdrawalKind.POWER_TOKEN,)
QUANTITIES = {"TLR-01": (5, 40, 1), "MJL-01": (1, 6, Decimal("0.5"))}


@dataclass(frozen=True)
class Event:
    """An entry of the book to come: its key is known once the row behind it has one."""

    day: date
    key: Callable[[], str]
    memo: str
    entry: b.Entry
    row: Model


@dataclass
class Rows:
    """What is written in sets, in an order in which each finds what it points to."""

    deposits: list[Deposit] = field(default_factory=list)
    deposit_lines: list[DepositLine] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    sale_lines: list[SaleLine] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    transfer_lines: list[TransferLine] = field(default_factory=list)
    counts: list[StockCount] = field(default_factory=list)
    count_lines: list[StockCountLine] = field(default_factory=list)
    cash_counts: list[CashCount] = field(default_factory=list)
    moves: list[StockMove] = field(default_factory=list)
    withdrawals: list[tuple[Withdrawal, str]] = field(default_factory=list)
    vouchers: list[Voucher] = field(default_factory=list)


class Life:
    """A bank as it lives from month to month."""

    def __init__(self, bank: Bank, customers: list[Customer], dice: random.Random, present: datetime):
        self.bank, self.customers, self.dice, self.present = bank, customers, dice, present
        self.rows, self.events = Rows(), []
        self.stock: dict[str, stock.Stock] = {}
        self.balances: Counter[str] = Counter()
        self.cash = self.account = self.clearing = 0
        self.owed: Counter[str] = Counter()
        self.serials: Counter[tuple[str, int]] = Counter()
        self.laws: dict[int, Law] = {}

    def law(self, at: datetime) -> Law:
        """The law of the month; the demonstration's tables do not change within one."""
        return self.laws.setdefault(at.year * 12 + at.month, law(at))

    def number(self, code: str, year: int) -> int:
        """The next number of a series."""
        self.serials[code, year] += 1
        return self.serials[code, year]

    def enter(self, day: date, key: Callable[[], str], memo: str, entry: b.Entry, row: Model) -> None:
        """Note what the book has to say."""
        if entry:
            self.events.append(Event(day, key, memo, entry, row))

    def put(self, material: str, kg: Decimal, value: int, kind: MoveKind, at: datetime, **why: Model) -> None:
        """Material comes in."""
        self.stock[material] = stock.put_in(self.stock.get(material, stock.Stock()), kg, value)
        self._move(material, kg, value, kind, at, why)

    def take(self, material: str, kg: Decimal, kind: MoveKind, at: datetime, **why: Model) -> int:
        """Material goes out at the moving average; its cost."""
        taken = stock.take_out(self.stock[material], kg)
        self.stock[material] = taken.left
        self._move(material, -kg, -taken.cost, kind, at, why)
        return taken.cost

    def _move(self, material: str, kg: Decimal, value: int, kind: MoveKind, at: datetime, why: dict) -> None:
        row = StockMove(bank=self.bank.row, material=material, kind=kind, kg=kg, value=value, at=at, **why)
        self.rows.moves.append(row)

    # what customers bring

    def bring(self, first: date, last: date) -> None:
        """Everybody's deposits of a month, in the order of their weighing."""
        span = (last - first).days + 1
        when = sorted(
            (self._moment(first + timedelta(days=self.dice.randrange(span))), place)
            for place, customer in enumerate(self.customers)
            if customer.joined_at.astimezone(clock.WIB).date() < first
            for _ in range(self.dice.choice((0, 1, 1, 2)))
        )
        for at, place in when:
            self._deposit(self.customers[place], at)

    def _moment(self, day: date) -> datetime:
        opening = datetime.combine(day, time(8), clock.WIB)
        return opening + timedelta(seconds=self.dice.randrange(4 * 3600))

    def _deposit(self, customer: Customer, at: datetime) -> None:
        version, prices = self.bank.price_list(at)
        weighed = [
            (code, self._quantity(code), prices[code])
            for code in sorted(self.dice.sample(sorted(prices), self.dice.choice((1, 2, 2, 3))))
        ]
        amounts = [pricing.line_amount(quantity, price) for _, quantity, price in weighed]
        shares = self._shares(sum(amounts), at)
        year, day = at.astimezone(clock.WIB).year, at.astimezone(clock.WIB).date()
        uid = uuid(self.dice)
        made = Deposit(
            bank=self.bank.row, uid=uid, fingerprint=sha256(uid.bytes).hexdigest(), customer=customer,
            number=numbers.deposit_number(self.bank.row.bank_no, year, self.number("deposit", year)),
            weigher=self.bank.weigher, scale=self.bank.scale, source=self._source(customer), weighed_at=at,
            clock_offset_s=0, corrected_at=at, received_at=at, posted_on=day, list_version=version,
            gross=sum(amounts), credited=shares.customer, bank_share=shares.bank,
        )  # fmt: skip
        self.rows.deposits.append(made)
        parts = money.split(shares.customer, amounts)
        for place, ((code, quantity, price), amount, part) in enumerate(
            zip(weighed, amounts, parts, strict=True), 1
        ):
            kg = self.law(at).kilograms(code, quantity)
            line = DepositLine(deposit=made, place=place, material=code, quantity=quantity, kg=kg, unit_price=price,
                               amount=amount, credited=part)  # fmt: skip
            self.rows.deposit_lines.append(line)
            self.put(code, kg, part, MoveKind.IN_DEPOSIT, at, deposit=made)
        self.balances[customer.number] += made.credited
        customer.moved_on = max(customer.moved_on, day)
        key, memo = f"wastebank.deposit:{made.number}", f"Setoran {made.number}"
        self.enter(day, lambda: key, memo, b.deposit(customer.number, made.credited), made)

    def _quantity(self, code: str) -> Decimal:
        if code in QUANTITIES:
            low, high, step = QUANTITIES[code]
            return Decimal(self.dice.randrange(low, high)) * step
        return Decimal(self.dice.randrange(60, 1_400)) * Decimal("0.005")

    def _shares(self, gross: int, at: datetime) -> b.Shares:
        if self.bank.row.share_scheme == "margin":
            return b.Shares(gross, 0)
        return b.split_gross(gross, self.law(at).own("share_percent", self.bank.row.code)["customer"])

    def _source(self, customer: Customer) -> str:
        return "school_day" if customer.kind == "school_class" else "counter"

    # what customers take

    def hand_out(self, first: date) -> None:
        """Some customers take out most of what they have, as far as there is cash."""
        at = self._moment(first.replace(day=DAYS["take"]))
        for customer in self.customers:
            have = self.balances[customer.number]
            if have >= 2 * LEAST and self.dice.random() < 0.28:
                self._hand_out(customer, have * self.dice.randrange(50, 91) // 100 // 1000 * 1000, at)
                at += timedelta(minutes=3)

    def _hand_out(self, customer: Customer, amount: int, at: datetime) -> None:
        kind = self.dice.choice(KINDS)
        biller = kind == WithdrawalKind.POWER_TOKEN
        charge = FEE if biller else 0
        if (
            amount < LEAST
            or amount + charge > self.balances[customer.number]
            or (not biller and amount > self.cash)
        ):
            return
        year, day = at.astimezone(clock.WIB).year, at.astimezone(clock.WIB).date()
        number = f"PT-{self.bank.row.bank_no}-{year}-{self.number('withdrawal', year):06d}"
        treasurer = self.bank.actors["treasurer"].person
        made = Withdrawal(
            submission=uuid(self.dice), our_id=uuid(self.dice), bank=self.bank.row, customer=customer, kind=kind,
            mark="…" + f"{self.dice.randrange(10_000):04d}" if biller else "", amount=amount, charge=charge,
            requested_by=customer.person_id, executed_by=treasurer, sent_at=at if biller else None, paid_at=at,
        )  # fmt: skip
        self.rows.withdrawals.append((made, number))
        self.balances[customer.number] -= amount + charge
        if biller:
            self.clearing += amount + charge
            entry = b.biller_paid(customer.number, amount, charge, BILLER)
        else:
            self.cash -= amount
            entry = b.paid_out(customer.number, amount)
        memo = f"{kind.label} {made.mark} {number}".replace("  ", " ")
        self.enter(day, lambda: f"wastebank.withdrawal:{number}", memo, entry, made)

    # what the bank does

    def voucher(self, kind: VoucherKind, amount: int, note: str, at: datetime, **more: str) -> Voucher | None:
        """Money that moves without a withdrawal or a sale; nothing for nothing."""
        if amount <= 0:
            return None
        year = at.astimezone(clock.WIB).year
        made = Voucher(
            bank=self.bank.row, submission=uuid(self.dice), kind=kind, amount=amount, note=note, made_at=at,
            number=f"BK-{self.bank.row.bank_no}-{year}-{self.number('voucher', year):05d}",
            made_by=self.bank.actors["treasurer"].person, **({"account": b.CASH} | more),
        )  # fmt: skip
        self.rows.vouchers.append(made)
        return made

    def post(self, made: Voucher | None, entry: Callable[[Voucher], b.Entry]) -> None:
        """Enter a voucher that was made."""
        if made:
            day = made.made_at.astimezone(clock.WIB).date()
            key, memo = f"wastebank.voucher:{made.number}", f"{made.number} {made.note}"
            self.enter(day, lambda: key, memo, entry(made), made)

    def start(self, at: datetime) -> None:
        """What the founders put in."""
        made = self.voucher(VoucherKind.CAPITAL, CAPITAL, "Modal awal pendiri", at)
        self.cash += CAPITAL
        self.post(made, lambda one: b.capital_paid_in(one.amount, b.CASH))

    def sell(
        self, first: date, buyer: Collector, prices: dict[str, int], only: Callable[[str], bool]
    ) -> None:
        """Sell nearly everything that lies there of some groups, for cash."""
        day = first.replace(day=DAYS["sell"])
        goods = {code: kept.kg for code, kept in self.stock.items() if only(code) and kept.kg > 5}
        if not goods or day > self.present.date():
            return
        at = self._moment(day)
        sale = Sale(
            bank=self.bank.row, number=f"PJ-{self.bank.row.bank_no}-{day.year}-{self.number('sale', day.year):05d}",
            collector=buyer, state="paid", version=5, slip=f"T-{self.dice.randrange(1000, 9999)}",
            planned_by=self.bank.actors["director"].person, planned_at=at, weighed_out_at=at, accepted_at=at,
            invoiced_at=at, paid_at=at, paid_into=b.CASH,
        )  # fmt: skip
        self.rows.sales.append(sale)
        lines = [self._sale_line(sale, code, kg, prices[code], at) for code, kg in sorted(goods.items())]
        cost, revenue = sum(one.cost for one in lines), sum(one.revenue for one in lines)
        self.cash += revenue
        head = f"wastebank.sale:{sale.number}"
        steps = (("out", "Keluar untuk", b.sale_weighed_out(cost)),
                 ("accepted", "Penjualan", b.sale_accepted(buyer.code, revenue)),
                 ("paid", "Pembayaran", b.sale_paid(buyer.code, revenue, b.CASH)))  # fmt: skip
        for name, words, entry in steps:
            self.enter(day, lambda name=name: f"{head}:{name}", f"{words} {sale.number}", entry, sale)

    def _sale_line(self, sale: Sale, code: str, kg: Decimal, price: int, at: datetime) -> SaleLine:
        per_kg = self.law(at).materials[code]["kg_per_unit"]
        price = int(price / Decimal(per_kg)) if per_kg else price
        sold = (kg * Decimal("0.97")).quantize(Decimal("0.1"))
        rejected = Decimal("0.5") if self.dice.random() < 0.2 and sold > 10 else Decimal(0)
        line = SaleLine(
            sale=sale, material=code, kg=sold, price=price, rejected_kg=rejected,
            cost=self.take(code, sold, MoveKind.OUT_SALE, at, sale=sale),
            revenue=pricing.line_amount(sold - rejected, price),
        )  # fmt: skip
        self.rows.sale_lines.append(line)
        return line

    def send(self, first: date, central: "Life", prices: dict[str, int]) -> None:
        """Send paper and plastic to the central, which weighs it a day later."""
        day = first.replace(day=DAYS["send"])
        goods = {c: kept.kg for c, kept in self.stock.items() if c[:3] in SENT_ON and kept.kg > 5}
        if not goods or day >= self.present.date():
            return
        at, received = self._moment(day), self._moment(day.replace(day=DAYS["receive"]))
        sent = Transfer(
            bank=self.bank.row, central=central.bank.row, state="received", version=2, sent_at=at,
            number=f"KR-{self.bank.row.bank_no}-{day.year}-{self.number('transfer', day.year):05d}",
            sent_by=self.bank.actors["weigher"].person, received_at=received,
            received_by=central.bank.actors["weigher"].person,
        )  # fmt: skip
        self.rows.transfers.append(sent)
        lines = [self._sent_line(sent, central, code, kg, prices[code]) for code, kg in sorted(goods.items())]
        amount, cost, loss = (sum(getattr(one, name) for one in lines) for name in ("amount", "cost", "loss"))
        key, memo, day = (
            f"wastebank.transfer:{sent.number}",
            f"Kiriman {sent.number}",
            received.astimezone(clock.WIB).date(),
        )
        self.enter(day, lambda: key, memo, b.transfer_out(central.bank.row.code, amount, cost, loss), sent)
        central.enter(day, lambda: key, memo, b.transfer_in(self.bank.row.code, amount), sent)
        central.owed[self.bank.row.code] += amount

    def _sent_line(self, sent: Transfer, central: "Life", code: str, kg: Decimal, price: int) -> TransferLine:
        kg = (kg * Decimal("0.97")).quantize(Decimal("0.1"))
        got = (kg * Decimal(self.dice.randrange(9_920, 10_001)) / 10_000).quantize(Decimal("0.01"))
        cost = self.take(code, kg, MoveKind.OUT_TRANSFER, sent.sent_at, transfer=sent)
        found = stock.variance(stock.Stock(kg, cost), got, self.law(sent.sent_at).tolerance(code))
        line = TransferLine(
            transfer=sent, material=code, sent_kg=kg, received_kg=got, price=price, cost=cost,
            amount=pricing.line_amount(got, price), loss=max(0, found.value),
        )  # fmt: skip
        self.rows.transfer_lines.append(line)
        central.put(code, got, line.amount, MoveKind.IN_TRANSFER, sent.received_at, transfer=sent)
        return line

    def settle(self, first: date, lives: dict[str, "Life"]) -> None:
        """Pay what is owed: units, the biller, running costs; bring cash to the bank account for it."""
        at = self._moment(first.replace(day=DAYS["settle"]))
        if at > self.present:
            return
        if self.cash > COST:
            self.cash -= COST
            made = self.voucher(VoucherKind.COST, COST, "Karung, tali, dan bensin", at)
            self.post(made, lambda one: b.cost_paid(one.amount, b.CASH))
        self._bring_to_account(sum(self.owed.values()) + self.clearing, at)
        for code in sorted(self.owed):
            self._pay_bank(code, lives[code], at)
        if self.clearing and self.account >= self.clearing:
            given = {"account": b.BANK_ACCOUNT, "counterpart": BILLER}
            made = self.voucher(VoucherKind.BILLER, self.clearing, "Bayar penyedia", at, **given)
            self.post(made, lambda one: b.biller_settled(one.amount, BILLER))
            self.account, self.clearing = self.account - self.clearing, 0
        self._fetch_cash(at)

    def _bring_to_account(self, needed: int, at: datetime) -> None:
        moved = min(max(0, needed - self.account), max(0, self.cash - LEAST))
        made = self.voucher(VoucherKind.TO_ACCOUNT, moved, "Setor ke rekening", at)
        self.post(made, lambda one: b.between_own(b.CASH, b.BANK_ACCOUNT, one.amount))
        self.cash, self.account = self.cash - moved, self.account + moved

    def _fetch_cash(self, at: datetime) -> None:
        moved = max(0, self.account - 200_000)
        given = {"account": b.BANK_ACCOUNT}
        made = self.voucher(VoucherKind.TO_CASH, moved, "Ambil kas untuk nasabah", at, **given)
        self.post(made, lambda one: b.between_own(b.BANK_ACCOUNT, b.CASH, one.amount))
        self.cash, self.account = self.cash + moved, self.account - moved

    def _pay_bank(self, code: str, other: "Life", at: datetime) -> None:
        amount = min(self.owed[code], self.account)
        mine, theirs = self.bank.row, other.bank.row
        given = {"account": b.BANK_ACCOUNT}
        made = self.voucher(VoucherKind.BANK, amount, f"Bayar {theirs.name}", at, counterpart=code, **given)
        self.post(made, lambda one: b.settled_to(code, one.amount))
        back = other.voucher(
            VoucherKind.FROM_BANK, amount, f"Dari {mine.name}", at, counterpart=mine.code, **given
        )
        other.post(back, lambda one: b.settled_by(mine.code, one.amount))
        self.owed[code] -= amount
        self.account -= amount
        other.account += amount

    def count(self, first: date) -> None:
        """Stock and cash are counted at the end of a month; a little has dried."""
        at = self._moment((first + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        if at > self.present:
            return
        made = StockCount(bank=self.bank.row, counted_by=self.bank.actors["director"].person, counted_at=at)
        self.rows.counts.append(made)
        dried = self.dice.choice(sorted(self.stock) or [""])
        for code in sorted(self.stock):
            self._count_line(made, code, dried == code, at)
        self._count_cash(at)

    def _count_line(self, made: StockCount, code: str, dried: bool, at: datetime) -> None:
        book = self.stock[code]
        left = (book.kg * (Decimal("0.993") if dried else 1)).quantize(Decimal("0.001"))
        tolerance = self.law(at).tolerance(code)
        found = stock.variance(book, left, tolerance)
        if found.beyond:
            left, found = book.kg, stock.variance(book, book.kg, tolerance)
        line = StockCountLine(count=made, material=code, book_kg=book.kg, counted_kg=left, percent=found.percent,
                              value=found.value, beyond=False)  # fmt: skip
        self.rows.count_lines.append(line)
        if found.kg:
            self.stock[code] = stock.after_count(book, found)
            self._move(code, found.kg, -found.value, MoveKind.ADJUST, at, {"count": made})
            day = at.astimezone(clock.WIB).date()
            entry = b.shrinkage(found.value, beyond_tolerance=False)
            self.enter(day, lambda: f"wastebank.count:{made.pk}:{code}", f"Opname {code}", entry, made)

    def _count_cash(self, at: datetime) -> None:
        held = {post: self.bank.row.officers.get(post=post) for post in ("treasurer", "director")}
        self.rows.cash_counts.append(
            CashCount(bank=self.bank.row, counted=self.cash, book=self.cash, counted_at=at, **held)
        )
