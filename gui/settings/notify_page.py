"""Set who is told, by webhook or by mail, how renders end; try it, and see what was not sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.language import NAMES
from gui.settings.form import Choice, Note, Page, PathLabel, beside
from gui.settings.notify_forms import MailForm, SecretCard, WebhookForm, Wished
from gui.theme.icons import icon, pixmap
from gui.theme.roles import give_role
from gui.words.errors import told, told_of
from orchestrator.notify.receivers import Receiver, Receivers, Webhook, with_receiver
from orchestrator.notify.tidings import OCCASIONS, Occasion

if TYPE_CHECKING:
    from orchestrator.notify.keys import Keys
    from orchestrator.notify.notifier import Told

_SIGN_PX, _LANGUAGE_PX = 18, 150


class _Speaks(Protocol):
    """A part whose texts are set anew when the language is switched."""

    def retranslate(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows."""

    receivers: Receivers = field(default_factory=Receivers)
    waiting: int = 0
    """Messages that are tried again."""
    given_up: int = 0
    last: str = ""
    """What came of the newest that was not taken."""
    last_receiver: str = ""
    """Name of who did not take it."""


class NotifyPage(Page):
    """One card a receiver, forms for new ones, and what is still to be sent."""

    def __init__(
        self, bridge: Bridge, keys: Keys | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, parent)
        self._keys, self._seen = keys, Seen()
        self.cards: list[ReceiverCard] = []
        self._words, self._empty = QLabel(self), QLabel(self)
        self._list = QVBoxLayout()
        self.add_webhook, self.add_mail = QPushButton(self), QPushButton(self)
        self.webhook, self.mail = WebhookForm(self), MailForm(self)
        self.secret, self.trouble = SecretCard(self), Note(self)
        self._unsent = self.section()
        self.unsent, self.send, self._busy = Note(self), QPushButton(self), QProgressBar(self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def shown(self) -> None:
        """Read who is told and what is still to be sent."""
        self.run(self._look, self._on_seen, self._on_failed)

    def leave(self) -> None:
        """Show the secret no more: it was shown once."""
        self.secret.forget()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Messages"))
        self._words.setText(
            self.tr(
                "Have a program or people told when a render is done, fails, reaches its budget or "
                "needs you. Each message to a program is signed; what could not be sent is tried "
                "again for two days, also after a restart."
            )
        )
        self._empty.setText(self.tr("Nobody is told yet."))
        self.add_webhook.setText(self.tr("Add a webhook…"))
        self.add_mail.setText(self.tr("Add an e-mail…"))
        self._unsent.setText(self.tr("Not sent yet"))
        self.send.setText(self.tr("Send now"))
        self._busy.setAccessibleName(self.tr("Messages are being sent"))
        parts: list[_Speaks] = [self.webhook, self.mail, self.secret, *self.cards]
        for part in parts:
            part.retranslate()
        self._draw_unsent()

    def change(self, receiver: Receiver) -> None:
        """Keep another version of a receiver, at once."""
        self._store(lambda now: with_receiver(now, receiver))

    def remove(self, receiver: Receiver) -> None:
        """Tell one no more, and forget its secret."""

        def forget() -> Seen:
            from orchestrator.notify.outbox import Outbox
            from orchestrator.notify.receivers import (
                load_receivers,
                needs_secret,
                save_receivers,
                without_receiver,
            )

            home = self.bridge.home
            save_receivers(home, without_receiver(load_receivers(home), receiver.name))
            Outbox(home).forget(receiver.name)
            if needs_secret(receiver):
                self._keys_at_hand().forget(receiver)
            return self._look()

        self.run(forget, self._on_removed, self._on_failed)

    def test(self, card: ReceiverCard) -> None:
        """Send a test to one and say how it went."""
        from orchestrator.notify.notifier import Notifier

        home, receiver = self.bridge.home, card.receiver
        card.set_busy(busy=True)
        self.run(
            lambda: Notifier(home, keys=self._keys_at_hand()).test(receiver),
            lambda told: self._on_tested(receiver.name, told),
            lambda error: self._on_test_failed(receiver.name, error),
        )

    def send_now(self) -> None:
        """Try at once what waits for its next try."""
        from orchestrator.notify.notifier import Notifier

        def send() -> Seen:
            notifier = Notifier(self.bridge.home, keys=self._keys_at_hand())
            notifier.hurry()
            notifier.send_due()
            return self._look()

        self.send.setEnabled(False)
        self._busy.show()
        self.run(send, self._on_sent, self._on_send_failed)

    # -- off the Qt thread -------------------------------------------------------------------

    def _look(self) -> Seen:
        from orchestrator.notify.outbox import Outbox
        from orchestrator.notify.receivers import load_receivers

        kept = Outbox(self.bridge.home).list()
        unsent = [each for each in kept if each.state != "sent"]
        return Seen(
            load_receivers(self.bridge.home),
            sum(each.state == "waiting" for each in unsent),
            sum(each.state == "given up" for each in unsent),
            *next(((each.said, each.receiver) for each in unsent if each.said), ("", "")),
        )

    def _keys_at_hand(self) -> Keys:
        from orchestrator.notify.keys import Keys

        self._keys = self._keys or Keys()
        return self._keys

    def _store(self, change: Callable[[Receivers], Receivers]) -> None:
        def store() -> Seen:
            from orchestrator.notify.receivers import load_receivers, save_receivers

            save_receivers(self.bridge.home, change(load_receivers(self.bridge.home)))
            return self._look()

        self.run(store, self._on_seen, self._on_failed)

    def _add(self, wished: Wished) -> None:
        """Keep a new receiver: its secret first, so that there is none without one."""

        def add() -> tuple[Seen, str]:
            from orchestrator.notify.keys import is_given
            from orchestrator.notify.receivers import (
                free_name,
                load_receivers,
                needs_secret,
                save_receivers,
            )
            from orchestrator.notify.signing import new_secret

            receivers = load_receivers(self.bridge.home)
            is_webhook = isinstance(wished.receiver, Webhook)
            name = free_name(receivers, "webhook" if is_webhook else "mail")
            new = replace(wished.receiver, name=name)
            after = with_receiver(receivers, new)
            shown = ""
            if needs_secret(new) and not is_given(new):
                secret = wished.password or new_secret()
                self._keys_at_hand().keep(new, secret)
                shown = secret.reveal() if wished.password is None else ""
            save_receivers(self.bridge.home, after)
            return self._look(), shown

        form = self.webhook if isinstance(wished.receiver, Webhook) else self.mail
        form.set_busy(busy=True)
        self.run(add, lambda added: self._on_added(form, *added), form.refuse)

    # -- answers -----------------------------------------------------------------------------

    def _on_seen(self, seen: Seen) -> None:
        self.trouble.say("")
        self._seen = seen
        self._draw_cards()
        self._empty.setVisible(not self.cards)
        self._draw_unsent()

    def _on_added(self, form: WebhookForm | MailForm, seen: Seen, secret: str) -> None:
        form.clear()
        self._on_seen(seen)
        if secret:
            self.secret.tell(secret)
        if self.cards:
            self.cards[-1].test.setFocus()

    def _on_removed(self, seen: Seen) -> None:
        self._on_seen(seen)
        (self.cards[-1].remove if self.cards else self.add_webhook).setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.trouble.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")
        self._draw_cards()  # a box that was ticked and could not be kept is not ticked

    def _on_tested(self, name: str, answer: Told) -> None:
        card = self._card(name)
        if card is None:
            return
        card.set_busy(busy=False)
        if answer.state == "sent":
            card.result.say(self.tr("The test was taken."), "good")
        else:
            sentence, advice = told("not_told", answer.sentence, answer.advice)
            card.result.say(self.tr("{0}\n{1}").format(sentence, advice), "error")

    def _on_test_failed(self, name: str, error: Exception) -> None:
        card = self._card(name)
        if card is not None:
            card.set_busy(busy=False)
            card.result.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")

    def _on_sent(self, seen: Seen) -> None:
        self._busy.hide()
        self.send.setEnabled(True)
        self._on_seen(seen)

    def _on_send_failed(self, error: Exception) -> None:
        self._busy.hide()
        self.send.setEnabled(True)
        self._on_failed(error)

    # -- drawing -----------------------------------------------------------------------------

    def _card(self, name: str) -> ReceiverCard | None:
        return next((each for each in self.cards if each.receiver.name == name), None)

    def _draw_cards(self) -> None:
        """Show a card for each; those that stay are kept, and the focus in them."""
        wanted = {receiver.name: receiver for receiver in self._seen.receivers.all}
        for card in [each for each in self.cards if each.receiver.name not in wanted]:
            self.cards.remove(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for receiver in wanted.values():
            card_of = self._card(receiver.name)
            if card_of is not None:
                card_of.draw(receiver)
                continue
            card = ReceiverCard(self, receiver)
            self.cards.append(card)
            self._list.addWidget(card)
            card.show()

    def _draw_unsent(self) -> None:
        seen, words = self._seen, list[str]()
        if seen.waiting:
            words.append(self.tr("%n message(s) are tried again.", "", seen.waiting))
        if seen.given_up:
            words.append(self.tr("%n message(s) were given up.", "", seen.given_up))
        if words and seen.last:
            refused = seen.receivers.named(seen.last_receiver)
            who = f"{where_of(refused)}: " if refused is not None else ""
            words.append(who + told("not_told", seen.last, "")[0])
        self.unsent.say("\n".join(words), "warning")
        self._unsent.setVisible(bool(words))
        self.send.setVisible(bool(seen.waiting))

    def _show_form(self, form: WebhookForm | MailForm) -> None:
        for each in (self.webhook, self.mail):
            each.setVisible(each is form)
        self.secret.forget()
        form.begin()

    def _connect(self) -> None:
        self.add_webhook.clicked.connect(lambda: self._show_form(self.webhook))
        self.add_mail.clicked.connect(lambda: self._show_form(self.mail))
        self.webhook.wished.connect(self._add)
        self.mail.wished.connect(self._add)
        self.send.clicked.connect(self.send_now)

    def _lay_out(self) -> None:
        for label in (self._words, self._empty):
            label.setWordWrap(True)
            give_role(label, "muted")
        self.add_webhook.setIcon(icon("add"))
        self.add_mail.setIcon(icon("add"))
        self._busy.setRange(0, 0)
        self._busy.hide()
        self._list.setSpacing(8)
        place = self.column.count() - 3  # above the section that was made with it
        above = QVBoxLayout()
        above.setSpacing(12)
        above.addWidget(self._words)
        above.addLayout(self._list)
        above.addWidget(self._empty)
        above.addWidget(self.trouble)
        above.addLayout(beside(self.add_webhook, self.add_mail))
        for part in (self.webhook, self.mail, self.secret):
            part.hide()
            above.addWidget(part)
        self.column.insertLayout(place, above)
        self.column.addWidget(self.unsent)
        self.column.addSpacing(8)
        beside(self.send, self._busy, into=self.column)
        self.column.addStretch(1)


class ReceiverCard(QFrame):
    """One receiver: where it is, of what it is told, a test and a way out."""

    def __init__(self, page: NotifyPage, receiver: Receiver) -> None:
        super().__init__(page)
        self._page, self.receiver = page, receiver
        give_role(self, "card")
        self.where, self.kind = PathLabel(self), QLabel(self)
        self.occasions = {name: QCheckBox(self) for name in OCCASIONS}
        self.language = Choice(self)
        self.test, self.remove = QPushButton(self), QToolButton(self)
        self.result, self._busy = Note(self), QProgressBar(self)
        self._lay_out()
        for box in self.occasions.values():
            box.clicked.connect(lambda _: self._change())
        self.language.activated.connect(lambda _: self._change())
        self.test.clicked.connect(lambda: page.test(self))
        self.remove.clicked.connect(
            lambda: page.remove(self.receiver), Qt.ConnectionType.QueuedConnection
        )
        self.retranslate()
        self.draw(receiver)

    def draw(self, receiver: Receiver) -> None:
        """Show another version of the receiver."""
        self.receiver = receiver
        self.language.choose(receiver.language)
        for name, box in self.occasions.items():
            box.setChecked(name in receiver.occasions)

    def set_busy(self, *, busy: bool) -> None:
        """Show that a test is on its way."""
        self._busy.setVisible(busy)
        self.test.setEnabled(not busy)
        if busy:
            self.result.say("")

    def retranslate(self) -> None:
        """Set every text."""
        where = where_of(self.receiver)
        self.where.setText(where)
        is_webhook = isinstance(self.receiver, Webhook)
        self.kind.setText(self.tr("Webhook") if is_webhook else self.tr("E-mail"))
        said: dict[Occasion, str] = {
            "done": self.tr("Done"),
            "failed": self.tr("Failed"),
            "budget": self.tr("Budget reached"),
            "attention": self.tr("Needs attention"),
        }
        for name, box in self.occasions.items():
            box.setText(said[name])
            box.setAccessibleName(self.tr("{0}: tell {1}").format(said[name], where))
        self.language.set_texts(tuple(NAMES.items()))
        self.language.choose(self.receiver.language)
        self.language.setAccessibleName(self.tr("Language of messages to {0}").format(where))
        self.test.setText(self.tr("Send a test"))
        self.test.setAccessibleName(self.tr("Send a test to {0}").format(where))
        gone = self.tr("Tell {0} no more").format(where)
        self.remove.setAccessibleName(gone)
        self.remove.setToolTip(gone)
        self._busy.setAccessibleName(self.tr("A test is being sent"))

    def _change(self) -> None:
        wanted = tuple(name for name, box in self.occasions.items() if box.isChecked())
        if not wanted:
            self.result.say(self.tr("Choose at least one, or remove the receiver."), "warning")
            return
        self.result.say("")
        language = self.language.currentData()
        self._page.change(replace(self.receiver, occasions=wanted, language=language))

    def _lay_out(self) -> None:
        sign = QLabel(self)
        name = "export" if isinstance(self.receiver, Webhook) else "mail"
        sign.setPixmap(pixmap(name, _SIGN_PX, "muted", self.devicePixelRatioF()))
        give_role(self.kind, "muted")
        self.remove.setIcon(icon("remove"))
        give_role(self.remove, "quiet")
        self._busy.setRange(0, 0)
        self._busy.hide()
        self.language.setFixedWidth(_LANGUAGE_PX)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 8, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(sign, 0, 0)
        grid.addWidget(self.where, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        grid.addWidget(self.kind, 1, 1)
        grid.addLayout(beside(*self.occasions.values()), 2, 1, 1, 2)
        grid.addLayout(beside(self.language, self.test, self._busy), 3, 1, 1, 2)
        grid.addWidget(self.result, 4, 1, 1, 2)


def where_of(receiver: Receiver) -> str:
    """Return where a receiver is; of a webhook only its host, as the rest may be a key."""
    if isinstance(receiver, Webhook):
        return "/".join(receiver.url.split("/", 3)[:3])
    return ", ".join(receiver.to)
