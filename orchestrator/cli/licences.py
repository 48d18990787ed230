"""Print which models are not for commercial use, and note that somebody agreed to that."""

from __future__ import annotations

from orchestrator.cli.report import Reporter
from orchestrator.engines import Pairs
from orchestrator.home import Home
from orchestrator.licences import accept, models_by_label, require_accepted, to_accept
from orchestrator.prepare import Wish
from orchestrator.settings_file import load


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
