"""Files as a bank writes them: lines of (customer number, rupiah, the bank's number)."""

import json
from collections.abc import Sequence
from datetime import date, datetime

Lines = Sequence[tuple[str, int, str]]


def csv_report(lines: Lines, at: datetime) -> bytes:
    """A report as CSV."""
    head = "trx_at,channel,customer_no,amount,bank_ref"
    rows = (f"{at.isoformat()},va,{customer},{amount}.00,{ref}" for customer, amount, ref in lines)
    return "\n".join([head, *rows]).encode()


def snap_report(lines: Lines, at: datetime) -> bytes:
    """A report as the answer of SNAP BI's report service."""
    items = [
        {
            "partnerServiceId": "   12345",
            "customerNo": customer,
            "virtualAccountNo": f"   12345{customer}",
            "paidAmount": {"value": f"{amount}.00", "currency": "IDR"},
            "trxDateTime": at.isoformat(),
            "paymentRequestId": f"PR-{ref}",
            "additionalInfo": {"journalSeq": ref},
        }
        for customer, amount, ref in lines
    ]
    return json.dumps({"responseCode": "2003500", "virtualAccountData": items}).encode()


def mt940_text(day: date, lines: Lines, opening: int = 1_000_000) -> bytes:
    """A statement of one day; amounts below zero went out."""
    closing = opening + sum(amount for _, amount, _ in lines)
    text = [":20:STATEMENT", ":25:0123-01-000123-30-9", ":28C:1/1", f":60F:C{day:%y%m%d}IDR{opening},00"]
    for customer, amount, ref in lines:
        mark = "C" if amount > 0 else "D"
        text.append(f":61:{day:%y%m%d}{day:%m%d}{mark}{abs(amount)},00NTRF{ref}")
        text.append(f":86:BRIVA 12345{customer}" if customer else ":86:ADM")
    return "\n".join([*text, f":62F:C{day:%y%m%d}IDR{closing},00", "-", ""]).encode()
