"""Decide by IAM policies what may be done; know nothing of any cloud."""

from __future__ import annotations

import fnmatch
import ipaddress
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a call needs to be allowed: an action on a resource."""

    action: str
    """As policies write it: "ec2:RunInstances"."""
    resource: str = "*"
    """An ARN; "*" for actions that know no resources."""
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Condition keys and their values in this request."""


def document(text: str | Document) -> Document:
    """A policy document, from its JSON or as it is."""
    found: Document = json.loads(text) if isinstance(text, str) else text
    return found


def allows(documents: Iterable[Document], ask: Ask) -> bool:
    """Whether these policies together allow it: some statement does, and none denies."""
    effects = {
        statement["Effect"]
        for one in documents
        for statement in statements(one)
        if concerns(statement, ask)
    }
    return effects == {"Allow"}


def statements(one: Document) -> Sequence[Mapping[str, Any]]:
    """The statements of a document, also when it has a single one."""
    found = one["Statement"]
    return [found] if isinstance(found, Mapping) else found


def concerns(statement: Mapping[str, Any], ask: Ask) -> bool:
    """Whether a statement speaks of this action, resource and context."""
    if "Action" in statement:
        if not any(_like(one, ask.action, fold=True) for one in _list(statement["Action"])):
            return False
    elif any(_like(one, ask.action, fold=True) for one in _list(statement["NotAction"])):
        return False
    if "Resource" in statement:
        patterns = [_filled(one, ask) for one in _list(statement["Resource"])]
        if not any(_like(one, ask.resource) for one in patterns):
            return False
    elif "NotResource" in statement:
        patterns = [_filled(one, ask) for one in _list(statement["NotResource"])]
        if any(_like(one, ask.resource) for one in patterns):
            return False
    conditions = statement.get("Condition", {})
    return all(_holds(operator, keys, ask) for operator, keys in conditions.items())


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _like(pattern: str, text: str, *, fold: bool = False) -> bool:
    if fold:
        pattern, text = pattern.lower(), text.lower()
    pattern = pattern.replace("[", "[[]")  # a policy knows * and ? only
    return fnmatch.fnmatchcase(text, pattern)


def _filled(pattern: str, ask: Ask) -> str:
    """A resource with its ${variables} filled from the request."""
    values = {key.lower(): one for key, one in ask.context.items()}

    def value(found: re.Match[str]) -> str:
        return next(iter(values.get(found.group(1).lower(), ())), "\0")

    return re.sub(r"\$\{([^}]+)\}", value, pattern)


def _holds(operator: str, keys: Mapping[str, Any], ask: Ask) -> bool:
    context = {key.lower(): one for key, one in ask.context.items()}
    quantifier, _, rest = operator.rpartition(":")
    optional = rest.endswith("IfExists")
    rest = rest.removesuffix("IfExists")
    for key, wanted in keys.items():
        have = context.get(key.lower())
        expected = [str(one) for one in _list(_plain(wanted))]
        if not _key_holds(rest, quantifier, expected, have, ask, optional=optional):
            return False
    return True


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _key_holds(
    operator: str,
    quantifier: str,
    expected: list[str],
    have: tuple[str, ...] | None,
    ask: Ask,
    *,
    optional: bool,
) -> bool:
    if operator == "Null":
        return (have is None) == (expected[0].lower() == "true")
    negated = "Not" in operator
    if have is None or not have:
        return optional or negated or quantifier == "ForAllValues"
    expected = [_filled(one, ask) for one in expected]
    base = operator.replace("Not", "")
    hits = [any(_compare(base, one, value) for one in expected) for value in have]
    if negated:
        hits = [not hit for hit in hits]
    return any(hits) if quantifier == "ForAnyValue" else all(hits)


def _compare(operator: str, expected: str, have: str) -> bool:
    match operator:
        case "StringEquals" | "Bool":
            return have.lower() == expected.lower() if operator == "Bool" else have == expected
        case "StringEqualsIgnoreCase":
            return have.lower() == expected.lower()
        case "StringLike" | "ArnLike" | "ArnEquals":
            return _like(expected, have)
        case "IpAddress":
            return ipaddress.ip_address(have) in ipaddress.ip_network(expected)
        case "NumericEquals":
            return float(have) == float(expected)
        case "NumericLessThan":
            return float(have) < float(expected)
        case "NumericLessThanEquals":
            return float(have) <= float(expected)
        case "NumericGreaterThan":
            return float(have) > float(expected)
        case "NumericGreaterThanEquals":
            return float(have) >= float(expected)
        case "DateLessThan":
            return have < expected
        case "DateGreaterThan":
            return have > expected
        case _:
            raise ValueError(f"a condition operator that the test cloud does not know: {operator}")
