"""What is not for commercial use is agreed to once for each label, and remembered."""

import pytest

from orchestrator.cli.licences import settle
from orchestrator.errors import LicencesNotAccepted
from orchestrator.home import Home
from orchestrator.licences import accept, accepting, models_by_label, require_accepted, to_accept
from orchestrator.settings import Settings
from orchestrator.settings_file import load, save

SWAP = ("facefusion", ())
ENHANCED = ("facefusion", (("face_enhancer_model", "codeformer"), ("processors", "face_enhancer")))


class Said:
    """A reporter that remembers what was said."""

    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def test_nothing_is_asked_of_the_products_own_engines(home):
    assert to_accept("classic", (), ()) == ()
    assert models_by_label("classic", ()) == {}
    require_accepted(home, "classic", ())
    require_accepted(home, "facefusion", (("processors", "frame_colorizer"),))


def test_each_label_is_agreed_to_once(home):
    with pytest.raises(LicencesNotAccepted) as caught:
        require_accepted(home, *SWAP)
    assert "--accept-licences" in caught.value.advice
    accept(home, to_accept(*SWAP, ()))
    require_accepted(home, *SWAP)
    assert to_accept(*ENHANCED, load(home).accepted_licences) == ("S-Lab-1.0 (sczhou)",)
    with pytest.raises(LicencesNotAccepted, match="S-Lab"):
        require_accepted(home, *ENHANCED)


def test_agreeing_leaves_the_other_settings_as_they_are(home):
    save(home, Settings(language="zh_CN", workers=3))
    accept(home, ("a (b)",))
    accept(home, ("c (d)", "a (b)"))
    assert load(home) == Settings(language="zh_CN", workers=3, accepted_licences=("a (b)", "c (d)"))
    assert accepting(Settings(), ("x",)).accepted_licences == ("x",)


def test_the_terminal_prints_the_models_and_wants_to_be_told(home):
    said = Said()
    with pytest.raises(LicencesNotAccepted):
        settle(home, *SWAP, said, accepts=False)
    assert "ResearchRAIL (FaceFusion): hyperswap_1a_256" in "\n".join(said.lines)
    settle(home, *SWAP, said, accepts=True)
    said.lines.clear()
    settle(home, *SWAP, said, accepts=False)
    assert said.lines == []
