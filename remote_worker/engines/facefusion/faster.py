"""Go past work that FaceFusion does again and again, without changing a pixel.

Runs beside FaceFusion, not in the worker.  Each shortcut stands in for functions whose source
it knows by digest: where one differs, that shortcut is left out, said so, and FaceFusion does
it its own way.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.facefusion.checkout import Checkout, source_of
from remote_worker.engines.facefusion.choose import pairs

Pixels = NDArray[np.uint8]
Face = Any
_STRIP_ROWS = 32
"""Rows blended at once: few enough that all of it stays in a processor's cache."""
_SELECTOR_KEYS = ("face_selector_gender", "face_selector_race")
_AGE_KEYS = ("face_selector_age_start", "face_selector_age_end")


class Shortcuts:
    """What was put in FaceFusion's place, and what could not be."""

    def __init__(self, checkout: Checkout) -> None:
        """Put every shortcut in place whose functions are known."""
        self._checkout = checkout
        self.left_out: list[str] = []
        """Shortcuts that do not fit this FaceFusion."""
        self.known_faces = KnownFaces(checkout.module("face_creator"))
        self._knows_finding = self._fits("finding")
        for name, place in _SHORTCUTS.items():
            if self._fits(name):
                place(self, checkout)

    def _fits(self, name: str) -> bool:
        try:
            fits = digest_of(self._checkout, RELIES_ON[name]) == DIGESTS[name]
        except (AttributeError, ImportError, OSError, TypeError):
            fits = False
        if not fits:
            self.left_out.append(name)
        return fits

    def faces_near(self, frame: Pixels, places: Sequence[Sequence[float]]) -> list[Face]:
        """Return the faces of ``frame`` that can be one of ``places``, at least.

        Faces nobody asked for are found, but neither measured nor recognised.
        """
        if not self._knows_finding:
            found: list[Face] = self._checkout.module("face_creator").get_static_faces([frame])
            return found
        boxes, scores, points = _found(self._checkout, frame)
        if not boxes:
            return []
        creator, state = self._checkout.module("face_creator"), self._checkout.state
        threshold = creator.get_nms_threshold(
            state("face_detector_model"), state("face_detector_angles")
        )
        kept = creator.apply_nms(boxes, scores, state("face_detector_score"), threshold)
        wanted = [int(kept[n]) for n in pairs([boxes[k] for k in kept], places).values()]
        if not wanted:
            return []
        made: list[Face] = creator.create_faces(
            frame,
            [boxes[n] for n in wanted],
            [scores[n] for n in wanted],
            [points[n] for n in wanted],
        )
        return made

    def forget(self, *, but: Sequence[Pixels] = ()) -> None:
        """Forget all faces but those of some pictures."""
        self.known_faces.clear(but)


class KnownFaces:
    """Faces by frame, where a frame is known by being the same array, not by a digest of it.

    An array is held as long as its faces are, so that no other can take its place.
    """

    def __init__(self, creator: ModuleType) -> None:
        """Find faces with ``creator``, FaceFusion's ``face_creator``."""
        self._creator = creator
        self._lock = threading.Lock()
        self._known: dict[int, tuple[Pixels, threading.Lock, list[list[Face]]]] = {}

    def of(self, frames: Sequence[Pixels]) -> list[Face]:
        """Return the faces of ``frames``, as FaceFusion's ``get_static_faces`` does."""
        many: list[Face] = []
        for frame in frames:
            with self._lock:
                entry = self._known.setdefault(id(frame), (frame, threading.Lock(), []))
            _, lock, found = entry
            with lock:
                if not found:
                    found.append(self._creator.get_many_faces([frame]))
            many.extend(found[0])
        return many

    def drop(self, frame: Pixels) -> None:
        """Forget one frame that is not looked at any more."""
        with self._lock:
            self._known.pop(id(frame), None)

    def clear(self, but: Sequence[Pixels] = ()) -> None:
        """Forget all frames but some."""
        kept = {id(picture) for picture in but}
        with self._lock:
            self._known = {key: known for key, known in self._known.items() if key in kept}


def _found(checkout: Checkout, frame: Pixels) -> tuple[list[Any], list[Any], list[Any]]:
    """Return boxes, scores and points, as ``get_many_faces`` collects them."""
    creator = checkout.module("face_creator")
    boxes: list[Any] = []
    scores: list[Any] = []
    points: list[Any] = []
    if not checkout.state("face_detector_score") > 0:
        return boxes, scores, points
    for angle in checkout.state("face_detector_angles"):
        if angle == 0:
            found = creator.detect_faces(frame)
        else:
            found = creator.detect_faces_by_angle(frame, angle)
        boxes.extend(found[0])
        scores.extend(found[1])
        points.extend(found[2])
    return boxes, scores, points


def digest_of(checkout: Checkout, functions: Sequence[str]) -> str:
    """Return one digest of the sources of ``functions``, each ``module:name``."""
    digest = hashlib.sha256()
    for place in functions:
        module, _, name = place.partition(":")
        digest.update(source_of(getattr(checkout.module(module), name)).encode())
    return digest.hexdigest()[:16]


def _replace_everywhere(original: Any, replacement: Any) -> None:
    """Put ``replacement`` wherever a module of FaceFusion has taken over ``original``."""
    for name, module in list(sys.modules.items()):
        if name.startswith("facefusion."):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    setattr(module, attribute, replacement)


def _state(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Read the state at once: no walk up the stack to learn who asks."""
    del shortcuts
    manager = checkout.module("state_manager")
    manager.get_item = manager.STATE_SET["cli"].get
    _replace_everywhere(checkout.module("app_context").detect_app_context, lambda: "cli")


def _faces(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Know frames by being the same, not by digests of all their pixels."""
    original = checkout.module("face_creator").get_static_faces
    _replace_everywhere(original, shortcuts.known_faces.of)


def _providers(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Ask once, not at every call, what this machine can compute with."""
    del shortcuts
    execution = checkout.module("execution")
    available = tuple(execution.get_available_execution_providers())
    _replace_everywhere(execution.has_execution_provider, lambda name: name in available)
    threads = checkout.module("thread_helper")
    context = threads.conditional_thread_semaphore()
    if context is threads.NULL_CONTEXT:
        _replace_everywhere(threads.conditional_thread_semaphore, lambda: context)


def _pools(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Keep a module's loaded models at hand."""
    del shortcuts
    manager = checkout.module("inference_manager")
    original = manager.get_inference_pool
    every = manager.INFERENCE_POOL_SET["cli"]
    known: dict[tuple[str, ...], Any] = {}

    def pool(module: str, models: list[str], sources: Any) -> Any:
        key = (module, *models)
        if key not in known or not every:
            known[key] = original(module, models, sources)
        return known[key]

    manager.get_inference_pool = pool


def _sessions(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """On a processor, use threads for frames, not within them.

    None then spins for another, and sums are taken in one order on every machine.  On a
    graphics card, with little memory, ask for no more of it than is needed.
    """
    del shortcuts
    manager = checkout.module("inference_manager")
    create = manager.InferenceSession
    options_of = sys.modules["onnxruntime"].SessionOptions
    on_processor = checkout.providers[-1] == "cpu"

    def session(path: str, *, providers: Any) -> Any:
        options = options_of()
        if on_processor:
            options.intra_op_num_threads = checkout.setup.threads_in_frame
            options.inter_op_num_threads = 1
        elif checkout.setup.sparing:
            providers = [_sparing(provider) for provider in providers]
        try:
            return create(path, sess_options=options, providers=providers)
        except Exception as error:  # FaceFusion ends the process without a word of why
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201  as above
            raise

    manager.InferenceSession = session


def _sparing(provider: Any) -> Any:
    if isinstance(provider, tuple) and provider[0] == "CUDAExecutionProvider":
        return provider[0], {**provider[1], "arena_extend_strategy": "kSameAsRequested"}
    return provider


def _analysis(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Leave out what is measured of faces and looked at by nothing."""
    del shortcuts
    names = {name for name, _ in checkout.processors}
    creator, own = checkout.module("face_creator"), not checkout.setup.casting
    filters = any(checkout.state(key) for key in _SELECTOR_KEYS)
    filters = filters or any(checkout.state(key) for key in _AGE_KEYS)
    if "age_modifier" not in names and not (own and filters):
        creator.classify_face = _unclassified
    by_identity = own and checkout.state("face_selector_mode") == "reference"
    if "face_swapper" not in names and not by_identity:
        creator.calculate_face_embedding = _unrecognised


def _unclassified(*_given: object) -> tuple[str, range, str]:
    return "male", range(0), "white"


def _unrecognised(*_given: object) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.zeros(512, np.float32), np.zeros(512, np.float32)


def _detection(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Find faces in the frame itself where no margin is wanted, not in a padded copy."""
    del shortcuts
    detector = checkout.module("face_detector")
    model, size = checkout.state("face_detector_model"), checkout.state("face_detector_size")
    detector.prepare_detect_frame = _prepared(detector)
    if any(checkout.state("face_detector_margin")) or model == "many":
        return
    detect = getattr(detector, f"detect_with_{model}")
    straighten = detector.normalize_bounding_box
    zeros, none = np.zeros(4, int), np.zeros(2, int)

    def detect_faces(frame: Pixels) -> tuple[list[Any], list[Any], list[Any]]:
        boxes, scores, points = detect(frame, size)
        straight = [straighten(box) - zeros for box in boxes]
        return straight, list(scores), [each - none for each in points]

    _replace_everywhere(detector.detect_faces, detect_faces)


def _prepared(detector: ModuleType) -> Callable[[Pixels, str], NDArray[np.float32]]:
    """Lay the frame out for the detector without two copies in double precision."""

    def prepare(frame: Pixels, size: str) -> NDArray[np.float32]:
        width, height = detector.unpack_resolution(size)
        laid = np.zeros((1, 3, height, width), np.float32)
        laid[0, :, : frame.shape[0], : frame.shape[1]] = frame.transpose(2, 0, 1)
        return laid

    return prepare


def _masks(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Blur a box mask once for each size, not once for each face."""
    del shortcuts
    original = checkout.module("face_masker").create_box_mask
    known: dict[tuple[Any, ...], Any] = {}

    def box_mask(crop: Any, blur: float, padding: Sequence[int]) -> Any:
        key = (crop.shape[:2], blur, tuple(padding))
        if key not in known:
            mask = original(crop, blur, padding)
            mask.flags.writeable = False
            known[key] = mask
        return known[key]

    _replace_everywhere(original, box_mask)


def _pasting(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Blend a face into the frame where it is, strip by strip, not into a copy of the frame."""
    del shortcuts
    helper = checkout.module("face_helper")
    area, warp, edge = (
        helper.calculate_paste_area,
        checkout.opencv.warpAffine,
        checkout.opencv.BORDER_REPLICATE,
    )

    def paste(frame: Pixels, crop: Any, mask: Any, matrix: Any) -> Pixels:
        (x1, y1, x2, y2), onto = area(frame, crop, matrix)
        size = (x2 - x1, y2 - y1)
        share = warp(mask, onto, size).clip(0, 1)[..., None]
        face = warp(crop, onto, size, borderMode=edge)
        _blend(frame[y1:y2, x1:x2], face, share)
        return frame

    for name, module in checkout.processors:
        if name in ("face_swapper", "lip_syncer") and module.paste_back is helper.paste_back:
            module.paste_back = paste


def _blend(part: Pixels, face: NDArray[Any], share: NDArray[np.float32]) -> None:
    """Blend ``face`` into ``part`` in place, with FaceFusion's arithmetic in its order."""
    for top in range(0, part.shape[0], _STRIP_ROWS):
        rows = slice(top, top + _STRIP_ROWS)
        kept = 1 - share[rows]
        kept = part[rows] * kept
        part[rows] = (kept + face[rows] * share[rows]).astype(part.dtype)


def _enhancing(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Blend an enhanced face into its own region, not twice over the whole frame."""
    del shortcuts
    module = dict(checkout.processors).get("face_enhancer")
    if module is None or not _keeps_equals(checkout.opencv, checkout.state("face_enhancer_blend")):
        return
    helper, opencv = checkout.module("face_helper"), checkout.opencv

    def paste(frame: Pixels, crop: Any, mask: Any, matrix: Any) -> Any:
        (x1, y1, x2, y2), onto = helper.calculate_paste_area(frame, crop, matrix)
        size = (x2 - x1, y2 - y1)
        share = opencv.warpAffine(mask, onto, size).clip(0, 1)[..., None]
        face = opencv.warpAffine(crop, onto, size, borderMode=opencv.BORDER_REPLICATE)
        part = frame[y1:y2, x1:x2].copy()
        _blend(part, face, share)
        return (slice(y1, y2), slice(x1, x2)), part

    def blend(frame: Pixels, pasted: Any) -> Pixels:
        where, part = pasted
        kept = 1 - (checkout.state("face_enhancer_blend") / 100)
        if part.size:
            frame[where] = module.blend_frame(np.ascontiguousarray(frame[where]), part, 1 - kept)
        return frame

    module.paste_back, module.blend_paste_frame = paste, blend


def _keeps_equals(opencv: Any, blend: int) -> bool:
    """Whether blending a value with itself gives that value, so that it may be left out."""
    every = np.arange(256, dtype=np.uint8).reshape(1, 256)
    kept = 1 - (blend / 100)
    made = opencv.addWeighted(every, 1 - (1 - kept), every, 1 - kept, 0)
    return bool(np.array_equal(made, every))


def _crops(shortcuts: Shortcuts, checkout: Checkout) -> None:
    """Look a crop's values up: there are only 256 of each channel."""
    del shortcuts
    for name, module in checkout.processors:
        if name in ("face_swapper", "face_enhancer"):
            module.prepare_crop_frame = _looked_up(module.prepare_crop_frame, checkout.opencv)


def _looked_up(prepare: Callable[[Any], Any], opencv: Any) -> Callable[[Any], Any]:
    """Return ``prepare`` by a table that it fills itself, once for each channel."""
    every = np.repeat(np.arange(256, dtype=np.uint8).reshape(1, 256, 1), 3, axis=2)
    tables: list[NDArray[np.float32]] = []

    def looked_up(crop: Any) -> Any:
        if crop.dtype != np.uint8 or crop.ndim != 3:
            return prepare(crop)
        if not tables:
            tables.append(prepare(every)[0, :, 0])  # 3 x 256, channels turned round already
        laid = np.empty((1, 3, *crop.shape[:2]), np.float32)
        for channel in range(3):
            plane = np.ascontiguousarray(crop[:, :, 2 - channel])
            opencv.LUT(plane, tables[0][channel], laid[0, channel])
        return laid

    return looked_up


_SWAP, _ENHANCE = "processors.modules.face_swapper.core", "processors.modules.face_enhancer.core"
RELIES_ON: dict[str, tuple[str, ...]] = {
    "finding": ("face_creator:get_many_faces", "face_creator:create_faces"),
    "state": (
        "state_manager:get_item",
        "state_manager:get_state",
        "app_context:detect_app_context",
    ),
    "faces": (
        "face_creator:get_static_faces",
        "face_creator:get_many_faces",
        "face_store:get_faces",
        "face_store:set_faces",
    ),
    "providers": (
        "execution:has_execution_provider",
        "execution:get_available_execution_providers",
        "thread_helper:conditional_thread_semaphore",
    ),
    "pools": ("inference_manager:get_inference_pool",),
    "sessions": ("inference_manager:create_inference_session",),
    "analysis": (
        "face_creator:create_faces",
        "face_classifier:classify_face",
        "face_recognizer:calculate_face_embedding",
        "face_selector:select_faces",
        "face_selector:sort_and_filter_faces",
    ),
    "detection": (
        "face_detector:detect_faces",
        "face_detector:prepare_margin",
        "face_detector:prepare_detect_frame",
        "face_detector:normalize_detect_frame",
    ),
    "masks": ("face_masker:create_box_mask",),
    "pasting": (
        "face_helper:paste_back",
        "face_helper:calculate_paste_area",
        f"{_SWAP}:swap_face",
        f"{_SWAP}:process_frame",
        "processors.modules.lip_syncer.core:sync_lip",
        "processors.modules.lip_syncer.core:process_frame",
    ),
    "enhancing": (
        "face_helper:paste_back",
        "face_helper:calculate_paste_area",
        "vision:blend_frame",
        f"{_ENHANCE}:enhance_face",
        f"{_ENHANCE}:blend_paste_frame",
        f"{_ENHANCE}:process_frame",
    ),
    "crops": (f"{_SWAP}:prepare_crop_frame", f"{_ENHANCE}:prepare_crop_frame"),
}
"""The functions each shortcut stands in for, or counts on."""
DIGESTS: dict[str, str] = {
    "finding": "74fc69b5c9fce5e4",
    "state": "70b2108940f6b876",
    "faces": "47afc2a7e9ff5e29",
    "providers": "5bfe02cedb189ab7",
    "pools": "929b8553dd741c54",
    "sessions": "3c9d0fd452a2de73",
    "analysis": "66bb61207d9f7f94",
    "detection": "deb843ad7d3a309f",
    "masks": "c881f75d0a0ac863",
    "pasting": "ed5774830f26210b",
    "enhancing": "11fff1366c202e78",
    "crops": "0432a84f17fffd4f",
}
"""Their digests at the commit that ``installation`` names."""
_SHORTCUTS: dict[str, Callable[[Shortcuts, Checkout], None]] = {
    "state": _state,
    "providers": _providers,
    "pools": _pools,
    "sessions": _sessions,
    "faces": _faces,
    "analysis": _analysis,
    "detection": _detection,
    "masks": _masks,
    "pasting": _pasting,
    "enhancing": _enhancing,
    "crops": _crops,
}
