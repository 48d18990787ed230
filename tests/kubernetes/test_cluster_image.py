"""The image that the Containerfile makes is the agent, and what it renders is the same."""

import os
from pathlib import Path

import pytest

from orchestrator.job import Phase
from orchestrator.runner import drive
from tests.faults.stories import twin
from tests.kubernetes.image import CONTAINERFILE, NAME, built_image, instructions, last_stage

ROOT = os.environ.get("SECONDUNIT_AGENT_ROOT", "")
"""Folder of the unpacked root filesystem of an image that was built; see CONTRIBUTING.md."""


def test_no_base_is_taken_by_a_tag_that_may_mean_another_one_tomorrow():
    said = instructions(CONTAINERFILE.read_text())
    assert ("ARG", "BASE") in said, "a default would be somebody's choice of long ago"
    assert {rest for word, rest in said if word == "FROM"} == {
        "${BASE} AS system",
        "system AS packages",
        "system",
    }


def test_the_image_runs_as_nobody_and_holds_no_model():
    said = dict(last_stage(CONTAINERFILE.read_text()))
    assert said["USER"] == "10001:10001"
    copied = [rest for word, rest in last_stage(CONTAINERFILE.read_text()) if word == "COPY"]
    assert not [each for each in copied if "model" in each]
    assert copied[-1].startswith("remote_worker "), "what changes most often is the last layer"


def test_packages_are_held_to_their_hashes():
    said = " ".join(rest for word, rest in instructions(CONTAINERFILE.read_text()) if word == "RUN")
    assert "--require-hashes" in said


@pytest.mark.nightly
@pytest.mark.skipif(not ROOT, reason="SECONDUNIT_AGENT_ROOT names no image that was built")
def test_the_image_that_was_built_renders_the_same_bytes(rig, original, tmp_path):
    rig.mini.images[NAME] = built_image(Path(ROOT))
    home, record = twin(original, tmp_path / "run", workers=2)
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)
