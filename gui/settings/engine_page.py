"""Install FaceFusion, the engine for the best quality; show its licences first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from gui.bridge import Bridge
from gui.dialogs.question import Choice as Answer
from gui.dialogs.question import ask
from gui.settings.form import Choice, Note, Page, PathLabel, beside
from gui.settings.opening import open_folder
from gui.theme.icons import icon
from gui.theme.roles import Role, give_role
from gui.words.amounts import size
from gui.words.errors import told_of
from orchestrator.licences import accept, accepting, label_of

if TYPE_CHECKING:
    from orchestrator.facefusion.install import Part, Standing
    from remote_worker.engines.facefusion.provision import Progress, Tell

_SMOOTH = 1000
_PLACE_PX, _MORE_PX, _GAP_PX = 160, 340, 24
_MOODS: dict[str, Role] = {"good": "good", "missing": "muted", "damaged": "error"}
_INTERNET, _FOLDER, _MIRROR = "internet", "folder", "mirror"


class EnginePage(Page):
    """What is installed and what is not, its licences, and installing, checking, removing it."""

    _progressed = Signal(object)
    _agreed = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._standing: Standing | None = None
        self._added: tuple[str, ...] = ()
        self._doing = ""
        self._stop: threading.Event | None = None
        self._told: Progress | None = None
        self._cells: list[QWidget] = []
        self.about, self.standing, self.restricted = (QLabel(self) for _ in range(3))
        self.folder, self.open = PathLabel(self), QPushButton(self)
        self.place, self.given, self.browse = Choice(self), QLineEdit(self), QPushButton(self)
        self._place_name = QLabel(self)
        self.agree, self.more = QCheckBox(self), Choice(self)
        self.install, self.check, self.remove, self.stop = (QPushButton(self) for _ in range(4))
        self.bar, self.step, self.note = QProgressBar(self), QLabel(self), Note(self)
        self._grid = QGridLayout()
        self._lay_out()
        self._connect()
        self.retranslate()

    # -- what is heard -------------------------------------------------------------------

    def shown(self) -> None:
        """Look at what is installed."""
        if not self._doing:
            self._begin("looking")
            added = self._added
            self.run(lambda: _look(added), self._on_looked, self._on_failed)

    def start_install(self) -> None:
        """Install what is missing; goes on when the dialog is closed."""
        if self._doing:
            return
        stop, given, accepted = self._begin("installing"), self._given(), self.agree.isChecked()
        tell, added = self._progressed.emit, self._added
        labels = self._labels() if accepted else ()
        home, agreed = self.bridge.home, self._agreed.emit

        def install() -> Standing:
            if labels:  # noted first: a render does not ask for them again
                accept(home, labels)
                agreed(labels)
            return _install(given, added, accepted=accepted, tell=tell, stop=stop)

        self.run(
            install,
            self._on_installed,
            self._on_failed,
        )

    def _labels(self) -> tuple[str, ...]:
        """Return the labels that forbid commercial use of what is still to be installed."""
        return tuple({label_of(part.licence, part.vendor) for part in self._restricted()})

    def _on_agreed(self, labels: tuple[str, ...]) -> None:
        self.bridge.change_settings(lambda settings: accepting(settings, labels))

    def start_check(self) -> None:
        """Read every byte of what is installed."""
        if not self._doing:
            stop = self._begin("checking")
            self.run(lambda: _check(stop), self._on_checked, self._on_failed)

    def start_remove(self) -> None:
        """Remove all of it."""
        if not self._doing:
            self._begin("removing")
            self.run(_remove, self._on_removed, self._on_failed)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("FaceFusion"))
        self.about.setText(
            self.tr(
                "FaceFusion renders in the best quality. It is not part of this app: it is "
                "fetched from where its makers publish it, in one pinned version, and every file "
                "is checked. Videos that render on rented machines need nothing here."
            )
        )
        self.open.setText(self.tr("Open the folder"))
        self._place_name.setText(self.tr("Fetch it from"))
        self.place.setAccessibleName(self.tr("Where FaceFusion is fetched from"))
        self.place.set_texts(
            (
                (_INTERNET, self.tr("The internet")),
                (_FOLDER, self.tr("A folder first")),
                (_MIRROR, self.tr("A mirror first")),
            )
        )
        self.browse.setText(self.tr("Browse…"))
        self.install.setText(self.tr("Install"))
        self.check.setText(self.tr("Check"))
        self.remove.setText(self.tr("Remove…"))
        self.stop.setText(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress of FaceFusion’s installation"))
        self.more.setAccessibleName(self.tr("Add a model for other settings"))
        self.agree.setText(self.tr("I have read the licences and keep to them"))
        self._draw_parts()
        self._draw_more()
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Keep as high as the words need at this width: a scroll area does not ask for that."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            height_px = self.column.totalHeightForWidth(self.width())
            if height_px != self.minimumHeight():
                self.setMinimumHeight(height_px)
        return super().event(event)

    # -- drawing -------------------------------------------------------------------------

    def _draw(self) -> None:
        busy, standing = bool(self._doing), self._standing
        self.standing.setText(self._said_standing())
        self.more.setEnabled(standing is not None and not busy)
        self._draw_place()
        restricted = self._restricted()
        self.restricted.setText(self._said_restricted(restricted))
        self.restricted.setVisible(bool(restricted))
        self.agree.setVisible(bool(restricted))
        self.agree.setEnabled(not busy)
        complete = standing is not None and standing.ready
        self.install.setVisible(not complete)
        agreed = self.agree.isChecked() or not restricted
        self.install.setEnabled(not busy and standing is not None and agreed and self._has_place())
        there = standing is not None and standing.state is not None
        self.check.setEnabled(not busy and there)
        self.remove.setEnabled(not busy and standing is not None and standing.used_bytes > 0)
        self._draw_progress()

    def _draw_place(self) -> None:
        where, busy = self.place.currentData(), bool(self._doing)
        complete = self._standing is not None and self._standing.ready
        for widget in (self._place_name, self.place):
            widget.setVisible(not complete)
            widget.setEnabled(not busy)
        self.given.setVisible(where != _INTERNET and not complete)
        self.given.setEnabled(not busy)
        self.browse.setVisible(where == _FOLDER and not complete)
        self.browse.setEnabled(not busy)
        said = self.tr("Folder") if where == _FOLDER else self.tr("Address of the mirror")
        self.given.setAccessibleName(said)
        self.given.setPlaceholderText("https://" if where == _MIRROR else said)

    def _draw_progress(self) -> None:
        from gui.settings.engine_words import progress

        busy, told = bool(self._doing), self._told
        self.bar.setVisible(busy)
        self.stop.setVisible(self._doing in ("installing", "checking"))
        self.stop.setEnabled(self._stop is not None and not self._stop.is_set())
        measured = told is not None and told.total_bytes > 0 and self._doing == "installing"
        self.bar.setRange(0, _SMOOTH if measured else 0)
        self.step.setVisible(busy)
        if told is not None and measured:
            self.bar.setValue(_SMOOTH * told.done_bytes // max(1, told.total_bytes))
        self.step.setText(progress(told) if told is not None else self._said_doing())

    def _said_doing(self) -> str:
        said = {
            "looking": self.tr("Looking at what is here…"),
            "installing": self.tr("Looking at what is here…"),
            "checking": self.tr("Reading every file…"),
            "removing": self.tr("Removing…"),
        }
        return said.get(self._doing, "")

    def _said_standing(self) -> str:
        standing = self._standing
        if standing is None:
            return ""
        if standing.state is None:
            told = self.tr("Not installed. About {0} are to be fetched.")
            return told.format(size(standing.missing_bytes))
        told = self.tr("Installed for {0}; it takes {1}.")
        said = told.format(self._said_flavour(standing.flavour), size(standing.used_bytes))
        if standing.missing_bytes or not standing.ready:
            more = self.tr("Parts are missing or damaged: about {0}.")
            said = f"{said} {more.format(size(standing.missing_bytes))}"
        return said

    def _said_flavour(self, flavour: str) -> str:
        said = {
            "cpu": self.tr("the processor"),
            "cuda12": self.tr("NVIDIA cards (CUDA 12)"),
            "cuda13": self.tr("NVIDIA cards (CUDA 13)"),
        }
        return said.get(flavour, flavour)

    def _said_restricted(self, parts: tuple[Part, ...]) -> str:
        told = self.tr(
            "By their makers’ labels these may not be used commercially: {0}. The other licences "
            "have conditions too. What a label allows is for you to find out."
        )
        return told.format(", ".join(part.name for part in parts))

    def _draw_parts(self) -> None:
        for widget in self._cells:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._cells = []
        standing = self._standing
        if standing is None:
            return
        heads = (self.tr("Part"), self.tr("Licence"), self.tr("Size"), "")
        for column, text in enumerate(heads):
            self._cell(0, column, text, "section")
        for number, part in enumerate(standing.parts):
            self._draw_part(1 + 2 * number, part)

    def _draw_more(self) -> None:
        """Offer the models that other settings than the default ones need."""
        from gui.settings.engine_words import offered

        standing = self._standing
        known = () if standing is None else tuple(part.name for part in standing.parts)
        first = self.tr("Add a model for other settings…")
        self.more.set_texts((("", first), *offered(known)))
        self.more.choose("")

    def _on_more(self, _: int) -> None:
        if (name := self.more.currentData()) and not self._doing:
            self._added = (*self._added, str(name))
            self.shown()

    def _draw_part(self, line: int, part: Part) -> None:
        from gui.settings.engine_words import licence, purpose, state

        told = self.tr("unknown") if part.part_bytes is None else size(part.part_bytes)
        self._cell(line, 0, part.name)
        self._cell(line, 1, licence(part), None if part.commercial else "warning")
        self._cell(line, 2, told, "muted")
        self._cell(line, 3, state(part), _MOODS[part.state])
        self._cell(line + 1, 0, purpose(part), "hint", columns=2)
        self._grid.setRowMinimumHeight(line + 1, _GAP_PX)

    def _cell(
        self, line: int, column: int, text: str, role: Role | None = None, *, columns: int = 1
    ) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(column == 1 or columns > 1)
        side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignTop)  # sizes are compared by their ends
        if role is not None:
            give_role(label, role)
        self._grid.addWidget(label, line, column, 1, columns)
        self._cells.append(label)
        return label

    # -- answers -------------------------------------------------------------------------

    def _begin(self, doing: str) -> threading.Event:
        self._doing, self._told, self._stop = doing, None, threading.Event()
        if doing != "looking":
            self.note.say("")
        self._draw()
        return self._stop

    def _end(self, standing: Standing | None = None) -> None:
        self._doing, self._told, self._stop = "", None, None
        self._standing = standing or self._standing
        self._draw_parts()
        self._draw_more()
        self._draw()

    def _on_looked(self, standing: Standing) -> None:
        self.folder.setText(str(standing.folder))
        self._end(standing)

    def _on_installed(self, standing: Standing) -> None:
        self.note.say(self.tr("FaceFusion is installed."), "good")
        self._end(standing)

    def _on_checked(self, standing: Standing) -> None:
        if standing.ready:
            said = self.tr("Every file is what it should be. It can run on: {0}.")
            self.note.say(said.format(standing.providers), "good")
        else:
            bad = ", ".join(part.name for part in standing.parts if part.state != "good")
            said = self.tr("Missing or damaged: {0}. Install again to mend it.")
            self.note.say(said.format(bad), "warning")
        self._end(standing)

    def _on_removed(self, freed_bytes: int) -> None:
        self.note.say(self.tr("{0} were freed.").format(size(freed_bytes)), "good")
        self._end()
        self.shown()

    def _on_failed(self, error: Exception) -> None:
        was = self._doing
        if getattr(error, "code", "") == "engine_stopped":
            self.note.say(self.tr("It was stopped. What has arrived is kept; go on any time."))
        else:
            self.note.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")
        self._end()
        if was != "looking":
            self.shown()

    def _on_progress(self, told: Progress) -> None:
        if self._doing == "installing":
            self._told = told
            self._draw_progress()

    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.stop.setEnabled(False)

    def _ask_remove(self) -> None:
        standing = self._standing
        if standing is None:
            return
        held = standing.used_bytes
        ask(
            self,
            lambda: self.tr("Remove FaceFusion from this computer?"),
            lambda: self.tr(
                "This frees {0}. Videos that are finished stay; those that are to be rendered with "
                "it here wait until it is installed again."
            ).format(size(held)),
            (
                Answer(lambda: self.tr("Remove"), self.start_remove, "danger"),
                Answer(lambda: self.tr("Keep it")),
            ),
        )

    # -- where from ----------------------------------------------------------------------

    def _given(self) -> str:
        return "" if self.place.currentData() == _INTERNET else self.given.text().strip()

    def _has_place(self) -> bool:
        where, text = self.place.currentData(), self.given.text().strip()
        if where == _MIRROR:
            return text.startswith(("https://", "http://"))
        return where == _INTERNET or bool(text)

    def _restricted(self) -> tuple[Part, ...]:
        """Return what is still to be installed and may not be used commercially."""
        standing = self._standing
        parts = () if standing is None else standing.restricted
        return tuple(part for part in parts if part.state != "good")

    def _browse(self) -> None:
        title = self.tr("Folder with FaceFusion’s parts")
        if chosen := QFileDialog.getExistingDirectory(self, title, self.given.text()):
            self.given.setText(chosen)

    # -- layout --------------------------------------------------------------------------

    def _connect(self) -> None:
        self._progressed.connect(self._on_progress)
        self._agreed.connect(self._on_agreed)
        self.install.clicked.connect(self.start_install)
        self.check.clicked.connect(self.start_check)
        self.remove.clicked.connect(self._ask_remove)
        self.stop.clicked.connect(self._on_stop)
        self.browse.clicked.connect(self._browse)
        self.open.clicked.connect(self._open)
        self.more.activated.connect(self._on_more)
        self.agree.toggled.connect(lambda _: self._draw())
        self.given.textChanged.connect(lambda _: self._draw())
        self.place.currentIndexChanged.connect(lambda _: self._draw())

    def _open(self) -> None:
        if self._standing is not None:
            folder = self._standing.folder
            open_folder(self.bridge, folder if folder.is_dir() else self.bridge.home.root)

    def _lay_out(self) -> None:
        for label in (self.about, self.standing, self.restricted, self.step):
            label.setWordWrap(True)
        give_role(self.about, "muted")
        give_role(self.restricted, "warning")
        give_role(self.step, "muted")
        give_role(self.install, "primary")
        self.open.setIcon(icon("folder"))
        self.column.addWidget(self.about)
        self.column.addSpacing(12)
        self.column.addWidget(self.standing)
        self.column.addSpacing(4)
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(self.folder, 1)
        where.addWidget(self.open)
        self.column.addLayout(where)
        self.column.addSpacing(16)
        self._lay_out_from()
        self.column.addWidget(self.restricted)
        self.column.addSpacing(8)
        self.column.addWidget(self.agree)
        self.column.addSpacing(12)
        beside(self.install, self.check, self.remove, into=self.column)
        self._lay_out_progress()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setRowMinimumHeight(0, _GAP_PX)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.column.addSpacing(16)
        self.column.addLayout(self._grid)
        self.column.addSpacing(12)
        self.more.setMinimumWidth(_MORE_PX)
        beside(self.more, into=self.column)
        self.column.addStretch(1)

    def _lay_out_from(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        self._place_name.setBuddy(self.place)
        self.place.setMinimumWidth(_PLACE_PX)
        row.addWidget(self._place_name)
        row.addWidget(self.place)
        row.addWidget(self.given, 1)
        row.addWidget(self.browse)
        row.addStretch(0)
        self.column.addLayout(row)
        self.column.addSpacing(12)

    def _lay_out_progress(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.column.addWidget(self.step)
        self.column.addSpacing(4)
        self.column.addWidget(self.note)


def _look(added: tuple[str, ...]) -> Standing:
    from orchestrator.facefusion.install import default_models, installation_here, look

    return look(installation_here(), (*default_models(), *added))


def _install(
    given: str, added: tuple[str, ...], *, accepted: bool, tell: Tell, stop: threading.Event
) -> Standing:
    from orchestrator.facefusion import install as engine

    wanted = tuple(part.name for part in _look(added).parts if part.is_model)
    here = engine.installation_here()
    engine.install(here, wanted, tell=tell, stop=stop, accepted=accepted, given=given)
    return _look(added)


def _check(stop: threading.Event) -> Standing:
    from orchestrator.facefusion.install import check, installation_here

    return check(installation_here(), stop)


def _remove() -> int:
    from orchestrator.facefusion.install import installation_here, remove

    return remove(installation_here())
