"""Process one frame with FaceFusion's processors; runs beside FaceFusion, not in the worker."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from remote_worker.engines.facefusion.checkout import WHOLE_FRAME, Checkout, PhotoRefused
from remote_worker.engines.facefusion.choose import pairs
from remote_worker.engines.facefusion.faster import Shortcuts

Pixels = NDArray[np.uint8]
Place = Sequence[float]
"""Number of the set of photos, then left, top, right and bottom in pixels."""
Face = Any
"""FaceFusion's named tuple."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One face of a frame to work on, and the set of photos to put on it."""

    face: Face
    photos: int

    @property
    def order(self) -> tuple[float, ...]:
        """What sorts faces from small (far) to large, whatever order they were found in."""
        left, top, right, bottom = (float(side) for side in self.face.bounding_box)
        return (right - left) * (bottom - top), left, top


class FrameWork:
    """What one run of frames has in common: whose faces, which sound, which reference."""

    def __init__(
        self,
        checkout: Checkout,
        shortcuts: Shortcuts,
        *,
        photos: Sequence[Sequence[str]],
        reference: str,
        voice: str,
        frame_rate: float,
    ) -> None:
        """Read the pictures and find the faces in them.

        Raises:
            PhotoRefused: a picture cannot be read, or no photo of a set shows a face.
        """
        self._checkout, self._shortcuts = checkout, shortcuts
        self._photos = [[_read(checkout, path) for path in paths] for paths in photos]
        self._reference = _read(checkout, reference) if reference else _nothing()
        self._voice, self._frame_rate = voice, frame_rate
        self._now = threading.local()
        self._masks: dict[tuple[int, int], Pixels] = {}
        self._swaps = any(name == "face_swapper" for name, _ in checkout.processors)
        if self._swaps:
            self._require_faces()
        if checkout.setup.casting:
            self._choose_by_casting()
        self._voice_of(0)  # the whole sound is read once, and not by every thread at once

    @property
    def pictures(self) -> list[Pixels]:
        """The photos and the reference, whose faces are the same in every run."""
        return [*(photo for photos in self._photos for photo in photos), self._reference]

    def _require_faces(self) -> None:
        find = self._checkout.module("face_creator").get_static_faces
        for photos in self._photos:
            if not find(photos):
                raise PhotoRefused(
                    "No photo of the source face shows a face that FaceFusion finds."
                )

    def _choose_by_casting(self) -> None:
        """Have every processor ask here, instead of FaceFusion's selector, for its faces."""
        for _, module in self._checkout.processors:
            if hasattr(module, "select_faces"):
                module.select_faces = self._select

    def _select(self, *_frames: object) -> list[Face]:
        faces: list[Face] = self._now.faces
        return faces

    def process(
        self, index: int, window: Sequence[Pixels], places: Sequence[Place], out: Pixels
    ) -> tuple[bool, bool]:
        """Work on the middle frame of ``window``, into ``out``.

        Returns:
            Whether ``out`` was written (else the frame stays as it is), and whether a cast
            face was expected and not found.
        """
        casting, everywhere = self._checkout.setup.casting, self._checkout.whole_frames
        chosen = self._chosen(window, places) if casting else []
        missed = casting and len(chosen) < len(places)
        if not everywhere and not (chosen if casting else places):
            return False, missed
        frame = window[len(window) // 2]
        np.copyto(out, frame)
        made = self._processed(index, window, places, chosen, out)
        self._put(made, out)
        return True, missed

    def _processed(
        self,
        index: int,
        window: Sequence[Pixels],
        places: Sequence[Place],
        chosen: Sequence[Chosen],
        out: Pixels,
    ) -> Pixels:
        inputs: dict[str, Any] = {
            "reference_vision_frame": self._reference,
            "source_audio_frame": None,
            "source_voice_frame": self._voice_of(index),
            "target_vision_frames": list(window),
            "temp_vision_frame": out,
            "temp_vision_mask": self._mask(out.shape[0], out.shape[1]),
        }
        for name, module in self._checkout.processors:
            for photos, faces in self._passes(name, places, chosen):
                self._now.faces = faces
                inputs["source_vision_frames"] = photos
                made, mask = module.process_frame(inputs)
                inputs["temp_vision_frame"], inputs["temp_vision_mask"] = made[:, :, :3], mask
        result: Pixels = inputs["temp_vision_frame"]
        return result

    def _passes(
        self, name: str, places: Sequence[Place], chosen: Sequence[Chosen]
    ) -> list[tuple[list[Pixels], list[Face]]]:
        """Return the photos and faces of each call of one processor."""
        if name in WHOLE_FRAME:
            return [([], [])]
        if not self._checkout.setup.casting:
            return [(self._photos[int(place[0])], []) for place in places[:1]]
        if name == "face_swapper":
            return [(self._photos[each.photos], [each.face]) for each in chosen]
        return [([], [each.face for each in chosen])]

    def _chosen(self, window: Sequence[Pixels], places: Sequence[Place]) -> list[Chosen]:
        if not places:
            return []
        if self._checkout.state("face_tracker_score") > 0:
            score = self._checkout.state("face_tracker_score")
            faces = self._checkout.module("face_tracker").track_faces(list(window), score)
        else:
            faces = self._shortcuts.faces_near(window[len(window) // 2], [p[1:] for p in places])
        found = pairs([face.bounding_box for face in faces], [place[1:] for place in places])
        chosen = [Chosen(faces[face], int(places[place][0])) for place, face in found.items()]
        return sorted(chosen, key=lambda each: each.order)

    def _voice_of(self, index: int) -> Any:
        audio = self._checkout.module("audio")
        if self._voice:
            heard = audio.get_voice_frame(self._voice, self._frame_rate, index)
            if heard is not None and np.any(heard):
                return heard
        return audio.create_empty_audio_frame()

    def _mask(self, height_px: int, width_px: int) -> Pixels:
        mask = self._masks.get((height_px, width_px))
        if mask is None:
            mask = np.full((height_px, width_px), 255, np.uint8)
            mask.flags.writeable = False
            self._masks[height_px, width_px] = mask
        return mask

    def _put(self, made: Pixels, out: Pixels) -> None:
        if made.shape != out.shape:  # an enhancer enlarges; the picture of the job decides
            resized = self._checkout.opencv.INTER_AREA
            size = (out.shape[1], out.shape[0])
            made = self._checkout.opencv.resize(made, size, interpolation=resized)
        if not (made.ctypes.data == out.ctypes.data and made.strides == out.strides):
            np.copyto(out, made)


def _nothing() -> Pixels:
    """Return what FaceFusion takes for a frame that is not there."""
    return np.zeros((1, 1, 3), np.uint8)


def _read(checkout: Checkout, path: str) -> Pixels:
    """Return the picture at ``path`` as FaceFusion reads one, whatever the file is called."""
    opencv = checkout.opencv
    encoded = np.frombuffer(Path(path).read_bytes(), np.uint8)
    picture = opencv.imdecode(encoded, opencv.IMREAD_COLOR) if encoded.size else None
    if picture is None:
        raise PhotoRefused("A photo of the source face cannot be read.")
    pixels: Pixels = picture
    return pixels
