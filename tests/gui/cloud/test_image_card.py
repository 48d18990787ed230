"""An image of one's own is made, stopped, told of and removed from the account's page."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from fake_bridge import FakeBridge
from fake_cloud import FakeCloud

from gui.cloud.account import CloudAccount
from gui.cloud.image_card import ImageCard
from orchestrator.cloud import OwnImage
from orchestrator.cloud_errors import CapacityRefused
from orchestrator.home import Home

IMAGE = OwnImage(
    image_id="ami-1", made_at="2026-03-14T10:00:00", disk_gib=60, fits=True, has_engine=False,
    usd_per_month=Decimal("3.00"),
)  # fmt: skip


@pytest.fixture
def cloud():
    return FakeCloud()


@pytest.fixture
def card(qtbot, tmp_path, cloud):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = cloud
    card = ImageCard(CloudAccount(bridge, bridge))
    card.kept = bridge
    qtbot.addWidget(card)
    card.show()
    return card


def test_without_an_image_it_says_what_one_is_for_and_costs(card):
    assert card.words.text().startswith("Looking")
    card.look()
    assert "an instance begins sooner" in card.words.text()
    assert card.make.text() == "Make an image"
    assert not card.remove.isVisible()


def test_an_image_is_made_and_told_of(card, cloud):
    card.look()
    cloud.answers["images"] = (IMAGE,)
    cloud.answers["bake"] = IMAGE
    assert card.with_engine.isEnabled()
    card.make.click()
    assert card.note.text() == "The image is there."
    assert "Keeping it costs $3.00 a month" in card.words.text()
    assert card.make.text() == "Make it anew"


def test_how_far_it_is_can_be_seen_and_stopped(card, cloud):
    begun = []
    card._account.run = lambda call, then, otherwise=None: begun.append((call, then))
    card.make.click()
    assert card.make.text() == "Stop"
    assert card.bar.isVisible()
    card._on_share(2, 5, "installing")
    assert (card.bar.value(), card.note.text()) == (2, "Installing…")
    card.make.click()
    assert card._cancelled.is_set()
    assert not card.make.isEnabled()
    begun[0][0]()
    ((_, cancelled),) = [given for name, given in cloud.asked if name == "bake"]
    assert isinstance(cancelled, threading.Event)
    begun[0][1](None)
    assert card.note.text() == "Stopped. Nothing of it is left."


def test_why_it_could_not_be_made_is_said(card, cloud):
    cloud.answers["bake"] = CapacityRefused("No GPU instance is to be had now.", "Try later.")
    card.make.click()
    assert "No GPU instance is to be had" in card.note.text()
    assert card.make.text() == "Make an image"


def test_an_old_image_is_named_as_that_and_goes(card, cloud):
    cloud.answers["images"] = (replace(IMAGE, fits=False),)
    card.look()
    assert "another version" in card.words.text()
    cloud.answers["images"] = ()
    card.remove.click()
    assert ("forget_image", ("ami-1",)) in cloud.asked
    assert not card.remove.isVisible()
