"""Every message and order comes back equal, and other lines are refused by name."""

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_worker.contract import messages
from remote_worker.contract.coding import ContractError
from remote_worker.contract.messages import Drain, Finish, decode, decode_order, encode

_plain = {
    str: st.text(st.characters(exclude_categories=["Cs"])),
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def values(kind):
    if args := [arg for arg in typing.get_args(kind) if arg is not type(None)]:
        return st.none() | values(args[0])
    return _plain[getattr(kind, "__supertype__", kind)]


def any_of(union):
    made = []
    for kind in typing.get_args(union):
        hints = typing.get_type_hints(kind)
        made.append(st.builds(kind, **{n: values(h) for n, h in hints.items() if n != "kind"}))
    return st.one_of(made)


@given(any_of(messages.Message))
def test_a_message_comes_back_equal_from_one_line(message):
    line = encode(message)
    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert decode(line) == message


@given(any_of(messages.Order))
def test_an_order_comes_back_equal(order):
    assert decode_order(encode(order)) == order


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an object"),
        ('{"v":9,"kind":"drain","grace_s":1}', "speaks version 9"),
        ('{"kind":"drain","grace_s":1}', "speaks version None"),
        ('{"v":2,"kind":"explode"}', "unknown kind"),
        ('{"v":2,"kind":[]}', "unknown kind"),
        ('{"v":2,"kind":"hello"}', "unknown kind"),
        ('{"v":2,"kind":"drain"}', "not a Drain"),
        ('{"v":2,"kind":"finish","more":1}', "not a Finish"),
    ],
)
def test_a_line_that_is_no_order_is_refused(line, reason):
    with pytest.raises(ContractError, match=reason):
        decode_order(line)


def test_an_order_is_no_message():
    for order in (Drain(grace_s=1.0), Finish()):
        with pytest.raises(ContractError, match="unknown kind"):
            decode(encode(order))
