"""Engines found by name, described the same on both sides, refused when they differ."""

import subprocess
import sys
from dataclasses import replace

import pytest

from orchestrator.models import model_refs
from remote_worker.engines.classic.kind import HALO_FRAMES
from remote_worker.engines.classic.steady import HALO_FRAMES as STEADIED_FRAMES
from remote_worker.engines.fingerprint import fingerprint
from remote_worker.engines.registry import engine_kind, engine_names
from remote_worker.errors import EngineFailed, OrderRefused


def test_the_engines_of_this_build_are_known_by_name():
    assert engine_names() == ("classic", "facefusion", "identity")
    with pytest.raises(OrderRefused):
        engine_kind("lightning")


def test_describing_engines_loads_no_heavy_library():
    asked = (
        "import sys; from remote_worker.engines.registry import engine_kind, engine_names\n"
        "[engine_kind(name).describe({}) for name in engine_names()]\n"
        "print({'cv2', 'onnxruntime', 'ai_edge_litert'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == "set()"


def test_a_spec_writes_every_setting_out_and_spells_a_number_in_one_way():
    kind = engine_kind("classic")
    spec = kind.describe({"blend": "1", "keep_mouth": "auto"})
    assert spec == kind.describe({})
    assert [name for name, _ in spec.settings] == sorted(dict(spec.settings))
    assert kind.describe({"blend": "0.5"}) != spec


@pytest.mark.parametrize(
    "settings",
    [{"blend": "2"}, {"blend": "nan"}, {"blend": "much"}, {"keep_mouth": "maybe"}, {"x": "1"}],
)
def test_a_setting_that_is_unknown_or_out_of_range_is_refused(settings):
    with pytest.raises(ValueError, match=next(iter(settings))):
        engine_kind("classic").describe(settings)


def test_the_classic_engine_names_the_models_that_the_manifest_names():
    assert engine_kind("classic").describe({}).models == model_refs(["face-detector", "face-mesh"])


def test_the_declared_halo_is_the_one_that_is_steadied_over():
    assert engine_kind("classic").describe({}).halo_frames == HALO_FRAMES == STEADIED_FRAMES


@pytest.mark.parametrize("name", ["classic", "identity"])
def test_a_spec_of_another_build_is_refused(name):
    kind = engine_kind(name)
    with pytest.raises(OrderRefused):
        kind.open(replace(kind.describe({}), digest="0" * 64), {})
    with pytest.raises(OrderRefused):
        kind.open(replace(kind.describe({}), settings=(("x", "1"),)), {})


def test_a_model_that_was_not_handed_over_is_named():
    kind = engine_kind("classic")
    with pytest.raises(EngineFailed, match="face-detector"):
        kind.open(kind.describe({}), {})


def test_a_fingerprint_follows_the_code_and_not_its_line_endings(tmp_path):
    code = tmp_path / "engine"
    code.mkdir()
    (code / "one.py").write_bytes(b"a = 1\nb = 2\n")
    first = fingerprint((code,), ("numpy",))
    fingerprint.cache_clear()
    (code / "one.py").write_bytes(b"a = 1\r\nb = 2\r\n")
    assert fingerprint((code,), ("numpy",)) == first
    fingerprint.cache_clear()
    (code / "one.py").write_bytes(b"a = 1\nb = 3\n")
    assert fingerprint((code,), ("numpy",)) != first
    assert fingerprint((code,), ()) != fingerprint((code,), ("numpy",))
