"""Sign in to an account: by a profile of this computer, by access keys, or by a role."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from gui.cloud.account import CloudAccount
from gui.cloud.regions import REGIONS, USUAL
from gui.cloud.step import WizardStep
from gui.settings.form import beside
from gui.theme.roles import give_role
from orchestrator.secrets import Secret

if TYPE_CHECKING:
    from orchestrator.cloud import Connection
    from orchestrator.fleet.ec2.sign_in import KnownProfile
    from orchestrator.secrets import SecretsState

Kind = Literal["profile", "keys", "role"]
_LABEL_PX = 152
_KINDS: tuple[Kind, ...] = ("profile", "keys", "role")


class SignInStep(WizardStep):
    """The first step: how one signs in, and in which region one works."""

    _portal = Signal(str, str)

    def __init__(self, account: CloudAccount, parent: QWidget | None = None) -> None:
        super().__init__(account, parent)
        self._profiles: tuple[KnownProfile, ...] = ()
        self._has_chosen = self._was_opened = False
        self._given_up, self.give_up = threading.Event(), QPushButton()
        self._kept: SecretsState | None = None
        self._kinds = {kind: QPushButton() for kind in _KINDS}
        self.profile, self.base = QComboBox(), QComboBox()
        self.key_id, self.secret_key = QLineEdit(), QLineEdit()
        self.role_arn, self.external_id = QLineEdit(), QLineEdit()
        self.region = QComboBox()
        self._hint, self._kept_words = QLabel(), QLabel()
        self._labels = [QLabel() for _ in range(7)]
        self._lay_out()
        self._wire()
        self.retranslate()
        self.choose("profile")

    def begin(self) -> None:
        """Read the profiles of this computer."""
        if not self._profiles:
            self.account.run(self.account.cloud.profiles, self._show_profiles, self.say_error)
        known = self.account.connection
        if known.kind in ("keys", "role"):
            self.choose(cast(Kind, known.kind))
        if known.region:
            self._set_region(known.region)

    def choose(self, kind: Kind) -> None:
        """Show the fields of one way to sign in."""
        self._kinds[kind].setChecked(True)
        self._pages.setCurrentIndex(_KINDS.index(kind))
        if kind == "keys" and self._kept is None:
            self.account.run(self.account.cloud.secrets.state, self._show_kept, self.say_error)
        self.changed.emit()

    def kind(self) -> Kind:
        """Return the way that is shown."""
        return _KINDS[self._pages.currentIndex()]

    def can_go_on(self) -> bool:
        """Return whether everything is filled in."""
        filled = {
            "profile": self.profile.count() > 0,
            "keys": bool(self.key_id.text().strip() and self.secret_key.text().strip()),
            "role": self.role_arn.text().strip().startswith("arn:"),
        }
        return not self.is_busy and filled[self.kind()] and bool(self._region())

    def next_words(self) -> str:
        """Return what the button says."""
        return self.tr("Sign in")

    def go_on(self) -> None:
        """Sign in, and remember how."""
        cloud, region = self.account.cloud, self._region()
        match self.kind():
            case "profile":
                profile = str(self.profile.currentData() or "")
                self.ask(
                    lambda: cloud.choose_profile(profile, region),
                    self._on_signed,
                    lambda error: self._on_refused(profile, error),
                )
            case "keys":
                key_id, secret = self.key_id.text(), Secret(self.secret_key.text())
                self.ask(lambda: cloud.choose_keys(key_id, secret, region), self._on_signed)
            case "role":
                arn, outer = self.role_arn.text(), self.external_id.text()
                base = str(self.base.currentData() or "")
                self.ask(lambda: cloud.choose_role(arn, base, outer, region), self._on_signed)

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(self.tr("Sign in"))
        self.about.setText(
            self.tr(
                "Second Unit renders in your own AWS account. It keeps no password: it uses a "
                "profile of this computer, or keys that the system’s password store guards."
            )
        )
        self.give_up.setText(self.tr("Cancel"))
        said: dict[Kind, str] = {
            "profile": self.tr("Profile"),
            "keys": self.tr("Access keys"),
            "role": self.tr("Role"),
        }
        for kind, button in self._kinds.items():
            button.setText(said[kind])
        fields = (self.profile, self.key_id, self.secret_key, self.role_arn, self.base,
                  self.external_id, self.region)  # fmt: skip
        for label, field, text in zip(self._labels, fields, self._names(), strict=True):
            label.setText(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
        self._show_profiles(self._profiles)
        self._say_kept()

    def _names(self) -> tuple[str, ...]:
        return (
            self.tr("Profile"),
            self.tr("Access key ID"),
            self.tr("Secret access key"),
            self.tr("ARN of the role"),
            self.tr("Assumed by"),
            self.tr("External ID, if it needs one"),
            self.tr("Region"),
        )

    # -- showing -----------------------------------------------------------------------------

    def _show_profiles(self, found: Sequence[KnownProfile]) -> None:
        self._profiles = tuple(found)
        chosen = self.profile.currentData()
        for box in (self.profile, self.base):
            box.clear()
            for each in found:
                box.addItem(self._profile_words(each), each.name)
            box.addItem(self.tr("What the AWS tools find by themselves"), "")
        if not self._has_chosen and self.account.connection.is_chosen:
            chosen = self.account.connection.profile
        elif not self._has_chosen:
            chosen = found[0].name if found else ""
        at = self.profile.findData(chosen)
        self.profile.setCurrentIndex(max(0, at))
        self._hint.setText(
            self.tr("A profile of Identity Center opens the browser when its sign-in is over.")
            if found
            else self.tr(
                "There is no profile on this computer yet. ‘aws configure sso’ makes one, or use "
                "access keys."
            )
        )
        self.changed.emit()

    def _profile_words(self, each: KnownProfile) -> str:
        kinds = {
            "identity-center": self.tr("Identity Center"),
            "aws-login": self.tr("AWS sign-in"),
            "role": self.tr("assumes a role"),
            "keys": self.tr("access keys"),
            "process": self.tr("by a program"),
        }
        kind = kinds.get(each.kind, "")
        return self.tr("{0} ({1})").format(each.name, kind) if kind else each.name

    def _show_kept(self, state: SecretsState) -> None:
        self._kept = state
        self._say_kept()

    def _say_kept(self) -> None:
        state = self._kept
        if state is None:
            self._kept_words.setText(self.tr("Looking for the password store…"))
        elif state.kind == "ready":
            kept = self.tr("The keys are kept in the {0}, not in a file.")
            self._kept_words.setText(kept.format(state.back_end))
        else:
            self._kept_words.setText(
                self.tr("There is no password store here: the keys are forgotten when you quit.")
            )

    def _on_signed(self, connection: Connection) -> None:
        self._forget_portal()
        self.account.take(connection)
        self.secret_key.clear()
        if connection.state in ("ready", "not set up"):
            self.passed.emit()
        else:
            said = self.tr("{0}\n{1}").format(connection.sentence, connection.advice)
            self.note.say(said.strip(), "error")

    def _on_chosen(self) -> None:
        self._has_chosen = True

    # -- in the browser ----------------------------------------------------------------------

    def _on_refused(self, profile: str, error: Exception) -> None:
        """Open the portal when that is what a sign-in needs."""
        known = next((each for each in self._profiles if each.name == profile), None)
        is_over = getattr(error, "code", "") in ("credentials_expired", "credentials_missing")
        if known is not None and known.kind == "aws-login" and is_over:
            told = self.tr("Run ‘aws login --profile {0}’ in a terminal, then sign in here.")
            self.note.say(told.format(profile), "warning")
        if known is None or known.kind != "identity-center" or not is_over or self._was_opened:
            return
        cloud, self._given_up, self._was_opened = self.account.cloud, threading.Event(), True
        given_up = self._given_up
        self.ask(
            lambda: cloud.open_portal(profile, self._portal.emit, given_up.is_set),
            lambda _: self.go_on(),
            lambda _: self._forget_portal(),
        )
        self.give_up.show()

    def _on_portal(self, page: str, code: str) -> None:
        QDesktopServices.openUrl(page)
        told = self.tr(
            "Sign in in the browser and confirm the code {0} there. If no page opened: {1}"
        )
        self.note.say(told.format(code, page))

    def _forget_portal(self) -> None:
        self._was_opened = False
        self.give_up.hide()

    def _on_profile(self) -> None:
        name = self.profile.currentData()
        region = next((each.region for each in self._profiles if each.name == name), "")
        if region and self.kind() == "profile":
            self._set_region(region)

    def _region(self) -> str:
        typed = self.region.currentText().strip()
        return typed.partition(" ")[0].lower()

    def _set_region(self, region: str) -> None:
        known = self.region.findData(region)
        if known >= 0:
            self.region.setCurrentIndex(known)
        else:
            self.region.setEditText(region)

    # -- making ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for button in self._kinds.values():
            button.setCheckable(True)
            give_role(button, "segment")
            group.addButton(button)
        row = beside(*self._kinds.values(), into=self.column)
        row.setSpacing(0)
        self._pages = self._forms()
        wide = QSizePolicy.Policy.Expanding
        for label in self._labels:
            label.setMinimumWidth(_LABEL_PX)
        for box in (self.profile, self.base, self.region):
            box.setSizePolicy(wide, box.sizePolicy().verticalPolicy())
        for words in (self._hint, self._kept_words):
            words.setWordWrap(True)
            words.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
            give_role(words, "hint")
        self.column.addWidget(self._pages)
        last, region = _form()
        region.addRow(self._labels[6], self.region)
        self.column.addWidget(last)
        self.finish_column()
        beside(self.give_up, into=self.column)
        self.give_up.hide()
        self.column.addStretch(1)

    def _forms(self) -> QStackedWidget:
        """Return a page of fields for each way to sign in."""
        pages = QStackedWidget()
        pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        by_profile, profile = _form()
        profile.addRow(self._labels[0], self.profile)
        profile.addRow("", self._hint)
        by_keys, keys = _form()
        self.secret_key.setEchoMode(QLineEdit.EchoMode.Password)
        keys.addRow(self._labels[1], self.key_id)
        keys.addRow(self._labels[2], self.secret_key)
        keys.addRow("", self._kept_words)
        by_role, role = _form()
        for label, field in zip(
            self._labels[3:6], (self.role_arn, self.base, self.external_id), strict=True
        ):
            role.addRow(label, field)
        for page in (by_profile, by_keys, by_role):
            pages.addWidget(page)
        return pages

    def _wire(self) -> None:
        self.give_up.clicked.connect(lambda _=False: self._given_up.set())
        self._portal.connect(self._on_portal, Qt.ConnectionType.QueuedConnection)
        self.region.setEditable(True)
        for region, name in REGIONS:
            self.region.addItem(f"{region}  {name}", region)
        self._set_region(USUAL)
        for kind, button in self._kinds.items():
            button.clicked.connect(lambda _=False, kind=kind: self.choose(cast(Kind, kind)))
        for field in (self.key_id, self.secret_key, self.role_arn):
            field.textChanged.connect(lambda _: self.changed.emit())
        self.region.editTextChanged.connect(lambda _: self.changed.emit())
        self.profile.activated.connect(lambda _: self._on_chosen())
        self.profile.currentIndexChanged.connect(lambda _: self._on_profile())


def _form() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return page, form
