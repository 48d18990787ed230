"""Fill the settings' pages of clusters and of messages, and take a picture of each state."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from studio import Screen, Studio

from gui.settings.dialog import SettingsDialog
from gui.settings.kubernetes_page import KubernetesPage
from gui.settings.notify_page import NotifyPage
from orchestrator.fleet.kubernetes.cluster import Cluster, clusters_path, save_clusters
from orchestrator.health import Finding
from orchestrator.notify.notifier import Told
from orchestrator.notify.outbox import Outbox
from orchestrator.notify.receivers import (
    Mail,
    Receivers,
    Webhook,
    receivers_path,
    save_receivers,
)
from orchestrator.notify.tidings import Tiding

_DIALOG_PX, _PLAIN_PX = (860, 1640), (860, 700)
_LONG = "arn:aws:eks:eu-central-1:123456789012:cluster/studio-render-production-frankfurt"
_DIGEST = "3f1c9d5e7a2b4c6d8e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d"
STUDIO = Cluster(
    context=_LONG,
    namespace="second-unit",
    image=f"registry.studio.example/video/second-unit-agent@sha256:{_DIGEST}",
    nodes="eks",
    bucket="studio-dailies-frankfurt",
    region="eu-central-1",
    queue="rabbitmq",
    queue_endpoint_url="amqps://second-unit@rabbitmq.studio.example:5671/films",
    engine_claim="facefusion-models",
    pods=12,
    urgent_priority_class="studio-urgent",
)
CLAIM = Cluster(
    context="gke_studio_europe-west4-b_spare",
    nodes="gke",
    store="claim",
    claim="dailies",
    claim_folder="/Volumes/Dailies/second-unit/片場",
    queue="rabbitmq",
    queue_endpoint_url="amqp://127.0.0.1:5672/",
    gpus=0,
)
LACKING = (
    Finding("rights", "good", "Pods and Jobs may be made in second-unit."),
    Finding(
        "queue", "missing", "The queue at rabbitmq.studio.example:5671 does not answer.",
        "Look whether this computer reaches it, and whether its certificate is trusted.",
    ),
    Finding(
        "image", "missing", "The registry does not know this digest.",
        "Push the image, and set the digest that the push printed.",
    ),
)  # fmt: skip
DOUBTFUL = (
    Finding("nodes", "note", "No node has a spot label now.", "They may come when pods wait."),
)
RECEIVERS = Receivers(
    webhooks=(
        Webhook(name="webhook", url="https://hooks.studio.example/second-unit/9f8a7b6c"),
        Webhook(
            name="webhook-2",
            url="https://a-very-long-name-of-a-host-that-nobody-would-type.automation.internal"
            ".studio-frankfurt.example/render",
            occasions=("failed", "budget"),
            language="zh_CN",
        ),
    ),
    mails=(
        Mail(
            name="mail",
            to=("ada@studio.example", "grace.hopper.post-production@studio-frankfurt.example"),
            sender="render@studio.example",
            smtp="mail.studio.example",
            user="render",
        ),
    ),
)


def kubernetes_page(studio: Studio) -> None:
    """Show one cluster and several, keys that lack, and what an examination says."""
    with _contexts(studio, STUDIO.context, CLAIM.context, "minikube"):
        save_clusters(studio.home, (STUDIO, CLAIM))
        dialog = _opened(studio, "kubernetes")
        page = dialog.pages["kubernetes"]
        assert isinstance(page, KubernetesPage)
        studio.until(lambda: page.context.count() == 3)
        studio.shoot("settings-kubernetes-several", dialog)
        page._on_examined(LACKING)
        studio.shoot("settings-kubernetes-lacking", dialog)
        page._on_examined(DOUBTFUL)
        page.context.setCurrentIndex(1)
        page.context.activated.emit(1)
        studio.shoot("settings-kubernetes-volume", dialog)
        page.keep_keys.click()
        page.context.setCurrentIndex(2)
        page.context.activated.emit(2)
        studio.shoot("settings-kubernetes-fresh", dialog)
        dialog.resize(*_PLAIN_PX)
        studio.shoot("settings-kubernetes-plain", dialog)
        _shut(studio, dialog)
    clusters_path(studio.home).unlink(missing_ok=True)


def messages_page(studio: Studio) -> None:
    """Show receivers, a test that was taken and ones that failed, the forms, what is unsent."""
    save_receivers(studio.home, RECEIVERS)
    _fail(studio)
    dialog = _opened(studio, "notify")
    page = dialog.pages["notify"]
    assert isinstance(page, NotifyPage)
    studio.until(lambda: len(page.cards) == 3)
    studio.shoot("settings-notify-receivers", dialog)
    page._on_tested("webhook", Told("webhook", "sent", ""))
    page._on_tested(
        "webhook-2",
        Told("webhook-2", "given up", "The receiver did not answer within 20 s.", "Check it."),
    )
    page._on_tested(
        "mail",
        Told(
            "mail", "waiting",
            "mail.studio.example refused the password (535 5.7.8 Authentication failed: "
            "application-specific-password-required-for-this-account).", "Type it again.",
        ),
    )  # fmt: skip
    studio.shoot("settings-notify-tested", dialog)
    page.add_webhook.click()
    studio.shoot("settings-notify-webhook", dialog)
    page.webhook.cancel.click()
    page.add_mail.click()
    studio.shoot("settings-notify-mail", dialog)
    page.mail.cancel.click()
    page.secret.tell("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD2FVsBQIhrscChlQI=")
    studio.shoot("settings-notify-secret", dialog)
    _shut(studio, dialog)
    receivers_path(studio.home).unlink()
    for each in RECEIVERS.all:
        Outbox(studio.home).forget(each.name)


def _fail(studio: Studio) -> None:
    """Let two messages wait, one of which a receiver refused."""
    outbox = Outbox(studio.home)
    tiding = Tiding(
        tiding_id="t-1", occasion="done", happened_at="2026-03-14T10:12:00+00:00", title="a.mp4"
    )
    outbox.put(tiding, ["webhook"])
    outbox.put(replace(tiding, tiding_id="t-2"), ["webhook-2"])
    taken = outbox.take()
    if taken is not None:
        said = "The receiver answered 503 (Service Unavailable)."
        outbox.failed(taken, said, retry=True, chance=random.Random(1), after_s=3600.0)


@contextmanager
def _contexts(studio: Studio, *names: str) -> Iterator[None]:
    """Let this computer have a kubeconfig with these contexts."""
    path = Path(studio.home.root) / "kubeconfig.json"
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:9"}}],
        "users": [{"name": "u", "user": {}}],
        "contexts": [{"name": n, "context": {"cluster": "c", "user": "u"}} for n in names],
        "current-context": names[0],
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    before = os.environ.get("KUBECONFIG")
    os.environ["KUBECONFIG"] = str(path)
    try:
        yield
    finally:
        os.environ.pop("KUBECONFIG")
        if before is not None:
            os.environ["KUBECONFIG"] = before
        path.unlink()


def _opened(studio: Studio, name: Literal["kubernetes", "notify"]) -> SettingsDialog:
    dialog = SettingsDialog(studio.bridge, studio.window.commands, studio.window)
    dialog.resize(*_DIALOG_PX)
    dialog.show()
    dialog.open_page(name)
    return dialog


def _shut(studio: Studio, dialog: SettingsDialog) -> None:
    dialog.close()
    dialog.deleteLater()
    studio.settle()


AFAR_SCREENS: tuple[Screen, ...] = (kubernetes_page, messages_page)
