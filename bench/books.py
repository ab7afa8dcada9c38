"""What a passbook and a balance cost over many postings beside few."""

from bench import ground
from bench.growth import both, on, tellers
from bench.terms import FEW_POSTINGS, MANY_POSTINGS, ONE_HOLDER, Measured

NAMES = {"bench_few": FEW_POSTINGS, "bench_many": MANY_POSTINGS}


def measure() -> list[Measured]:
    """Fill both databases, then ask for a customer's passbook and balances."""
    for name, size in NAMES.items():
        ground.run("bench.child", "bench.postings", name, str(size), **on(name))
    few, many = tellers(NAMES)
    with few, many:
        asked = {
            "passbook_growth": {"a customer's newest page": {"what": "passbook", "holder": ONE_HOLDER}},
            "balance_growth": {
                "a customer's": {"what": "balance", "holder": ONE_HOLDER},
                "all customers' together": {"what": "balance", "holder": ""},
            },
        }
        return [grown(name, questions, few, many) for name, questions in asked.items()]


def grown(name: str, questions: dict[str, dict], few: ground.Teller, many: ground.Teller) -> Measured:
    """The question that grows most; the note tells each."""
    found = {label: both(question, few, many) for label, question in questions.items()}
    ratio = max(after / before for before, after in found.values())
    told = "; ".join(f"{label} {before:.2f} -> {after:.2f} ms" for label, (before, after) in found.items())
    return Measured(name, round(ratio, 2), f"{FEW_POSTINGS:,} -> {MANY_POSTINGS:,} postings: {told}")
