"""Our options and labels are those of FaceFusion itself, where a checkout is given."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from remote_worker.engines.facefusion.licences import LICENCES
from remote_worker.engines.facefusion.option_kinds import Choice, Number, Several, Whole
from remote_worker.engines.facefusion.options import (
    INNER,
    OPTIONS,
    PIXEL_BOOSTS,
    PROCESSORS,
    check,
    command_line,
)
from tests.fakes.facefusion_home import python_of

EVERYTHING = {
    "processors": " ".join(PROCESSORS),
    "face_mask_types": "box occlusion area region",
    "face_tracker_score": "0.1",
    "face_selector_mode": "many",
    "face_swapper_model": "inswapper_128",
    "face_detector_model": "scrfd",
}
_OURS = {
    "face_selector_mode": {"casting"},
    "face_selector_gender": {"any"},
    "face_selector_race": {"any"},
}
"""Choices that FaceFusion has no word for."""
_NOT_OFFERED = {"processors": {"deep_swapper", "face_debugger"}}


def furthest(high):
    """Return every number at one end of its range."""
    ends = dict(EVERYTHING)
    for name, option in OPTIONS.items():
        if name in EVERYTHING or name in INNER:
            continue
        if isinstance(option, Number):
            ends[name] = repr(option.high if high else option.low)
        elif isinstance(option, Whole):
            ends[name] = " ".join([str(option.high if high else option.low)] * option.count)
    ends["face_selector_age_start"], ends["face_selector_age_end"] = "1", "99"
    return ends


SETTINGS = (
    {},
    EVERYTHING,
    furthest(high=True),
    furthest(high=False),
    *(
        {"face_swapper_model": m, "face_swapper_pixel_boost": b[-1]}
        for m, b in PIXEL_BOOSTS.items()
    ),
)


@pytest.fixture(scope="module")
def told(real_source):
    program = Path(__file__).with_name("upstream_parser.py")
    done = subprocess.run(
        [str(python_of(real_source)), str(program)],
        input=json.dumps([command_line(settings) for settings in SETTINGS]),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=real_source,
        env={**os.environ, "PYTHONPATH": str(real_source), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_upstream_takes_every_flag_as_we_mean_it(told):
    for settings, parsed in zip(SETTINGS, told["parsed"], strict=True):
        for name, value in check(settings).items():
            if name in INNER or value in _OURS.get(name, ()):
                continue
            if name.startswith("face_selector_age") and value in ("0", "100"):
                continue
            got = parsed[name] if isinstance(parsed[name], list) else [parsed[name]]
            mine = value.split() + (["255"] if name.endswith("fill_color") else [])
            assert [_plain(each) for each in got] == [_plain(each) for each in mine], name


def _plain(value):
    try:
        return float(value)
    except ValueError:
        return str(value)


def test_upstream_has_the_same_choices(told):
    for name, option in OPTIONS.items():
        if name in INNER or not isinstance(option, Choice | Several):
            continue
        theirs = set(told["choices"][name]) - _NOT_OFFERED.get(name, set())
        ours = set(option.choices) - _OURS.get(name, set())
        if name in ("face_swapper_pixel_boost", "face_detector_size"):
            assert theirs <= ours, name
        else:
            assert theirs == ours, name


def test_upstream_labels_its_models_as_we_say(told):
    assert set(told["labels"]) == set(LICENCES)
    for model, (vendor, label) in told["labels"].items():
        known = LICENCES[model]
        assert (known.vendor, known.label.lower()) == (vendor, label.lower())
