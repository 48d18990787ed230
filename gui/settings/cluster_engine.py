"""Install FaceFusion on a cluster's volume: the claim, the licences, and how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.bridge import Bridge
from gui.licences import words as licence_words
from gui.settings.form import Choice, Note, Number
from gui.speaking import SpeakingDialog
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.licences import accept, accepting, labels_of_models

if TYPE_CHECKING:
    from orchestrator.fleet.kubernetes.cluster import Cluster
    from orchestrator.fleet.kubernetes.engine import ClaimSeen
    from orchestrator.fleet.kubernetes.engine_install import Installed
    from orchestrator.fleet.kubernetes.engine_manifests import ClaimWish
    from orchestrator.fleet.kubernetes.engine_watch import Told

_WIDTH_PX, _SMOOTH = 620, 1000
_SIZE_GIB, _MOST_GIB = 20, 4096
_SHARE, _DISK = "ReadWriteMany", "ReadWriteOnce"


class ClusterEngineDialog(SpeakingDialog):
    """One claim of one cluster; an installation goes on when the dialog is closed."""

    _told = Signal(object)
    _agreed = Signal(object)

    def __init__(self, bridge: Bridge, cluster: Cluster, parent: QWidget | None = None) -> None:
        """Begin to look what the claim holds."""
        super().__init__(parent)
        self._bridge, self.cluster = bridge, cluster
        self._seen: ClaimSeen | None = None
        self._models: tuple[str, ...] = ()
        self._flavour = ""
        self._looked = False
        self._stop: threading.Event | None = None
        self._last: Told | None = None
        self._busy = False
        self.setMinimumWidth(_WIDTH_PX)
        self._words, self.standing, self._restricted = (QLabel(self) for _ in range(3))
        self._form, self.size_gib = QWidget(self), Number(self)
        self.storage_class, self.access = QLineEdit(self), Choice(self)
        self._names = [QLabel(self) for _ in range(3)]
        self._access_words = QLabel(self)
        self.more, self.agree = Choice(self), QCheckBox(self)
        self.install, self.stop, self._close_it = (QPushButton(self) for _ in range(3))
        self.bar, self.step, self.note = QProgressBar(self), QLabel(self), Note(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.look()

    @property
    def is_installing(self) -> bool:
        """Whether an installation that was begun here goes on."""
        return self._stop is not None

    def look(self) -> None:
        """Look what the claim holds, unless something is being done."""
        if self._busy:
            return
        self._busy = True
        self._draw()
        cluster = self.cluster

        def look() -> tuple[ClaimSeen | None, tuple[str, ...], str]:
            from orchestrator.facefusion.install import default_models
            from orchestrator.fleet.kubernetes.api import Api
            from orchestrator.fleet.kubernetes.engine import find_claim
            from orchestrator.fleet.kubernetes.engine_install import flavour_of

            api = Api(cluster.context, cluster.namespace)
            return find_claim(api, cluster), default_models(), flavour_of(cluster)

        self._run(look, lambda found: self._on_looked(*found))

    def begin(self) -> None:
        """Install, making the claim first where there is none."""
        if not self._looked:
            self.note.say("")
            self.look()
        if self._busy:
            return
        self.note.say("")
        self._busy, self._last, self._stop = True, None, threading.Event()
        self._draw()
        cluster, models, stop = self.cluster, self._models, self._stop
        anew = self._is_complete()
        making = self._claim_wish() if self._seen is None else None
        labels = tuple(self._open_labels())
        bridge, tell, agreed = self._bridge, self._told.emit, self._agreed.emit

        def install() -> Installed:
            if labels:  # the button can be pressed only once they were agreed to
                accept(bridge.home, labels)
                agreed(labels)
            return _install(bridge, cluster, models, making, tell, stop, anew=anew)

        self._run(install, self._on_installed)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("FaceFusion in the cluster"))
        self._words.setText(
            self.tr(
                "A pod of the cluster installs FaceFusion on the volume {0} in {1}; all pods that "
                "render then read it there. Files come from the cluster’s storage, or from where "
                "they are published, and every one is checked. You can stop at any time and go on "
                "later."
            ).format(self.cluster.engine_claim, self.cluster.namespace)
        )
        names = (self.tr("Size"), self.tr("Storage class"), self.tr("Can be mounted by"))
        fields = (self.size_gib, self.storage_class, self.access)
        for label, text, field in zip(self._names, names, fields, strict=True):
            label.setText(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
        self.size_gib.setSuffix(" GiB")
        self.storage_class.setPlaceholderText(self.tr("The cluster’s default"))
        self.access.set_texts(
            (
                (_SHARE, self.tr("Pods of all nodes (ReadWriteMany)")),
                (_DISK, self.tr("Pods of one node (ReadWriteOnce)")),
            )
        )
        self._access_words.setText(
            self.tr(
                "Several pods side by side need a file share, such as NFS. A disk is for one node "
                "at a time. A volume that can only be read (ReadOnlyMany) cannot be installed on."
            )
        )
        self.more.setAccessibleName(self.tr("Add a model for other settings"))
        self.agree.setText(self.tr("I have read the licences and keep to them"))
        self.stop.setText(self.tr("Stop"))
        self._close_it.setText(self.tr("Close"))
        self.bar.setAccessibleName(self.tr("Progress of FaceFusion’s installation"))
        self._draw()

    # -- drawing -----------------------------------------------------------------------------

    def _draw(self) -> None:
        looked, busy = self._looked, self._busy
        missing = looked and self._seen is None
        self.standing.setText(self._said_standing())
        self._form.setVisible(missing)
        self._form.setEnabled(not busy)
        self._draw_more()
        labels = self._open_labels()
        for widget in (self._restricted, self.agree):
            widget.setVisible(bool(labels) and not self.is_installing)
        self._restricted.setText(licence_words(labels) if labels else "")
        self.agree.setEnabled(not busy)
        made = self.tr("Make the volume and install") if missing else self.tr("Install")
        made = self.tr("Check and mend") if self._is_complete() else made
        self.install.setText(made if looked or busy else self.tr("Look again"))
        self.install.setEnabled(not busy and (not labels or self.agree.isChecked()))
        self.stop.setVisible(self.is_installing)
        self.stop.setEnabled(self._stop is not None and not self._stop.is_set())
        self._draw_progress()
        self.adjustSize()

    def _draw_more(self) -> None:
        from gui.settings.engine_words import offered

        held = self._seen.holds.models if self._seen is not None and self._seen.holds else ()
        first = self.tr("Add a model for other settings…")
        self.more.setVisible(self._looked)
        self.more.setEnabled(not self._busy)
        self.more.set_texts((("", first), *offered({*self._models, *held})))
        self.more.choose("")

    def _on_more(self) -> None:
        if (name := self.more.currentData()) and not self._busy:
            self._models = tuple(sorted({*self._models, str(name)}))
            said = self.tr("To be installed as well: {0}.")
            self.note.say(said.format(name))
            self.agree.setChecked(False)  # it may have another licence
            self._draw()

    def _draw_progress(self) -> None:
        from gui.settings.engine_words import progress

        told = self._last.progress if self._last is not None else None
        measured = told is not None and told.total_bytes > 0
        self.bar.setVisible(self._busy)
        self.bar.setRange(0, _SMOOTH if measured else 0)
        if told is not None and measured:
            self.bar.setValue(_SMOOTH * told.done_bytes // max(1, told.total_bytes))
        self.step.setVisible(self._busy)
        said = self.tr("Asking the cluster…")
        if self.is_installing:
            said = progress(told) if told is not None else self.tr("Waiting for the pod…")
        waits = self._last.words if self._last is not None and told is None else ""
        self.step.setText("\n".join(filter(None, (said, waits))))

    def _said_standing(self) -> str:
        if not self._looked:
            return ""
        seen = self._seen
        if seen is None:
            said = self.tr("There is no volume claim {0} yet. It can be made here.")
            return said.format(self.cluster.engine_claim)
        if seen.holds is None:
            return self.tr("Nothing is known to be installed on it.")
        if not seen.is_current:
            said = self.tr("It holds FaceFusion {0} for another version of this app.")
            return said.format(seen.holds.version)
        said = self.tr("It holds FaceFusion {0} with {1} models.")
        return said.format(seen.holds.version, len(seen.holds.models))

    def _open_labels(self) -> Mapping[str, tuple[str, ...]]:
        """Return what is still to be agreed to, with the models behind each label."""
        accepted = self._bridge.settings.accepted_licences
        labels = labels_of_models(self._models)
        return {label: models for label, models in labels.items() if label not in accepted}

    def _is_complete(self) -> bool:
        return (
            self._seen is not None
            and bool(self._models)
            and (not self._seen.lacks(self._models, self._flavour))
        )

    # -- answers -----------------------------------------------------------------------------

    def _run(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Run ``call`` elsewhere; nobody answers once the dialog is gone."""

        def answer(found: Any) -> None:
            if shiboken6.isValid(self):
                self._end()
                then(found)
                self._draw()

        def fail(error: Exception) -> None:
            if shiboken6.isValid(self):
                was_installing = self.is_installing
                self._end()
                self._on_failed(error)
                if was_installing:
                    self.look()  # a claim may have been made
                self._draw()

        self._bridge.run(call, answer, fail)

    def _end(self) -> None:
        self._busy, self._stop, self._last = False, None, None

    def _on_looked(self, seen: ClaimSeen | None, models: tuple[str, ...], flavour: str) -> None:
        self._looked, self._seen, self._flavour = True, seen, flavour
        self._models = tuple(sorted({*self._models, *models}))

    def _on_installed(self, installed: Installed) -> None:
        said = self.tr("FaceFusion is on the volume: pods can render with it.")
        if installed.was_there:
            said = self.tr("Everything is on the volume already.")
        self.note.say(said, "good")
        self.look()

    def _on_failed(self, error: Exception) -> None:
        if getattr(error, "code", "") == "engine_stopped":
            self.note.say(
                self.tr("It was stopped. What has arrived on the volume is kept; go on any time.")
            )
        else:
            self.note.say(self.tr("{0}\n{1}").format(*told_of(error)), "error")

    def _on_told(self, told: Told) -> None:
        if self.is_installing:
            self._last = told
            self._draw_progress()

    def _on_agreed(self, labels: tuple[str, ...]) -> None:
        self._bridge.change_settings(lambda settings: accepting(settings, labels))

    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self.stop.setEnabled(False)

    def _claim_wish(self) -> ClaimWish:
        from orchestrator.fleet.kubernetes.engine_manifests import ClaimWish, access_mode_of

        return ClaimWish(
            size=f"{self.size_gib.value()}Gi",
            storage_class=self.storage_class.text().strip(),
            access_mode=access_mode_of(str(self.access.currentData())),
        )

    # -- layout ------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._told.connect(self._on_told)
        self._agreed.connect(self._on_agreed)
        self.install.clicked.connect(lambda _=False: self.begin())
        self.stop.clicked.connect(lambda _=False: self._on_stop())
        self._close_it.clicked.connect(lambda _=False: self.close())
        self.agree.toggled.connect(lambda _: self._draw())
        self.more.activated.connect(lambda _: self._on_more())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        for label in (self._words, self.standing, self._restricted, self.step, self._access_words):
            label.setWordWrap(True)
        give_role(self._words, "muted")
        give_role(self._restricted, "warning")
        give_role(self.step, "muted")
        give_role(self._access_words, "hint")
        give_role(self.install, "primary")
        self.install.setDefault(True)
        self._close_it.setAutoDefault(False)
        self.stop.setAutoDefault(False)
        self._lay_out_form()
        for widget in (self._words, self.standing, self._form, self.more, self._restricted,
                       self.agree, self.bar, self.step, self.note):  # fmt: skip
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self._close_it, self.stop, self.install):
            row.addWidget(button)
        column.addStretch(1)
        column.addLayout(row)

    def _lay_out_form(self) -> None:
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        self.size_gib.setRange(1, _MOST_GIB)
        self.size_gib.setValue(_SIZE_GIB)
        fields = (self.size_gib, self.storage_class, self.access)
        for label, field in zip(self._names, fields, strict=True):
            form.addRow(label, field)
        form.addRow(self._access_words)


def _install(
    bridge: Bridge,
    cluster: Cluster,
    models: tuple[str, ...],
    making: ClaimWish | None,
    tell: Callable[[Told], None],
    stop: threading.Event,
    *,
    anew: bool,
) -> Installed:
    """Make the claim if that is asked for, then install; on a thread of the bridge's."""
    from orchestrator.facefusion.install import installation_here
    from orchestrator.fleet.kubernetes.api import Api
    from orchestrator.fleet.kubernetes.engine import make_claim
    from orchestrator.fleet.kubernetes.engine_install import EngineWish, install
    from orchestrator.fleet.kubernetes.line import kept_keys
    from orchestrator.settings_file import load

    api = Api(cluster.context, cluster.namespace)
    keys = {} if cluster.secret else kept_keys(bridge.cloud.secrets, cluster)
    if making is not None:
        make_claim(api, cluster, making)
    accepted = load(bridge.home).accepted_licences
    wish = EngineWish(models=models, accepted=accepted, anew=anew)
    return install(api, cluster, keys, wish, installation_here(), tell, stop)
