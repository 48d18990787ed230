"""Ask who agreed that a face is used, on what basis, in words that are recorded as shown."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.faces.consent import ConsentDraft, Missing, missing, stated
from gui.speaking import Speaking
from gui.theme.roles import give_role
from gui.words.settings_names import basis_name, basis_statement
from orchestrator.sources import BASES, Basis, Consent, statement

translate = QCoreApplication.translate


class ConsentForm(Speaking):
    """Name, basis, statement with its tick, who states it, note.

    The statement's English words are recorded.  In another language the translation is what is
    ticked, and the words that are recorded stand beneath it.

    Signals:
        changed: something was filled in or taken out.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._basis: Basis | None = None
        self.name = QLineEdit(maxLength=80)
        self.stated_by = QLineEdit(maxLength=120)
        self.note = QLineEdit(maxLength=400)
        self.agreed = QCheckBox()
        self.bases = {basis: QRadioButton() for basis in BASES}
        self._labels = [QLabel() for _ in range(4)]
        self._statement, self._recorded = QLabel(wordWrap=True), QLabel(wordWrap=True)
        give_role(self._recorded, "hint")
        self._group = QButtonGroup(self)
        self._lay_out()
        for field in (self.name, self.stated_by, self.note):
            field.setAcceptDrops(False)  # a photo that is dropped here is no text
            field.textChanged.connect(lambda _: self.changed.emit())
        self.agreed.toggled.connect(lambda _: self.changed.emit())
        self.retranslate()

    def fill(self, *, name: str = "", stated_by: str = "", note: str = "") -> None:
        """Begin with these words and nothing agreed to."""
        self.name.setText(name)
        self.stated_by.setText(stated_by)
        self.note.setText(note)
        self._group.setExclusive(False)  # or none could be unticked
        for button in self.bases.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self._set_basis(None)

    def hide_name(self) -> None:
        """Do not ask for the face's name: it has one."""
        self.name.hide()
        self._labels[0].hide()

    def draft(self) -> ConsentDraft:
        """Return what is filled in."""
        return ConsentDraft(
            name=self.name.text(),
            stated_by=self.stated_by.text(),
            basis=self._basis,
            agreed=self.agreed.isChecked(),
            note=self.note.text(),
        )

    def consent(self) -> Consent | None:
        """Return the statement, made now; None while something is missing."""
        return stated(self.draft(), datetime.now(UTC))

    def choose(self, basis: Basis) -> None:
        """Choose a basis as a click does."""
        self.bases[basis].click()

    def retranslate(self) -> None:
        """Set every text."""
        name, who, by, note = self._labels
        name.setText(self.tr("Name"))
        who.setText(self.tr("Who agreed?"))
        by.setText(self.tr("Stated by"))
        note.setText(self.tr("Note"))
        self.name.setAccessibleName(self.tr("Name of the person"))
        self.name.setPlaceholderText(self.tr("Who is this?"))
        self.stated_by.setAccessibleName(self.tr("Your name: who makes this statement"))
        self.stated_by.setPlaceholderText(self.tr("Your name"))
        self.note.setAccessibleName(self.tr("Note to keep with the consent, if you like"))
        self.note.setPlaceholderText(self.tr("Optional: its scope, or where it is kept"))
        for basis, button in self.bases.items():
            button.setText(basis_name(basis))
        self._show_statement()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self._labels[0], self.name)
        form.addRow(self._labels[1], self._basis_buttons())
        form.addRow(self._agreement())
        form.addRow(self._labels[2], self.stated_by)
        form.addRow(self._labels[3], self.note)
        for label in self._labels:
            give_role(label, "section")
        self.setLayout(form)

    def _basis_buttons(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for basis, button in self.bases.items():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, basis=basis: self._set_basis(basis))
            column.addWidget(button)
        return box

    def _agreement(self) -> QWidget:
        self._agreement_box = QWidget()
        column = QVBoxLayout(self._agreement_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._statement)
        column.addWidget(self._recorded)
        column.addWidget(self.agreed)
        return self._agreement_box

    def _set_basis(self, basis: Basis | None) -> None:
        if basis != self._basis or basis is None:
            self.agreed.setChecked(False)  # other words are agreed to anew
        self._basis = basis
        self._show_statement()
        self.changed.emit()

    def _show_statement(self) -> None:
        self._agreement_box.setVisible(self._basis is not None)
        if self._basis is None:
            return
        shown, recorded = basis_statement(self._basis), statement(self._basis)
        self._statement.setText(self.tr("“{0}”").format(shown))
        self._recorded.setText(self.tr("Recorded in English: “{0}”").format(recorded))
        self._recorded.setVisible(shown != recorded)
        self.agreed.setText(self.tr("I state this"))
        self.agreed.setAccessibleName(self.tr("I state this: {0}").format(shown))


def missing_sentence(lacks: tuple[Missing, ...]) -> str:
    """Return what is to be filled in next; empty when nothing is."""
    if not lacks:
        return ""
    return {
        "name": translate("Consent", "Give the person a name."),
        "basis": translate("Consent", "Say who agreed that this face is used."),
        "stated_by": translate("Consent", "Say who makes the statement."),
        "agreed": translate("Consent", "Tick the statement if it is true."),
    }[lacks[0]]


def missing_of(draft: ConsentDraft) -> str:
    """Return what a draft lacks, as a sentence."""
    return missing_sentence(missing(draft))
