"""Put FaceFusion on a cluster's volume: the claim, the licences, the Job and how far it is."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from orchestrator.cli.driving import handling_signals
from orchestrator.cli.engine import STATUSES, settings_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.licences import settle_models
from orchestrator.cli.report import Reporter, Step
from orchestrator.cloud import Cloud
from orchestrator.errors import SecondUnitError
from orchestrator.facefusion.errors import EngineInstallFailed, EngineLicenceOpen
from orchestrator.facefusion.install import installation_here, models_for
from orchestrator.facefusion.packages import packages_for
from orchestrator.fleet.ec2.image import PYTHON
from orchestrator.fleet.kubernetes import engine_manifests
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.checks import complaints
from orchestrator.fleet.kubernetes.cluster import Cluster, find_cluster
from orchestrator.fleet.kubernetes.engine import find_claim, make_claim
from orchestrator.fleet.kubernetes.engine_install import (
    SYSTEMS,
    EngineWish,
    Installed,
    flavour_of,
    install,
    outfit_for,
)
from orchestrator.fleet.kubernetes.engine_manifests import ClaimWish, access_mode_of
from orchestrator.fleet.kubernetes.engine_store import bring
from orchestrator.fleet.kubernetes.engine_watch import IN_CLUSTER, Told
from orchestrator.fleet.kubernetes.line import Keys, kept_keys
from orchestrator.fleet.kubernetes.manifests import Manifest, grace_s, to_yaml, with_image
from orchestrator.fleet.kubernetes.run import require_sound
from orchestrator.home import Home
from orchestrator.settings_file import load


def engine(asked: Namespace, reporter: Reporter) -> Exit:
    """Install FaceFusion on the cluster's claim, or say that it is there."""
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    api = Api(cluster.context, cluster.namespace)
    keys = {} if cluster.secret else kept_keys(Cloud(home).secrets, cluster)
    try:
        wish = _wish(home, asked, reporter)
        _have_claim(api, cluster, asked, reporter)
        if asked.bring:
            _bring(home, cluster, keys, wish, reporter)
        installed = _install(api, cluster, keys, wish, reporter)
    except EngineLicenceOpen as error:
        return _problem(reporter, error, Exit.USAGE)
    except EngineInstallFailed as error:
        return _problem(
            reporter, error, STATUSES.get(error.code.removesuffix(IN_CLUSTER), Exit.FAILED)
        )
    held = installed.holds
    told = "was there" if installed.was_there else "is installed"
    said = f"FaceFusion {held.version} ({held.flavour}, {len(held.models)} models) {told}"
    reporter.result(
        installed,
        lambda console: console.print(f"{said} on {cluster.engine_claim}.", markup=False),
    )
    return Exit.DONE


def engine_manifest(asked: Namespace, reporter: Reporter) -> Exit:
    """Print what installs FaceFusion, for those who apply it by other means."""
    home = Home.default()
    cluster = with_image(find_cluster(home, asked.cluster), asked.image)
    keys = {} if cluster.secret else kept_keys(Cloud(home).secrets, cluster)
    try:
        wish = _wish(home, asked, reporter)
    except EngineLicenceOpen as error:
        return _problem(reporter, error, Exit.USAGE)
    outfit = outfit_for(cluster, keys, wish, installation_here())
    found = [engine_manifests.plan_map(outfit), engine_manifests.install_job(outfit, stays=True)]
    require_sound([_removed(each) for each in found], cluster)
    for wrong in complaints(found, float(grace_s(cluster))):
        reporter.say(f"{wrong.where}: {wrong.sentence}")
    if asked.make_claim:
        found.insert(0, engine_manifests.claim(cluster, _claim_wish(asked)))
    if asked.validate:
        api = Api(cluster.context, cluster.namespace)
        for each in found:
            api.create(each, dry_run=True)
    if outfit.secret:
        reporter.say(
            f"The pod takes its keys from the Secret {outfit.secret}: it is not printed."
            + ("" if cluster.secret else " Make it by 'kubectl create secret generic'.")
        )
    text = to_yaml(found)
    reporter.result(found, lambda console: console.out(text, highlight=False, end=""))
    return Exit.DONE


def _removed(manifest: Manifest) -> Manifest:
    """Return a manifest as if it were removed in the end: who applies it decides about that."""
    if manifest["kind"] != "Job":
        return manifest
    return manifest | {"spec": manifest["spec"] | {"ttlSecondsAfterFinished": 0}}


def _wish(home: Home, asked: Namespace, reporter: Reporter) -> EngineWish:
    """Return what is asked for, its licences agreed to.

    Raises:
        EngineLicenceOpen: they are not.
        EngineInstallFailed, RequestRefused: a model or a setting is unknown.
    """
    models = models_for([{}, *settings_of(asked.set)], asked.model)
    settle_models(home, models, reporter, accepts=asked.accept_licences)
    return EngineWish(
        models=models,
        accepted=load(home).accepted_licences,
        mirror=asked.mirror,
        flavour=asked.flavour,
        anew=getattr(asked, "anew", False),
    )


def _claim_wish(asked: Namespace) -> ClaimWish:
    return ClaimWish(
        size=asked.make_claim,
        storage_class=asked.storage_class,
        access_mode=access_mode_of(asked.access_mode),
    )


def _have_claim(api: Api, cluster: Cluster, asked: Namespace, reporter: Reporter) -> None:
    """Make the claim if that is asked for, and say what its way to be mounted means.

    Raises:
        CloudError, RequestRefused: it cannot be.
    """
    with reporter.doing("looking at the claim"):
        if asked.make_claim and find_claim(api, cluster) is None:
            make_claim(api, cluster, _claim_wish(asked))
            reporter.say(f"The claim {cluster.engine_claim} was made.")
        seen = find_claim(api, cluster)
    modes = set(seen.access_modes) if seen is not None else set()
    if modes and not modes & {"ReadWriteMany", "ReadOnlyMany"}:
        reporter.say(
            f"{cluster.engine_claim} is {' and '.join(sorted(modes))}: only pods of one node can"
            " render from it at a time. ReadWriteMany is for several."
        )


def _bring(home: Home, cluster: Cluster, keys: Keys, wish: EngineWish, reporter: Reporter) -> None:
    folder: Path = home.cache / "engine-packages"
    packages = packages_for(wish.flavour or flavour_of(cluster), SYSTEMS[0], PYTHON)
    with reporter.doing("bringing") as step, _stopped_by_signals() as stop:
        brought = bring(
            cluster, keys, installation_here(), packages, folder,
            lambda name, done, total: step(done, max(1, total), name), stop,
        )  # fmt: skip
    reporter.say(f"{len(brought.sent)} files were brought, {len(brought.there)} were there.")


def _install(
    api: Api, cluster: Cluster, keys: Keys, wish: EngineWish, reporter: Reporter
) -> Installed:
    with reporter.doing("installing") as step, _stopped_by_signals() as stop:
        return install(
            api, cluster, keys, wish, installation_here(), _teller(step), stop
        )  # fmt: skip


def _teller(step: Step) -> Callable[[Told], None]:
    def tell(told: Told) -> None:
        progress = told.progress
        if progress is None:
            step(0, 1, told.words)
        else:
            words = told.words or f"{progress.step} {progress.file}".strip()
            step(progress.done_bytes, max(1, progress.total_bytes), words)

    return tell


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """Give what Ctrl-C sets, so that nothing is left running in the cluster."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    with handling_signals(on_signal):
        yield stop


def _problem(reporter: Reporter, error: SecondUnitError, status: Exit) -> Exit:
    reporter.problem(error.code, error.sentence, error.advice)
    return status
