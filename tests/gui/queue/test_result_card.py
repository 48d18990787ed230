"""The card of a finished video reads the AI-made mark back from the file itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_bridge import FakeBridge
from PySide6.QtWidgets import QLabel
from sample_entries import sample_entries

from gui.queue.details import DetailsCard
from orchestrator.home import Home
from orchestrator.media.label import Label, xmp_box

LABEL = Label(tool="Second Unit", version="0.1.0", made_at="2026-03-14T10:02:11Z")
START = bytes.fromhex("00000010") + b"ftypisom" + bytes(4)


@pytest.fixture
def card(qtbot, tmp_path):
    made = DetailsCard(FakeBridge(Home(tmp_path / "home")))
    qtbot.addWidget(made)
    return made


def entry_of(path, **changes):
    done = next(entry for entry in sample_entries() if entry.entry_id == "e-done")
    assert done.result is not None
    return replace(done, result=replace(done.result, output_path=str(path), **changes))


def said(card) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_a_mark_that_is_in_the_file_is_shown_with_what_made_it(card, tmp_path):
    path = tmp_path / "done.mp4"
    path.write_bytes(START + xmp_box(LABEL))
    card.show_entry(entry_of(path))
    assert "Yes – read back from the file (Second Unit 0.1.0)" in said(card)


def test_a_file_without_a_mark_is_told(card, tmp_path):
    path = tmp_path / "done.mp4"
    path.write_bytes(START)
    card.show_entry(entry_of(path))
    assert "No mark was found in the file." in said(card)


def test_a_file_that_went_is_told_and_looked_for_again(card, tmp_path):
    path = tmp_path / "done.mp4"
    card.show_entry(entry_of(path))
    assert "not where it was" in said(card)
    path.write_bytes(START + xmp_box(LABEL))
    card.show_entry(None)
    card.show_entry(entry_of(path))
    assert "Yes – read back" in said(card)


def test_missed_frames_are_said_in_a_sentence(card, tmp_path):
    card.show_entry(entry_of(tmp_path / "done.mp4", missed_frames=41))
    assert "In 41 of 1,487 frames a cast face was not found" in said(card).replace("1487", "1,487")
    card.show_entry(entry_of(tmp_path / "other.mp4", missed_frames=0))
    assert "Every cast face was found in every frame." in said(card)


def test_the_card_hides_for_a_video_that_has_nothing_to_tell(card, tmp_path):
    card.show_entry(entry_of(tmp_path / "done.mp4"))
    assert not card.isHidden()
    card.show_entry(next(entry for entry in sample_entries() if entry.state == "ready"))
    assert card.isHidden()


def test_an_answer_for_another_file_is_not_shown(card, tmp_path):
    kept = []
    card._bridge.run = lambda call, then=None, otherwise=None: kept.append((call, then))
    path = tmp_path / "first.mp4"
    path.write_bytes(START + xmp_box(LABEL))
    card.show_entry(entry_of(path))
    card.show_entry(entry_of(tmp_path / "second.mp4"))
    call, then = kept[0]
    then(call())
    assert "Reading the file…" in said(card)
