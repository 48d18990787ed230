"""Show how things stand with the user's AWS account, what may be spent, and what is left there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.bridge import Bridge
from gui.cloud.account import CloudAccount
from gui.cloud.image_card import ImageCard
from gui.cloud.states import sign_of, told_state
from gui.dialogs.question import Choice, ask
from gui.settings.form import Note, Number, Page, Row, beside
from gui.theme.icons import pixmap
from gui.theme.roles import give_role
from gui.words.errors import told_of
from gui.words.money import read_usd, usd
from orchestrator.cloud import MOST_INSTANCES, Caps, Connection
from orchestrator.transfer.bandwidth import MOST_MBIT_PER_S

if TYPE_CHECKING:
    from orchestrator.fleet.ec2.sweep import SweepReport

_SIGN_PX = 20
_NAMED = 4


class AwsPage(Page):
    """The account.

    Signals:
        connect_asked: the wizard is to be opened.
        drill_asked: the fire drill is to be opened.
    """

    connect_asked = Signal()
    drill_asked = Signal()
    _heard = Signal(str)

    def __init__(
        self, bridge: Bridge, account: CloudAccount, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, parent)
        self.account = account
        self._busy_with = ""
        self._spent: Decimal | None = None
        self._words, self._sign = QLabel(self), QLabel(self)
        self.sentence, self.detail = QLabel(self), QLabel(self)
        self.connect_button, self.look = QPushButton(self), QPushButton(self)
        self.busy, self.note = QProgressBar(self), Note(self)
        self._lay_out_card()
        self._caps = self.section()
        self.instances, self.job_usd = Number(self), QLineEdit(self)
        self.month_usd, self.fall_back = QLineEdit(self), QCheckBox(self)
        self.up_mbit, self.down_mbit = Number(self), Number(self)
        self._rows = [
            Row(self, control)
            for control in (
                self.instances,
                self.job_usd,
                self.month_usd,
                self.fall_back,
                self.up_mbit,
                self.down_mbit,
            )
        ]
        for row in self._rows:
            row.arrow.hide()  # an account has no defaults to go back to
        self._starts = self.section()
        self.image = ImageCard(account, self)
        self.column.addWidget(self.image)
        self._left = self.section()
        self._left_words = QLabel(self)
        self.sweep, self.forget = QPushButton(self), QPushButton(self)
        self.remove, self.drill = QPushButton(self), QPushButton(self)
        self._lay_out_rest()
        self._wire()
        self.retranslate()

    def shown(self) -> None:
        """Ask how things stand, whenever the page is seen."""
        if not self.account.is_looking:
            self.account.look()
        if self.account.cloud.is_chosen:
            self.run(self.account.cloud.spent_usd, self._show_spent, self._on_failed)
            self.image.look()

    def leave(self) -> None:
        """Take amounts that are half typed."""
        self._set_caps()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("AWS"))
        self._words.setText(
            self.tr(
                "Second Unit can render on GPUs of your own AWS account. You pay AWS by the "
                "second, and nobody else. Videos go to a bucket of yours and are deleted when "
                "they are done."
            )
        )
        self.look.setText(self.tr("Look again"))
        self._caps.setText(self.tr("What may be spent and sent"))
        self._say_caps()
        self._starts.setText(self.tr("Quicker starts"))
        self._say_left()
        self.busy.setAccessibleName(self.tr("AWS is being asked"))
        self._draw()

    def _say_caps(self) -> None:
        said = (
            (self.tr("Instances side by side"), self.tr("For new videos; each can have its own.")),
            (
                self.tr("Budget for a video"),
                self.tr("Rendering stops before it costs more. Empty: no limit but the month’s."),
            ),
            (self.tr("Budget for a month"), self._month_hint()),
            (
                self.tr("Pay the full price"),
                self.tr("An on-demand instance costs two to three times as much."),
            ),
            (
                self.tr("Upload at most"),
                self.tr("Leaves the rest of your line to others. It holds at once."),
            ),
            (self.tr("Download at most"), self.tr("The same for what comes back.")),
        )
        for row, (title, hint) in zip(self._rows, said, strict=True):
            row.say(title, hint)
        for field in (self.job_usd, self.month_usd):
            field.setPlaceholderText(self.tr("No limit"))
        self.fall_back.setText(self.tr("When there is no spot instance"))
        unit = self.tr("Mbit/s")
        for number in (self.up_mbit, self.down_mbit):
            number.setSpecialValueText(self.tr("No limit"))
            number.setSuffix(f" {unit}")

    def _say_left(self) -> None:
        self._left.setText(self.tr("What is left there"))
        self._left_words.setText(
            self.tr(
                "Everything that Second Unit makes in the account carries its name. It looks for "
                "what a crash may have left whenever it starts, in every region it ever used."
            )
        )
        self.sweep.setText(self.tr("Look for leftovers"))
        self.drill.setText(self.tr("Fire drill…"))
        self.drill.setToolTip(
            self.tr("Shows on the smallest instances that nothing outlives its budget.")
        )
        self.forget.setText(self.tr("Disconnect…"))
        self.remove.setText(self.tr("Remove from AWS…"))

    def _month_hint(self) -> str:
        hint = self.tr("Of all videos together. Empty: no limit.")
        if self._spent is None:
            return hint
        told = self.tr("{0} Spent so far: {1}.")
        return told.format(hint, usd(self._spent))

    def _show_spent(self, spent: Decimal) -> None:
        self._spent = spent
        self.retranslate()

    # -- showing -----------------------------------------------------------------------------

    def _draw(self) -> None:
        connection = self.account.connection
        is_busy = self.account.is_looking or bool(self._busy_with)
        self.busy.setVisible(is_busy)
        for button in (self.look, self.connect_button, self.sweep, self.forget, self.remove):
            button.setEnabled(not is_busy)
        self._draw_card(connection)
        self._draw_caps(connection)
        chosen = connection.is_chosen
        for widget in (self._left, self._left_words, self.sweep, self.forget, self.remove):
            widget.setVisible(chosen)
        for part in (self.drill, self._starts, self.image):
            part.setVisible(connection.state == "ready")
        self.look.setVisible(chosen)

    def _draw_card(self, connection: Connection) -> None:
        name, colour_name = sign_of(connection.state)
        self._sign.setPixmap(pixmap(name, _SIGN_PX, colour_name, self.devicePixelRatioF()))
        told = told_state(connection)
        if told is None:
            self.sentence.setText(self.tr("Ready to render in {0}.").format(connection.region))
            self.detail.setText(self._who(connection))
            self.connect_button.setText(self.tr("Change…"))
        else:
            self.sentence.setText(told.sentence)
            self.detail.setText(self._joined(told.advice, self._who(connection)))
            self.connect_button.setText(told.button)
        give_role(self.connect_button, "quiet" if connection.state == "ready" else "primary")
        self.detail.setVisible(bool(self.detail.text()))

    def _who(self, connection: Connection) -> str:
        if not connection.account_id:
            return self.tr("By {0}").format(connection.way) if connection.way else ""
        said = self.tr("Account {0}, by {1}")
        return said.format(connection.account_id, connection.way)

    def _joined(self, *parts: str) -> str:
        return "\n".join(part for part in parts if part)

    def _draw_caps(self, connection: Connection) -> None:
        shown = connection.is_chosen
        self._caps.setVisible(shown)
        for row in self._rows:
            row.setVisible(shown)
        caps = connection.caps
        with QSignalBlocker(self.instances), QSignalBlocker(self.fall_back):
            self.instances.setValue(caps.instances)
            self.fall_back.setChecked(caps.fall_back)
        for number, rate in (
            (self.up_mbit, caps.up_mbit_per_s),
            (self.down_mbit, caps.down_mbit_per_s),
        ):
            with QSignalBlocker(number):
                number.setValue(0 if rate is None else max(1, round(rate)))
        for field, amount in ((self.job_usd, caps.job_usd), (self.month_usd, caps.month_usd)):
            if not field.hasFocus():
                with QSignalBlocker(field):
                    field.setText("" if amount is None else usd(amount))

    # -- doing -------------------------------------------------------------------------------

    def _set_caps(self) -> None:
        """Keep what is set; what cannot be read as an amount goes back to what it was."""
        was = self.account.connection.caps
        caps = Caps(
            job_usd=_amount(self.job_usd, was.job_usd),
            month_usd=_amount(self.month_usd, was.month_usd),
            instances=self.instances.value(),
            fall_back=self.fall_back.isChecked(),
            up_mbit_per_s=_rate(self.up_mbit, was.up_mbit_per_s),
            down_mbit_per_s=_rate(self.down_mbit, was.down_mbit_per_s),
        )
        if caps == was or not self.account.connection.is_chosen:
            return
        self.account.take(replace(self.account.connection, caps=caps))
        cloud = self.account.cloud
        self.run(lambda: cloud.set_caps(caps), lambda _: None, self._on_failed)

    def _on_connect(self) -> None:
        if self.account.connection.state == "away":
            self.account.look()
        else:
            self.connect_asked.emit()

    def look_for_leftovers(self) -> None:
        """Sweep the account, and say what was found."""
        if self._busy_with:
            return
        cloud = self.account.cloud
        self._begin("sweep")
        self.run(
            lambda: cloud.sweep(
                lambda done, total, what: self._heard.emit(f"{done}/{total} {what}")
            ),
            self._on_swept,
            self._on_failed,
        )

    def _on_swept(self, report: SweepReport) -> None:
        self._end()
        self.note.say(*self._swept_words(report))

    def _swept_words(self, report: SweepReport) -> tuple[str, str]:
        regions = self.tr("%n region(s)", "", len(report.regions))
        if report.failed or report.unseen:
            why = (*(each.sentence for each in report.failed), *report.unseen)
            said = self.tr("Not everything could be looked at or removed: {0}")
            return said.format(" ".join(why[:_NAMED])), "warning"
        if report.removed:
            names = ", ".join(f"{each.kind} {each.id}" for each in report.removed[:_NAMED])
            said = self.tr("%n leftover(s) removed in {0}: {1}", "", len(report.removed))
            return said.format(regions, names), "good"
        if report.kept:
            said = self.tr("No leftovers in {0}. %n thing(s) are in use.", "", len(report.kept))
            return said.format(regions), "good"
        said = self.tr("Nothing is running and nothing is stored there: looked at {0}.")
        return said.format(regions), "good"

    def _ask_forget(self) -> None:
        ask(
            self,
            lambda: self.tr("Disconnect the account?"),
            lambda: self.tr(
                "Second Unit forgets how to sign in. What it made in the account stays there and "
                "costs nothing; you can connect again at any time."
            ),
            [
                Choice(lambda: self.tr("Disconnect"), self._forget, "danger"),
                Choice(lambda: self.tr("Cancel")),
            ],
        )

    def _forget(self) -> None:
        self._begin("forget")
        self.run(self.account.cloud.forget, self._on_done, self._on_failed)

    def _ask_remove(self) -> None:
        ask(
            self,
            lambda: self.tr("Remove everything from AWS?"),
            lambda: self.tr(
                "The bucket with all that is in it, images of your own, the security group and the "
                "roles in {0} are deleted. Finished videos on this computer are not touched."
            ).format(self.account.connection.region),
            [
                Choice(lambda: self.tr("Remove"), self._remove, "danger"),
                Choice(lambda: self.tr("Cancel")),
            ],
        )

    def _remove(self) -> None:
        cloud = self.account.cloud
        self._begin("remove")
        self.run(
            lambda: cloud.remove_set_up(self._heard.emit),
            lambda found: self._on_done(found, self.tr("Everything was removed.")),
            self._on_failed,
        )

    def _on_done(self, found: Connection, said: str = "") -> None:
        self._end()
        self.note.say(said, "good")
        self.account.take(found)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.note.say("\n".join(part for part in told_of(error) if part), "error")

    def _begin(self, what: str) -> None:
        self._busy_with = what
        self.note.say("")
        self._draw()

    def _end(self) -> None:
        self._busy_with = ""
        self._draw()

    def _on_heard(self, what: str) -> None:
        if self._busy_with:
            self.note.say(self.tr("Removing: {0}").format(what))

    # -- making ------------------------------------------------------------------------------

    def _wire(self) -> None:
        self.connect_button.clicked.connect(lambda _=False: self._on_connect())
        self.look.clicked.connect(lambda _=False: self.account.look())
        self.sweep.clicked.connect(lambda _=False: self.look_for_leftovers())
        self.drill.clicked.connect(lambda _=False: self.drill_asked.emit())
        self.forget.clicked.connect(lambda _=False: self._ask_forget())
        self.remove.clicked.connect(lambda _=False: self._ask_remove())
        for number in (self.instances, self.up_mbit, self.down_mbit):
            number.valueChanged.connect(lambda _: self._set_caps())
        self.fall_back.clicked.connect(lambda _=False: self._set_caps())
        for field in (self.job_usd, self.month_usd):
            field.editingFinished.connect(self._set_caps)
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self.account.changed.connect(self._on_account)

    def _on_account(self) -> None:
        if shiboken6.isValid(self):
            self._draw()

    def _lay_out_card(self) -> None:
        for label in (self._words, self.detail):
            label.setWordWrap(True)
            give_role(label, "muted")
        self.sentence.setWordWrap(True)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        card = QFrame(self)
        give_role(card, "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._sign.setFixedSize(_SIGN_PX, _SIGN_PX)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.sentence, 0, 1)
        grid.addWidget(self.detail, 1, 1)
        grid.addWidget(self.busy, 2, 1)
        self.column.addWidget(self._words)
        self.column.addSpacing(16)
        self.column.addWidget(card)
        self.column.addSpacing(12)
        beside(self.connect_button, self.look, into=self.column)
        self.column.addWidget(self.note)

    def _lay_out_rest(self) -> None:
        self.instances.setRange(1, MOST_INSTANCES)
        for number in (self.up_mbit, self.down_mbit):
            number.setRange(0, int(MOST_MBIT_PER_S))
        for number in (self.instances, self.up_mbit, self.down_mbit):
            number.setKeyboardTracking(False)
        self._left_words.setWordWrap(True)
        give_role(self._left_words, "muted")
        give_role(self.remove, "danger")
        self.column.addWidget(self._left_words)
        self.column.addSpacing(12)
        beside(self.sweep, self.drill, self.forget, self.remove, into=self.column)
        self.column.addStretch(1)


def _rate(field: Number, was: Decimal | None) -> Decimal | None:
    """Return the rate that is shown; one that a terminal set finer than that stays as it is."""
    shown = field.value()
    if was is not None and shown == max(1, round(was)):
        return was
    return Decimal(shown) if shown else None


def _amount(field: QLineEdit, was: Decimal | None) -> Decimal | None:
    typed = field.text().strip()
    if not typed:
        return None
    amount = read_usd(typed)
    if amount is None:
        field.setText("" if was is None else usd(was))
        return was
    return amount
