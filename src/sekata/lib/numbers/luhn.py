"""The Luhn check digit (ISO/IEC 7812-1 annex B): one wrong digit or two neighbours swapped are noticed."""


def check_digit(digits: str) -> str:
    """The digit that closes `digits`. ValueError for what are no digits."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("digits wanted")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def closed(digits: str) -> str:
    """`digits` with their check digit."""
    return digits + check_digit(digits)


def valid(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return (
        digits.isascii() and digits.isdigit() and len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]
    )
