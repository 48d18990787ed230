"""Show what became of one video: the finished file and its mark, or what went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.cloud import words as cloud_words
from gui.queue.rows import length_s
from gui.speaking import Speaking
from gui.theme.icons import icon
from gui.theme.roles import Role, give_role
from gui.words import amounts, states
from gui.words.errors import told
from orchestrator.desk.entries import Entry, Receipt, Result

if TYPE_CHECKING:
    from orchestrator.media.label import Label

_DIGITS_SHOWN = 12
OF_ACCOUNT = frozenset({
    "credentials_missing", "credentials_expired", "permission_missing", "quota_too_small",
    "budget_reached",
})  # fmt: skip
"""Troubles that are put right in the account, not in the queue."""
Mark = Literal["reading", "found", "none", "away"]
"""What is known of the AI-made mark of the file that is shown."""


class DetailsCard(Speaking):
    """A card for one finished, failed or refused video; hidden for any other.

    Signals:
        asked: an :data:`~gui.queue.actions.Action` for the video that is shown.
        account_asked: the user's cloud account is to be seen to.
    """

    asked = Signal(str)
    account_asked = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._entry: Entry | None = None
        self._mark: Mark = "reading"
        self._read: dict[str, str] = {}
        """Files whose mark was found, and what made them."""
        self._build()
        self.retranslate()
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Show what became of ``entry``, or nothing."""
        if entry is self._entry:
            return
        self._entry = entry if entry is not None and has_details(entry) else None
        if self._entry is not None and self._entry.result is not None and _is_done(self._entry):
            self._read_mark(self._entry.result)
        self.setVisible(self._entry is not None)
        self._say()

    def retranslate(self) -> None:
        """Set every text."""
        self._length_name.setText(self.tr("Length"))
        self._took_name.setText(self.tr("Took"))
        self._digest_name.setText(self.tr("Digest"))
        self._mark_name.setText(self.tr("AI-made"))
        self._play.setText(self.tr("Play"))
        self._folder.setText(self.tr("Show in folder"))
        self._retry.setText(self.tr("Try again"))
        self._copy.setText(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy what went wrong, to paste it elsewhere"))
        self._remove.setText(self.tr("Remove"))
        self._account.setText(self.tr("See to the AWS account…"))
        for label, said in zip(self._paid_names, self._paid_titles(), strict=True):
            label.setText(said)
        self._say()

    def _paid_titles(self) -> tuple[str, ...]:
        return (self.tr("Paid"), self.tr("Saved"), self.tr("Taken back"), self.tr("In AWS"))

    def _say(self) -> None:
        entry = self._entry
        if entry is None:
            return
        done = _is_done(entry)
        self._facts.setVisible(done or entry.receipt is not None)
        for label in self._file_facts():
            label.setVisible(done)
        for button in (self._play, self._folder):
            button.setVisible(done)
        for button in (self._retry, self._copy, self._remove):
            button.setVisible(not done)
        self._retry.setVisible(entry.state in ("refused", "failed"))
        is_theirs = entry.trouble is not None and entry.trouble.code in OF_ACCOUNT
        self._account.setVisible(is_theirs)
        self._remove.setVisible(not done and not is_theirs)
        self._say_receipt(entry.receipt)
        self._sentence.setVisible(True)
        if done and entry.result is not None:
            self._say_result(entry, entry.result)
        elif entry.trouble is not None:
            self._say_trouble(entry)

    def _say_result(self, entry: Entry, result: Result) -> None:
        path = Path(result.output_path)
        self._title.setText(path.name)
        self._title.setToolTip(result.output_path)
        length = self.tr("{0} – {1}").format(
            amounts.length(length_s(entry)), amounts.frames(result.frame_count)
        )
        self._length.setText(length)
        self._took.setText(amounts.took(result.seconds))
        self._digest.setText(f"{result.digest[:_DIGITS_SHOWN]}…")
        self._digest.setToolTip(self.tr("SHA-256 of the file: {0}").format(result.digest))
        self._sentence.setText(states.missed(result.missed_frames, result.frame_count))
        give_role(self._sentence, "warning" if result.missed_frames else "muted")
        self._advice.setVisible(bool(result.missed_frames))
        self._advice.setText(
            self.tr("‘Scan for trouble’ on the timeline goes through those places.")
        )
        self._say_mark(result.output_path)

    def _say_mark(self, path: str) -> None:
        words: dict[Mark, tuple[str, Role]] = {
            "reading": (self.tr("Reading the file…"), "muted"),
            "found": (self.tr("Yes – read back from the file ({0})"), "good"),
            "none": (self.tr("No mark was found in the file."), "error"),
            "away": (self.tr("The file is not where it was, or cannot be read."), "warning"),
        }
        said, role = words[self._mark]
        self._mark_said.setText(said.format(self._read.get(path, "")))
        give_role(self._mark_said, role)

    def _file_facts(self) -> tuple[QLabel, ...]:
        return (
            self._length_name, self._length, self._took_name, self._took,
            self._mark_name, self._mark_said, self._digest_name, self._digest,
        )  # fmt: skip

    def _say_receipt(self, receipt: Receipt | None) -> None:
        """Say what was paid, and show that nothing goes on costing."""
        if receipt is None:
            for label in (*self._paid_names, *self._paid_values):
                label.hide()
            return
        left, is_gone = cloud_words.proof(receipt)
        saved = cloud_words.saved(receipt)
        said = (cloud_words.paid(receipt), saved, cloud_words.taken_back(receipt), left)
        for name, value, words in zip(self._paid_names, self._paid_values, said, strict=True):
            value.setText(words)
            name.setVisible(bool(words))
            value.setVisible(bool(words))
        self._paid_values[0].setToolTip(cloud_words.instance_lines(receipt))
        give_role(self._paid_values[-1], "good" if is_gone else "warning")

    def _say_trouble(self, entry: Entry) -> None:
        trouble = entry.trouble
        if trouble is None:
            return
        sentence, advice = told(trouble.code, trouble.sentence, trouble.advice)
        titles = {
            "refused": self.tr("This video cannot be used"),
            "failed": self.tr("The render failed"),
        }
        self._title.setText(titles.get(entry.state, self.tr("Please look at this video")))
        self._title.setToolTip(entry.source)
        self._sentence.setText(sentence)
        give_role(self._sentence, "error" if entry.state in titles else "warning")
        self._advice.setVisible(bool(advice))
        self._advice.setText(advice)

    # -- the mark ----------------------------------------------------------------------------

    def _read_mark(self, result: Result) -> None:
        path = result.output_path
        self._mark = "found" if path in self._read else "reading"
        if self._mark == "reading":
            self._bridge.run(
                lambda: read_mark(path),
                lambda label: self._on_mark(path, label),
                lambda _: self._set_mark(path, "away"),
            )

    def _on_mark(self, path: str, label: Label | None) -> None:
        if label is not None:
            self._read[path] = f"{label.tool} {label.version}"
        self._set_mark(path, "none" if label is None else "found")

    def _set_mark(self, path: str, mark: Mark) -> None:
        shown = self._entry.result if self._entry else None
        if shown is not None and shown.output_path == path:
            self._mark = mark
            self._say()

    # -- making ------------------------------------------------------------------------------

    def _build(self) -> None:
        card = QFrame()
        give_role(card, "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 4, 8, 8)
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        self._title, self._sentence, self._advice = _line(), _line(), _line()
        give_role(self._title, "title")
        give_role(self._advice, "hint")
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addWidget(self._advice)
        column.addWidget(self._made_facts())
        column.addLayout(self._made_buttons())

    def _made_facts(self) -> QWidget:
        self._facts = QWidget()
        form = QFormLayout(self._facts)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        self._length_name, self._length = _fact(form)
        self._took_name, self._took = _fact(form)
        self._mark_name, self._mark_said = _fact(form)
        self._digest_name, self._digest = _fact(form)
        paid = [_fact(form) for _ in self._paid_titles()]
        self._paid_names = [name for name, _ in paid]
        self._paid_values = [value for _, value in paid]
        return self._facts

    def _made_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._play = self._button("play", "play", row)
        give_role(self._play, "primary")
        self._play.setIcon(icon("play", "on_accent"))
        self._folder = self._button("folder", "show", row)
        self._retry = self._button("retry", "retry", row)
        self._account = QPushButton(icon("consent"), "")
        self._account.clicked.connect(lambda _=False: self.account_asked.emit())
        row.addWidget(self._account)
        self._copy = self._button("copy", "copy_error", row)
        self._remove = self._button("remove", "remove", row)
        row.addStretch(1)
        return row

    def _button(self, icon_name: str, action: str, row: QHBoxLayout) -> QPushButton:
        made = QPushButton()
        made.setIcon(icon(icon_name))
        made.clicked.connect(lambda _=False: self.asked.emit(action))
        row.addWidget(made)
        return made


def has_details(entry: Entry) -> bool:
    """Whether there is more to say of a video than its row says."""
    return _is_done(entry) or entry.trouble is not None


def read_mark(path: str) -> Label | None:
    """Return the AI-made mark of a finished video; not on the Qt thread.

    Raises:
        OSError: the file cannot be read.
    """
    from orchestrator.media.label import read_label

    return read_label(Path(path))


def _is_done(entry: Entry) -> bool:
    return entry.state == "done" and entry.result is not None


def _line() -> QLabel:
    made = QLabel()
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)  # it can hold the names of files
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made


def _fact(form: QFormLayout) -> tuple[QLabel, QLabel]:
    name, value = QLabel(), _line()
    give_role(name, "muted")
    form.addRow(name, value)
    return name, value
