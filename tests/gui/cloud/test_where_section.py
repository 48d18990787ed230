"""Where videos are rendered is chosen beside their looks, and quoted before they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from fake_bridge import FakeBridge
from fake_cloud import READY, FakeCloud
from PySide6.QtWidgets import QLabel
from sample_entries import sample_entries

from gui.cloud.account import CloudAccount
from gui.inspector.quote_line import QuoteLine
from gui.inspector.where import WhereSection
from orchestrator.cloud import Connection, GpuQuota, Quote, QuoteFor
from orchestrator.cloud_errors import CapacityRefused
from orchestrator.desk.entries import Where
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home

QUOTE = Quote(
    least_s=360.0, most_s=540.0, least_usd=Decimal("0.21"), most_usd=Decimal("0.34"),
    on_demand_usd=Decimal("0.92"), budget_usd=None,
    others=(
        QuoteFor(
            instances=1, least_s=1080, most_s=1620, least_usd=Decimal("0.20"),
            most_usd=Decimal("0.31"),
        ),
        QuoteFor(
            instances=3, least_s=360, most_s=540, least_usd=Decimal("0.21"),
            most_usd=Decimal("0.34"),
        ),
    ),
)  # fmt: skip


@pytest.fixture
def bridge(tmp_path):
    made = FakeBridge(Home(tmp_path))
    made.cloud = FakeCloud()
    made.cloud.answers["quote"] = QUOTE
    ready = [e for e in sample_entries() if e.state == "ready"][:2]
    made.show(DeskSnapshot(entries=tuple(ready), loaded=True))
    return made


@pytest.fixture
def account(bridge):
    made = CloudAccount(bridge, bridge)
    made.take(READY)
    return made


@pytest.fixture
def section(qtbot, bridge, account):
    made = WhereSection(bridge, account)
    qtbot.addWidget(made)
    made.show()

    def draw(snapshot):
        made.show_entries(snapshot.entries, can_change=True, full=True)

    bridge.changed.connect(draw)
    draw(bridge.snapshot)
    return made


def choose(section, kind):
    section.kind.changed.emit(kind)


def said(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def wheres(bridge):
    return {entry.where for entry in bridge.snapshot.entries}


def test_choosing_the_account_takes_what_its_settings_say_in_one_step(section, bridge):
    assert not section.instances.isVisible()
    choose(section, "aws")
    assert wheres(bridge) == {Where(kind="aws", instances=3, budget_usd=Decimal("1.50"))}
    assert [order for order in bridge.desk.orders if order[0] == "change"] == [("change", "where")]
    assert section.instances.isVisible()
    assert section.budget.field.text() == "$1.50"
    choose(section, "here")
    assert wheres(bridge) == {Where()}


def test_every_wish_is_kept(section, bridge):
    choose(section, "aws")
    section.instances.box.setValue(5)
    section.budget.field.setText("2,25")
    section.budget.field.editingFinished.emit()
    section.fall_back.click()
    section.keep_going.click()
    wanted = Where(
        kind="aws", instances=5, budget_usd=Decimal("2.25"), fall_back=True, keep_going=True
    )
    assert wheres(bridge) == {wanted}
    section.budget.field.setText("")
    section.budget.field.editingFinished.emit()
    assert wheres(bridge) == {replace(wanted, budget_usd=None)}
    section.instances.reset.emit()
    assert {each.instances for each in wheres(bridge)} == {3}


def test_a_deadline_is_kept_and_taken_back(section, bridge):
    choose(section, "aws")
    assert section.within.box.text() == "No deadline"
    section.within.box.setValue(150)
    assert {each.within_s for each in wheres(bridge)} == {9000}
    assert section.within.box.text() == "150 min"
    section.within.reset.emit()
    assert {each.within_s for each in wheres(bridge)} == {None}
    assert section.within.box.value() == 0


def test_what_goes_on_without_us_is_held_to_no_deadline(section):
    choose(section, "aws")
    assert section.within.isEnabled()
    section.keep_going.click()
    assert not section.within.isEnabled()


def test_without_an_account_there_is_only_a_quiet_link(section, account, qtbot):
    account.take(Connection())
    assert not section.kind.isVisible()
    assert section.connect_account.isVisible()
    with qtbot.waitSignal(section.account_asked, timeout=1000):
        section.connect_account.click()


def test_a_sign_in_that_is_over_is_said_where_it_matters(section, account, qtbot):
    choose(section, "aws")
    account.take(replace(READY, state="signed out"))
    assert "The sign-in to AWS is over." in said(section)
    with qtbot.waitSignal(section.account_asked, timeout=1000):
        section.see_to_it.click()
    choose(section, "here")
    assert "sign-in" not in said(section)


def test_a_quota_that_is_too_small_is_said_with_the_way_to_more(section, account, qtbot):
    choose(section, "aws")
    for vcpus, words in ((0, "no GPU instance yet"), (4, "1 instance")):
        account.note_quota(GpuQuota(region="us-east-2", vcpus=vcpus, instances=vcpus // 4))
        assert words in said(section)
        assert section.see_to_it.text() == "Ask AWS for more…"
    account.note_quota(GpuQuota(region="us-east-2", vcpus=40, instances=10))
    assert not section.see_to_it.isVisible()
    choose(section, "here")
    account.note_quota(GpuQuota(region="us-east-2", vcpus=0, instances=0))
    assert not section.see_to_it.isVisible()


# -- quotes --------------------------------------------------------------------------------


@pytest.fixture
def line(qtbot, account):
    made = QuoteLine(account)
    made._rest.setInterval(0)
    qtbot.addWidget(made)
    return made


def away(bridge, **more):
    return tuple(replace(e, where=Where(kind="aws", **more)) for e in bridge.snapshot.entries)


def test_a_quote_is_a_range_of_time_and_money(line, bridge, qtbot):
    line.show_entries(bridge.snapshot.entries)
    assert line.isHidden(), "nothing is rented"
    line.show_entries(away(bridge))
    assert line.words.text() == "Asking AWS what it costs…"
    expected = "about 6–9 min, $0.21–0.34, on demand $0.92"
    qtbot.waitUntil(lambda: line.words.text() == expected, timeout=2000)
    assert line.words.toolTip() == "\n".join((
        "1 instance: about 18–27 min, $0.20–0.31",
        "3 instances: about 6–9 min, $0.21–0.34",
    ))  # fmt: skip


def test_it_is_asked_for_once_until_something_differs(line, bridge, qtbot):
    cloud = bridge.cloud
    for _ in range(3):
        line.show_entries(away(bridge))
    qtbot.waitUntil(lambda: line.words.text().startswith("about"), timeout=2000)
    assert [name for name, _ in cloud.asked].count("quote") == 1
    line.show_entries(away(bridge, instances=7))
    qtbot.waitUntil(lambda: [name for name, _ in cloud.asked].count("quote") == 2, timeout=2000)


def test_a_budget_that_is_too_small_is_said(line, bridge, qtbot):
    bridge.cloud.answers["quote"] = replace(QUOTE, budget_usd=Decimal("0.30"))
    line.show_entries(away(bridge))
    qtbot.waitUntil(lambda: "budget of $0.30 may not be enough" in line.words.text(), timeout=2000)
    bridge.cloud.answers["quote"] = replace(QUOTE, budget_usd=Decimal("0.10"))
    line.show_entries(away(bridge, instances=1))
    qtbot.waitUntil(lambda: "budget of $0.10 will not do" in line.words.text(), timeout=2000)


def test_nothing_to_be_had_is_said_in_its_place(line, bridge, qtbot):
    bridge.cloud.answers["quote"] = CapacityRefused("No GPU instance is to be had.", "Wait.")
    line.show_entries(away(bridge))
    qtbot.waitUntil(lambda: "No GPU instance is to be had." in line.words.text(), timeout=2000)


def test_without_a_working_account_nothing_is_asked(line, bridge, account):
    account.take(replace(READY, state="away"))
    line.show_entries(away(bridge))
    assert line.isHidden()
    assert not bridge.cloud.asked
