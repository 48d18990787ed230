"""Say amounts of money as people say them; all prices of the cloud are in US dollars."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, QLocale

_CENT = Decimal("0.01")
_ROUND = Decimal(100)
"""From here on cents are not said."""


def usd(amount: Decimal) -> str:
    """Return ``$0.21``, or ``$124`` where cents do not matter; never less than was paid."""
    if 0 < amount < _CENT:
        return QCoreApplication.translate("Money", "less than {0}").format(_said(_CENT))
    return _said(amount)


def usd_range(least: Decimal, most: Decimal) -> str:
    """Return ``$0.21–0.34``; one amount where both are said alike."""
    low, high = _said(least), _said(most)
    if low == high:
        return usd(most)
    said = QCoreApplication.translate("Money", "{0}–{1}")
    return said.format(low, _number(most))


def per_hour(amount: Decimal) -> str:
    """Return ``$0.26 an hour``."""
    return QCoreApplication.translate("Money", "{0} an hour").format(_said(amount))


def read_usd(typed: str) -> Decimal | None:
    """Return the amount that was typed, with or without its sign; None when it is none."""
    text = typed.strip().removeprefix("$").strip().replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount <= 0 or amount > 1_000_000:
        return None
    return amount.quantize(_CENT, ROUND_UP)


def _said(amount: Decimal) -> str:
    return QCoreApplication.translate("Money", "${0}").format(_number(amount))


def _number(amount: Decimal) -> str:
    decimals = 2 if amount < _ROUND else 0
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return QLocale().toString(float(rounded), "f", decimals)
