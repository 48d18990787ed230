"""Find the model files that set-up installed, each checked against its digest.

The files lie inside packages that were installed for them alone: those packages are never
imported, because what they ask for is not installed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Literal

from orchestrator.errors import ModelCorrupt, ModelMissing
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import Digest, ModelRef
from remote_worker.digests import digest_of_file

_SET_UP = "Run the set-up again (python installer/environment.py run)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One line of the manifest: a model file and where it comes from."""

    name: str
    digest: Digest
    model_bytes: int
    package: str
    """Distribution that carries the file."""
    version: str
    member: str
    """Path of the file inside the installed distribution, with forward slashes."""
    licence: str
    """SPDX identifier of the model's own licence, which may not be the package's."""
    origin: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ModelState:
    """How one model was found on this machine."""

    model: ModelFile
    state: Literal["good", "missing", "corrupt"]
    sentence: str
    advice: str
    """What to do; empty when the model is good."""


@dataclass(frozen=True, slots=True)
class _Manifest:
    models: tuple[ModelFile, ...]


@cache
def manifest() -> tuple[ModelFile, ...]:
    """Return every model that the product knows, in the manifest's order."""
    text = resources.files("resources").joinpath("models.json").read_text("utf-8")
    return from_text(_Manifest, f'{{"models":{text}}}').models


def find_models(names: Iterable[str]) -> dict[str, Path]:
    """Return the checked file of each model in ``names``, in that order.

    Raises:
        ModelMissing: a name is unknown, or its file is not installed.
        ModelCorrupt: a file's bytes are not those that the manifest names.
    """
    return {model.name: _checked(model) for model in _named(names)}


def model_refs(names: Iterable[str]) -> tuple[ModelRef, ...]:
    """Return the reference of each model in ``names``, sorted by name; opens no file.

    Raises:
        ModelMissing: a name is unknown.
    """
    return tuple(ModelRef(model.name, model.digest) for model in _named(sorted(set(names))))


def check_models() -> tuple[ModelState, ...]:
    """Return how each model of the manifest was found; raises nothing for a bad one."""
    return tuple(_state(model) for model in manifest())


def _state(model: ModelFile) -> ModelState:
    try:
        path = _checked(model)
    except ModelMissing as error:
        return ModelState(model, "missing", error.sentence, error.advice)
    except ModelCorrupt as error:
        return ModelState(model, "corrupt", error.sentence, error.advice)
    return ModelState(model, "good", f"{model.name} is {path}", "")


def _named(names: Iterable[str]) -> Sequence[ModelFile]:
    known = {model.name: model for model in manifest()}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise ModelMissing(
                f"There is no model named {name!r}.",
                f"Known models are {', '.join(sorted(known))}.",
            )
    return [known[name] for name in wanted]


def _checked(model: ModelFile) -> Path:
    path = _locate(model)
    try:
        facts = path.stat()
    except OSError as error:
        raise _missing(model, f"its file {path.name} is not there") from error
    if facts.st_size != model.model_bytes:
        raise _corrupt(model, path)
    if _digest_of_file(path, facts.st_size, facts.st_mtime_ns) != model.digest:
        raise _corrupt(model, path)
    return path


def _locate(model: ModelFile) -> Path:
    try:
        distribution = metadata.distribution(model.package)
    except metadata.PackageNotFoundError as error:
        raise _missing(model, f"the package {model.package} is not installed") from error
    return Path(str(distribution.locate_file(model.member)))


def _missing(model: ModelFile, because: str) -> ModelMissing:
    return ModelMissing(
        f"The model {model.name} ({model.purpose}) is missing: {because}.",
        f"{_SET_UP}, or install {model.package}=={model.version} without its dependencies.",
    )


def _corrupt(model: ModelFile, path: Path) -> ModelCorrupt:
    return ModelCorrupt(
        f"The model {model.name} ({model.purpose}) is not the one it should be: {path}.",
        f"Remove the package {model.package}. {_SET_UP}.",
    )


_digests: dict[tuple[str, int, int], str] = {}
_digests_lock = threading.Lock()


def _digest_of_file(path: Path, size_bytes: int, modified_ns: int) -> str:
    """Return the file's SHA-256; remembered for as long as its size and time stay."""
    key = (str(path), size_bytes, modified_ns)
    with _digests_lock:
        if key not in _digests:
            _digests[key] = digest_of_file(path)
        return _digests[key]
