"""Switch the language while the window is open, and hold the files to the code."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout

from gui import language
from gui.language import FOLDER, Speech, chosen
from gui.speaking import Speaking
from gui.translations import LANGUAGES, release, ts_file, update, with_plurals
from gui.words.errors import TOLD, told, told_of
from gui.words.health import found_said, name_said
from gui.words.notices import SAID as NOTICES
from gui.words.steps import NAMES, undo_title
from orchestrator.errors import NoRoom

ROOT = Path(__file__).parents[3]


class Greeting(Speaking):
    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        QVBoxLayout(self).addWidget(self.label)
        self.retranslate()

    def retranslate(self) -> None:
        self.label.setText(QCoreApplication.translate("Commands", "Undo"))


@pytest.fixture
def spoken_here(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Have a Chinese of two words, so that nothing depends on what translators are at."""
    shutil.copy(FOLDER / "secondunit_zh_CN.ts", tmp_path)
    shutil.copy(FOLDER / "secondunit_en.ts", tmp_path)
    ts = tmp_path / "secondunit_zh_CN.ts"
    tree = ElementTree.parse(ts)  # noqa: S314  # our own file
    for message in tree.iter("message"):
        said = {"Undo": "撤销", TOLD["no_room"][0]: "空间不足"}.get(
            message.findtext("source") or ""
        )
        translation = message.find("translation")
        if said and translation is not None:
            translation.text = said
            translation.attrib.pop("type", None)
    tree.write(ts, encoding="utf-8", xml_declaration=True)
    release(tmp_path)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    before = QLocale()
    yield tmp_path
    QLocale.setDefault(before)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)


@pytest.mark.parametrize(
    ("setting", "system", "spoken"),
    [
        ("system", ["zh-Hans-CN", "en"], "zh_CN"),
        ("system", ["zh_TW"], "zh_CN"),
        ("system", ["de-DE", "en-US", "zh-CN"], "en"),
        ("system", ["de-DE"], "en"),
        ("system", [], "en"),
        ("en", ["zh-CN"], "en"),
        ("zh_CN", ["en-US"], "zh_CN"),
    ],
)
def test_the_language_is_the_one_that_is_set_or_the_first_the_system_prefers(
    setting: str, system: list[str], spoken: str
) -> None:
    assert chosen(setting, system) == spoken  # type: ignore[arg-type]  # words of the table


def test_a_view_says_its_texts_anew_when_the_language_is_switched(
    qapp: QApplication, spoken_here: Path
) -> None:
    speech = Speech(qapp, "en")
    greeting = Greeting()
    assert greeting.label.text() == "Undo"
    speech.set_language("zh_CN")
    QApplication.sendPostedEvents(greeting, QEvent.Type.LanguageChange.value)
    assert greeting.label.text() == "撤销"
    speech.set_language("en")
    QApplication.sendPostedEvents(greeting, QEvent.Type.LanguageChange.value)
    assert greeting.label.text() == "Undo"


def test_qts_own_words_are_switched_too(qapp: QApplication, spoken_here: Path) -> None:
    speech = Speech(qapp, "zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    speech.set_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_english_says_one_video_and_two_videos(qapp: QApplication, spoken_here: Path) -> None:
    Speech(qapp, "en")
    say = QCoreApplication.translate
    assert say("StatusLine", "%n video(s) in the queue", "", 1) == "1 video in the queue"
    assert say("StatusLine", "%n video(s) in the queue", "", 2) == "2 videos in the queue"


def test_a_fault_is_told_in_the_language_in_use_and_in_its_own_words_in_english(
    qapp: QApplication, spoken_here: Path
) -> None:
    fault = NoRoom("This needs about 3 MiB in /tmp.", "Free some space.")
    speech = Speech(qapp, "en")
    assert told_of(fault) == ("This needs about 3 MiB in /tmp.", "Free some space.")
    speech.set_language("zh_CN")
    assert told_of(fault)[0] == "空间不足"
    assert told("never_heard_of", "Strange.", "Wait.") == ("Strange.", "Wait.")


def test_an_error_of_the_system_is_told_without_its_class_and_number() -> None:
    sentence, advice = told_of(FileNotFoundError(2, "No such file", "/videos/one.mp4"))
    assert sentence == "one.mp4 is not there any more."
    assert advice
    assert "Errno" not in told_of(PermissionError(13, "Permission denied", "/videos/one.mp4"))[0]


def test_every_text_of_the_code_is_in_the_files_of_the_translators(tmp_path: Path) -> None:
    for language_name in (*LANGUAGES, "en"):
        shutil.copy(ts_file(language_name), tmp_path)
    update(tmp_path)
    for language_name in (*LANGUAGES, "en"):
        fresh, kept = _sources(ts_file(language_name, tmp_path)), _sources(ts_file(language_name))
        assert fresh == kept, "run: python -m gui.translations"


@pytest.mark.parametrize("language_name", [*LANGUAGES, "en"])
def test_what_the_app_reads_is_made_of_what_the_translators_wrote(
    language_name: str, tmp_path: Path
) -> None:
    release(into=tmp_path)
    name = f"secondunit_{language_name}.qm"
    assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_every_english_plural_has_two_forms() -> None:
    ts = ts_file("en").read_text("utf-8")
    assert "unfinished" not in ts
    for source, one, many in re.findall(
        r"<source>(.*?)</source>.*?<numerusform>(.*?)</numerusform><numerusform>(.*?)</", ts, re.S
    ):
        assert "(s)" in source or one == many
        assert "(s)" not in one + many


def test_a_plural_is_made_from_its_mark() -> None:
    ts = '<source>%n file(s)</source>\n<translation type="unfinished"></translation>'
    forms = "<numerusform>%n file</numerusform><numerusform>%n files</numerusform>"
    assert f"<translation>{forms}</translation>" in with_plurals(ts)


def test_every_code_of_a_fault_has_words() -> None:
    named = re.compile(
        r'(?:SourceRefused|Trouble|Fault)\(\s*"([a-z_]+)"|^\s+reason = "([a-z_]+)"', re.M
    )
    codes = {
        found[1] or found[2]
        for folder in ("orchestrator", "remote_worker")
        for path in (ROOT / folder).rglob("*.py")
        for found in named.finditer(path.read_text("utf-8"))
    }
    classes = re.findall(
        r"^class (\w+)\(SecondUnitError\)",
        (ROOT / "orchestrator/errors.py").read_text("utf-8"),
        re.M,
    )
    codes |= {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in classes}
    assert len(codes) > 50
    missing = sorted(codes - set(TOLD))
    assert not missing, f"add to gui/words/errors.py: {missing}"


def test_every_notice_of_a_source_has_words() -> None:
    named = re.compile(r'Notice\(\s*"([a-z_]+)"')
    codes = {
        code
        for name in ("look.py", "probe.py")
        for code in named.findall((ROOT / "orchestrator/media" / name).read_text("utf-8"))
    }
    assert len(codes) > 10
    assert not sorted(codes - set(NOTICES)), "add them to gui/words/notices.py"


def test_what_was_found_is_said_in_words_and_what_is_unknown_as_it_is() -> None:
    assert name_said("model yunet") == "Model yunet"
    assert found_said("2 processors, 4 GiB of memory") == "2 processors, 4 GiB of memory"
    assert found_said("good, MIT") == "whole, licence MIT"
    assert (name_said("novel"), found_said("a novelty")) == ("novel", "a novelty")


def test_every_change_of_the_queue_has_a_name_for_undo() -> None:
    call = re.compile(r'\bchange\(\s*"([a-z_]+)"|_user_changes\(\s*"([a-z_]+)"')
    names = {
        found[1] or found[2]
        for folder in ("orchestrator/desk", "gui")
        for path in (ROOT / folder).rglob("*.py")
        for found in call.finditer(path.read_text("utf-8"))
    }
    assert "trim" in names
    assert not sorted(names - set(NAMES)), "add them to gui/words/steps.py"
    assert undo_title("trim") == "Undo trimming"
    assert undo_title("") == "Undo"


def _sources(ts: Path) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for context in ElementTree.parse(ts).iter("context"):  # noqa: S314  # our own file
        name = context.findtext("name") or ""
        found |= {(name, m.findtext("source") or "") for m in context.iter("message")}
    return found
