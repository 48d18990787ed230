"""Hold any queue to the Queue contract."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from remote_worker.errors import ClaimLost
from remote_worker.queues import DeadLetter, Depth, Queue

HOLD_S = 30.0
DEADLINE_S = 20.0


@dataclass
class QueueBody:
    """A queue under test: a second door to the same queue, and a way to let time pass."""

    queue: Queue
    other: Queue
    pass_time: Callable[[float], None]
    settles: bool = False
    """Whether the depth is told as it was an instant ago."""

    def depth(self, expected: Depth) -> Depth:
        """Return the depth; of a queue that settles, as soon as it is what is expected."""
        deadline_s = time.monotonic() + (DEADLINE_S if self.settles else 0)
        while (depth := self.queue.depth()) != expected and time.monotonic() < deadline_s:
            threading.Event().wait(0.02)
        return depth


class QueueSuite:
    """Subclass it and give a ``body`` fixture; a new body joins by passing all of it."""

    def test_what_is_sent_is_claimed_once_in_order(self, body):
        for name in "abc":
            body.queue.send(f"body {name}", message_id=name)
        claims = [body.other.claim(wait_s=0, hold_s=HOLD_S) for _ in range(4)]
        assert [claim.body for claim in claims[:3]] == ["body a", "body b", "body c"]
        assert claims[3] is None
        assert [claim.deliveries for claim in claims[:3]] == [1, 1, 1]

    def test_any_text_comes_back_as_it_was(self, body):
        text = 'é "quoted" \n {"a": 1} ' + "x" * 1000
        body.queue.send(text, message_id="a")
        assert body.queue.claim(wait_s=0, hold_s=HOLD_S).body == text

    def test_a_message_in_the_queue_is_not_added_again(self, body):
        body.queue.send("once", message_id="a")
        body.other.send("twice", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.queue.send("thrice", message_id="a")
        assert claim.body == "once"
        assert body.queue.claim(wait_s=0, hold_s=HOLD_S) is None

    def test_a_message_that_was_acknowledged_can_be_sent_again(self, body):
        body.queue.send("one", message_id="a")
        body.queue.acknowledge(body.queue.claim(wait_s=0, hold_s=HOLD_S))
        body.queue.send("two", message_id="a")
        assert body.queue.claim(wait_s=0, hold_s=HOLD_S).body == "two"

    def test_a_claim_that_ran_out_is_handed_out_again_and_counted(self, body):
        body.queue.send("a", message_id="a")
        first = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.pass_time(HOLD_S - 1)
        assert body.other.claim(wait_s=0, hold_s=HOLD_S) is None
        body.pass_time(2)
        second = body.other.claim(wait_s=0, hold_s=HOLD_S)
        assert (second.body, second.deliveries) == ("a", 2)
        assert second.receipt != first.receipt

    def test_an_extended_claim_is_held_from_then_on(self, body):
        body.queue.send("a", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        for _ in range(3):
            body.pass_time(HOLD_S - 1)
            body.queue.extend(claim, hold_s=HOLD_S)
        body.pass_time(HOLD_S - 1)
        assert body.other.claim(wait_s=0, hold_s=HOLD_S) is None

    def test_a_claim_that_ran_out_is_not_extended(self, body):
        body.queue.send("a", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.pass_time(HOLD_S + 1)
        with pytest.raises(ClaimLost):
            body.queue.extend(claim, hold_s=HOLD_S)

    def test_the_loser_of_a_claim_can_touch_the_message_no_more(self, body):
        body.queue.send("a", message_id="a")
        lost = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.pass_time(HOLD_S + 1)
        held = body.other.claim(wait_s=0, hold_s=HOLD_S)
        for touch in (
            lambda: body.queue.extend(lost, hold_s=HOLD_S),
            lambda: body.queue.acknowledge(lost),
            lambda: body.queue.bury(lost, "late"),
        ):
            with pytest.raises(ClaimLost):
                touch()
        body.queue.give_back(lost)
        assert body.queue.claim(wait_s=0, hold_s=HOLD_S) is None
        body.other.extend(held, hold_s=HOLD_S)
        body.other.acknowledge(held)
        assert body.depth(Depth(0, 0, 0)) == Depth(0, 0, 0)

    def test_acknowledging_twice_is_as_good_as_once(self, body):
        body.queue.send("a", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.queue.acknowledge(claim)
        body.queue.acknowledge(claim)
        assert body.depth(Depth(0, 0, 0)) == Depth(0, 0, 0)

    def test_a_late_acknowledgement_counts_while_no_other_holds_it(self, body):
        body.queue.send("a", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.pass_time(HOLD_S + 1)
        body.queue.acknowledge(claim)
        assert body.depth(Depth(0, 0, 0)) == Depth(0, 0, 0)

    def test_what_is_given_back_is_first_in_line_again(self, body):
        for name in "abc":
            body.queue.send(name, message_id=name)
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.queue.give_back(claim)
        again = body.other.claim(wait_s=0, hold_s=HOLD_S)
        assert (again.body, again.deliveries) == ("a", 2)

    def test_what_is_buried_is_kept_with_its_reason_and_not_handed_out(self, body):
        body.queue.send("a", message_id="a")
        body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), "broken")
        body.pass_time(HOLD_S + 1)
        assert body.other.claim(wait_s=0, hold_s=HOLD_S) is None
        assert body.other.dead_letters() == (DeadLetter("a", "broken"),)

    def test_burying_twice_leaves_one_dead_letter(self, body):
        body.queue.send("a", message_id="a")
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.queue.bury(claim, "broken")
        body.queue.bury(claim, "broken")
        assert len(body.queue.dead_letters()) == 1

    def test_a_buried_message_can_be_sent_again(self, body):
        body.queue.send("a", message_id="a")
        body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), "broken")
        body.queue.send("a", message_id="a")
        assert body.queue.claim(wait_s=0, hold_s=HOLD_S).body == "a"

    def test_what_is_urgent_is_handed_out_before_what_is_older(self, body):
        for name in "ab":
            body.queue.send(name, message_id=name)
        for name in "xy":
            body.queue.send(name, message_id=name, urgent=True)
        claims = [body.other.claim(wait_s=0, hold_s=HOLD_S) for _ in range(5)]
        assert [claim.body for claim in claims[:4]] == ["x", "y", "a", "b"]
        assert claims[4] is None

    def test_what_is_urgent_keeps_every_other_promise(self, body):
        body.queue.send("batch", message_id="a")
        body.queue.send("urgent", message_id="x", urgent=True)
        claim = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        body.pass_time(HOLD_S - 1)
        body.queue.extend(claim, hold_s=HOLD_S)
        body.pass_time(HOLD_S - 1)
        body.queue.give_back(claim)
        again = body.other.claim(wait_s=0, hold_s=HOLD_S)
        assert (again.body, again.deliveries) == ("urgent", 2)
        assert body.depth(Depth(1, 1, 0)) == Depth(waiting=1, claimed=1, dead=0)
        body.pass_time(HOLD_S + 1)
        third = body.queue.claim(wait_s=0, hold_s=HOLD_S)
        assert (third.body, third.deliveries) == ("urgent", 3)
        body.queue.bury(third, "broken")
        assert body.other.dead_letters() == (DeadLetter("urgent", "broken"),)
        assert body.other.claim(wait_s=0, hold_s=HOLD_S).body == "batch"

    def test_the_depth_tells_waiting_claimed_and_dead_apart(self, body):
        for name in "abcd":
            body.queue.send(name, message_id=name)
        body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), "broken")
        body.queue.claim(wait_s=0, hold_s=HOLD_S)
        assert body.depth(Depth(waiting=2, claimed=1, dead=1)) == Depth(
            waiting=2, claimed=1, dead=1
        )
        body.pass_time(HOLD_S + 1)
        assert body.depth(Depth(waiting=3, claimed=0, dead=1)) == Depth(
            waiting=3, claimed=0, dead=1
        )
