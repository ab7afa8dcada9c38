"""What several tests of lib need."""

from sekata.lib.result import Reason, Refused


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def refusal(read, *given, **named) -> list[str]:
    """Codes of the reasons with which read(...) is refused; empty if it is not."""
    try:
        read(*given, **named)
    except Refused as refused:
        return codes(refused.reasons)
    return []
