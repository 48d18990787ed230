"""Everything that a look at an account can say is known to the window, and so to translators."""

from __future__ import annotations

import ast
import inspect

import pytest
from fake_cloud import MISSING

from gui.cloud.findings import finding_said, words_said
from orchestrator.fleet.ec2 import doctor
from orchestrator.health import Finding

_NAMES = "ec2, s3"
"""Names of parts are the same in every language."""
_SAID = {
    "who": "user/ada of account 123456789012, us-east-2",
    "found": "this machine's clock is 300 s ahead",
}
_NOT_SHOWN_HERE = {"quota.words", "wait for AWS's answer; it takes hours to days",
                   "ask: 'secondunit cloud quota --request N'"}  # fmt: skip


def texts():
    """Return each text of a finding that stands in the code, its fields filled in."""
    tree = ast.parse(inspect.getsource(doctor))
    for call in ast.walk(tree):
        is_finding = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Finding"
        if is_finding and len(call.args) < 5:  # those of a fault are known by its code
            for each in call.args[2:]:
                yield from _texts(each, tree)


def _texts(node, tree):
    match node:
        case ast.Constant(value):
            return [value]
        case ast.JoinedStr(parts):
            return ["".join(getattr(part, "value", "") if isinstance(part, ast.Constant) else "3"
                            for part in parts)]  # fmt: skip
        case ast.BinOp(left=left):
            return _texts(left, tree)
        case ast.IfExp(body=body, orelse=other):
            return [*_texts(body, tree), *_texts(other, tree)]
        case ast.Subscript(slice=ast.Constant(number)):
            return [doctor._NO_NETWORK[number]]
        case ast.Call():
            return [_NAMES]
        case ast.Attribute():
            return [ast.unparse(node)]
        case ast.Name(name) if name in _SAID:
            return [_SAID[name]]
        case ast.Name(name) if hasattr(doctor, name):
            return [getattr(doctor, name)]
    return _assigned(node.id, tree)


def _assigned(name, tree):
    values = [
        each.value
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == name
    ]
    return [text for value in values for text in _texts(value, tree)]


@pytest.mark.parametrize("text", sorted(set(texts()) - _NOT_SHOWN_HERE - {_NAMES}))
def test_every_text_of_the_look_is_known(text):
    from gui.cloud.findings import _PATTERNS, re

    assert any(re.fullmatch(pattern, text) for pattern, _ in _PATTERNS), text


def test_names_and_numbers_stay():
    said = words_said("not allowed: ec2:CreateFleet, ec2:RunInstances and 3 more")
    assert said == "Not allowed: ec2:CreateFleet, ec2:RunInstances and 3 more"
    assert finding_said(MISSING)[0] == "Not allowed: ec2:CreateFleet"
    assert words_said("a novelty") == "a novelty"


def test_a_fault_is_named_by_its_code():
    found = Finding("AWS", "missing", "AWS is away.", "Wait.", "cloud_unreachable")
    assert finding_said(found) == ("AWS is away.", "Wait.")
