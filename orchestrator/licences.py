"""Ask once whether a user accepts the licences of models that are not for commercial use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from orchestrator.engines import FACEFUSION, Pairs
from orchestrator.errors import LicencesNotAccepted
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import load, save
from remote_worker.engines.facefusion import manifest
from remote_worker.engines.facefusion.licences import Licensed, licences_of, restrictions_of


def to_accept(engine: str, settings: Pairs, accepted: Collection[str]) -> tuple[str, ...]:
    """Return the labels that forbid commercial use and that nobody accepted yet.

    Each is a label and who gave it, such as ``Non-Commercial (InsightFace)``.
    """
    return tuple(label for label in _restrictions(engine, settings) if label not in accepted)


def models_of(engine: str, settings: Pairs) -> tuple[Licensed, ...]:
    """Return every model that is used, with its label; none for engines of this product."""
    if engine != FACEFUSION:
        return ()
    try:
        return licences_of(dict(settings))
    except ValueError:
        return ()  # settings that are none are refused by whoever renders with them


def models_by_label(engine: str, settings: Pairs) -> Mapping[str, tuple[str, ...]]:
    """Return the models behind each label that forbids commercial use."""
    found: dict[str, tuple[str, ...]] = {}
    for each in models_of(engine, settings):
        if not each.is_commercial:
            label = label_of(each.label, each.vendor)
            found[label] = (*found.get(label, ()), each.model)
    return found


def labels_of_models(models: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the labels that forbid commercial use of models that are to be installed, with those.

    Raises:
        KeyError: FaceFusion has no such model.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(set(models)):
        model = manifest.manifest()[name]
        if not model.commercial:
            label = label_of(model.licence, model.vendor)
            found[label] = (*found.get(label, ()), name)
    return found


def label_of(licence: str, vendor: str) -> str:
    """Return what somebody agrees to: a label and who gave it."""
    return f"{licence} ({vendor})"


def accepting(settings: Settings, labels: Collection[str]) -> Settings:
    """Return ``settings`` with ``labels`` accepted."""
    known = {*settings.accepted_licences, *labels}
    return replace(settings, accepted_licences=tuple(sorted(known)))


def accept(home: Home, labels: Collection[str]) -> None:
    """Note on disk that ``labels`` were accepted.

    Raises:
        SettingsRefused: the settings are a newer version's.
        NotSaved: they could not be written.
    """
    home.root.mkdir(parents=True, exist_ok=True)  # it may be the first thing that is kept
    save(home, accepting(load(home), labels))


def require_accepted(home: Home, engine: str, settings: Pairs) -> None:
    """Return when everything that is to be used was accepted.

    Raises:
        LicencesNotAccepted: something was not.
        SettingsRefused: the settings are a newer version's.
    """
    if not _restrictions(engine, settings):
        return
    missing = to_accept(engine, settings, load(home).accepted_licences)
    if missing:
        raise LicencesNotAccepted(
            f"This render uses models that are labelled not for commercial use: "
            f"{', '.join(missing)}.",
            "Accept that once (--accept-licences in the terminal), or choose other models.",
        )


def _restrictions(engine: str, settings: Pairs) -> tuple[str, ...]:
    if engine != FACEFUSION:
        return ()
    try:
        return restrictions_of(dict(settings))
    except ValueError:
        return ()
