"""Log lines carry no identity numbers: 1405021708900003 is written as 140502******0003."""

import logging
import re

SIXTEEN = re.compile(r"(?<!\d)(\d{6})\d{6}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """`text` with the middle of each 16-digit number hidden."""
    return SIXTEEN.sub(r"\1******\2", text)


class MaskIdentityNumbers(logging.Filter):
    """Masks the finished message, its arguments and a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a wrong number of arguments: the handler shall still print it
            message = f"{record.msg} {record.args}"
        record.msg, record.args = masked(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True
