"""What an agent says is heard once each, in order, however often its pod's log breaks."""

import threading

import pytest

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.fleet.kubernetes.api import Missing
from orchestrator.fleet.kubernetes.voice import Voice
from remote_worker.contract.messages import Bye, Drained, encode
from tests.kubernetes.kubelet import stamp
from tests.kubernetes.rig import wait_for


class Log:
    """A pod's log that breaks after each few lines; what is asked for again overlaps."""

    def __init__(self, lines, breaks=(), error=CloudUnreachable):
        self.lines, self.breaks, self.error = lines, list(breaks), error
        self.asked = []

    def lines_of(self, pod, *, since_s, silent_s):
        self.asked.append(since_s)
        begin = 0 if since_s is None else max(0, self.heard - 2)
        for number, line in enumerate(self.lines[begin:], start=begin):
            if self.breaks and number >= self.breaks[0]:
                self.breaks.pop(0)
                raise self.error("The line broke.", "")
            self.heard = number + 1
            yield line


class FakeApi:
    def __init__(self, log):
        self.lines = log.lines_of


def line(number, text):
    return f"{stamp(1_800_000_000 + number / 10)} {text}"


def said(number):
    return line(number, encode(Bye(reason=f"{number}")).strip())


def heard_of(log, **changed):
    heard = []
    voice = Voice(FakeApi(log), "pod", heard.append, again_s=0.01, **changed)
    voice.start()
    return voice, heard


def test_every_line_is_heard_once_though_the_line_breaks():
    log = Log([said(number) for number in range(10)], breaks=(2, 5, 5, 9))
    voice, heard = heard_of(log)
    wait_for(lambda: len(heard) == 10)
    voice.pod_has_ended()
    wait_for(lambda: voice.is_done)
    assert [each.reason for each in heard] == [str(number) for number in range(10)]
    assert log.asked[0] is None
    assert all(each >= 5 for each in log.asked[1:])


def test_what_is_no_message_is_kept_as_last_words():
    log = Log(
        [line(0, "Traceback"), line(1, encode(Drained(given_back=None)).strip()), line(2, "x")]
    )
    voice, heard = heard_of(log)
    wait_for(lambda: voice.last_words == "Traceback\nx")
    assert heard == [Drained(given_back=None)]
    voice.hang_up()


def test_a_pod_that_is_gone_has_nothing_more_to_say():
    voice, heard = heard_of(Log([said(0)], breaks=(0,), error=Missing))
    wait_for(lambda: voice.is_done)
    assert heard == []


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.12Z"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000000001Z"),
        ("2026-01-01T00:00:00.999999999Z", "2026-01-01T00:00:01Z"),
    ],
)
def test_times_whose_fraction_is_cut_short_are_in_their_order(earlier, later):
    lines = [f"{at} {encode(Bye(reason=at)).strip()}" for at in (earlier, later)]
    voice, heard = heard_of(Log([*lines, *lines]))
    wait_for(lambda: len(heard) == 2)
    voice.hang_up()
    assert [each.reason for each in heard] == [earlier, later]


def test_silence_is_counted_but_not_for_what_this_machine_missed():
    now = [100.0]
    gate = threading.Event()

    class Quiet:
        def lines(self, pod, *, since_s, silent_s):
            gate.wait(5)
            return iter(())

    voice = Voice(Quiet(), "pod", lambda _: None, clock=lambda: now[0], again_s=0.01)
    voice.start()
    now[0] += 50
    assert voice.silent_s == 50
    voice.excuse()
    assert voice.silent_s == 0
    gate.set()
    voice.hang_up()
