"""A real FaceFusion checkout for the tests that need one, or the reason why they are skipped."""

import shutil

import pytest

from tests.fakes.facefusion_home import NOT_GIVEN, checkout, copy_with_models


@pytest.fixture(scope="session")
def real_source():
    """Return the checkout that is given; tests that need it are skipped where none is."""
    source = checkout()
    if source is None:
        pytest.skip(NOT_GIVEN)
    return source


@pytest.fixture(scope="session")
def upstream(real_source, tmp_path_factory):
    """Return a copy of the checkout whose own command line can be run on stub models."""
    if not shutil.which("ffmpeg") or not shutil.which("curl"):
        pytest.skip(f"{NOT_GIVEN}: its command line needs the ffmpeg and curl programs")
    return copy_with_models(real_source, tmp_path_factory.mktemp("upstream"))
