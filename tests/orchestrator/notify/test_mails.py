"""Mail goes out over TLS, in the language that was asked for, and no password in the clear."""

from __future__ import annotations

import email
import email.policy
import socket
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import boto3
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from moto import mock_aws
from receiving import make_identity

from orchestrator.errors import RequestRefused
from orchestrator.notify import words
from orchestrator.notify.errors import NotTold
from orchestrator.notify.mail import message_of, tell_mail
from orchestrator.notify.receivers import Mail, Receivers, with_receiver
from orchestrator.notify.ses import send_by_ses
from orchestrator.notify.tidings import OCCASIONS, Tiding
from orchestrator.secrets import Secret

TIDING = Tiding(
    tiding_id="msg_2",
    occasion="failed",
    happened_at="2026-01-31T12:00:00+00:00",
    title="a.mp4",
    code="disk_full",
    sentence="There is no room.",
    advice="Free some.",
    usd=Decimal("1.5"),
)
PASSWORD = Secret("correct horse")


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    return make_identity(tmp_path_factory.mktemp("mail"))


class Inbox:
    """Takes mail, or answers as it is told."""

    def __init__(self) -> None:
        self.mails: list[email.message.EmailMessage] = []
        self.answer = "250 OK"
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # the library's name
        if self.answer.startswith("250"):
            policy = email.policy.default
            self.mails.append(email.message_from_bytes(envelope.content, policy=policy))
        return self.answer

    def authenticate(self, server, session, envelope, mechanism, login):
        self.logins.append((login.login, login.password))
        return AuthResult(success=login.password == PASSWORD.reveal().encode(), handled=False)


@contextmanager
def mail_server(inbox, **options):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        inbox, hostname="127.0.0.1", port=port, authenticator=inbox.authenticate, **options
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mail(port=587, **more):
    made = Mail(
        name="mail-1", to=("Ada <ada@example.org>",), sender="su@example.org", smtp="127.0.0.1",
        port=port, user="su",
    )  # fmt: skip
    return replace(made, **more)


def test_mail_arrives_over_starttls_with_a_password(identity):
    inbox = Inbox()
    with mail_server(inbox, tls_context=identity.serving(), require_starttls=True) as port:
        tell_mail(mail(port), TIDING, PASSWORD, trust=identity.trusting())
    (got,) = inbox.mails
    assert got["subject"] == "a.mp4 could not be rendered"
    assert got["message-id"] == "<msg_2.mail-1@example.org>"
    text = got.get_content()
    assert "There is no room." in text
    assert "$1.5000" in text
    assert inbox.logins == [(b"su", b"correct horse")]


def test_mail_arrives_over_tls_from_the_first_byte(identity):
    inbox = Inbox()
    with mail_server(inbox, ssl_context=identity.serving(), auth_require_tls=False) as port:
        wanted = mail(port, security="tls")
        tell_mail(wanted, TIDING, PASSWORD, trust=identity.trusting())
    assert len(inbox.mails) == 1


def test_a_server_without_encryption_gets_no_password_and_no_mail():
    inbox = Inbox()
    with mail_server(inbox, auth_require_tls=False) as port, pytest.raises(NotTold) as refused:
        tell_mail(mail(port), TIDING, PASSWORD)
    assert "encryption" in refused.value.sentence
    assert (inbox.mails, inbox.logins) == ([], [])


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(identity):
    inbox = Inbox()
    with (
        mail_server(inbox, tls_context=identity.serving()) as port,
        pytest.raises(NotTold) as refused,
    ):
        tell_mail(mail(port), TIDING, PASSWORD)
    assert not refused.value.retry
    assert (inbox.mails, inbox.logins) == ([], [])


@pytest.mark.parametrize(("answer", "retry"), [("451 Later", True), ("550 Never", False)])
def test_whether_it_is_tried_again_follows_from_the_answer(answer, retry):
    inbox = Inbox()
    inbox.answer = answer
    with mail_server(inbox) as port, pytest.raises(NotTold) as refused:
        tell_mail(mail(port, user="", security="none"), TIDING, None)
    assert refused.value.retry is retry


def test_a_wrong_password_is_said_and_not_repeated(identity):
    inbox = Inbox()
    wrong = Secret("tr0ub4dor")
    with (
        mail_server(inbox, tls_context=identity.serving()) as port,
        pytest.raises(NotTold) as refused,
    ):
        tell_mail(mail(port), TIDING, wrong, trust=identity.trusting())
    assert "password" in refused.value.sentence
    assert "tr0ub4dor" not in refused.value.sentence + refused.value.advice
    assert not refused.value.retry


def test_a_server_that_is_away_is_tried_again():
    with pytest.raises(NotTold) as refused:
        tell_mail(mail(1, user="", security="none"), TIDING, None)
    assert refused.value.retry


@pytest.mark.parametrize(
    "spoilt",
    [{"to": ()}, {"to": ("nobody",)}, {"sender": "x@y.z\nBcc: all@example.org"},
     {"to": ("a@b.c, d@e.f",)}, {"smtp": ""}, {"ses_region": "eu-west-1"}, {"port": 0},
     {"security": "none"}, {"occasions": ()}, {"name": "../x"}],
)  # fmt: skip
def test_a_receiver_that_is_not_sound_is_refused(spoilt):
    with pytest.raises(RequestRefused):
        with_receiver(Receivers(), mail(**spoilt))


def test_mail_goes_through_ses_from_a_verified_sender_only(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    wanted = mail(25, smtp="", user="", ses_region="eu-west-1")
    with mock_aws():
        client = boto3.client("sesv2", region_name="eu-west-1")
        with pytest.raises(NotTold) as refused:
            tell_mail(wanted, TIDING, None)
        assert "verified" in refused.value.advice
        boto3.client("ses", region_name="eu-west-1").verify_email_identity(
            EmailAddress="su@example.org"
        )
        client.create_email_identity(EmailIdentity="su@example.org")
        send_by_ses("eu-west-1", message_of(wanted, TIDING), client=client)
        tell_mail(wanted, TIDING, None)


def test_every_occasion_has_words_in_both_languages():
    for language in words.LANGUAGES:
        for occasion in (*OCCASIONS, "test"):
            said = words.worded(replace(TIDING, occasion=occasion), language)
            assert said.subject
            assert "{" not in said.subject + said.body
            assert "\n" not in said.subject
            assert (language == "zh_CN") == any("一" <= c <= "鿿" for c in said.body)
    tables = (words._SUBJECTS, words._OPENINGS, words._LABELS)
    for table in tables:
        assert set(table) == set(words.LANGUAGES)
        assert len({frozenset(table[each]) for each in words.LANGUAGES}) == 1
    assert set(words._CLOSINGS) == set(words._COLONS) == set(words.LANGUAGES)


def test_a_title_with_a_line_break_makes_no_header():
    sly = replace(TIDING, title="a\r\nBcc: all@example.org.mp4")
    got = message_of(mail(), sly)
    assert "Bcc" not in {name.title() for name in got}
