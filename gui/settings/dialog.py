"""Be the settings: a list of pages at the left, the page at the right; all holds at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from gui.bridge import Bridge
from gui.cloud.account import CloudAccount
from gui.commands import Command, CommandSet
from gui.settings.aws_page import AwsPage
from gui.settings.diagnostics_page import DiagnosticsPage
from gui.settings.done_page import DonePage
from gui.settings.engine_page import EnginePage
from gui.settings.form import Page, scrolled
from gui.settings.general_page import GeneralPage
from gui.settings.kubernetes_page import KubernetesPage
from gui.settings.notify_page import NotifyPage
from gui.settings.passwords_page import PasswordsPage
from gui.settings.shortcuts_page import ShortcutsPage
from gui.settings.storage_page import StoragePage
from gui.settings.watch_page import WatchPage
from gui.speaking import SpeakingDialog
from gui.theme.icons import icon
from gui.theme.roles import give_role

if TYPE_CHECKING:
    from orchestrator.secrets import Secrets

PageName = Literal[
    "general", "engine", "aws", "kubernetes", "done", "notify", "watch", "shortcuts", "passwords",
    "storage", "diagnostics",
]  # fmt: skip
_ICONS: dict[PageName, str] = {
    "general": "settings",
    "engine": "spark",
    "aws": "cloud",
    "kubernetes": "queue",
    "done": "bell",
    "notify": "mail",
    "watch": "eye",
    "shortcuts": "keyboard",
    "passwords": "lock",
    "storage": "disk",
    "diagnostics": "trouble",
}
PAGE_NAMES: tuple[PageName, ...] = tuple(_ICONS)
_SIZE = QSize(860, 620)
_LEAST_PX = (740, 460)
_LIST_PX = 200


class SettingsDialog(SpeakingDialog):
    """All settings; there is nothing to confirm, as each change holds at once.

    Signals:
        connect_asked: the wizard that connects an account is to be opened.
        drill_asked: the fire drill is to be opened.
    """

    connect_asked = Signal()
    drill_asked = Signal()

    def __init__(
        self,
        bridge: Bridge,
        commands: CommandSet | Sequence[Command],
        parent: QWidget | None = None,
        *,
        secrets: Secrets | None = None,
        account: CloudAccount | None = None,
    ) -> None:
        """Show what ``bridge`` has set; ``commands`` are those whose keys can be changed."""
        super().__init__(parent)
        account = account or CloudAccount(bridge, self)
        self.resize(_SIZE)
        self.setMinimumSize(*_LEAST_PX)
        known = commands.commands if isinstance(commands, CommandSet) else commands
        self.list, self._stack = QListWidget(self), QStackedWidget(self)
        self._makers: dict[PageName, Callable[[], Page]] = {
            "general": lambda: GeneralPage(bridge),
            "engine": lambda: EnginePage(bridge),
            "aws": lambda: self._aws_page(bridge, account),
            "kubernetes": lambda: KubernetesPage(bridge),
            "done": lambda: DonePage(bridge),
            "notify": lambda: NotifyPage(bridge),
            "watch": lambda: WatchPage(bridge),
            "shortcuts": lambda: ShortcutsPage(bridge, known),
            "passwords": lambda: PasswordsPage(bridge, secrets),
            "storage": lambda: StoragePage(bridge),
            "diagnostics": lambda: DiagnosticsPage(bridge),
        }
        self.pages: dict[PageName, Page] = {}
        self._places: dict[PageName, int] = {}
        self._now: PageName | None = None
        self._lay_out()
        self._set_keys()
        self.list.currentRowChanged.connect(self._on_row)
        self.retranslate()
        self.open_page("general")

    def open_page(self, name: PageName) -> None:
        """Bring one page to the front."""
        self.list.setCurrentRow(PAGE_NAMES.index(name))

    def page(self) -> PageName:
        """Return the page that is in front."""
        return PAGE_NAMES[max(0, self.list.currentRow())]

    def retranslate(self) -> None:
        """Set every text of the dialog's own; pages set theirs."""
        self.setWindowTitle(self.tr("Settings"))
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        said: dict[PageName, str] = {
            "general": self.tr("General"),
            "engine": self.tr("Engine"),
            "aws": self.tr("AWS"),
            "kubernetes": self.tr("Kubernetes"),
            "done": self.tr("When done"),
            "notify": self.tr("Messages"),
            "watch": self.tr("Watch folders"),
            "shortcuts": self.tr("Shortcuts"),
            "passwords": self.tr("Passwords"),
            "storage": self.tr("Storage"),
            "diagnostics": self.tr("Diagnostics"),
        }
        for number, name in enumerate(PAGE_NAMES):
            self.list.item(number).setText(said[name])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Look at what the page in front shows."""
        super().showEvent(event)
        self._page(self.page()).shown()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Keep what is half typed."""
        self._page(self.page()).leave()
        super().closeEvent(event)

    def reject(self) -> None:
        """Close on Escape; keep what is half typed."""
        self._page(self.page()).leave()
        super().reject()

    def _on_row(self, row: int) -> None:
        if self._now is not None:
            self._page(self._now).leave()
        self._now = PAGE_NAMES[row]
        page = self._page(self._now)
        self._stack.setCurrentIndex(self._places[self._now])
        if self.isVisible():
            page.shown()

    def _aws_page(self, bridge: Bridge, account: CloudAccount) -> AwsPage:
        page = AwsPage(bridge, account)
        page.connect_asked.connect(self.connect_asked)
        page.drill_asked.connect(self.drill_asked)
        return page

    def _page(self, name: PageName) -> Page:
        """Return a page, made when it is first wanted: all at once would be felt."""
        if name not in self.pages:
            self.pages[name] = page = self._makers[name]()
            for button in page.findChildren(QPushButton):
                button.setAutoDefault(False)  # Return in a field must not press one
            own = name == "shortcuts"  # its list scrolls by itself
            self._places[name] = self._stack.addWidget(page if own else scrolled(page))
        return self.pages[name]

    def _lay_out(self) -> None:
        side = QFrame(self)
        give_role(side, "panel")
        side.setFixedWidth(_LIST_PX)
        inner = QHBoxLayout(side)
        inner.setContentsMargins(8, 16, 8, 16)
        inner.addWidget(self.list)
        self.list.setIconSize(QSize(18, 18))
        self.list.setSpacing(1)
        give_role(self.list, "nav")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in PAGE_NAMES:
            self.list.addItem(QListWidgetItem(icon(_ICONS[name]), ""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._stack, 1)

    def _set_keys(self) -> None:
        """Let Ctrl+Tab go through the pages, as through tabs."""
        for sequence, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(lambda step=step: self._go(step))

    def _go(self, step: int) -> None:
        row = (self.list.currentRow() + step) % len(PAGE_NAMES)
        self.list.setCurrentRow(row)
        self.list.setFocus()
