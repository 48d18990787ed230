"""Turn frozen dataclasses into canonical JSON, strictly and back.

Written here and not taken from a library because the contract is copied to hosts
as it stands and may use the standard library only.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import math
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_FRACTION = re.compile(r"-?[0-9]{1,40}/[0-9]{1,40}")
"""Bounded: ``Fraction("1e999999999")`` would take all memory."""


_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")


class ContractError(Exception):
    """Text that is not of this contract; ``text`` is (the start of) what arrived."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text[:200]!r}" if text else reason)
        self.reason = reason
        self.text = text[:2000]


def to_plain(value: Any) -> Any:
    """Return ``value`` as JSON types: dataclass to object, tuple to list, numbers to text.

    A Fraction is "n/d", a Decimal its digits: neither is to become a float on the way.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def canonical(value: Any) -> str:
    """Return the one JSON text of ``value``: keys sorted, no spaces, no NaN."""
    return json.dumps(
        to_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest_of(value: Any) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of ``value``."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def from_plain(kind: type[T], plain: Any) -> T:
    """Return ``plain`` (parsed JSON) as a ``kind``; unknown and missing fields are refused.

    Raises:
        ContractError: the value does not have the shape of ``kind``.
    """
    try:
        return typing.cast(T, _typed(kind, plain))
    except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise ContractError(f"not a {kind.__name__} ({error})", repr(plain)) from error


def from_text(kind: type[T], text: str | bytes) -> T:
    """Return the ``kind`` that JSON ``text`` holds.

    Raises:
        ContractError: not JSON, or JSON of another shape.
    """
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ContractError("not JSON", _shown(text)) from error
    return from_plain(kind, plain)


def _shown(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _typed(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _typed_optional(kind, plain)
    if origin is tuple:
        return _typed_tuple(kind, plain)
    if origin in (dict, typing.get_origin(Mapping[str, str])):
        key_kind, item_kind = get_args(kind)
        return {_typed(key_kind, k): _typed(item_kind, v) for k, v in _expect(dict, plain).items()}
    if origin is typing.Literal:
        if plain not in get_args(kind):
            raise ValueError(f"{plain!r} is none of {get_args(kind)}")
        return plain
    return _typed_scalar(getattr(kind, "__supertype__", kind), plain)


def _typed_scalar(kind: Any, plain: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        return _typed_dataclass(kind, plain)
    if kind is Fraction:
        return _typed_fraction(_expect(str, plain))
    if kind is Decimal:
        return _typed_decimal(_expect(str, plain))
    if kind is float:
        return _typed_float(plain)
    if kind is str:
        _expect(str, plain).encode()  # half a surrogate pair has no digest
    if kind is int and isinstance(plain, bool):
        raise TypeError(f"expected int, not {plain!r}")
    return _expect(kind, plain)


def _typed_fraction(plain: str) -> Fraction:
    if not _FRACTION.fullmatch(plain):
        raise ValueError(f"{plain[:80]!r} is no fraction")
    return Fraction(plain)


def _typed_decimal(plain: str) -> Decimal:
    if not _DECIMAL.fullmatch(plain):
        raise ValueError(f"{plain[:80]!r} is no decimal number")
    return Decimal(plain)


def _typed_float(plain: Any) -> float:
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise TypeError(f"expected float, not {plain!r}")
    if not math.isfinite(plain):
        raise ValueError(f"{plain} is not finite")
    return float(plain)


def _typed_dataclass(kind: Any, plain: Any) -> Any:
    given = _expect(dict, plain)
    hints = _hints_of(kind)
    if unknown := set(given) - set(hints):
        raise ValueError(f"unknown fields {sorted(unknown)}")
    return kind(**{name: _typed(hints[name], value) for name, value in given.items()})


@functools.cache
def _hints_of(kind: Any) -> dict[str, Any]:
    """Return the type of each field; evaluating them takes far longer than all the rest."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _typed_tuple(kind: Any, plain: Any) -> tuple[Any, ...]:
    items = _expect(list, plain)
    args = get_args(kind)
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_typed(args[0], item) for item in items)
    if len(args) != len(items):
        raise ValueError(f"expected {len(args)} items, not {len(items)}")
    return tuple(_typed(arg, item) for arg, item in zip(args, items, strict=True))


def _typed_optional(kind: Any, plain: Any) -> Any:
    args = get_args(kind)
    if plain is None and type(None) in args:
        return None
    inner = [arg for arg in args if arg is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"the contract has no unions but with None: {kind}")
    return _typed(inner[0], plain)


def _expect(kind: type[T], plain: Any) -> T:
    if not isinstance(plain, kind):
        raise TypeError(f"expected {kind.__name__}, not {plain!r}")
    return plain
