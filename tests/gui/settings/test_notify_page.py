"""Who is told is set in the window, tried there, and nothing that was typed is lost or leaked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from gui.settings.notify_page import NotifyPage
from orchestrator.errors import SecretsUnavailable
from orchestrator.home import Home
from orchestrator.notify.errors import NotTold
from orchestrator.notify.notifier import Notifier
from orchestrator.notify.outbox import Outbox
from orchestrator.notify.receivers import (
    Receiver,
    Webhook,
    load_receivers,
    receivers_path,
    secret_name,
)
from orchestrator.notify.tidings import OCCASIONS, Tiding
from orchestrator.secrets import Secret
from tests.gui.fake_bridge import FakeBridge


class KeysOnPaper:
    """Keeps secrets where a test can see them, or is locked."""

    def __init__(self) -> None:
        self.held: dict[str, Secret] = {}
        self.locked = False

    def of(self, receiver: Receiver) -> Secret | None:
        return self.held.get(secret_name(receiver))

    def keep(self, receiver: Receiver, secret: Secret) -> None:
        if self.locked:
            raise SecretsUnavailable("The password store is locked.", "Unlock it.")
        self.held[secret_name(receiver)] = secret

    def forget(self, receiver: Receiver) -> None:
        self.held.pop(secret_name(receiver), None)


class Answer:
    """What a receiver answers to a test."""

    def __init__(self) -> None:
        self.error: NotTold | None = None
        self.told: list[tuple[str, str]] = []

    def __call__(self, receiver: Receiver, tiding: Tiding, secret: Secret | None) -> None:
        if self.error is not None:
            raise self.error
        self.told.append((receiver.name, tiding.occasion))


@pytest.fixture
def bridge(qtbot: Any, tmp_path: Path) -> FakeBridge:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    return FakeBridge(home)


@pytest.fixture
def keys() -> KeysOnPaper:
    return KeysOnPaper()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answer]:
    made = Answer()
    plain = Notifier.__init__

    def with_answer(self: Notifier, home: Home, **more: Any) -> None:
        plain(self, home, **(more | {"tell": made}))

    monkeypatch.setattr(Notifier, "__init__", with_answer)
    return made


@pytest.fixture
def page(qtbot: Any, bridge: FakeBridge, keys: KeysOnPaper) -> NotifyPage:
    made = NotifyPage(bridge, keys)  # type: ignore[arg-type]  # a test's
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def add_webhook(page: NotifyPage, url: str = "https://example.org/hook?key=1") -> None:
    page.add_webhook.click()
    page.webhook.url.setText(url)
    page.webhook.take.click()


def kept(bridge: FakeBridge) -> tuple[Receiver, ...]:
    return load_receivers(bridge.home).all


def test_at_first_nobody_is_told(page: NotifyPage) -> None:
    assert page._empty.isVisibleTo(page)
    assert not page.webhook.isVisibleTo(page)
    assert not page.mail.isVisibleTo(page)
    assert not page.send.isVisibleTo(page)


def test_a_webhook_is_added_and_its_secret_is_shown_once(
    page: NotifyPage, bridge: FakeBridge, keys: KeysOnPaper
) -> None:
    add_webhook(page)
    (webhook,) = kept(bridge)
    assert isinstance(webhook, Webhook)
    secret = keys.held[secret_name(webhook)].reveal()
    assert page.secret.isVisibleTo(page)
    assert page.secret.text.text() == secret
    page.secret.copy.click()
    assert QGuiApplication.clipboard().text() == secret
    assert page.webhook.url.text() == ""
    assert page.cards[0].where.text() == "https://example.org", "the rest may be a key"
    assert secret not in receivers_path(bridge.home).read_text()
    page.leave()
    assert page.secret.text.text() == ""
    assert not page.secret.isVisibleTo(page)


@pytest.mark.parametrize("url", ["", "example.org", "http://example.org/"])
def test_an_address_that_is_not_safe_stays_to_be_put_right(
    page: NotifyPage, bridge: FakeBridge, keys: KeysOnPaper, url: str
) -> None:
    add_webhook(page, url)
    assert kept(bridge) == ()
    assert keys.held == {}
    assert page.webhook.trouble.isVisibleTo(page)
    assert page.webhook.url.text() == url
    assert page.webhook.take.isEnabled()


def test_without_a_password_store_nothing_is_kept(
    page: NotifyPage, bridge: FakeBridge, keys: KeysOnPaper
) -> None:
    keys.locked = True
    add_webhook(page)
    assert kept(bridge) == ()
    assert "Unlock" in page.webhook.trouble.text()


def test_mail_is_added_with_its_password_in_the_store_only(
    page: NotifyPage, bridge: FakeBridge, keys: KeysOnPaper
) -> None:
    form = page.mail
    page.add_mail.click()
    form.to.setText("ada@example.org, Bob <bob@example.org>")
    form.from_.setText("su@example.org")
    form.server.setText("mail.example.org")
    form.security.setCurrentIndex(form.security.findData("tls"))
    form.security.activated.emit(form.security.currentIndex())
    form.user.setText("su")
    form.password.setText("correct horse")
    assert form.password.echoMode() == QLineEdit.EchoMode.Password
    form.take.click()
    (mail,) = kept(bridge)
    assert (mail.to, mail.port) == (("ada@example.org", "Bob <bob@example.org>"), 465)  # type: ignore[union-attr]  # it is mail
    assert keys.held[secret_name(mail)].reveal() == "correct horse"
    assert form.password.text() == ""
    assert not page.secret.isVisibleTo(page), "a password that was typed is not shown"
    assert "correct horse" not in receivers_path(bridge.home).read_text()


def test_ses_asks_for_a_region_and_no_server(page: NotifyPage, bridge: FakeBridge) -> None:
    form = page.mail
    page.add_mail.click()
    assert form.server.isVisibleTo(form)
    assert not form.region.isVisibleTo(form)
    form.way.setCurrentIndex(form.way.findData("ses"))
    form.way.activated.emit(form.way.currentIndex())
    assert not form.server.isVisibleTo(form)
    assert not form.password.isVisibleTo(form)
    form.to.setText("ada@example.org")
    form.from_.setText("su@example.org")
    form.region.setText("eu-central-1")
    form.take.click()
    (mail,) = kept(bridge)
    assert (mail.ses_region, mail.smtp) == ("eu-central-1", "")  # type: ignore[union-attr]  # it is mail


def test_of_what_one_is_told_is_set_at_once_and_never_of_nothing(
    page: NotifyPage, bridge: FakeBridge
) -> None:
    add_webhook(page)
    card = page.cards[0]
    for name in OCCASIONS[1:]:
        page.cards[0].occasions[name].click()
    assert kept(bridge)[0].occasions == ("done",)
    card = page.cards[0]
    card.occasions["done"].click()
    assert kept(bridge)[0].occasions == ("done",)
    assert card.result.isVisibleTo(page)
    page.cards[0].language.setCurrentIndex(1)
    page.cards[0].occasions["done"].setChecked(True)
    page.cards[0].language.activated.emit(1)
    assert kept(bridge)[0].language == "zh_CN"


def test_a_test_says_how_it_went(page: NotifyPage, answer: Answer) -> None:
    add_webhook(page)
    card = page.cards[0]
    card.test.click()
    assert answer.told == [("webhook-1", "test")]
    assert card.result.text() == "The test was taken."
    answer.error = NotTold("It answered with 500.", "Look into its log.", retry=True)
    card.test.click()
    assert "500" in card.result.text()
    assert "log" in card.result.text()
    assert card.test.isEnabled()


def test_what_was_not_sent_is_shown_and_sent_now(
    page: NotifyPage, bridge: FakeBridge, answer: Answer, keys: KeysOnPaper
) -> None:
    add_webhook(page)
    answer.error = NotTold("It is away.", "", retry=True)
    notifier = Notifier(bridge.home, keys=keys)  # type: ignore[arg-type]  # a test's
    at = "2026-01-01T00:00:00+00:00"
    notifier.note(Tiding(tiding_id="m", occasion="done", happened_at=at, title="a.mp4"))
    notifier.send_due()
    page.shown()
    assert "away" in page.unsent.text()
    answer.error = None
    page.send.click()
    assert answer.told == [("webhook-1", "done")]
    assert not page.unsent.isVisibleTo(page)
    assert not page.send.isVisibleTo(page)


def test_one_is_told_no_more(
    qtbot: Any, page: NotifyPage, bridge: FakeBridge, keys: KeysOnPaper
) -> None:
    add_webhook(page)
    add_webhook(page, "https://other.example.org/")
    page.cards[0].remove.click()
    qtbot.waitUntil(lambda: len(page.cards) == 1)
    assert [each.name for each in kept(bridge)] == ["webhook-2"]
    assert list(keys.held) == ["notify-webhook-2"]
    page.cards[0].remove.click()
    qtbot.waitUntil(lambda: not page.cards)
    assert page._empty.isVisibleTo(page)
    assert Outbox(bridge.home).list() == ()


def test_a_file_that_cannot_be_read_is_told_and_left(page: NotifyPage, bridge: FakeBridge) -> None:
    receivers_path(bridge.home).write_text("{")
    page.shown()
    assert page.trouble.isVisibleTo(page)
    assert receivers_path(bridge.home).read_text() == "{"
    receivers_path(bridge.home).write_text(json.dumps({"version": 1}))
    page.shown()
    assert not page.trouble.isVisibleTo(page)


def test_return_adds_and_the_language_can_be_switched(
    qtbot: Any, page: NotifyPage, bridge: FakeBridge
) -> None:
    page.add_webhook.click()
    qtbot.keyClicks(page.webhook.url, "https://example.org/x")
    qtbot.keyClick(page.webhook.url, Qt.Key.Key_Return)
    assert len(kept(bridge)) == 1
    QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.cards[0].test.accessibleName() == "Send a test to https://example.org"
