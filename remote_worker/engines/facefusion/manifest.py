"""Name every FaceFusion model that can be asked for: where it is, whose, and its digest.

A digest in ``models.json`` is there because at least two independent projects published the
same SHA-256 for the file that FaceFusion's own releases carry, or because the publisher of
this app took it from the file (``secondunit engine lock``).  Where it is ``null`` nobody we
know has said it: the first copy is held to FaceFusion's own CRC32 over TLS, its SHA-256 is
written to a lock (:func:`write_pins`), and every later copy is held to that.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, digest_of, from_text
from remote_worker.contract.records import Digest, ModelRef
from remote_worker.digests import digest_of_file
from remote_worker.engines.facefusion.installation import EngineMissing, Installation
from remote_worker.errors import EngineFailed

HOSTS = (
    "https://github.com/facefusion/facefusion-assets/releases/download/{base}/{file}",
    "https://huggingface.co/facefusion/{base}/resolve/main/{file}",
    "https://hf-mirror.com/facefusion/{base}/resolve/main/{file}",
)
"""Where FaceFusion publishes its models, in the order they are asked."""
_FREE = (
    "Apache-2.0", "BSD-3-Clause", "CC-BY-4.0", "GPL-3.0", "MIT", "OpenRAIL-M", "WTFPL",
)  # fmt: skip
_MANIFEST = Path(__file__).with_name("models.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """One model: a file ``<name>.onnx`` of one of FaceFusion's releases of models."""

    name: str
    base: str
    """The release that carries it, such as ``models-3.3.0``."""
    vendor: str
    """Who made it, by FaceFusion's own label; may be empty."""
    licence: str
    """FaceFusion's own label, such as ``Non-Commercial``; not a lawyer's word."""
    purpose: str
    about_bytes: int | None
    """About how large it is; exact where there is a digest, None where nobody said."""
    digest: Digest | None

    @property
    def file(self) -> str:
        """What the file is called everywhere."""
        return f"{self.name}.onnx"

    @property
    def commercial(self) -> bool:
        """Whether the label allows commercial use; an unknown one does not."""
        return self.licence in _FREE

    def urls(self) -> tuple[str, ...]:
        """Return where the file is published."""
        return tuple(host.format(base=self.base, file=self.file) for host in HOSTS)

    def hash_urls(self) -> tuple[str, ...]:
        """Return where FaceFusion publishes the file's CRC32, as eight hex digits."""
        return tuple(host.format(base=self.base, file=f"{self.name}.hash") for host in HOSTS)


@dataclass(frozen=True, slots=True)
class _Manifest:
    models: tuple[ModelFile, ...]


@functools.cache
def manifest() -> Mapping[str, ModelFile]:
    """Return every known model by name, in the manifest's order."""
    text = _MANIFEST.read_text(encoding="utf-8")
    models = from_text(_Manifest, f'{{"models":{text}}}').models
    return {model.name: model for model in models}


def model_files(names: Iterable[str]) -> tuple[ModelFile, ...]:
    """Return the models called ``names``, sorted, each once.

    Raises:
        EngineFailed: the manifest has none of that name.
    """
    known = manifest()
    for name in (wanted := sorted(set(names))):
        if name not in known:
            raise EngineFailed(f"There is no FaceFusion model {name[:80]!r} in the manifest.")
    return tuple(known[name] for name in wanted)


# -- digests that the manifest does not name ------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pins:
    models: Mapping[str, Digest]


def read_pins(lock: Path) -> Mapping[str, Digest]:
    """Return the digests of a lock file by model name; none where there is no such file.

    Raises:
        EngineFailed: the file is none of ours, or damaged.
    """
    try:
        return from_text(_Pins, lock.read_bytes()).models
    except FileNotFoundError:
        return {}
    except (ContractError, OSError) as error:
        raise EngineFailed(f"The lock of the models, {lock}, cannot be read: {error}") from error


def write_pins(lock: Path, pins: Mapping[str, Digest]) -> None:
    """Add digests to a lock file; one that is there is never changed.

    Raises:
        EngineFailed: the lock names another digest for one of them.
        OSError: it cannot be written.
    """
    held = dict(read_pins(lock))
    for name, digest in pins.items():
        if held.setdefault(name, digest) != digest:
            raise EngineFailed(
                f"The model {name} is another file than the one this installation is locked to."
            )
    lock.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"models": held}, indent=1, sort_keys=True)
    write_whole(lock, [text.encode()])


def known_digest(model: ModelFile, pins: Mapping[str, Digest]) -> Digest | None:
    """Return the digest that a model is held to: the manifest's, else the lock's."""
    return model.digest or pins.get(model.name)


def known_refs(
    names: Iterable[str], installation: Installation | None = None
) -> tuple[ModelRef, ...]:
    """Return the models with their digests, sorted by name; opens no model.

    Raises:
        EngineFailed: a name is unknown.
        EngineMissing: the digest of one of them is not known on this machine yet.
    """
    pins = read_pins(installation.lock) if installation is not None else {}
    found = [(model.name, known_digest(model, pins)) for model in model_files(names)]
    if unknown := [name for name, digest in found if digest is None]:
        raise EngineMissing(
            f"Nobody has said the digest of {', '.join(unknown)} yet: it is known once the model "
            "has been downloaded here or by an instance of the account."
        )
    return tuple(ModelRef(name, digest) for name, digest in found if digest is not None)


def model_set(refs: Iterable[ModelRef]) -> Digest:
    """Return one digest for a set of models: what a render's pixels depend on."""
    return Digest(digest_of(sorted((ref.name, ref.digest) for ref in refs)))


# -- models on this machine -----------------------------------------------------------------

_seen: dict[tuple[str, int, int], Digest] = {}


def models_of(installation: Installation, names: Iterable[str]) -> dict[str, Path]:
    """Return the checked file of each model; its ``.hash`` lies beside it.

    A file's digest is taken once in a process for as long as its size and time stay.

    Raises:
        EngineMissing: one is not there.
        EngineFailed: one is not the file it should be.
    """
    pins = read_pins(installation.lock)
    return {model.name: _checked(installation, model, pins) for model in model_files(names)}


def _checked(installation: Installation, model: ModelFile, pins: Mapping[str, Digest]) -> Path:
    path = installation.models / model.file
    try:
        facts = path.stat()
    except OSError as error:
        raise EngineMissing(
            f"The model {model.name} ({model.purpose}) is not installed: add it under Settings, "
            f"Engine, or by `secondunit engine install --model {model.name}`."
        ) from error
    key = (str(path), facts.st_size, facts.st_mtime_ns)
    if key not in _seen:
        _seen[key] = digest_of_file(path)
    if _seen[key] != known_digest(model, pins):
        raise EngineFailed(
            f"The model {model.name} is not the file it should be: {path}. "
            "Install it again under Settings, Engine, or with `secondunit engine install`."
        )
    return path
