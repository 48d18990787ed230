"""The RabbitMQ queue keeps its contract with a real server, whatever happens to either."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid

import pytest

from remote_worker.config import QueueConfig, open_queue
from remote_worker.contract.coding import ContractError
from remote_worker.errors import ClaimLost, QueueUnavailable
from remote_worker.queues import DeadLetter, Depth
from remote_worker.queues import rabbitmq as body_of
from remote_worker.queues.rabbitmq import RabbitPlace, RabbitQueue, set_up, take_down
from tests.contract_suites.queue_suite import HOLD_S, QueueBody, QueueSuite
from tests.fakes.rabbitmq import rabbit_cluster, rabbit_server, why_not


class Clock:
    def __init__(self):
        self.now_s = 1000.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def place(rabbit):
    place = rabbit.place(f"job-{uuid.uuid4().hex}")
    set_up(place)
    yield place
    take_down(place)


@pytest.fixture
def body(place):
    clock = Clock()
    one, other = (RabbitQueue(place, clock=clock) for _ in range(2))

    def pass_time(seconds):
        clock.now_s += seconds
        for each in (one, other):
            each.depth()  # its thread has looked at the clock by then

    yield QueueBody(one, other, pass_time, settles=True)
    one.close()
    other.close()


class TestRabbitQueue(QueueSuite):
    """The contract, but for two promises that no server of RabbitMQ gives."""

    test_a_message_in_the_queue_is_not_added_again = None  # it has no memory of ids
    test_a_late_acknowledgement_counts_while_no_other_holds_it = None  # it is handed out at once


def test_a_late_acknowledgement_is_refused_and_the_message_comes_again(body):
    body.queue.send("a", message_id="a")
    late = body.queue.claim(wait_s=0, hold_s=HOLD_S)
    body.pass_time(HOLD_S + 1)
    with pytest.raises(ClaimLost):
        body.queue.acknowledge(late)
    assert body.other.claim(wait_s=0, hold_s=HOLD_S).body == "a"


def test_waiting_ends_soon_after_there_is_a_message(body):
    sender = threading.Timer(0.2, body.other.send, ["a"], {"message_id": "a"})
    sender.start()
    assert body.queue.claim(wait_s=60, hold_s=HOLD_S).body == "a"
    sender.join(30)


def test_a_hold_runs_out_by_itself_while_the_holder_lives_and_does_nothing(place):
    holder, other = RabbitQueue(place), RabbitQueue(place)
    holder.send("a", message_id="a")
    lost = holder.claim(wait_s=0, hold_s=0.3)
    assert other.claim(wait_s=30, hold_s=HOLD_S).deliveries == 2
    with pytest.raises(ClaimLost):
        holder.extend(lost, hold_s=HOLD_S)
    holder.close()
    other.close()


_HOLDER = """
import sys, threading
from remote_worker.queues.rabbitmq import RabbitPlace, RabbitQueue
name, url, secret = sys.argv[1:]
queue = RabbitQueue(RabbitPlace(name=name, url=url, secret=secret))
print(queue.claim(wait_s=30, hold_s=3600).body, flush=True)
threading.Event().wait(120)
"""


def holder_of(place):
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, place.name, place.url, place.secret],
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"a\n"
    return process


def test_what_a_killed_worker_held_is_handed_out_at_once(body, place):
    body.queue.send("a", message_id="a")
    process = holder_of(place)
    assert body.depth(Depth(0, 1, 0)) == Depth(waiting=0, claimed=1, dead=0)
    process.kill()
    process.communicate(timeout=30)
    again = body.queue.claim(wait_s=10, hold_s=HOLD_S)
    assert (again.body, again.deliveries) == ("a", 2)


@pytest.mark.nightly  # the server waits for two heartbeats before it believes it
def test_what_a_frozen_worker_held_is_handed_out_after_its_heartbeats_are_missed(body, place):
    body.queue.send("a", message_id="a")
    process = holder_of(place)
    process.send_signal(signal.SIGSTOP)
    assert body.queue.claim(wait_s=60, hold_s=HOLD_S).body == "a"
    process.kill()
    process.communicate(timeout=30)


def test_what_was_confirmed_survives_the_servers_death_and_claims_do_not(body, rabbit):
    for name in "abc":
        body.queue.send(name, message_id=name)
    body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), "broken")
    held = body.queue.claim(wait_s=0, hold_s=HOLD_S)
    rabbit.wait_until_known(body.queue.place)
    rabbit.stop()
    with pytest.raises(QueueUnavailable):
        body.other.send("d", message_id="d")
    with pytest.raises(QueueUnavailable, match="refused"):
        body.queue.claim(wait_s=0, hold_s=HOLD_S)
    rabbit.start()
    with pytest.raises(ClaimLost):
        body.queue.extend(held, hold_s=HOLD_S)
    claims = [body.other.claim(wait_s=60, hold_s=HOLD_S) for _ in range(2)]
    assert sorted(claim.body for claim in claims) == ["b", "c"]
    assert body.queue.dead_letters() == (DeadLetter("a", "broken"),)


def socket_of(queue):
    return queue._line._connection._impl._transport._sock


def test_a_cut_connection_loses_its_claims_and_is_made_anew(body):
    body.queue.send("a", message_id="a")
    held = body.queue.claim(wait_s=0, hold_s=HOLD_S)
    socket_of(body.queue).shutdown(socket.SHUT_RDWR)
    assert body.other.claim(wait_s=10, hold_s=HOLD_S).deliveries == 2
    for touch in (
        lambda: body.queue.extend(held, hold_s=HOLD_S),
        lambda: body.queue.acknowledge(held),
        lambda: body.queue.bury(held, "late"),
    ):
        with pytest.raises(ClaimLost):
            touch()
    body.queue.give_back(held)
    body.queue.send("b", message_id="b")


def test_what_the_server_gave_up_itself_is_a_dead_letter(body, monkeypatch, rabbit):
    monkeypatch.setattr(body_of, "DELIVERY_LIMIT", 2)
    place = rabbit.place(f"job-{uuid.uuid4().hex}")
    set_up(place)
    queue = RabbitQueue(place)
    queue.send("poison", message_id="a", urgent=True)
    for _ in range(3):
        queue.give_back(queue.claim(wait_s=0, hold_s=HOLD_S))
    assert queue.claim(wait_s=0, hold_s=HOLD_S) is None
    body = QueueBody(queue, queue, lambda seconds: None, settles=True)
    assert body.depth(Depth(0, 0, 1)) == Depth(waiting=0, claimed=0, dead=1)
    assert queue.dead_letters() == (DeadLetter("poison", "delivered too often"),)
    queue.close()
    take_down(place)


def test_looking_at_dead_letters_leaves_them_there_in_order(body):
    for name in "abc":
        body.queue.send(name, message_id=name)
        body.queue.bury(body.queue.claim(wait_s=0, hold_s=HOLD_S), f"broken {name}")
    for queue in (body.queue, body.other) * 15:
        assert [letter.body for letter in queue.dead_letters()] == ["a", "b", "c"]
    assert body.depth(Depth(0, 0, 3)) == Depth(waiting=0, claimed=0, dead=3)


def test_racing_workers_claim_each_message_once(place):
    queues = [RabbitQueue(place) for _ in range(4)]
    for number in range(60):
        queues[0].send(str(number), message_id=str(number), urgent=number % 3 == 0)
    seen, lock = [], threading.Lock()

    def work(queue):
        while (claim := queue.claim(wait_s=0, hold_s=HOLD_S)) is not None:
            with lock:
                seen.append(claim.body)
            queue.acknowledge(claim)
        queue.close()

    threads = [threading.Thread(target=work, args=(queue,)) for queue in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(seen, key=int) == [str(number) for number in range(60)]
    assert len([body for body in seen[:20] if int(body) % 3 == 0]) >= 16


def test_queues_that_were_never_set_up_are_named(rabbit):
    queue = RabbitQueue(rabbit.place("nobodys"))
    for use in (
        lambda: queue.send("a", message_id="a"),
        lambda: queue.claim(wait_s=0, hold_s=HOLD_S),
        queue.depth,
        queue.dead_letters,
    ):
        with pytest.raises(QueueUnavailable, match="no "):
            use()
    queue.close()


def test_setting_up_and_taking_down_twice_is_as_good_as_once(rabbit):
    place = rabbit.place(f"job-{uuid.uuid4().hex}")
    for step in (set_up, set_up, take_down, take_down):
        step(place)


def test_a_verified_line_works_and_a_stranger_is_refused(rabbit, tmp_path):
    place = rabbit.place(f"job-{uuid.uuid4().hex}", tls=True)
    set_up(place)
    queue = RabbitQueue(place)
    queue.send("a", message_id="a")
    assert queue.claim(wait_s=0, hold_s=HOLD_S).body == "a"
    queue.close()
    take_down(place)
    unknown = RabbitQueue(RabbitPlace(name=place.name, url=place.url, secret=place.secret))
    with pytest.raises(QueueUnavailable, match="certificate is not trusted"):
        unknown.depth()
    unknown.close()
    elsewhere = place.url.replace("127.0.0.1", "localhost")
    other_name = RabbitQueue(
        RabbitPlace(name=place.name, url=elsewhere, secret=place.secret, ca_file=place.ca_file)
    )
    with pytest.raises(QueueUnavailable, match="certificate is not trusted"):
        other_name.depth()
    other_name.close()


def test_a_wrong_password_is_named_and_never_shown(rabbit, monkeypatch, capfd):
    monkeypatch.setenv("RABBIT_SECRET", "hunter2-canary")
    place, where = rabbit.place("job"), "env:RABBIT_SECRET"
    queue = RabbitQueue(RabbitPlace(name="job", url=place.url, secret=where))
    with pytest.raises(QueueUnavailable, match="refuses this user's password") as told:
        queue.depth()
    queue.close()
    said = "".join(capfd.readouterr()) + str(told.value) + repr(place)
    assert "hunter2" not in said


def test_a_secret_may_be_the_whole_url_and_is_read_again_when_it_changed(rabbit, tmp_path):
    place = rabbit.place(f"job-{uuid.uuid4().hex}")
    set_up(place)
    secret = tmp_path / "secret"
    secret.write_text("wrong")
    queue = RabbitQueue(RabbitPlace(name=place.name, url=place.url, secret=f"file:{secret}"))
    with pytest.raises(QueueUnavailable):
        queue.depth()
    quoted = rabbit.password.replace("%", "%25").replace("/", "%2F").replace("@", "%40")
    secret.write_text(
        f"amqp://{rabbit.user}:{quoted.replace(':', '%3A')}@127.0.0.1:{rabbit.port}/\n"
    )
    assert queue.depth() == Depth(0, 0, 0)
    queue.close()
    take_down(place)


def test_a_password_store_may_give_the_secret_and_nothing_shows_it(rabbit):
    name = f"job-{uuid.uuid4().hex}"
    place = RabbitPlace(name=name, url=rabbit.place(name).url, reveal=lambda: rabbit.password)
    set_up(place)
    assert "reveal" not in repr(place)
    take_down(place)


def test_a_server_that_froze_is_told_within_the_patience(rabbit, body):
    hurried = RabbitQueue(body.queue.place, patience_s=0.2)
    body.queue.send("a", message_id="a")
    rabbit.signal(signal.SIGSTOP)
    try:
        with pytest.raises(QueueUnavailable, match="does not answer"):
            hurried.depth()
    finally:
        rabbit.signal(signal.SIGCONT)
    assert body.queue.claim(wait_s=10, hold_s=HOLD_S).body == "a"
    hurried.close()


@pytest.mark.parametrize("secret", ["file:/nowhere/secret", "env:SECRET_THAT_IS_NOT_SET"])
def test_a_secret_that_is_not_there_is_named(secret):
    queue = RabbitQueue(RabbitPlace(name="job", url="amqp://127.0.0.1:1", secret=secret))
    with pytest.raises(QueueUnavailable, match="password is not in"):
        queue.depth()
    queue.close()


def test_a_secret_address_does_not_take_tls_away(tmp_path):
    (tmp_path / "secret").write_text("amqp://studio:hunter2@127.0.0.1/")
    place = RabbitPlace(name="job", url="amqps://host/", secret=f"file:{tmp_path / 'secret'}")
    queue = RabbitQueue(place)
    with pytest.raises(QueueUnavailable, match="without TLS"):
        queue.depth()
    queue.close()


@pytest.mark.parametrize(
    "url", ["http://host/", "amqps://", "nonsense", "amqps://host/?ssl_options={}", ""]
)
def test_an_address_that_is_none_is_named(url):
    queue = RabbitQueue(RabbitPlace(name="job", url=url))
    with pytest.raises(QueueUnavailable, match="not of the form"):
        queue.depth()
    queue.close()


@pytest.mark.parametrize(
    "spoiled",
    [
        {"url": "amqp://user:secret@host/"},
        {"name": ""},
        {"name": "amq.taken"},
        {"secret": "hunter2"},
    ],
)
def test_a_configuration_that_holds_a_secret_or_no_name_is_refused(spoiled):
    plain = {"kind": "rabbitmq", "name": "job", "url": "amqp://user@host/", "secret": "env:X"}
    with pytest.raises(ContractError) as told:
        open_queue(QueueConfig(**(plain | spoiled)))
    assert "secret@" not in str(told.value)
    assert "hunter2" not in str(told.value)


def test_an_agents_configuration_leads_to_the_queue(place):
    queue = open_queue(
        QueueConfig(kind="rabbitmq", name=place.name, url=place.url, secret=place.secret)
    )
    queue.send(json.dumps({"a": 1}), message_id="a")
    assert queue.depth().waiting == 1
    queue.close()


@pytest.mark.nightly  # three servers take half a minute to find each other
@pytest.mark.skipif(why_not() != "", reason=why_not())
def test_a_cluster_that_loses_a_server_loses_no_message(tmp_path):
    with rabbit_cluster(tmp_path, 3) as servers:
        places = [server.place("job") for server in servers]
        set_up(places[0])
        queues = [RabbitQueue(place) for place in places]
        for name in "abcd":
            queues[0].send(name, message_id=name)
        lost = queues[0].claim(wait_s=0, hold_s=HOLD_S)
        held = queues[1].claim(wait_s=0, hold_s=HOLD_S * 10)
        servers[0].wait_until_known(places[0])
        servers[0].stop()
        claims = [patiently(queues[2]) for _ in range(3)]
        assert [(claim.body, claim.deliveries) for claim in claims] == [
            ("a", 2),
            ("c", 1),
            ("d", 1),
        ]
        for queue, claim in ((queues[1], held), *((queues[2], claim) for claim in claims)):
            queue.acknowledge(claim)
        assert queues[1].depth().waiting == 0
        servers[0].start()
        with pytest.raises(ClaimLost):
            queues[0].acknowledge(lost)
        body = QueueBody(queues[0], queues[1], lambda seconds: None, settles=True)
        assert body.depth(Depth(0, 0, 0)) == Depth(0, 0, 0)
        for queue in queues:
            queue.close()


@pytest.mark.nightly  # the server looks once a minute
@pytest.mark.skipif(why_not() != "", reason=why_not())
def test_a_server_that_takes_long_work_away_is_noticed_and_the_work_goes_on(tmp_path):
    with rabbit_server(tmp_path / "server", consumer_timeout="5000") as server:
        place = server.place("job")
        set_up(place)
        queue = RabbitQueue(place)
        queue.send("a", message_id="a")
        claim = queue.claim(wait_s=0, hold_s=3600)
        with pytest.raises(ClaimLost):
            extend_for(150, queue, claim)
        assert queue.claim(wait_s=30, hold_s=HOLD_S).deliveries == 2
        queue.close()


def extend_for(seconds, queue, claim):
    deadline_s = time.monotonic() + seconds
    while time.monotonic() < deadline_s:
        queue.extend(claim, hold_s=3600)
        threading.Event().wait(0.2)


def patiently(queue):
    """Claim as an agent does, which goes on when the queue was away for a moment."""
    deadline_s = time.monotonic() + 60
    while True:
        try:
            return queue.claim(wait_s=5, hold_s=HOLD_S * 10)
        except QueueUnavailable:
            assert time.monotonic() < deadline_s
