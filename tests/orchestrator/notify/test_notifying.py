"""What ended is told to whoever asked, once and in the end, however often something fails."""

from __future__ import annotations

import itertools
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from decimal import Decimal

import keyring
import pytest
from receiving import until, web_server

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.desk.entries import OnceLooked, Receipt, Result
from orchestrator.errors import RequestRefused, SecretsUnavailable, SettingsRefused
from orchestrator.home import Home
from orchestrator.notify import outbox as outboxes
from orchestrator.notify.errors import NotTold
from orchestrator.notify.keys import Keys
from orchestrator.notify.notifier import Notifier
from orchestrator.notify.outbox import LONGEST_PAUSE_S, TRIES, Outbox, pause_s
from orchestrator.notify.receivers import (
    MOST,
    Receivers,
    Webhook,
    load_receivers,
    receivers_path,
    save_receivers,
    with_receiver,
)
from orchestrator.notify.signing import new_secret, verify
from orchestrator.notify.tidings import Tiding, occasion_of, tiding_of_entry
from orchestrator.secrets import Secret
from tests.clips import make_clip
from tests.fakes.stores_for_secrets import KeptInMemory
from tests.faults.kills import REPOSITORY
from tests.orchestrator.desk.queue_entries import IDENTITY, entry
from tests.orchestrator.desk.watching_desks import open_desk

AT = "2026-01-31T12:00:00+00:00"
RESULT = Result(
    output_path="/videos/a-out.mp4",
    digest="d" * 64,
    frame_count=300,
    missed_frames=0,
    seconds=12.5,
    finished_at=AT,
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture
def password_store(monkeypatch):
    store = KeptInMemory()
    monkeypatch.setattr("orchestrator.secrets._ALLOWED", {_kind(store): "a test's"})
    before = keyring.get_keyring()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


def _kind(store):
    return type(store).__module__, type(store).__qualname__


def tiding(name="msg_1", occasion="done"):
    return Tiding(tiding_id=name, occasion=occasion, happened_at=AT, title="a.mp4")


def asked(home, *names, url="https://example.org/", **more):
    receivers = Receivers()
    for name in names:
        receivers = with_receiver(receivers, Webhook(name=name, url=url, **more))
    save_receivers(home, receivers)


class KeysAtHand:
    """Knows every secret."""

    def of(self, receiver):
        return Secret("whsec_" + "A" * 40)


class Receiving:
    """Takes messages, after refusing as often as it is told."""

    def __init__(self, *refusals):
        self.refusals, self.got, self.news = list(refusals), [], threading.Event()

    def __call__(self, receiver, what, secret):
        self.news.set()
        if self.refusals:
            raise self.refusals.pop(0)
        self.got.append((receiver.name, what.tiding_id))


class Clock:
    def __init__(self):
        self.now_s = 1_800_000_000.0

    def __call__(self):
        return self.now_s


def away():
    return NotTold("It is away.", "Wait.", retry=True)


def notifier_of(home, receiving, clock=None):
    return Notifier(
        home, keys=KeysAtHand(), tell=receiving, chance=random.Random(1), clock=clock or time.time
    )


# -- what is told ----------------------------------------------------------------------------------


def test_a_done_entry_is_told_without_its_folders_and_with_its_cost():
    done = entry("a", "done", result=RESULT, receipt=_receipt("0.25"))
    told = tiding_of_entry(done, AT)
    assert (told.occasion, told.title, told.output) == ("done", "a.mp4", "a-out.mp4")
    assert (told.frames, told.seconds, told.usd) == (300, 12.5, Decimal("0.25"))
    assert "/videos" not in str(told)
    assert tiding_of_entry(done, "later").tiding_id == told.tiding_id, "told twice as two"


def _receipt(usd):
    return Receipt(usd=Decimal(usd), on_demand_usd=Decimal(1), seconds=60, interruptions=0)


@pytest.mark.parametrize(
    ("code", "occasion"),
    [("budget_reached", "budget"), ("credentials_expired", "attention"),
     ("disk_full", "attention"), ("engine_failed", "failed"), ("", "failed")],
)  # fmt: skip
def test_what_a_person_can_put_right_is_told_as_such(code, occasion):
    assert occasion_of(code) == occasion


@pytest.mark.parametrize("state", ["new", "ready", "queued", "rendering", "stopped", "cancelled"])
def test_what_is_no_end_is_not_told(state):
    assert tiding_of_entry(entry("a", state), AT) is None


# -- the outbox ------------------------------------------------------------------------------------


def test_each_receiver_gets_what_they_asked_for_once(home):
    asked(home, "one", "two")
    receiving = Receiving()
    notifier = notifier_of(home, receiving)
    for _ in range(3):
        notifier.note(tiding())
    notifier.note(tiding("msg_t", "test"))
    assert {each.state for each in notifier.send_due()} == {"sent"}
    assert notifier.send_due() == ()
    assert sorted(receiving.got) == [("one", "msg_1"), ("two", "msg_1")]


def test_what_is_refused_is_tried_again_later_and_later_then_given_up(home):
    asked(home, "one")
    clock, receiving = Clock(), Receiving(*[away() for _ in range(TRIES)])
    notifier = notifier_of(home, receiving, clock)
    notifier.note(tiding())
    waits = []
    for number in range(TRIES):
        (told,) = notifier.send_due()
        assert told.state == ("waiting" if number < TRIES - 1 else "given up")
        if told.state == "waiting":
            (kept,) = Outbox(home, clock).list()
            waits.append(kept.due_s - clock.now_s)
            assert notifier.send_due() == (), "it was not due"
            clock.now_s = kept.due_s
    assert all(2 * later > earlier for earlier, later in itertools.pairwise(waits))
    assert 24 * 3600 < sum(waits) < 7 * 24 * 3600
    assert receiving.got == []
    assert notifier.send_due() == ()


def test_a_receiver_that_says_when_is_left_alone_until_then(home):
    asked(home, "one")
    clock = Clock()
    notifier = notifier_of(home, Receiving(NotTold("Later.", "", retry=True, after_s=999)), clock)
    notifier.note(tiding())
    notifier.send_due()
    assert Outbox(home, clock).next_due_s() >= clock.now_s + 999


def test_what_trying_again_cannot_help_is_given_up_at_once(home):
    asked(home, "one", "two")
    receiving = Receiving(NotTold("Never.", "", retry=False))
    notifier = notifier_of(home, receiving)
    notifier.note(tiding())
    assert sorted(each.state for each in notifier.send_due()) == ["given up", "sent"]


def test_a_clock_that_was_wrong_keeps_nothing_back(home):
    asked(home, "one")
    clock, receiving = Clock(), Receiving(away())
    clock.now_s += 365 * 24 * 3600
    notifier = notifier_of(home, receiving, clock)
    notifier.note(tiding())
    notifier.send_due()
    clock.now_s -= 365 * 24 * 3600
    assert [each.state for each in notifier.send_due()] == ["sent"]


def test_two_processes_do_not_send_the_same_at_once(home):
    one, other = Outbox(home), Outbox(home)
    one.put(tiding(), ["a"])
    held = one.take()
    assert held is not None
    assert other.take() is None
    one.sent(held)
    assert other.take() is None


def test_pauses_grow_and_are_never_the_same():
    chance = random.Random(7)
    for tries in range(1, 20):
        drawn = {pause_s(tries, chance) for _ in range(20)}
        assert len(drawn) == 20
        assert max(drawn) <= LONGEST_PAUSE_S
        assert max(drawn) < 2 * min(drawn) + 1e-9


def test_what_is_over_is_remembered_but_not_for_ever(home, monkeypatch):
    monkeypatch.setattr(outboxes, "_KEPT", 5)
    box = Outbox(home)
    for number in range(9):
        box.put(tiding(f"msg_{number}"), ["a"])
        box.sent(box.take())
    assert len(box.list()) == 5


def test_what_a_killed_process_noted_is_sent_by_the_next(home):
    asked(home, "one")
    script = (
        "import os, signal, sys\n"
        "from orchestrator.home import Home\n"
        "from orchestrator.notify.notifier import Notifier\n"
        "from tests.orchestrator.notify.test_notifying import tiding\n"
        "Notifier(Home.default()).note(tiding('msg_k'))\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=REPOSITORY,
        env={
            **_environment(),
            "PYTHONPATH": f"{REPOSITORY}:{REPOSITORY}/tests/orchestrator/notify",
        },
        check=False,
        timeout=60,
    )
    assert ended.returncode != 0
    receiving = Receiving()
    notifier = notifier_of(home, receiving)
    notifier.start()
    until(lambda: receiving.got, receiving.news)
    notifier.close()
    assert receiving.got == [("one", "msg_k")]


def _environment():
    import os

    return dict(os.environ)


def test_an_outbox_that_is_damaged_ends_no_render(home, caplog):
    asked(home, "one")
    (home.root / "notify.sqlite").write_bytes(b"no database" * 100)
    notifier_of(home, Receiving()).note(tiding())
    assert "could not be written down" in caplog.text


def test_another_versions_words_are_dropped_and_the_rest_is_sent(home):
    asked(home, "one")
    receiving = Receiving()
    notifier = notifier_of(home, receiving)
    notifier.note(tiding("msg_old"))
    notifier.note(tiding("msg_new"))
    base = sqlite3.connect(home.root / "notify.sqlite")
    with base:
        base.execute("UPDATE deliveries SET body = '{}' WHERE tiding_id = 'msg_old'")
    base.close()
    notifier.send_due()
    assert receiving.got == [("one", "msg_new")]


# -- who is told -----------------------------------------------------------------------------------


def test_receivers_that_cannot_be_read_are_left_as_they_are(home):
    receivers_path(home).write_text('{"version": 99}')
    before = receivers_path(home).read_bytes()
    assert load_receivers(home).version == 99
    receivers_path(home).write_text("{")
    with pytest.raises(SettingsRefused):
        load_receivers(home)
    assert receivers_path(home).read_bytes() != before


def test_there_are_only_so_many(home):
    receivers = Receivers()
    for number in range(MOST):
        receivers = with_receiver(receivers, Webhook(name=f"w-{number}", url="https://a.example/"))
    with pytest.raises(RequestRefused):
        with_receiver(receivers, Webhook(name="more", url="https://a.example/"))


def test_a_service_managers_secret_counts_first(home, tmp_path, monkeypatch, password_store):
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    secret = new_secret()
    (tmp_path / "notify-w").write_text(secret.reveal() + "\n")
    assert Keys().of(Webhook(name="w", url="https://a.example/")) == secret
    assert Keys().of(Webhook(name="v", url="https://a.example/")) is None


def test_without_a_password_store_it_is_said_what_a_server_does(home, monkeypatch):
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(SecretsUnavailable) as refused:
        Keys().keep(Webhook(name="w", url="https://a.example/"), new_secret())
    assert "CREDENTIALS_DIRECTORY" in refused.value.advice


# -- from a render to the receiver -----------------------------------------------------------------


def test_the_desk_tells_of_an_end_and_of_a_refusal(home, tmp_path):
    asked(home, "one")
    receiving = Receiving()
    notifier = notifier_of(home, receiving)
    good = make_clip(tmp_path / "good.mp4", frames=24)
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"no video at all")
    with open_desk(home, on_end=notifier.entry_ended) as (desk, watcher):
        once = OnceLooked(render=True)
        ids = desk.add([good, bad], look=IDENTITY, once_looked=once)
        watcher.wait_state(ids[0], "done")
        watcher.wait_state(ids[1], "refused")
    told = {each.tiding.title: each.tiding for each in Outbox(home).list()}
    assert told["good.mp4"].occasion == "done"
    assert told["bad.mp4"].occasion == "attention"
    assert told["bad.mp4"].advice


def said(capsys, *arguments):
    status = main([*map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (end,) = [line for line in lines if "result" in line or "error" in line]
    return status, end.get("result", end.get("error"))


def test_a_render_in_a_terminal_is_told_to_a_webhook(home, tmp_path, capsys, password_store):
    with web_server(None) as heard:
        status, made = said(capsys, "notify", "webhook", heard.url, "--on", "done")
        assert status == Exit.DONE
        secret = Secret(made["secret"])
        status, told = said(capsys, "notify", "test")
        assert (status, told[0]["state"]) == (Exit.DONE, "sent")
        clip = make_clip(tmp_path / "film.mp4", frames=24)
        assert said(capsys, "render", clip, "--engine", "identity")[0] == Exit.DONE
    kinds = []
    for _, headers, body in heard.requests:
        verify(secret, headers, body, now_s=time.time())
        kinds.append(json.loads(body)["type"])
    assert kinds == ["render.test", "render.done"]
    kept = said(capsys, "notify", "list")[1]
    assert [each["state"] for each in kept["deliveries"]] == ["sent"]
    assert "for=us" not in json.dumps(kept["receivers"]), "an address can be a key"
    everything = b"".join(p.read_bytes() for p in home.root.rglob("*") if p.is_file())
    assert secret.reveal().encode() not in everything
    assert said(capsys, "notify", "remove", "webhook-1")[0] == Exit.DONE
    assert said(capsys, "notify", "list")[1] == {"receivers": [], "deliveries": []}
    assert password_store.held == {}


def test_a_webhook_that_is_away_fails_the_test_and_not_the_render(
    home, tmp_path, capsys, password_store
):
    with web_server(None) as heard:
        said(capsys, "notify", "webhook", heard.url)
    assert said(capsys, "notify", "test", "webhook-1")[0] == Exit.FAILED
    clip = make_clip(tmp_path / "film.mp4", frames=24)
    assert said(capsys, "render", clip, "--engine", "identity")[0] == Exit.DONE
    (kept,) = said(capsys, "notify", "list")[1]["deliveries"]
    assert (kept["state"], kept["tries"]) == ("waiting", 1)


def test_a_webhook_is_verified_in_a_terminal(home, tmp_path, capsys, monkeypatch):
    import io

    from orchestrator.notify.signing import sign

    secret, body = new_secret(), tmp_path / "body"
    body.write_bytes(b'{"a": 1}')
    headers = sign(secret, "msg_1", int(time.time()), body.read_bytes())
    words = [part for name in ("id", "timestamp", "signature")
             for part in (f"--{name}", headers[f"webhook-{name}"])]  # fmt: skip
    for given, status in ((secret, Exit.DONE), (new_secret(), Exit.FAILED)):
        monkeypatch.setattr("sys.stdin", io.StringIO(given.reveal() + "\n"))
        assert said(capsys, "notify", "verify", *words, body)[0] == status
