"""Set which machines render the selected videos, and what that may cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from gui.bridge import Bridge
from gui.cloud.account import CloudAccount
from gui.cloud.states import needs_user, told_state
from gui.inspector.deadline_row import DeadlineRow
from gui.inspector.rows import ChoiceRow, Row
from gui.inspector.section import Section
from gui.inspector.wishes import Mixed, common
from gui.settings.form import Number
from gui.theme.icons import icon
from gui.theme.roles import give_role
from gui.words.money import read_usd, usd
from orchestrator.cloud import MOST_INSTANCES
from orchestrator.desk import changes
from orchestrator.desk.entries import Entry, Where
from orchestrator.fleet.kubernetes.cluster import MOST_PODS
from orchestrator.fleet.kubernetes.told import (
    ClusterTold,
    clusters_mark,
    has_clusters,
    told_of_cluster,
    where_in_cluster,
)


class WhereSection(Section):
    """This computer, machines of the user's account, or a cluster; hidden where there is no choice.

    Signals:
        account_asked: the account is to be connected, or seen to.
        cluster_asked: the page of the settings where a cluster is set up is to be opened.
    """

    account_asked = Signal()
    cluster_asked = Signal()

    def __init__(
        self, bridge: Bridge, account: CloudAccount, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._account = bridge, account
        self._chosen: tuple[Entry, ...] = ()
        self._can_change, self._full = True, True
        self._cluster: ClusterTold | None = None
        self._looked_for: object = None
        self.kind, self.instances, self.budget = ChoiceRow(), CountRow(), AmountRow()
        self.within = DeadlineRow()
        self.fall_back, self.keep_going = QCheckBox(), QCheckBox()
        self._note, self.see_to_it = QLabel(), QPushButton(icon("consent"), "")
        self.connect_account, self.see_to_cluster = QPushButton(), QPushButton()
        self._note.setWordWrap(True)
        give_role(self._note, "warning")
        give_role(self.connect_account, "quiet")
        for widget in (
            self.kind, self._note, self.see_to_it, self.instances, self.budget, self.within,
            self.fall_back, self.keep_going, self.see_to_cluster,
        ):  # fmt: skip
            self.rows.addWidget(widget)
        self.rows.addWidget(self.connect_account, 0, Qt.AlignmentFlag.AlignLeft)
        self._wire()
        self.retranslate()

    def show_entries(self, chosen: Sequence[Entry], *, can_change: bool, full: bool) -> None:
        """Show where the selected videos are rendered; without ``full`` only the choice."""
        self._chosen, self._can_change, self._full = tuple(chosen), can_change, full
        self._refresh()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.set_title(self.tr("Where"))
        self.kind.say(self.tr("Render on"))
        self._offer()
        self.budget.say(
            self.tr("Budget for this video"),
            self.tr("Rendering stops before it costs more. Empty: what the account allows."),
        )
        self.fall_back.setText(self.tr("On demand where there is no spot"))
        self.fall_back.setToolTip(
            self.tr(
                "An instance at the full price, two to three times as much; nobody takes it back."
            )
        )
        self.within.say(
            self.tr("Done within"),
            self.tr(
                "Until then dear instances are waited out, and the full price, where you allow it,"
                " is paid only when time calls for it. Not together with “Keep going without me”."
            ),
        )
        self.keep_going.setText(self.tr("Keep going without me"))
        self.keep_going.setToolTip(
            self.tr(
                "AWS itself replaces instances that it takes back, so you can close the laptop."
            )
        )
        self.connect_account.setText(self.tr("Connect an AWS account…"))
        self.connect_account.setToolTip(
            self.tr("Render on GPUs of your own account, paid by the second.")
        )
        self.see_to_cluster.setText(self.tr("Set the cluster up…"))
        self._refresh()

    def _offer(self) -> None:
        """Offer what there is; a cluster where a kubeconfig is, or a video was given to one."""
        offered = [("here", self.tr("This computer")), ("aws", self.tr("AWS, by the second"))]
        if has_clusters(self._bridge.home) or any(
            entry.where.kind == "kubernetes" for entry in self._chosen
        ):
            offered.append(("kubernetes", self.tr("Kubernetes cluster")))
        self.kind.offer(offered)

    # -- showing -----------------------------------------------------------------------------

    def _is_offered(self) -> bool:
        """Return whether there is a choice: an account, a cluster, or a video given to one."""
        chosen = self._account.connection.is_chosen or has_clusters(self._bridge.home)
        return chosen or any(entry.where.kind != "here" for entry in self._chosen)

    def _refresh(self) -> None:
        offered, can = self._is_offered(), self._can_change
        wheres = [entry.where for entry in self._chosen] or [Where()]
        kind = common(where.kind for where in wheres)
        rents = kind == "aws"
        in_cluster = kind == "kubernetes"
        self._offer()
        self.kind.setVisible(offered)
        self.connect_account.setVisible(not self._account.connection.is_chosen and self._full)
        self.kind.setEnabled(can)
        self.kind.show_value(None if isinstance(kind, Mixed) else kind)
        self.kind.show_differs(differs=can and kind != "here")
        self._show_numbers(wheres, shown=offered and rents and self._full, can=can)
        self._show_state(shown=offered and rents)
        self._show_cluster(wheres[0], shown=in_cluster, can=can)

    def _show_cluster(self, where: Where, *, shown: bool, can: bool) -> None:
        """Say which cluster, storage and queue; or what of them is still to be set up."""
        self.see_to_cluster.setVisible(shown)
        if not shown:
            return
        self.instances.say(
            self.tr("Pods side by side"),
            self.tr("At most; there are never more than pieces of the video that wait."),
        )
        for widget in (self.instances, self.fall_back):
            widget.setVisible(self._full)
            widget.setEnabled(can)
        self._look_at_cluster(where.cluster)
        told = self._cluster
        self._note.setVisible(True)
        give_role(self._note, "warning" if told is not None and told.lacking else "muted")
        if told is None:
            self._note.setText(self.tr("Looking at the cluster…"))
        elif told.lacking:
            self._note.setText(told.lacking)
        else:
            said = self.tr("{0}, namespace {1}. Storage: {2}. Queue: {3}.")
            line = said.format(told.context, told.namespace, told.storage, told.queue)
            self._note.setText(f"{line} {self._of_others(told)}".rstrip())
        self.see_to_cluster.setText(
            self.tr("Set the cluster up…")
            if told is None or told.lacking
            else self.tr("Change the cluster…")
        )

    def _of_others(self, told: ClusterTold) -> str:
        """Return what whoever applies the Jobs has to do, where that is not this app."""
        if not told.by_others:
            return ""
        entry = self._chosen[0] if len(self._chosen) == 1 else None
        if entry is None or entry.job_id is None or not told.manifests:
            folder = told.manifests or self.tr("the app’s own folder")
            return self.tr("Others apply its Jobs; their manifests go to {0}.").format(folder)
        if entry.state in ("done", "cancelled"):
            said = self.tr("Its pods are needed no more: take {0} away from what is applied.")
        else:
            said = self.tr("Others apply its Jobs, from {0}.")
        return said.format(told.manifests)

    def _look_at_cluster(self, context: str) -> None:
        """Read what is set up, off this thread, when that may have changed."""
        home = self._bridge.home
        only = self._chosen[0] if len(self._chosen) == 1 else None
        job_id = None if only is None else only.job_id
        state = None if only is None else only.state
        mark = (context, job_id, state, clusters_mark(home))
        if mark == self._looked_for:
            return
        self._looked_for = mark

        def show(told: ClusterTold) -> None:
            self._cluster = told
            self._refresh()

        self._bridge.run(lambda: told_of_cluster(home, context, job_id), show)

    def _show_numbers(self, wheres: Sequence[Where], *, shown: bool, can: bool) -> None:
        give_role(self._note, "warning")
        self.instances.say(
            self.tr("Instances side by side"),
            self.tr("More are done sooner; each takes some minutes to start, which is paid too."),
        )
        for widget in (self.instances, self.budget, self.within, self.fall_back, self.keep_going):
            widget.setVisible(shown)
            widget.setEnabled(can)
        self.within.setEnabled(can and not any(where.keep_going for where in wheres))
        self.within.show_within(wheres[0].within_s)
        self.within.show_differs(differs=can and wheres[0].within_s is not None)
        usual = self._account.connection.where()
        most = MOST_PODS if wheres[0].kind == "kubernetes" else MOST_INSTANCES
        self.instances.allow(most)
        self.instances.show_count(wheres[0].instances)
        self.instances.show_differs(differs=can and wheres[0].instances != usual.instances)
        self.budget.show_amount(wheres[0].budget_usd)
        self.budget.show_differs(differs=can and wheres[0].budget_usd != usual.budget_usd)
        self.fall_back.setChecked(all(where.fall_back for where in wheres))
        self.keep_going.setChecked(all(where.keep_going for where in wheres))

    def _show_state(self, *, shown: bool) -> None:
        """Say why nothing could be rendered there now, with the one button that helps."""
        connection = self._account.connection
        told = told_state(connection) if shown else None
        self._note.setVisible(told is not None)
        self.see_to_it.setVisible(told is not None and needs_user(connection))
        if told is not None:
            self._note.setText(self.tr("{0} {1}").format(told.sentence, told.advice).strip())
            self.see_to_it.setText(told.button)
        elif shown:
            self._show_quota()

    def _show_quota(self) -> None:
        """Say when the account may not have as many instances as are wished for."""
        quota = self._account.quota
        wished = max((e.where.instances for e in self._chosen if e.where.kind == "aws"), default=0)
        if quota is None or wished <= quota.instances:
            return
        if quota.instances:
            told = self.tr("The account may have %n instance(s) at a time; more are not given.", "",
                           quota.instances)  # fmt: skip
        else:
            told = self.tr("The account may have no GPU instance yet.")
        self._note.setText(told)
        self._note.show()
        self.see_to_it.setText(self.tr("Ask AWS for more…"))
        self.see_to_it.show()

    # -- changing ----------------------------------------------------------------------------

    def _wire(self) -> None:
        usual = self._account
        self.kind.changed.connect(self._set_kind)
        self.kind.reset.connect(lambda: self._set_kind("here"))
        self.instances.counted.connect(
            lambda n: self._change(lambda where: replace(where, instances=n))
        )
        self.instances.reset.connect(
            lambda: self._change(
                lambda where: replace(where, instances=usual.connection.where().instances)
            )
        )
        self.budget.amount_set.connect(
            lambda amount: self._change(lambda where: replace(where, budget_usd=amount))
        )
        self.budget.reset.connect(
            lambda: self._change(
                lambda where: replace(where, budget_usd=usual.connection.where().budget_usd)
            )
        )
        self.within.within_set.connect(
            lambda within_s: self._change(lambda where: replace(where, within_s=within_s))
        )
        self.within.reset.connect(lambda: self._change(lambda where: replace(where, within_s=None)))
        self.fall_back.clicked.connect(
            lambda checked: self._change(lambda where: replace(where, fall_back=checked))
        )
        self.keep_going.clicked.connect(
            lambda checked: self._change(lambda where: replace(where, keep_going=checked))
        )
        self.see_to_it.clicked.connect(lambda _=False: self.account_asked.emit())
        self.connect_account.clicked.connect(lambda _=False: self.account_asked.emit())
        self.see_to_cluster.clicked.connect(lambda _=False: self.cluster_asked.emit())
        usual.changed.connect(self._refresh)

    def set_region(self, region: str) -> None:
        """Render the selected videos in a region; the account's own is the usual one."""
        named = "" if region == self._account.connection.region else region
        self._change(lambda where: replace(where, region=named) if where.kind == "aws" else where)

    def _set_kind(self, kind: str) -> None:
        if kind == "kubernetes":
            home = self._bridge.home

            def give(wanted: Where) -> None:
                self._change(lambda where: where if where.kind == kind else wanted)

            self._bridge.run(lambda: where_in_cluster(home), give)
            return
        wanted = self._account.connection.where() if kind == "aws" else Where()
        self._change(lambda where: where if where.kind == kind else wanted)

    def _change(self, change: Callable[[Where], Where]) -> None:
        ids = tuple(entry.entry_id for entry in self._chosen)
        self._bridge.tell(
            lambda desk: desk.change("where", lambda e: changes.with_where(e, ids, change))
        )


class CountRow(Row):
    """A small number.

    Signals:
        counted: the number that was set.
    """

    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Number()
        self.box.setRange(1, MOST_INSTANCES)
        self.box.setKeyboardTracking(False)
        self.box.valueChanged.connect(self.counted)
        self.column.addSpacing(2)
        self.column.addWidget(self.box)

    def allow(self, most: int) -> None:
        """Let it be so much at most; nobody hears of it."""
        with QSignalBlocker(self.box):
            self.box.setMaximum(most)

    def show_count(self, number: int) -> None:
        """Show a number; nobody hears of it."""
        with QSignalBlocker(self.box):
            self.box.setValue(number)

    def _name_control(self, name: str, hint: str) -> None:
        self.box.setAccessibleName(name)
        self.box.setToolTip(hint)


class AmountRow(Row):
    """An amount of money, or none.

    Signals:
        amount_set: a Decimal, or None.
    """

    amount_set = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amount: Decimal | None = None
        self.field = QLineEdit()
        self.field.editingFinished.connect(self._on_typed)
        self.column.addSpacing(2)
        self.column.addWidget(self.field)

    def show_amount(self, amount: Decimal | None) -> None:
        """Show an amount; what is being typed goes first."""
        self._amount = amount
        self.field.setPlaceholderText(self.tr("No limit of its own"))
        if not self.field.hasFocus():
            self.field.setText("" if amount is None else usd(amount))

    def _on_typed(self) -> None:
        typed = self.field.text().strip()
        amount = read_usd(typed)
        if typed and amount is None:
            self.field.setText("" if self._amount is None else usd(self._amount))
        elif amount != self._amount:
            self.amount_set.emit(amount)

    def _name_control(self, name: str, hint: str) -> None:
        self.field.setAccessibleName(name)
        self.field.setToolTip(hint)
