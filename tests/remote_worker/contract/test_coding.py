"""What is written comes back equal, and what is not of the contract is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remote_worker.contract.coding import (
    ContractError,
    canonical,
    digest_of,
    from_plain,
    from_text,
    to_plain,
)

Name = NewType("Name", str)


@dataclass(frozen=True, slots=True)
class Leaf:
    name: Name
    share: Fraction
    price: Decimal


@dataclass(frozen=True, slots=True)
class Tree:
    kind: Literal["oak", "ash"]
    height_m: float
    rings: int
    felled: bool
    leaves: tuple[Leaf, ...]
    corner: tuple[int, str]
    note: str | None
    marks: dict[str, int]
    signs: Mapping[str, float]


@dataclass(frozen=True)
class Odd:
    either: int | str


texts = st.text(st.characters(exclude_categories=["Cs"]))
floats = st.floats(allow_nan=False, allow_infinity=False)
trees = st.builds(
    Tree,
    kind=st.sampled_from(["oak", "ash"]),
    height_m=floats,
    rings=st.integers(),
    felled=st.booleans(),
    leaves=st.lists(
        st.builds(
            Leaf,
            texts,
            st.fractions(max_denominator=10**9, min_value=-9, max_value=9),
            st.decimals(-(10**9), 10**9, places=6),
        )
    ).map(tuple),
    corner=st.tuples(st.integers(), texts),
    note=st.none() | texts,
    marks=st.dictionaries(texts, st.integers()),
    signs=st.dictionaries(texts, floats),
)
GOOD = to_plain(
    Tree(
        kind="oak",
        height_m=1.5,
        rings=3,
        felled=False,
        leaves=(Leaf(Name("a"), Fraction(1, 2), Decimal("0.50")),),
        corner=(1, "b"),
        note=None,
        marks={},
        signs={},
    )
)


@given(trees)
def test_a_value_comes_back_equal_and_its_text_is_one(tree):
    text = canonical(tree)
    assert from_text(Tree, text) == tree
    assert from_text(Tree, text.encode()) == tree
    assert canonical(from_text(Tree, text)) == text
    assert len(digest_of(tree)) == 64


def test_a_whole_number_is_a_float_where_one_is_meant():
    height = from_plain(Tree, {**GOOD, "height_m": 2}).height_m
    assert isinstance(height, float)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "elm"}, {"kind": []}, {"height_m": "1"}, {"height_m": True}, {"rings": True},
        {"rings": 1.0}, {"rings": None}, {"felled": 1}, {"leaves": {}}, {"leaves": [1]},
        {"corner": [1]}, {"corner": [1, "b", 2]}, {"note": 1}, {"marks": []}, {"more": 1},
        {"leaves": [{"name": "a", "share": "1/0"}]}, {"leaves": [{"name": "a", "share": 1}]},
        {"leaves": [{"name": "a", "share": "1e999999999"}]}, {"leaves": [{"name": "a"}]},
        {"leaves": [{"name": "a", "share": "1/2", "price": "1e9"}]},
        {"leaves": [{"name": "a", "share": "1/2", "price": 1}]},
        {"leaves": [{"name": "\ud800", "share": "1/2"}]}, {"height_m": float("nan")},
        {"height_m": float("inf")}, {"height_m": 10**400},
    ],
    ids=repr,
)  # fmt: skip
def test_a_value_of_another_shape_is_refused(wrong):
    with pytest.raises(ContractError, match="not a Tree"):
        from_plain(Tree, {**GOOD, **wrong})


def test_a_union_is_not_of_the_contract():
    with pytest.raises(ContractError, match="no unions"):
        from_plain(Odd, {"either": 1})


@pytest.mark.parametrize(
    "text", ["", "{", b"\xff", "[" * 100_000, "9" * 5000, "null", "[]", "1e999"]
)
def test_text_that_is_none_of_ours_is_refused(text):
    with pytest.raises(ContractError) as refused:
        from_text(Tree, text)
    assert len(refused.value.text) <= 2000


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_no_json_makes_anything_but_a_tree_or_a_refusal(plain):
    with pytest.raises(ContractError):
        from_plain(Tree, plain)


def test_what_is_no_number_has_no_text():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": float("nan")})
