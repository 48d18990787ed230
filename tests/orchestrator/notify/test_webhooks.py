"""A webhook is signed, goes where it was told and nowhere else, and can be told from a forgery."""

from __future__ import annotations

import json
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from receiving import make_identity, web_server

from orchestrator.errors import RequestRefused, SecretRefused
from orchestrator.notify import webhook as webhooks
from orchestrator.notify.errors import NotTold, SignatureRefused
from orchestrator.notify.receivers import Webhook
from orchestrator.notify.signing import TOLERANCE_S, new_secret, sign, verify
from orchestrator.notify.tidings import Tiding
from orchestrator.secrets import Secret
from remote_worker.contract.records import JobId

TIDING = Tiding(
    tiding_id="msg_1",
    occasion="done",
    happened_at="2026-01-31T12:00:00+00:00",
    title="Überlänge 片.mp4",
    job_id=JobId("job-1"),
    output="out.mp4",
    frames=300,
    seconds=12.5,
    usd=Decimal("0.25"),
)
# Published in the specification's own test suite.
SPEC_SECRET = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
SPEC_SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    return make_identity(tmp_path_factory.mktemp("identity"))


def hook(url):
    return Webhook(name="webhook-1", url=url)


def test_what_is_sent_can_be_verified_by_whoever_has_the_secret(identity):
    secret = new_secret()
    with web_server(identity) as heard:
        webhooks.tell_webhook(hook(heard.url), TIDING, secret, trust=identity.trusting())
    ((path, headers, body),) = heard.requests
    assert path == "/hook?for=us"
    assert verify(secret, headers, body, now_s=time.time()) == "msg_1"
    told = json.loads(body)
    assert told["type"] == "render.done"
    assert told["data"]["title"] == TIDING.title
    assert told["data"]["usd"] == "0.25"
    assert secret.reveal() not in str(headers) + body.decode()


def test_the_signature_is_that_of_the_specification():
    headers = sign(SPEC_SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == SPEC_SIGNATURE


@given(st.data())
def test_nothing_that_was_changed_late_or_seen_before_is_believed(data):
    secret, now_s, body = new_secret(), 1_800_000_000, b'{"a":1}'
    headers = sign(secret, "msg_7", now_s, body)
    seen: set[str] = set()

    def seen_before(name):
        return name in seen or seen.add(name)

    def is_believed(headers=headers, body=body, secret=secret, at=now_s):
        try:
            verify(secret, headers, body, now_s=at, seen_before=seen_before)
        except SignatureRefused:
            return False
        return True

    place = data.draw(st.integers(0, len(body) - 1))
    assert not is_believed(body=body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :])
    assert not is_believed(secret=new_secret())
    for name in headers:
        assert not is_believed(headers={k: v for k, v in headers.items() if k != name})
        assert not is_believed(headers=headers | {name: data.draw(st.text(max_size=40))})
    assert not is_believed(headers | {"webhook-timestamp": str(now_s + 1)})
    early_late = st.sampled_from([now_s - TOLERANCE_S - 1, now_s + TOLERANCE_S + 1])
    assert not is_believed(at=data.draw(early_late))
    assert is_believed({name.title(): value for name, value in headers.items()})
    assert not is_believed(), "it was played again"
    rotated = f"v1,bm90IGl0 {headers['webhook-signature']}"
    seen.clear()
    assert is_believed(headers | {"webhook-signature": rotated})


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_short", "whsec_%%%", "hunter2hunter2"])
def test_a_secret_that_is_none_signs_nothing(secret):
    with pytest.raises(SecretRefused) as refused:
        sign(Secret(secret), "msg_1", 1, b"")
    assert "hunter2" not in str(refused.value)


def test_it_is_not_followed_to_another_address(identity):
    with web_server(identity) as other, web_server(identity) as heard:
        heard.answers = [(307, {"location": other.url})]
        with pytest.raises(NotTold) as refused:
            webhooks.tell_webhook(hook(heard.url), TIDING, new_secret(), trust=identity.trusting())
        assert not refused.value.retry
        assert other.requests == []


@pytest.mark.parametrize(
    ("status", "retry"), [(500, True), (503, True), (429, True), (410, False), (401, False)]
)
def test_whether_it_is_tried_again_follows_from_the_answer(identity, status, retry):
    with web_server(identity) as heard:
        heard.answers = [(status, {"retry-after": "77"})]
        with pytest.raises(NotTold) as refused:
            webhooks.tell_webhook(hook(heard.url), TIDING, new_secret(), trust=identity.trusting())
    assert (refused.value.retry, refused.value.after_s) == (retry, 77.0)


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(identity):
    with web_server(identity) as heard:
        with pytest.raises(NotTold) as refused:
            webhooks.tell_webhook(hook(heard.url), TIDING, new_secret())
        assert refused.value.retry
        assert heard.requests == []


def test_on_this_computer_it_may_go_unencrypted():
    with web_server(None) as heard:
        webhooks.tell_webhook(hook(heard.url), TIDING, new_secret())
        assert len(heard.requests) == 1


@pytest.mark.parametrize(
    "url",
    ["http://example.org/x", "https://", "ftp://example.org", "https://u:p@example.org", "x",
     "https://example.org/a b", "https://[::1", "https://example.org:99999/", "file:///etc/passwd",
     "http://localhost.example.org/", "https://example.org/\n", "http://127.0.0.1.example.org/"],
)  # fmt: skip
def test_an_address_that_is_not_safe_is_refused(url):
    with pytest.raises(RequestRefused):
        webhooks.tell_webhook(hook(url), TIDING, new_secret())


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "[::]", "[::ffff:169.254.1.1]"])
def test_what_only_the_own_link_reaches_is_refused(host):
    with pytest.raises(NotTold) as refused:
        webhooks.tell_webhook(hook(f"https://{host}/latest/meta-data"), TIDING, new_secret())
    assert not refused.value.retry
