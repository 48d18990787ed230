"""Money, machines and receipts are said as people say them, wherever they are shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from fake_bridge import FakeBridge
from sample_entries import sample_entries, sample_render

from gui.chunks.cells import Cell, interruption_told, told
from gui.chunks.chunk_map import ChunkMap
from gui.cloud import words
from gui.cloud.account import CloudAccount
from gui.cloud.care import CloudCare
from gui.queue.details import DetailsCard
from gui.queue.rows import Standing, row_of
from gui.status_line import StatusLine
from gui.words.money import read_usd, usd, usd_range
from orchestrator.cloud import Connection
from orchestrator.desk.entries import Receipt, ReceiptLine, Trouble, Where
from orchestrator.desk.rented import Machine, Rented
from orchestrator.desk.snapshot import DeskSnapshot, Doing, Running
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.snapshot import ChunkState, Interruption

MACHINE = Machine(
    lease_id="lease-1", instance_id="i-1", instance_type="g6.xlarge", zone="us-east-2a",
    market="spot", usd_per_hour=Decimal("0.26"),
)  # fmt: skip
RENTED = Rented(
    machines=(MACHINE,),
    usd=Decimal("0.0712"),
    usd_per_hour=Decimal("0.265"),
    budget_usd=Decimal("1.5"),
)
LINE = ReceiptLine(
    instance_type="g6.xlarge", zone="us-east-2a", market="spot", seconds=900,
    usd=Decimal("0.07"), how="released",
)  # fmt: skip
PAID = Receipt(
    usd=Decimal("0.2100"), on_demand_usd=Decimal("0.6034"), seconds=2700, interruptions=1,
    lines=(LINE, LINE, LINE), looked_at="2026-03-14T10:00:00+00:00",
)  # fmt: skip


def rendering(rented=RENTED, phase=Phase.RENDERING):
    entry = next(e for e in sample_entries() if e.state == "rendering")
    entry = replace(entry, where=Where(kind="aws"))
    seen = replace(sample_render(), phase=phase)
    return entry, Running(entry.entry_id, entry.job_id, 0.0, seen, rented)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("0.004", "less than $0.01"), ("0.21", "$0.21"), ("12.3456", "$12.35"), ("123.7", "$124")],
)
def test_amounts(amount, said):
    assert usd(Decimal(amount)) == said


def test_a_range_says_its_sign_once():
    assert usd_range(Decimal("0.21"), Decimal("0.34")) == "$0.21–0.34"
    assert usd_range(Decimal("0.211"), Decimal("0.212")) == "$0.21"


@pytest.mark.parametrize("typed", ["", "free", "-1", "0", "NaN", "1e99"])
def test_what_is_no_amount_is_none(typed):
    assert read_usd(typed) is None


def test_an_amount_is_read_as_it_is_typed():
    assert read_usd(" $1,50 ") == Decimal("1.50")


def test_a_row_shows_what_a_render_costs():
    entry, running = rendering()
    row = row_of(entry, Standing(running=running, left_s=240.0))
    assert row.line.endswith("$0.07 of $1.50")
    assert row.short.endswith("$0.07")


@pytest.mark.parametrize("phase", [Phase.STAGING, Phase.LEASING, Phase.RECOVERING])
def test_a_row_says_that_an_instance_is_waited_for(phase):
    entry, running = rendering(phase=phase)
    assert words.waiting(phase) in row_of(entry, Standing(running=running)).line


def test_a_finished_row_says_what_was_paid():
    done = next(e for e in sample_entries() if e.entry_id == "e-done")
    assert row_of(replace(done, receipt=PAID), Standing()).line.endswith("$0.21")


def test_the_map_names_the_instance_of_a_piece_and_of_a_mark():
    cell = Cell(start_frame=0, end_frame=100, state=ChunkState.RENDERING, lease_id="lease-1")
    assert "g6.xlarge spot in us-east-2a, $0.26 an hour" in told(cell, Fraction(25), RENTED)
    assert "g6" not in told(cell, Fraction(25))
    gone = replace(RENTED, machines=(replace(MACHINE, state="interrupted"),))
    mark = interruption_told(Interruption(50, "lease-1"), Fraction(25), gone)
    assert mark.startswith("AWS took g6.xlarge in us-east-2a back here")


def test_the_map_remembers_which_instance_finished_a_piece(qtbot, tmp_path):
    chunk_map = ChunkMap(FakeBridge(Home(tmp_path)))
    qtbot.addWidget(chunk_map)
    entry, running = rendering()
    chunk_map.look_at(entry.entry_id)
    first = next(c for c in running.seen.chunks if c.state is ChunkState.RENDERING)
    held = replace(first, holder="lease-1")
    done = replace(first, holder=None, state=ChunkState.STORED)
    for each in (held, done):
        chunks = tuple(each if c is first else c for c in running.seen.chunks)
        seen = replace(running.seen, chunks=chunks)
        chunk_map.draw(
            DeskSnapshot(entries=(entry,), loaded=True, running=replace(running, seen=seen))
        )
    cell = next(c for c in chunk_map.strip.cells if c.start_frame == first.start_frame)
    assert (cell.state, cell.lease_id) == (ChunkState.STORED, "lease-1")
    assert "g6.xlarge" in told(cell, Fraction(25), RENTED)


def test_the_status_line_has_a_meter_and_a_light(qtbot, tmp_path):
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    qtbot.addWidget(window)
    line = StatusLine(FakeBridge(Home(tmp_path)), window.statusBar())
    entry, running = rendering()
    line.draw(DeskSnapshot(entries=(entry,), loaded=True, running=running))
    assert line._fleet.text() == "AWS: 1 instance, $0.27 an hour"
    assert line._money.text() == "Cost: $0.07 of $1.50"
    assert not line._light.text()
    _, free = rendering(replace(RENTED, may_leave=True))
    line.draw(DeskSnapshot(entries=(entry,), loaded=True, running=free))
    assert line._light.text() == "You can close the laptop now"
    line.draw(DeskSnapshot(entries=(entry,), loaded=True))
    assert not line._light.text()
    assert line._fleet.text().startswith("This computer")


def test_an_interruption_is_told_when_it_happens_and_only_then(qtbot, tmp_path):
    bridge, heard = FakeBridge(Home(tmp_path)), []
    care = CloudCare(bridge, CloudAccount(bridge, bridge), heard.append, bridge)
    entry, running = rendering()
    for count in (1, 1, 2, 2):
        gone = (("lease-1", "lost"), ("lease-2", "interrupted"))[:count]
        seen = replace(running.seen, interruptions=count, gone=gone)
        care.draw(DeskSnapshot(entries=(entry,), running=replace(running, seen=seen)))
    assert [each.words()[0] for each in heard] == ["AWS took an instance back."]
    assert "Nothing is lost." in heard[0].words()[1]


@pytest.mark.parametrize(
    ("hows", "said"),
    [
        (("interrupted", "interrupted"), "AWS took 2 instances back."),
        (("interrupted", "lost"), "An instance cannot be reached any more."),
        (("lost", "lost"), "2 instances cannot be reached any more."),
        (("terminated",), "Somebody terminated an instance in the account."),
        (("ended",), "An instance has shut itself down."),
        (("expired",), "An instance has ended, as its time by the budget was over."),
    ],
)
def test_only_what_aws_took_back_is_said_to_be_taken_back(hows, said):
    assert words.gone(hows)[0] == said
    assert ("AWS took" in words.waiting(Phase.RECOVERING, hows[-1])) == (hows[-1] == "interrupted")


def test_a_sign_in_that_ends_in_the_middle_is_told_once_with_the_way_back(qtbot, tmp_path):
    bridge, heard = FakeBridge(Home(tmp_path)), []
    account = CloudAccount(bridge, bridge)
    care = CloudCare(bridge, account, heard.append, bridge)
    entry, running = rendering()
    out = Connection(state="signed out")
    account.take(out)
    assert not heard, "nothing is rented"
    bridge.show(DeskSnapshot(entries=(entry,), loaded=True, running=running))
    account.take(replace(out, state="away"))
    for _ in range(2):
        account.take(out)
    (notice,) = heard
    assert "The sign-in to AWS ended" in notice.words()[0]
    with qtbot.waitSignal(care.account_asked, timeout=1000):
        notice.offer.call()


def test_a_row_says_that_the_bill_is_being_looked_at(qtbot):
    del qtbot
    entry, running = rendering(phase=Phase.DONE)
    settling = Doing(entry.entry_id, "settling")
    row = row_of(entry, Standing(running=running, preparing=settling))
    assert row.line == "Making sure that nothing is left in AWS…"


def test_the_card_is_a_receipt(qtbot, tmp_path):
    card = DetailsCard(FakeBridge(Home(tmp_path)))
    qtbot.addWidget(card)
    done = next(e for e in sample_entries() if e.entry_id == "e-done")
    card.show_entry(replace(done, receipt=PAID))
    said = [value.text() for value in card._paid_values]
    assert said == [
        "$0.21 for 45 min on 3 instances",
        "65 % less than on demand ($0.60)",
        "1, made up for by itself",
        "Everything is gone, AWS says",
    ]
    assert "g6.xlarge in us-east-2a – 15 min – $0.07" in card._paid_values[0].toolTip()
    card.show_entry(replace(done, receipt=replace(PAID, left=("queue q",))))
    assert card._paid_values[3].text() == "Still there: queue q"
    card.show_entry(done)
    assert not any(value.isVisibleTo(card) for value in card._paid_values)


def test_a_failed_sign_in_offers_the_account(qtbot, tmp_path):
    card = DetailsCard(FakeBridge(Home(tmp_path)))
    qtbot.addWidget(card)
    failed = next(e for e in sample_entries() if e.state == "failed")
    why = Trouble("credentials_expired", "The sign-in ended.", "Sign in again.")
    card.show_entry(replace(failed, trouble=why, receipt=PAID))
    assert card._account.isVisibleTo(card)
    with qtbot.waitSignal(card.account_asked, timeout=1000):
        card._account.click()
    card.show_entry(failed)
    assert not card._account.isVisibleTo(card)


def test_closing_says_that_the_render_goes_on_when_it_does(qtbot, tmp_path):
    from gui.closing import Closing
    from gui.main_window import MainWindow
    from gui.session import Session

    bridge = FakeBridge(Home(tmp_path))
    window, session = MainWindow(bridge), Session(bridge, lambda: None)
    qtbot.addWidget(window)
    closing = Closing(bridge, window, session, lambda: True)
    entry, running = rendering(replace(RENTED, may_leave=True))
    bridge.show(DeskSnapshot(entries=(entry,), loaded=True, running=running))
    closing.asked()
    assert closing.question.windowTitle() == "The render goes on in AWS"
    closing.question.choose(1)
    qtbot.waitUntil(lambda: closing.question is None, timeout=2000)
    _, bound = rendering()
    bridge.show(DeskSnapshot(entries=(entry,), loaded=True, running=bound))
    closing.asked()
    assert closing.question.windowTitle() == "A video is being rendered"
    assert "the instances in AWS are ended" in closing.question.accessibleDescription()
    closing.question.choose(2)
