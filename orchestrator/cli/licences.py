"""Print which models are not for commercial use, and note that somebody agreed to that."""

from __future__ import annotations

from collections.abc import Collection

from orchestrator.cli.report import Reporter
from orchestrator.engines import Pairs
from orchestrator.facefusion.errors import EngineLicenceOpen
from orchestrator.home import Home
from orchestrator.licences import (
    accept,
    labels_of_models,
    models_by_label,
    require_accepted,
    to_accept,
)
from orchestrator.prepare import Wish
from orchestrator.settings_file import load
from remote_worker.engines.facefusion import manifest


def settle_licences(home: Home, wish: Wish, reporter: Reporter, *, accepts: bool) -> None:
    """Tell the labels of the models of ``wish`` that nobody agreed to yet, and have them agreed to.

    Raises:
        LicencesNotAccepted: ``accepts`` is not so.
    """
    settle(home, wish.engine, wish.settings, reporter, accepts=accepts)


def settle(home: Home, engine: str, settings: Pairs, reporter: Reporter, *, accepts: bool) -> None:
    """Do the same for an engine and its settings.

    Raises:
        LicencesNotAccepted: ``accepts`` is not so.
    """
    missing = to_accept(engine, settings, load(home).accepted_licences)
    for label, models in models_by_label(engine, settings).items():
        if label in missing:
            reporter.say(f"not for commercial use, as labelled: {label}: {', '.join(models)}")
    if accepts and missing:
        accept(home, missing)
        reporter.say("This was noted; it is not asked again for these labels.")
    require_accepted(home, engine, settings)


def settle_models(
    home: Home, models: Collection[str], reporter: Reporter, *, accepts: bool
) -> None:
    """Do the same for models that are to be installed, whatever they will be used for.

    Raises:
        EngineLicenceOpen: ``accepts`` is not so.
    """
    accepted = load(home).accepted_licences
    missing = {k: v for k, v in labels_of_models(models).items() if k not in accepted}
    for name in [name for named in missing.values() for name in named]:
        model = manifest.manifest()[name]
        reporter.say(f"{name} ({model.purpose}) by {model.vendor}: {model.licence}")
    if missing and not accepts:
        raise EngineLicenceOpen(
            "By FaceFusion's own labels these are not for commercial use.",
            "Read the licences, then add --accept-licences.",
        )
    if missing:
        accept(home, missing)
        reporter.say("This was noted; it is not asked again for these labels.")
