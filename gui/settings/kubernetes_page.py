"""Set what a Kubernetes cluster of the user's renders with: nodes, image, storage, queue, keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QWidget

from gui.bridge import Bridge
from gui.settings.form import Choice, Note, Number, Page, Row, beside
from gui.theme.roles import give_role
from gui.words.errors import told_of
from orchestrator.fleet.kubernetes.cluster import (
    MOST_PODS,
    Cluster,
    change_cluster,
    load_clusters,
)

if TYPE_CHECKING:
    from gui.settings.cluster_engine import ClusterEngineDialog
    from orchestrator.health import Finding

_MOST_GPUS = 16
_TEXTS = (
    "namespace", "image", "bucket", "region", "store_endpoint_url", "claim", "claim_folder",
    "queue_endpoint_url", "secret", "service_account", "engine_claim", "priority_class",
    "urgent_priority_class", "ca_file", "manifests_folder",
)  # fmt: skip
_CHOICES = ("nodes", "store", "queue", "applied_by")
_NUMBERS = ("pods", "gpus", "on_demand_pods")
_ONLY_FOR = {
    "bucket": ("store", "s3"),
    "store_endpoint_url": ("store", "s3"),
    "claim": ("store", "claim"),
    "claim_folder": ("store", "claim"),
    "manifests_folder": ("applied_by", "others"),
}
"""Rows that are there only while another has a certain value."""


class KubernetesPage(Page):
    """One cluster at a time, by its context; what is typed holds when the field is left."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._known: dict[str, Cluster] = {}
        self._cluster: Cluster | None = None
        self._busy_with = 0
        self._words, self.empty = QLabel(self), Note(self)
        self.busy, self.note, self.keys_note = QProgressBar(self), Note(self), Note(self)
        for label in (self._words,):
            label.setWordWrap(True)
            give_role(label, "muted")
        self.column.addWidget(self._words)
        self.column.addSpacing(8)
        self.column.addWidget(self.empty)
        self.context = Choice(self)
        self.texts = {name: QLineEdit(self) for name in _TEXTS}
        self.choices = {name: Choice(self) for name in _CHOICES}
        self.numbers = {name: Number(self) for name in _NUMBERS}
        self.key_id, self.secret_key = QLineEdit(self), QLineEdit(self)
        self.queue_password = QLineEdit(self)
        self.keep_keys, self.examine = QPushButton(self), QPushButton(self)
        self.install_engine = QPushButton(self)
        self.engine_dialog: ClusterEngineDialog | None = None
        self.rows: dict[str, Row] = {}
        self._sections: list[QLabel] = []
        self._lay_out()
        self._wire()
        self.retranslate()

    def shown(self) -> None:
        """Look which clusters there are, whenever the page is seen."""
        home = self.bridge.home

        def look() -> tuple[tuple[str, ...], tuple[Cluster, ...]]:
            from orchestrator.fleet.kubernetes.api import contexts

            return contexts(), load_clusters(home)

        self._begin(look, lambda found: self._on_looked(*found))

    def leave(self) -> None:
        """Take what is half typed."""
        self._take()

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(self.tr("Kubernetes"))
        self._words.setText(
            self.tr(
                "Second Unit can render on the GPU nodes of a cluster of yours. Pods take pieces "
                "of the video from a queue, and go on when this computer is switched off."
            )
        )
        self.empty.setText(
            self.tr(
                "There is no kubeconfig on this computer. When 'kubectl' works here, its "
                "clusters are offered."
            )
        )
        told = (
            self.tr("Cluster"),
            self.tr("Storage"),
            self.tr("Queue"),
            self.tr("Keys of the pods"),
            self.tr("Agents"),
        )
        for label, text in zip(self._sections, told, strict=True):
            label.setText(text)
        for name, (title, hint) in self._said().items():
            self.rows[name].say(title, hint)
        self._offer()
        self.keep_keys.setText(self.tr("Keep these keys"))
        self.examine.setText(self.tr("Examine the cluster"))
        self.install_engine.setText(self.tr("Install FaceFusion…"))
        self.busy.setAccessibleName(self.tr("The cluster is being asked"))
        self._draw()

    def _said(self) -> dict[str, tuple[str, str]]:
        usual = self.tr("Empty: AWS itself.")
        return {
            "context": (self.tr("Context"), self.tr("Of your kubeconfig.")),
            "namespace": (self.tr("Namespace"), ""),
            "nodes": (self.tr("Nodes"), self.tr("How spot nodes are told from others.")),
            "image": (
                self.tr("Image of the agent"),
                self.tr("By its digest, such as registry/agent@sha256:…"),
            ),
            "store": (self.tr("Keep pieces in"), ""),
            "bucket": (self.tr("Bucket"), ""),
            "region": (self.tr("Region"), self.tr("Of bucket and queue.")),
            "store_endpoint_url": (self.tr("Address of the storage"), usual),
            "claim": (self.tr("Volume claim"), self.tr("That every pod can mount.")),
            "claim_folder": (
                self.tr("Folder here"),
                self.tr("Where this computer mounts the same volume."),
            ),
            "engine_claim": (
                self.tr("Volume with FaceFusion"),
                self.tr(
                    "A claim that it is installed on; pods only read it. Empty: no FaceFusion."
                ),
            ),
            "queue": (self.tr("Queue by"), ""),
            "queue_endpoint_url": (
                self.tr("Address of the queue"),
                self.tr("Of RabbitMQ: amqps://user@host:5671/vhost. Of SQS, empty: AWS itself."),
            ),
            "ca_file": (
                self.tr("Certificates"),
                self.tr(
                    "A PEM file of who signs those of storage and queue, where that is an "
                    "authority of your own. Pods get a copy. Empty: whom everybody trusts."
                ),
            ),
            "applied_by": (
                self.tr("Jobs are applied by"),
                self.tr(
                    "Others: the manifests of each video are written to a file, and nothing is "
                    "changed in the cluster from here. For new videos."
                ),
            ),
            "manifests_folder": (
                self.tr("Folder of the manifests"),
                self.tr(
                    "Such as one that Argo CD or Flux applies. Empty: a folder of the app’s own."
                ),
            ),
            "secret": (
                self.tr("Secret"),
                self.tr("In the namespace. Empty: one is made of the keys below, if any are kept."),
            ),
            "service_account": (
                self.tr("Service account"),
                self.tr("With a workload identity, pods need no keys."),
            ),
            "key_id": (self.tr("Access key ID"), self.tr("Kept in your system’s password store.")),
            "secret_key": (self.tr("Secret access key"), ""),
            "queue_password": (self.tr("Password of the queue"), self.tr("RabbitMQ only.")),
            "pods": (self.tr("Pods side by side"), self.tr("For new videos.")),
            "gpus": (self.tr("GPUs of each pod"), self.tr("0: pods render on the processor.")),
            "on_demand_pods": (
                self.tr("Pods on demand"),
                self.tr("At most, where a video may fall back on nodes that nobody takes back."),
            ),
            "priority_class": (
                self.tr("Priority class"),
                self.tr("Of the pods. Empty: as the cluster has it."),
            ),
            "urgent_priority_class": (
                self.tr("Priority class of urgent videos"),
                self.tr("By it their pods take the room of others. Empty: as all others."),
            ),
        }

    def _offer(self) -> None:
        self.choices["nodes"].set_texts(
            (
                ("gke", self.tr("Google GKE, spot")),
                ("eks", self.tr("Amazon EKS, managed node groups")),
                ("karpenter", self.tr("Karpenter")),
                ("ack", self.tr("Alibaba ACK, spot")),
                ("own", self.tr("Any node, or labels set in the terminal")),
            )
        )
        self.choices["store"].set_texts(
            (("s3", self.tr("A bucket")), ("claim", self.tr("A volume, such as NFS")))
        )
        self.choices["queue"].set_texts((("sqs", "Amazon SQS"), ("rabbitmq", "RabbitMQ")))
        self.choices["applied_by"].set_texts(
            (
                ("app", self.tr("Second Unit")),
                ("others", self.tr("Others, as by GitOps")),
            )
        )

    # -- showing -----------------------------------------------------------------------------

    def _on_looked(self, contexts: tuple[str, ...], clusters: tuple[Cluster, ...]) -> None:
        self._known = {each.context: each for each in clusters}
        names = (*self._known, *(each for each in contexts if each not in self._known))
        self.context.set_texts(tuple((each, each) for each in names))
        self._show(str(self.context.currentData() or ""))

    def _show(self, context: str) -> None:
        if not context:
            self._cluster = None
        else:
            self._cluster = self._known.get(context, Cluster(context=context))
            for name, field in self.texts.items():
                field.setText(str(getattr(self._cluster, name)))
                field.setCursorPosition(0)  # of a long one the beginning tells more
            for name, choice in self.choices.items():
                choice.choose(getattr(self._cluster, name))
            for name, number in self.numbers.items():
                with QSignalBlocker(number):
                    number.setValue(int(getattr(self._cluster, name)))
        self._draw()

    def _draw(self) -> None:
        there, busy = self._cluster is not None, self._busy_with > 0
        self.empty.setVisible(not there and not busy)
        self.busy.setVisible(busy)
        for label in self._sections:
            label.setVisible(there)
        for name, row in self.rows.items():
            row.setVisible(there and self._is_of_use(name))
        for button in (self.keep_keys, self.examine, self.install_engine):
            button.setVisible(there)
            button.setEnabled(not busy)

    def _is_of_use(self, name: str) -> bool:
        if name == "queue_password":
            return str(self.choices["queue"].currentData()) == "rabbitmq"
        other, value = _ONLY_FOR.get(name, ("", ""))
        return not other or str(self.choices[other].currentData()) == value

    def _choose(self) -> None:
        """Show another cluster; what was found of the last one is no word about it."""
        for note in (self.note, self.keys_note):
            note.say("")
        self._show(str(self.context.currentData()))

    # -- changing ----------------------------------------------------------------------------

    def _wire(self) -> None:
        self.context.activated.connect(lambda _: self._choose())
        for field in self.texts.values():
            field.editingFinished.connect(self._take)
            field.textChanged.connect(field.setToolTip)  # of a long one the end is not seen
        for choice in self.choices.values():
            choice.activated.connect(lambda _: self._take())
        for number in self.numbers.values():
            number.valueChanged.connect(lambda _: self._take())
        self.keep_keys.clicked.connect(lambda _=False: self._keep_keys())
        self.examine.clicked.connect(lambda _=False: self._examine())
        self.install_engine.clicked.connect(lambda _=False: self._install_engine())

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = {name: each.text().strip() for name, each in self.texts.items()}
        typed |= {name: each.currentData() for name, each in self.choices.items()}
        return typed | {name: each.value() for name, each in self.numbers.items()}

    def _take(self) -> None:
        """Keep what is typed, if it is another than what is kept."""
        before = self._cluster
        if before is None:
            return
        typed = self._typed()
        after = replace(before, **typed)
        self._draw()
        if after == before:
            return
        self._cluster = self._known[after.context] = after
        home, context = self.bridge.home, after.context

        def keep() -> None:
            change_cluster(home, context, lambda now: replace(now, **typed))
            _require_files(after)

        self._begin(keep, lambda _: self.note.say(""))

    def _keep_keys(self) -> None:
        cluster, secrets = self._cluster, self.bridge.cloud
        typed = {
            "AWS_ACCESS_KEY_ID": self.key_id.text().strip(),
            "AWS_SECRET_ACCESS_KEY": self.secret_key.text().strip(),
            "SECONDUNIT_QUEUE_PASSWORD": self.queue_password.text().strip(),
        }
        wanted = {name: value for name, value in typed.items() if value}
        if cluster is None or not wanted:
            self.keys_note.say(self.tr("Type the keys first."), "warning")
            return
        kept_for = cluster

        def keep() -> None:
            from orchestrator.fleet.kubernetes.line import keep_keys, kept_keys
            from orchestrator.secrets import Secret

            kept = dict(kept_keys(secrets.secrets, kept_for))
            fresh = {name: Secret(value) for name, value in wanted.items()}
            keep_keys(secrets.secrets, kept_for, kept | fresh)

        self._begin(keep, lambda _: self._on_kept())

    def _on_kept(self) -> None:
        for field in (self.key_id, self.secret_key, self.queue_password):
            field.clear()
        self.keys_note.say(self.tr("The keys are kept."), "good")

    def _examine(self) -> None:
        self._take()
        cluster, cloud = self._cluster, self.bridge.cloud
        if cluster is None:
            return
        looked_at = cluster

        def look() -> tuple[Finding, ...]:
            from orchestrator.fleet.kubernetes.applied import way_into
            from orchestrator.fleet.kubernetes.doctor import examine
            from orchestrator.fleet.kubernetes.line import kept_keys

            keys = kept_keys(cloud.secrets, looked_at)
            api = way_into(looked_at, may_lack=looked_at.applied_by == "others")
            return examine(api, looked_at, keys)

        self.note.say(self.tr("Asking the cluster…"))
        self._begin(look, self._on_examined)

    def _install_engine(self) -> None:
        """Show what the engine's volume holds; one that is being installed on is shown again."""
        from gui.settings.cluster_engine import ClusterEngineDialog

        self._take()
        cluster = self._cluster
        if cluster is None or not cluster.engine_claim:
            self.note.say(self.tr("Name the volume with FaceFusion first."), "warning")
            self.note.show_up()
            self.texts["engine_claim"].setFocus()
            return
        dialog = self.engine_dialog
        if dialog is None or not (dialog.is_installing or dialog.cluster == cluster):
            if dialog is not None:
                dialog.deleteLater()
            dialog = self.engine_dialog = ClusterEngineDialog(self.bridge, cluster, self)
        else:
            dialog.look()
        dialog.open()

    def _on_examined(self, findings: tuple[Finding, ...]) -> None:
        self.note.show_up()
        lacking = [each for each in findings if each.state == "missing"]
        if lacking:
            self.note.say("\n".join(map(_line, lacking)), "error")
            return
        doubtful = [each for each in findings if each.state == "note"]
        said = self.tr("Videos can be rendered in this cluster.")
        self.note.say("\n".join((said, *map(_line, doubtful))), "warning" if doubtful else "good")

    def _begin(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Run ``call`` elsewhere and show that; what goes wrong is said on the page."""
        self._busy_with += 1

        def answer(found: Any) -> None:
            self._busy_with -= 1
            then(found)
            self._draw()

        def fail(error: Exception) -> None:
            self._busy_with -= 1
            self.note.say(" ".join(told_of(error)), "error")
            self.note.show_up()
            self._draw()

        self._draw()
        self.run(call, answer, fail)

    # -- laying out ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        for field in (self.secret_key, self.queue_password):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.numbers["pods"].setRange(1, MOST_PODS)
        self.numbers["gpus"].setRange(0, _MOST_GPUS)
        self.numbers["on_demand_pods"].setRange(0, MOST_PODS)
        for number in self.numbers.values():
            number.setKeyboardTracking(False)
        self._group("context", "namespace", "nodes", "image")
        self._group("store", "bucket", "region", "store_endpoint_url", "claim", "claim_folder",
                    "engine_claim")  # fmt: skip
        self.column.addSpacing(8)
        beside(self.install_engine, into=self.column)
        self._group("queue", "queue_endpoint_url", "ca_file")
        self._group("secret", "service_account", "key_id", "secret_key", "queue_password")
        self.column.addSpacing(8)
        beside(self.keep_keys, into=self.column)
        self.column.addSpacing(4)
        self.column.addWidget(self.keys_note)
        self._group(
            "applied_by",
            "manifests_folder",
            "pods",
            "gpus",
            "on_demand_pods",
            "priority_class",
            "urgent_priority_class",
        )
        self.column.addSpacing(16)
        beside(self.examine, into=self.column)
        self.column.addSpacing(8)
        self.column.addWidget(self.busy)
        self.column.addWidget(self.note)
        self.column.addStretch(1)
        self.busy.setRange(0, 0)

    def _group(self, *names: str) -> None:
        self._sections.append(self.section())
        controls: dict[str, QWidget] = {
            "context": self.context, "key_id": self.key_id, "secret_key": self.secret_key,
            "queue_password": self.queue_password, **self.texts, **self.choices, **self.numbers,
        }  # fmt: skip
        for name in names:
            self.rows[name] = row = Row(self, controls[name])
            row.arrow.hide()  # a cluster has no defaults to go back to


def _line(finding: Finding) -> str:
    """Return what was found and what to do about it, as one line."""
    return f"{finding.found} {finding.advice}".strip()


def _require_files(cluster: Cluster) -> None:
    """Return when the files that are chosen can be used; what is chosen is kept all the same.

    Raises:
        RequestRefused: one cannot.
    """
    from orchestrator.fleet.kubernetes.authorities import authorities_of
    from orchestrator.fleet.kubernetes.handover import require_folder

    authorities_of(cluster.ca_file)
    if cluster.applied_by == "others" and cluster.manifests_folder:
        require_folder(cluster.manifests_folder)
