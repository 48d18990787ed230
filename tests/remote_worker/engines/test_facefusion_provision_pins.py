"""What is pinned fits together: models, licences, options, packages, and the real source."""

import itertools
import os
from pathlib import Path

import pytest

from orchestrator.facefusion.packages import (
    FLAVOURS,
    HOST_FLAVOUR,
    HOST_SYSTEM,
    flavour_for,
    packages_for,
)
from orchestrator.fleet.ec2.image import PYTHON
from remote_worker.engines.facefusion import source
from remote_worker.engines.facefusion.licences import LICENCES
from remote_worker.engines.facefusion.manifest import (
    known_refs,
    manifest,
    model_files,
    model_set,
)
from remote_worker.engines.facefusion.options import OPTIONS, models_needed
from remote_worker.errors import EngineFailed

CHECKOUT = "SECONDUNIT_FACEFUSION"
SYSTEMS = ("linux-x86_64", "linux-aarch64", "macos-arm64", "windows-amd64")


def test_every_model_that_can_be_asked_for_is_in_the_manifest():
    assert set(models_needed({})) <= set(manifest())
    assert set(LICENCES) <= set(manifest())


def test_the_manifest_says_of_each_model_what_its_label_says():
    for name, licensed in LICENCES.items():
        model = manifest()[name]
        assert model.licence == licensed.label
        assert model.commercial == licensed.is_commercial
        assert model.vendor in (licensed.vendor, "")


def test_digests_are_digests_and_no_two_models_share_one():
    digests = [model.digest for model in manifest().values() if model.digest is not None]
    assert all(len(bytes.fromhex(each)) == 32 and each == each.lower() for each in digests)
    assert len(set(digests)) == len(digests)


def test_a_model_is_asked_for_where_it_is_published():
    (model,) = model_files(["hyperswap_1a_256"])
    assert model.urls()[0] == (
        "https://github.com/facefusion/facefusion-assets/releases/download/"
        "models-3.3.0/hyperswap_1a_256.onnx"
    )
    assert model.hash_urls()[1] == (
        "https://huggingface.co/facefusion/models-3.3.0/resolve/main/hyperswap_1a_256.hash"
    )
    assert all(url.startswith("https://") for url in (*model.urls(), *model.hash_urls()))
    with pytest.raises(EngineFailed, match="no FaceFusion model"):
        model_files(["../../etc/passwd"])


def test_a_set_of_models_is_named_by_all_their_digests():
    one = model_set(known_refs(["yoloface_8n", "2dfan4"]))
    assert one == model_set(known_refs(["2dfan4", "yoloface_8n", "2dfan4"]))
    assert one != model_set(known_refs(["2dfan4"]))


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_each_system_has_one_wheel_of_each_package_and_the_right_onnxruntime(python):
    for flavour, system in itertools.product(FLAVOURS, SYSTEMS):
        if flavour != "cpu" and system not in ("linux-x86_64", "windows-amd64"):
            continue
        packages = packages_for(flavour, system, python)
        names = [package.file.partition("-")[0] for package in packages]
        assert len(set(names)) == len(names)
        own = [p.file for p in packages if p.file.startswith("onnxruntime")]
        kind = "onnxruntime" if flavour == "cpu" else "onnxruntime_gpu"
        assert len(own) == 1
        assert own[0].startswith(
            f"{kind}-{FLAVOURS[flavour].onnxruntime}-cp{python.replace('.', '')}"
        )
        assert ("nvidia_cudnn_cu12" in names) == (flavour == "cuda12")
        assert {"numpy", "onnx", "opencv_python_headless", "scipy", "tqdm"} <= set(names)
        assert all(p.url.startswith("https://files.pythonhosted.org/") for p in packages)


def test_hosts_have_packages_for_their_python():
    assert packages_for(HOST_FLAVOUR, HOST_SYSTEM, PYTHON)


@pytest.mark.parametrize(
    ("driver", "flavour"),
    [(0, "cpu"), (470, "cpu"), (525, "cuda12"), (579, "cuda12"), (580, "cuda13")],
)
def test_the_driver_decides_which_onnxruntime_runs(driver, flavour):
    assert flavour_for(driver) == flavour


def test_every_option_leads_to_known_models():
    for name, option in OPTIONS.items():
        for word in getattr(option, "words", ()):
            try:
                needed = models_needed({name: word})
            except ValueError:
                continue  # it does not go with the defaults
            assert set(needed) <= set(manifest())


@pytest.mark.skipif(CHECKOUT not in os.environ, reason=f"{CHECKOUT} names no real checkout")
def test_the_real_checkout_has_the_pinned_digests(tmp_path):
    checkout = Path(os.environ[CHECKOUT])
    assert source.tree_digest(checkout) == source.TREE_DIGEST
    assert source.pack(checkout, tmp_path / "a.tar") == source.ARCHIVE_DIGEST
