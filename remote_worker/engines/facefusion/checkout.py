"""Load FaceFusion into this process and set it up; runs beside FaceFusion, not in the worker.

All that is known of FaceFusion's inner calls stands here, in ``faster`` and in ``work``.
They hold for the one commit that ``installation`` names.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import os
import subprocess
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

VERSION = "3.8.1"
WHOLE_FRAME = frozenset(("frame_enhancer", "frame_colorizer", "background_remover"))
"""Processors that work on a frame whether there is a face in it or not."""
_MODELS = "../.assets/models/"
_SAMPLE_RATE = 48_000


class Refused(Exception):
    """FaceFusion cannot do what is ordered; the words say why."""

    reason: str = "refused"
    """What the worker is told, in one word."""


class PhotoRefused(Refused):
    """A photo of a source face is of no use to FaceFusion."""

    reason: str = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a worker orders."""

    source: str
    models: str
    caches: str
    flags: tuple[str, ...]
    """FaceFusion's own, see ``options.command_line``."""
    providers: tuple[str, ...]
    """FaceFusion's names; ``auto`` alone: the graphics card where there is one."""
    casting: bool
    """Whether the worker's tracks choose the faces, not FaceFusion's selector."""
    sparing: bool
    """Whether memory is scarce: no more of it is asked for than is needed."""
    frames_at_once: int
    threads_in_frame: int
    """Of each model, on a processor; 0: as many as there are cores."""


class Checkout:
    """FaceFusion, imported and set up for one engine."""

    def __init__(self, setup: Setup) -> None:
        """Import and set up.

        Raises:
            Refused: this is another FaceFusion, or it does not take the settings.
        """
        self.setup = setup
        os.chdir(setup.source)
        sys.path.insert(0, setup.source)
        os.environ["OMP_NUM_THREADS"] = "1"
        if self.module("metadata").get("version") != VERSION:
            raise Refused(f"The FaceFusion in {setup.source} is not {VERSION}.")
        self._say_where_files_are()
        self._take_flags()
        self._require_the_check()
        self.providers = self._choose_providers()
        self._set("execution_providers", list(self.providers))
        names = self.state("processors")
        self.processors = tuple(
            zip(names, self.module("processors.core").get_processors_modules(names), strict=True)
        )

    def module(self, name: str) -> Any:
        """Return FaceFusion's module ``name``; it is not there when types are checked."""
        return importlib.import_module(f"facefusion.{name}")

    @property
    def opencv(self) -> ModuleType:
        """OpenCV as FaceFusion uses it."""
        return importlib.import_module("cv2")

    def state(self, key: str) -> Any:
        """Return one item of FaceFusion's state."""
        return self.module("state_manager").get_item(key)

    def _set(self, key: str, value: Any) -> None:
        self.module("state_manager").init_item(key, value)

    @property
    def whole_frames(self) -> bool:
        """Whether a processor works on frames without a face, too."""
        return any(name in WHOLE_FRAME for name, _ in self.processors)

    def _say_where_files_are(self) -> None:
        """Have models and caches looked for in the installation, and nothing downloaded."""
        files, models = self.module("filesystem"), self.setup.models
        plain = files.resolve_relative_path

        def resolved(path: str) -> str:
            if path.startswith(_MODELS):
                return str(Path(models, path[len(_MODELS) :]))
            return str(plain(path))

        files.resolve_relative_path = resolved
        self.module("download").ping_static_url = _no_address
        self.module("execution").resolve_cache_path = self._cache_folder
        self.module("ffmpeg").get_available_encoder_set = _no_encoders
        self.module("ffmpeg").read_audio_buffer = _samples_of

    def _cache_folder(self) -> str:
        """Return where compiled models lie, one folder for each kind of GPU and runtime."""
        from remote_worker.engines.facefusion.installation import cache_name

        runtime = importlib.import_module("onnxruntime").__version__
        folder = Path(self.setup.caches, cache_name(_architecture(), runtime))
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def _take_flags(self) -> None:
        words = ["headless-run", *self.setup.flags]
        sys.argv = ["facefusion.py", *words]  # an option's choices are read from there
        told = io.StringIO()
        try:
            with contextlib.redirect_stderr(told):
                parsed = vars(self.module("program").create_program().parse_args(words))
        except SystemExit as error:
            last = told.getvalue().strip().splitlines()[-1:] or ["no reason given"]
            raise Refused(f"FaceFusion does not take the settings: {last[0][:200]}.") from error
        self.module("args").apply_args(parsed, self.module("state_manager").init_item)
        for key, value in _OURS.items():
            self._set(key, value)
        self._set("execution_thread_count", self.setup.frames_at_once)
        self.module("logger").init("error")

    def _require_the_check(self) -> None:
        if not self.module("core").common_pre_check():
            raise Refused("The content check of this FaceFusion was changed; it is not used.")

    def _choose_providers(self) -> tuple[str, ...]:
        execution = self.module("execution")
        available = execution.get_available_execution_providers()
        preload = getattr(importlib.import_module("onnxruntime"), "preload_dlls", None)
        if preload is not None and "cuda" in available:
            preload()  # else it does not find the CUDA that was installed for it
        if self.setup.providers != ("auto",):
            if missing := [name for name in self.setup.providers if name not in available]:
                raise Refused(f"FaceFusion has no {missing[0]} on this machine.")
            return self.setup.providers
        with_card = "cuda" in available and bool(execution.detect_static_execution_devices())
        return ("cuda",) if with_card else ("cpu",)

    def load(self) -> None:
        """Load every model that the settings need.

        FaceFusion ends the process when one does not load; its last words name the model.

        Raises:
            Refused: a file is missing, or the graphics card was asked for and is not used.
        """
        for module in self._modules_with_models():
            pool = module.get_inference_pool()
            if not pool:
                raise Refused(f"No model of {module.__name__} lies in {self.setup.models}.")
            for name, session in pool.items():
                self._require_card(name, session)

    def _modules_with_models(self) -> list[ModuleType]:
        """Return the modules whose models compute pixels with these settings."""
        names = [name for name, _ in self.processors]
        parts: list[str] = []
        if any(name not in WHOLE_FRAME for name in names):
            parts += ["face_detector", "face_landmarker", "face_recognizer"]
        if {"occlusion", "region"} & set(self.state("face_mask_types") or ()):
            parts.append("face_masker")
        if "lip_syncer" in names:
            parts.append("voice_extractor")
        wanted = [
            *(self.module(part) for part in parts),
            *(module for _, module in self.processors),
        ]
        self._require_files(wanted)
        return wanted

    def _require_files(self, modules: Sequence[ModuleType]) -> None:
        for module in modules:
            for path in _files_of(module):
                if not Path(path).is_file():
                    raise Refused(f"The model {Path(path).name} is not in {self.setup.models}.")

    def judge(self, frame: Any) -> bool:
        """Return whether FaceFusion's own content check refuses ``frame``.

        Raises:
            Refused: a model of the check is missing.
        """
        analyser = self.module("content_analyser")
        self._require_files([analyser])
        return bool(analyser.analyse_frame(frame))

    def _require_card(self, name: str, session: Any) -> None:
        if self.providers[-1] == "cpu":
            return
        used: list[str] = getattr(session, "get_providers", list)()
        if used and used[0] == "CPUExecutionProvider":
            raise Refused(
                f"The model {name} runs on the processor, not on the graphics card:"
                " its driver or its libraries do not fit."
            )

    def forget(self) -> None:
        """Let go of all that FaceFusion remembers of frames and pictures.

        What it made of the sound stays: that is the same for every run, and takes minutes.
        """
        self.module("face_store").clear_faces()
        for name, function in vars(self.module("vision")).items():
            if name.startswith("read_static") and hasattr(function, "cache_clear"):
                function.cache_clear()


_OURS: dict[str, Any] = {
    "workflow_mode": "image-to-video",
    "video_memory_strategy": "tolerant",
    "log_level": "error",
    "target_path": None,
    "source_paths": None,
    "output_path": None,
    "execution_device_ids": [0],
}


def _files_of(module: ModuleType) -> list[str]:
    """Return the model files that ``module`` would load."""
    if hasattr(module, "collect_model_downloads"):
        sources = module.collect_model_downloads()[1]
    elif hasattr(module, "get_model_options"):
        sources = module.get_model_options().get("sources") or {}
    else:
        return []
    return [str(entry.get("path")) for entry in sources.values()]


def _no_address(url: str) -> bool:
    del url
    return False


def _no_encoders() -> dict[str, list[str]]:
    """Stand for ``ffmpeg -encoders``: what FaceFusion would write is written by the worker."""
    return {"audio": ["aac"], "video": ["libx264"]}


def _samples_of(path: str, rate: int, bits: int, channels: int) -> bytes | None:
    """Return a WAV's samples as FaceFusion reads them; the worker was given it in this form."""
    with wave.open(path, "rb") as sound:
        found = (sound.getframerate(), sound.getsampwidth() * 8, sound.getnchannels())
        if found != (rate, bits, channels):
            raise Refused(f"The sound is {found}, not {(rate, bits, channels)}.")
        return sound.readframes(sound.getnframes())


def _architecture() -> str:
    """Return the first graphics card's, such as ``sm89``; ``cpu`` where there is none."""
    try:
        told = subprocess.run(
            ("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader"),  # noqa: S607  it is where the driver put it
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return "cpu"
    first = told.strip().splitlines()[:1]
    return f"sm{first[0].strip().replace('.', '')}" if first else "cpu"


def source_of(function: Any) -> str:
    """Return the source of ``function`` with plain line ends."""
    return inspect.getsource(function).replace("\r\n", "\n")
