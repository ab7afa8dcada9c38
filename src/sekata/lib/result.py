"""How a rule says no: reasons are values, one exception carries them out of an action."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why something is refused.

    code: stable, machine-readable (`nik_length`); message: one plain sentence for a person;
    field: the form field it belongs to, empty when it concerns the whole act.
    """

    code: str
    message: str
    field: str = ""


class Refused(Exception):
    """An act was refused; nothing of it was kept.

    status is the HTTP status that machines receive: 403 no right, 404 unknown, 409 conflict,
    422 bad content.
    """

    def __init__(self, *reasons: Reason, status: int = 422):
        super().__init__("; ".join(reason.message for reason in reasons))
        self.reasons = reasons
        self.status = status

    @classmethod
    def because(cls, code: str, message: str, field: str = "", status: int = 422) -> "Refused":
        return cls(Reason(code, message, field), status=status)


def insist(reasons) -> None:
    """Raise `Refused` if the rule returned any reason."""
    reasons = tuple(reasons)
    if reasons:
        raise Refused(*reasons)
