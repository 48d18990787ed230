"""Regions are compared for a video as they answer, and one is chosen by key or mouse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from fake_bridge import FakeBridge
from fake_cloud import READY, FakeCloud
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sample_entries import sample_entries

from gui.cloud.account import CloudAccount
from gui.cloud.compare_regions import RegionsDialog
from gui.inspector.quote_line import QuoteLine
from orchestrator.cloud_errors import CloudRefused
from orchestrator.cloud_regions import RegionQuote
from orchestrator.desk.entries import Where
from orchestrator.home import Home


def quoted(region, usd, *, is_set_up=True):
    return RegionQuote(
        region=region, instance_type="g6.xlarge", zone=f"{region}a", score=8,
        spot_usd_per_hour=Decimal("0.26"), on_demand_usd_per_hour=Decimal("0.80"),
        seconds=(360.0, 540.0), usd=(Decimal(usd), Decimal(usd)), is_set_up=is_set_up,
    )  # fmt: skip


OHIO, OREGON = quoted("us-east-2", "0.30"), quoted("us-west-2", "0.21", is_set_up=False)
LONDON = quoted("eu-west-2", "0.40")
SPAIN = RegionQuote(region="eu-south-2", trouble="Nothing is to be had. Choose another region.")
ENTRY = replace(
    next(each for each in sample_entries() if each.state == "ready"),
    where=Where(kind="aws", instances=1),
)


@pytest.fixture
def account(tmp_path):
    bridge = FakeBridge(Home(tmp_path))
    bridge.cloud = FakeCloud()
    bridge.cloud.answers["compare"] = (OREGON, OHIO, LONDON, SPAIN)
    made = CloudAccount(bridge, bridge)
    made.take(READY)
    yield made
    made.deleteLater()


@pytest.fixture
def dialog(qtbot, account):
    made = RegionsDialog(account, ENTRY)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.topLevelItemCount() == 4)
    return made


def rows(dialog):
    items = [dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount())]
    return [" | ".join(item.text(column) for column in range(6)).strip(" |") for item in items]


def pick(dialog, row):
    dialog.table.setCurrentItem(dialog.table.topLevelItem(row))


def test_the_cheapest_comes_first_and_what_is_wrong_with_a_region_is_told_in_its_row(dialog):
    first, second, _, last = rows(dialog)
    assert first == "Oregon | g6.xlarge | $0.26 an hour | 8 of 10 | about 6–9 min | $0.21"
    assert second.startswith("Ohio – in use")
    assert last == "Spain: Nothing is to be had. Choose another region."
    assert not dialog.bar.isVisible()


def test_a_region_is_chosen_with_the_keyboard(qtbot, dialog):
    pick(dialog, 1)
    assert not dialog.take.isEnabled(), "it is rendered there already"
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.picked() == LONDON
    with qtbot.waitSignal(dialog.chosen) as told:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert told.args == ["eu-west-2"]
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_region_without_a_quote_cannot_be_chosen(qtbot, dialog):
    pick(dialog, 3)
    assert dialog.picked() is None
    assert not dialog.take.isEnabled()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.choose()


def test_where_the_account_is_not_set_up_that_is_done_first(qtbot, dialog, account):
    account.cloud.set_up = lambda step, region: made.append(region)
    made = []
    pick(dialog, 0)
    assert dialog.take.text() == "Set up and render there"
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.take.click()
    assert (told.args, made) == (["us-west-2"], ["us-west-2"])


def test_a_set_up_that_fails_is_told_and_another_can_be_chosen(qtbot, dialog, account):
    def set_up(step, region):
        raise CloudRefused("AWS does not let us.", "Ask who manages the account.")

    account.cloud.set_up = set_up
    pick(dialog, 0)
    dialog.take.click()
    qtbot.waitUntil(dialog.note.isVisible)
    assert "AWS does not let us." in dialog.note.text()
    pick(dialog, 2)
    assert dialog.take.isEnabled()


def test_stopped_it_keeps_what_has_answered_and_can_be_asked_again(qtbot, account, monkeypatch):
    asked = []

    def compare(entry, names, tell, cancelled):
        asked.append(cancelled)
        tell(OREGON)
        return (OREGON,)

    def never(call, then, otherwise=None):
        del then, otherwise
        call()

    account.cloud.compare = compare
    monkeypatch.setattr(account, "run", never)
    made = RegionsDialog(account, ENTRY)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.topLevelItemCount() == 1)
    assert made.bar.isVisible()
    assert made.again.text() == "Stop"
    made.again.click()
    assert asked[0].is_set()
    assert len(rows(made)) == 1
    assert not made.bar.isVisible()
    made.again.click()
    assert len(asked) == 2
    made.close()
    assert asked[1].is_set()


def test_the_quote_of_one_video_offers_the_comparison_and_says_where_it_is_rendered(qtbot, account):
    account.cloud.answers["quote"] = CloudRefused("None.", "Later.")
    line = QuoteLine(account)
    qtbot.addWidget(line)
    line.show_entries((ENTRY,))
    assert line.compare.text() == "In Ohio. Compare regions…"
    line.show_entries((replace(ENTRY, where=replace(ENTRY.where, region="us-west-2")),))
    assert line.compare.text() == "In Oregon. Compare regions…"
    line.show_entries((ENTRY, ENTRY))
    assert not line.compare.isVisibleTo(line), "each may differ"


def test_the_whole_of_what_is_wrong_is_told_of_the_row_that_one_is_at(dialog):
    pick(dialog, 3)
    assert SPAIN.trouble in [label.text() for label in dialog.findChildren(QLabel)]
