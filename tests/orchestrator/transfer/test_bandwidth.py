"""What passes in any time is no more than the rate allows, whoever brings it."""

import io
import threading
from decimal import Decimal

import pytest
from botocore.httpchecksum import AwsChunkedWrapper

from orchestrator.transfer.bandwidth import Bandwidth, Gate, slowed

MBIT = Decimal(8)
"""A million bytes a second."""


class Clock:
    """Time passes when somebody waits for it."""

    def __init__(self, monkeypatch):
        self.now_s = 100.0
        monkeypatch.setattr(threading.Condition, "wait", lambda _, timeout: self.pass_by(timeout))

    def __call__(self):
        return self.now_s

    def pass_by(self, seconds):
        self.now_s += seconds


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def gate(clock):
    gate = Gate(clock)
    gate.limit(MBIT)
    return gate


@pytest.mark.parametrize("block", [1_000, 64_000, 900_000])
def test_the_rate_is_kept_whatever_the_blocks(gate, clock, block):
    began_s, sent = clock(), 0
    for _ in range(40):
        gate.admit(block)
        sent += block
    assert sent / (clock() - began_s) == pytest.approx(1_000_000, rel=0.01)


def test_what_was_not_used_is_made_up_for_only_a_little(gate, clock):
    clock.pass_by(60)
    began_s = clock()
    gate.admit(1_000_000)
    assert clock() - began_s == pytest.approx(0.8)


def test_without_a_limit_nobody_waits(clock):
    gate, began_s = Gate(clock), clock()
    gate.admit(10**12)
    assert gate.is_open
    assert clock() == began_s


def test_a_limit_that_is_taken_back_lets_whoever_waits_go():
    gate, passed = Gate(), threading.Event()
    gate.limit(Decimal("0.5"))

    def wait():
        gate.admit(10**9)
        passed.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    gate.limit(None)
    assert passed.wait(5)
    waiting.join(5)


def test_a_command_s_own_limit_stays_whatever_is_set():
    line = Bandwidth()
    line.limit(MBIT, None)
    assert (line.up.is_open, line.down.is_open) == (False, True)
    line.hold(None)
    line.limit(MBIT, MBIT)
    assert line.up.is_open


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_is_sent_whole_and_in_time_and_again_when_asked(gate, clock, chunked):
    data = bytes(range(256)) * 4_000

    def body():
        plain = io.BytesIO(data)
        return AwsChunkedWrapper(plain) if chunked else plain

    began_s, slow = clock(), slowed(body(), gate)
    whole = body().read() if not chunked else b"".join(iter(body()))
    assert b"".join(iter(slow)) == whole
    assert clock() - began_s == pytest.approx(len(whole) / 1_000_000 - 0.2, rel=0.3)
    slow.seek(0)
    read = b""
    while part := slow.read(16_384):
        read += part
        if len(read) == len(part):
            slow.seek(0)  # the first try broke off
            read = b""
            while part := slow.read(16_384):
                read += part
    assert read == whole
