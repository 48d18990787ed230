"""The SQS queue keeps its contract where SQS can, and says where it cannot."""

import time
from dataclasses import replace

import boto3
import moto.sqs.models
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from remote_worker.errors import ClaimLost, QueueUnavailable
from remote_worker.queues.sqs import SqsPlace, SqsQueue
from tests.contract_suites.queue_suite import HOLD_S, QueueBody, QueueSuite

REGION = "us-east-1"


class Clock:
    """One time for both sides: ours and the service's; it ticks when the service looks."""

    def __init__(self):
        self.now_s = time.time()

    def __call__(self):
        return self.now_s

    def advance(self, seconds):
        self.now_s += seconds

    def millis(self, at=None):
        self.now_s += 0.001
        return (self.now_s if at is None else at.timestamp()) * 1000


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(moto.sqs.models, "unix_time_millis", clock.millis)
    return clock


@pytest.fixture
def client(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield boto3.client("sqs", region_name=REGION)


@pytest.fixture
def place(client):
    names = ("chunks", "dead", "urgent")
    urls = [client.create_queue(QueueName=name)["QueueUrl"] for name in names]
    return SqsPlace(url=urls[0], dead_url=urls[1], urgent_url=urls[2], region=REGION)


@pytest.fixture
def body(place, client, clock):
    one, other = (SqsQueue(place, client=client, clock=clock) for _ in range(2))
    return QueueBody(one, other, clock.advance)


class TestSqsQueue(QueueSuite):
    """The contract, but for three promises that a standard queue of SQS cannot give."""

    test_a_message_in_the_queue_is_not_added_again = None  # it has no memory of ids
    test_a_late_acknowledgement_counts_while_no_other_holds_it = None  # nobody can tell that
    test_what_is_given_back_is_first_in_line_again = None  # it keeps no strict order


def test_a_message_sent_twice_is_there_twice(body):
    for _ in range(2):
        body.queue.send("a", message_id="a")
    assert body.queue.depth().waiting == 2


def test_without_a_queue_for_it_what_is_urgent_waits_with_the_rest(client, place, clock):
    queue = SqsQueue(replace(place, urgent_url=""), client=client, clock=clock)
    queue.send("a", message_id="a")
    queue.send("x", message_id="x", urgent=True)
    assert queue.depth().waiting == 2
    assert queue.claim(wait_s=0, hold_s=HOLD_S).body == "a"


def test_what_is_given_back_can_be_taken_at_once(body):
    body.queue.send("a", message_id="a")
    body.queue.give_back(body.queue.claim(wait_s=0, hold_s=HOLD_S))
    assert body.other.claim(wait_s=0, hold_s=HOLD_S).deliveries == 2


def test_a_late_acknowledgement_is_refused_and_the_message_comes_again(body):
    body.queue.send("a", message_id="a")
    late = body.queue.claim(wait_s=0, hold_s=HOLD_S)
    body.pass_time(HOLD_S + 1)
    with pytest.raises(ClaimLost):
        body.queue.acknowledge(late)
    assert body.other.claim(wait_s=0, hold_s=HOLD_S).body == "a"


def test_what_sqs_itself_gave_up_is_a_dead_letter_too(body, client, place):
    client.send_message(QueueUrl=place.dead_url, MessageBody="moved by the service")
    (letter,) = body.queue.dead_letters()
    assert letter.body == "moved by the service"


def test_looking_at_dead_letters_leaves_them_there(body, clock):
    body.queue.send("a", message_id="a")
    body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), "broken")
    body.queue.dead_letters()
    clock.advance(2)
    assert [letter.reason for letter in body.other.dead_letters()] == ["broken"]


class Away:
    """A service that cannot be reached."""

    def __getattr__(self, name):
        def call(**asked):
            raise EndpointConnectionError(endpoint_url="https://sqs")

        return call


def test_a_service_that_does_not_answer_is_named(place):
    queue = SqsQueue(place, client=Away())
    with pytest.raises(QueueUnavailable, match="EndpointConnectionError"):
        queue.claim(wait_s=0, hold_s=HOLD_S)
    with pytest.raises(QueueUnavailable):
        queue.send("a", message_id="a")


def test_a_refused_right_is_no_lost_claim(place, client, clock):
    class Denied:
        def change_message_visibility(self, **asked):
            raise ClientError({"Error": {"Code": "AccessDenied"}}, "ChangeMessageVisibility")

        def __getattr__(self, name):
            return getattr(client, name)

    queue = SqsQueue(place, client=Denied(), clock=clock)
    queue.send("a", message_id="a")
    claim = queue.claim(wait_s=0, hold_s=HOLD_S)
    with pytest.raises(QueueUnavailable, match="AccessDenied"):
        queue.extend(claim, hold_s=HOLD_S)
