"""From the value of a workbook's cell to the text that the sheet shows.

Knows nothing of sheets, places or goals. Only a share in per cent is shown by its number format: 3,4 that is shown as 3
would be taken for another score.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

# What stands in a number format as it is: quoted texts, characters after a backslash, the width of one, and brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
_DECIMALS = re.compile(r"\.([0#?]+)")


def shown(value: object, number_format: str) -> str:
    """Write a value as a Finnish spreadsheet shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "TOSI" if value else "EPÄTOSI"
        case int() | float():
            return _number(value, _LITERAL.sub("", number_format).split(";")[0])
        case datetime() if value.time() != time():
            return f"{_day(value)} {_clock(_since_midnight(value.time()))}"
        case date():
            return _day(value)
        case time():
            return _clock(_since_midnight(value))
        case timedelta():
            return _clock(value)
        case _:
            return str(value)


def _number(value: float, number_format: str) -> str:
    if "%" not in number_format:
        return f"{value:.15g}".replace(".", ",")
    decimals = _DECIMALS.search(number_format)
    unit = Decimal(1).scaleb(-len(decimals.group(1)) if decimals else 0)
    share = (Decimal(repr(value)) * 100).quantize(unit, ROUND_HALF_UP)
    return f"{share} %".replace(".", ",")


def _day(value: date) -> str:
    return f"{value.day}.{value.month}.{value.year}"


def _since_midnight(value: time) -> timedelta:
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)


def _clock(value: timedelta) -> str:
    """Write a time with colons: 4.00 would be a number."""
    minutes, seconds = divmod(round(abs(value).total_seconds()), 60)
    sign = "-" if value < timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
