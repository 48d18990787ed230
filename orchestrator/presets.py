"""Keep named presets: how a video is to look and what kind of file is made, nothing private."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from orchestrator.desk.entries import Look, Output
from orchestrator.engines import FACEFUSION
from orchestrator.errors import NotSaved, PresetRefused
from orchestrator.home import Home
from orchestrator.jobs import Container
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, from_plain, to_plain
from remote_worker.contract.records import Codec
from remote_worker.errors import OrderRefused

ENDING = ".secondunit-preset"
"""What a preset's file ends in when it is given to somebody else."""
NAME_MOST = 80
"""Characters."""
_KIND, _VERSION = "secondunit-preset", 1
_MOST_BYTES = 64 << 10
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of text: with them a name looks like another one."""
_COUNTED = re.compile(r" \((\d{1,4})\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A look and an output under a name; the output's folder and file name are never in it."""

    name: str
    look: Look
    output: Output
    built_in: bool = False
    """Whether it came with the app; it can be neither renamed nor removed."""

    def output_for(self, output: Output) -> Output:
        """Return this preset's output with the folder and file name of ``output``."""
        return replace(self.output, folder=output.folder, name=output.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OutputOnFile:
    container: Container = "mp4"
    codec: Codec = "h264"
    quality: int | None = None
    preset: str | None = None
    hardware: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _OnFile:
    kind: str
    version: int
    name: str
    look: Look
    output: _OutputOnFile


class Presets:
    """The presets that came with the app and the user's own, each in a file of its own."""

    def __init__(self, home: Home) -> None:
        """Use the presets below ``home``; nothing is read yet."""
        self._home = home

    def list(self) -> tuple[Preset, ...]:
        """Return those that came with the app, then the user's own by name.

        A file that cannot be used is left out; :meth:`unreadable` names it.
        """
        own = (preset for preset, _ in self._own() if preset is not None)
        return (*built_in(), *sorted(own, key=lambda preset: _folded(preset.name)))

    def unreadable(self) -> tuple[Path, ...]:
        """Return the files that hold no preset this version can use."""
        return tuple(path for preset, path in self._own() if preset is None)

    def get(self, name: str) -> Preset:
        """Return one preset.

        Raises:
            PresetRefused: there is none of that name.
        """
        wanted = _folded(name)
        for preset in self.list():
            if _folded(preset.name) == wanted:
                return preset
        raise PresetRefused(f"There is no preset {name!r}.", "Choose another one.")

    def save(self, name: str, look: Look, output: Output, *, replacing: bool = False) -> Preset:
        """Keep a preset; with ``replacing`` one of the user's own of that name gives way.

        Raises:
            PresetRefused: the name is taken or not usable, or a value is not.
            NotSaved: it could not be written.
        """
        plain = to_plain(replace(output, folder=None, name=None))
        del plain["folder"], plain["name"]
        on_file = _OnFile(
            kind=_KIND,
            version=_VERSION,
            name=clean_name(name),
            look=look,
            output=from_plain(_OutputOnFile, plain),
        )
        preset = _checked(on_file)
        self._require_not_built_in(preset.name)
        if not self._write(preset, replacing=replacing):
            raise _taken(preset.name)
        return preset

    def rename(self, name: str, new_name: str) -> Preset:
        """Give one of the user's own presets another name.

        Raises:
            PresetRefused: there is none, it came with the app, or the new name is taken.
            NotSaved: it could not be written; it has its old name.
        """
        preset, path = self._own_named(name)
        renamed = replace(preset, name=clean_name(new_name))
        self._require_not_built_in(renamed.name)
        is_same_file = self._path(renamed.name) == path
        if not self._write(renamed, replacing=is_same_file):
            raise _taken(renamed.name)
        if not is_same_file:
            self._delete(path)
        return renamed

    def remove(self, name: str) -> None:
        """Delete one of the user's own presets.

        Raises:
            PresetRefused: there is none, or it came with the app.
            NotSaved: it could not be deleted.
        """
        _, path = self._own_named(name)
        self._delete(path)

    def export(self, name: str, to: Path) -> None:
        """Write a preset to a file that can be given to somebody else.

        Raises:
            PresetRefused: there is none of that name.
            NotSaved: it could not be written.
        """
        _write_file(to, self.get(name))

    def import_file(self, path: Path) -> Preset:
        """Keep the preset in ``path``; it gets a number when its name is taken.

        One that is here already, name and values, is returned as it is.

        Raises:
            PresetRefused: the file holds no preset this version can use.
            NotSaved: it could not be written.
        """
        preset = read_file(path)
        for name in _numbered(preset.name):
            named = replace(preset, name=name)
            there = next((p for p in self.list() if _folded(p.name) == _folded(name)), None)
            if there is not None and (there.look, there.output) == (named.look, named.output):
                return there
            if there is None and self._write(named, replacing=False):
                return named
        raise _taken(preset.name)

    def _own(self) -> Iterator[tuple[Preset | None, Path]]:
        for path in sorted(self._home.presets.glob("*.json")):
            try:
                yield read_file(path), path
            except PresetRefused:
                yield None, path

    def _own_named(self, name: str) -> tuple[Preset, Path]:
        wanted = _folded(name)
        for preset, path in self._own():
            if preset is not None and _folded(preset.name) == wanted:
                return preset, path
        self._require_not_built_in(name)
        raise PresetRefused(f"There is no preset {name!r}.", "Choose another one.")

    def _require_not_built_in(self, name: str) -> None:
        if any(_folded(preset.name) == _folded(name) for preset in built_in()):
            raise PresetRefused(
                f"The preset {name!r} came with the app and stays as it is.",
                "Choose another name.",
            )

    def _path(self, name: str) -> Path:
        """Return the file of a preset; no character of the name is in the file's name."""
        digest = hashlib.sha256(_folded(name).encode()).hexdigest()
        return self._home.presets / f"{digest[:32]}.json"

    def _write(self, preset: Preset, *, replacing: bool) -> bool:
        return _write_file(self._path(preset.name), preset, if_absent=not replacing)

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _not_saved(path, error) from error


@cache
def built_in() -> tuple[Preset, ...]:
    """Return the presets that came with the app, in the order in which they are offered."""
    folder = resources.files("resources").joinpath("presets")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return tuple(replace(_parsed(file.read_bytes()), built_in=True) for file in files)


def read_file(path: Path) -> Preset:
    """Return the preset in a file, every value of it checked.

    Raises:
        PresetRefused: it holds no preset this version can use.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise PresetRefused(
            f"{path.name} cannot be read ({error.strerror}).", "Choose another file."
        ) from error
    return _parsed(data)


def clean_name(name: str) -> str:
    """Return a name as it is kept: composed, and with single spaces.

    Raises:
        PresetRefused: it is empty, too long, or holds what cannot be shown as a name.
    """
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not cleaned:
        raise PresetRefused("A preset needs a name.", "Type one, such as 'Interviews'.")
    if len(cleaned) > NAME_MOST:
        raise PresetRefused(f"The name has {len(cleaned)} characters.", f"Use {NAME_MOST} at most.")
    if any(char in _TURNING or unicodedata.category(char) in ("Cc", "Cs") for char in cleaned):
        raise PresetRefused(
            "The name holds characters that cannot be seen.", "Type it again by hand."
        )
    return cleaned


def _parsed(data: bytes) -> Preset:
    if len(data) > _MOST_BYTES:
        raise _no_preset("it is too large")
    try:
        plain = json.loads(data, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        raise _no_preset("it is not JSON") from error
    if not isinstance(plain, dict) or plain.get("kind") != _KIND:
        raise _no_preset("it does not say that it is one")
    version = plain.get("version")
    if version != _VERSION:
        raise PresetRefused(
            f"The preset is of version {str(version)[:20]}; this app knows {_VERSION}.",
            "Update Second Unit, or export the preset with this version.",
        )
    try:
        return _checked(from_plain(_OnFile, plain))
    except ContractError as error:
        raise _no_preset(error.reason[:200]) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("a field is there twice")
    return plain


def _checked(on_file: _OnFile) -> Preset:
    """Return the preset with its name cleaned and its settings in their one spelling."""
    output = from_plain(Output, to_plain(on_file.output))
    _require_encodable(output)
    look = Look(engine=on_file.look.engine, settings=_differing(on_file.look))
    return Preset(name=clean_name(on_file.name), look=look, output=output)


def _differing(look: Look) -> tuple[tuple[str, str], ...]:
    """Return the settings that are not the engine's own defaults, sorted."""
    from remote_worker.engines.registry import engine_kind  # loads numpy

    if len(dict(look.settings)) != len(look.settings):
        raise PresetRefused("A setting is in the preset twice.", "Export it anew.")
    try:
        if look.engine == FACEFUSION:
            return _of_facefusion(look)
        kind = engine_kind(look.engine)
        written = kind.describe(dict(look.settings)).settings if look.settings else ()
        own = set(kind.describe({}).settings) if look.settings else set()
    except OrderRefused as error:
        raise PresetRefused(error.sentence, "Update Second Unit, or choose another.") from error
    except ValueError as error:
        raise PresetRefused(
            f"A setting is not one of this version: {error}.",
            "Update Second Unit, or export the preset with this version.",
        ) from error
    return tuple(sorted(pair for pair in written if pair not in own))


def _of_facefusion(look: Look) -> tuple[tuple[str, str], ...]:
    """Return what differs from what each option is where the others are as they are.

    Raises:
        ValueError: one is none of FaceFusion's.
    """
    from remote_worker.engines.facefusion.options import INNER, differing

    kept = differing(dict(look.settings)).items()
    return tuple(sorted((name, value) for name, value in kept if name not in INNER))


def _require_encodable(output: Output) -> None:
    from remote_worker.frames.encoders import CHOICES  # loads the media libraries

    choice = next(c for c in CHOICES if (c.codec, c.hardware) == (output.codec, output.hardware))
    if output.container == "mov" and output.codec == "av1":
        raise PresetRefused("A MOV file cannot hold AV1.", "Choose MP4 or MKV, or another codec.")
    lowest, highest = choice.lowest_quality, choice.highest_quality
    if output.quality is not None and not lowest <= output.quality <= highest:
        raise PresetRefused(
            f"The quality is from {lowest} to {highest} for this codec, not {output.quality}.",
            "Choose another quality.",
        )
    if output.preset is not None and output.preset not in choice.presets:
        raise PresetRefused(
            f"{choice.encoder} has no speed {output.preset[:40]!r}.", "Choose another speed."
        )


def _write_file(path: Path, preset: Preset, *, if_absent: bool = False) -> bool:
    plain = to_plain(
        _OnFile(
            kind=_KIND,
            version=_VERSION,
            name=preset.name,
            look=preset.look,
            output=_OutputOnFile(
                container=preset.output.container,
                codec=preset.output.codec,
                quality=preset.output.quality,
                preset=preset.output.preset,
                hardware=preset.output.hardware,
            ),
        )
    )
    text = json.dumps(plain, indent=1, ensure_ascii=False) + "\n"
    try:
        return write_whole(path, [text.encode()], if_absent=if_absent)
    except OSError as error:
        raise _not_saved(path, error) from error


def _folded(name: str) -> str:
    """Return what two names have in common that nobody would tell apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem = _COUNTED.sub("", name)
    for number in range(2, 1000):
        ending = f" ({number})"
        yield stem[: NAME_MOST - len(ending)].rstrip() + ending


def _no_preset(because: str) -> PresetRefused:
    return PresetRefused(
        f"The file holds no preset: {because}.", f"Choose a file that ends in {ENDING}."
    )


def _taken(name: str) -> PresetRefused:
    return PresetRefused(f"There is a preset {name!r} already.", "Choose another name.")


def _not_saved(path: Path, error: OSError) -> NotSaved:
    return NotSaved(
        f"{path.name} could not be written ({error.strerror or type(error).__name__}).",
        "Check the disk and the folder's rights, then try again.",
    )
