"""The board deals seats in the order entries were added, whatever order they come in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestrator.desk.board import Board
from orchestrator.desk.cards import Corrections, Seat, named, parted
from orchestrator.desk.likeness import cards
from orchestrator.errors import SourceRefused
from orchestrator.home import Home
from tests.orchestrator.desk.queue_entries import entry


class PaperShelf:
    """Knows who is in an entry from what it is called: one unsure person, or nobody's scan."""

    def __init__(self):
        self.asked = []

    def seats(self, looked):
        self.asked.append(looked.entry_id)
        if looked.source == "gone":
            raise SourceRefused("scan_missing", "It is gone.", "Look again.")
        if looked.source == "broken":
            raise SourceRefused("crashed", "It broke.", "Mend it.")
        return (
            Seat(
                entry_id=looked.entry_id, digest=f"d{looked.entry_id}", person_id="p1",
                unsure=True, embedding=(), crops=(), seconds=1.0, appearances=1,
            ),
        )  # fmt: skip


@pytest.fixture
def shelf():
    return PaperShelf()


@pytest.fixture
def board(tmp_path, shelf):
    return Board(Home(tmp_path), shelf)


def changed(names, **more):
    return {name: replace(entry(name, "ready"), **more) for name in names}


def order(arranged):
    return "".join(card.card_id[1] for card in arranged.cards)


def test_cards_are_in_the_order_of_adding_however_seats_come(board):
    assert order(board.arrange(changed("ca"), Corrections())) == "ac"
    assert order(board.arrange(changed("db"), Corrections())) == "abcd"
    assert order(board.arrange({"b": None}, Corrections())) == "acd"
    assert order(board.arrange(changed("b"), Corrections())) == "abcd"


def test_step_by_step_it_deals_as_it_would_at_once(board, shelf):
    for name in "abcd":
        arranged = board.arrange(changed(name), Corrections())
    seats = [seat for each in changed("abcd").values() for seat in shelf.seats(each)]
    assert arranged.cards == cards(seats, Corrections())


def test_a_name_and_a_parting_hold_at_once(board):
    board.arrange(changed("ab"), Corrections())
    said = named(Corrections(), ["da:p1"], "Ada")
    assert [card.name for card in board.arrange({}, said).cards] == ["Ada", ""]
    assert [card.name for card in board.arrange({}, parted(said, ["da:p1"])).cards] == ["", ""]


def test_what_cannot_be_read_is_told_and_the_others_have_their_cards(board):
    gone, broken = changed("b", source="gone"), changed("c", source="broken")
    arranged = board.arrange({**changed("a"), **gone, **broken, **changed("d")}, Corrections())
    assert order(arranged) == "ad"
    assert arranged.missing == ("b",)
    assert arranged.trouble.code == "crashed"


def test_a_spell_that_grows_long_leaves_the_rest_for_the_next(board, shelf, monkeypatch):
    monkeypatch.setattr("orchestrator.desk.board._SPELL_S", -1.0)
    board.arrange(changed("a"), Corrections())
    assert shelf.asked == []
    arranged = board.arrange({**changed("bc"), "a": None}, Corrections())
    assert set(arranged.left) == {"b", "c"}
