"""Hold the translations to their texts: all there, whole, and written as Chinese is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gui.translations import ts_file

GUI = Path(__file__).parents[3] / "gui"
_PLACE = re.compile(r"\{\d*\}|%n|%L?\d|\*\.\w+")
_HAN = r"[\u3400-\u9fff]"
_WIDE = "，。：；？！、（）“”‘’"


@dataclass(frozen=True, slots=True)
class Message:
    context: str
    source: str
    forms: tuple[str, ...]
    is_numerous: bool
    is_finished: bool

    def __str__(self) -> str:
        return f"{self.context}: {self.source!r} -> {self.forms}"


def _messages() -> Iterator[Message]:
    tree = ElementTree.parse(ts_file("zh_CN"))  # noqa: S314  # our own file
    for context in tree.iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            assert said is not None
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            yield Message(
                context.findtext("name") or "",
                message.findtext("source") or "",
                tuple(forms),
                message.get("numerus") == "yes",
                said.get("type") is None,
            )


MESSAGES = tuple(_messages())


def _wrong(pattern: str, *, but: str = "") -> list[str]:
    """Return translations in which ``pattern`` is found, outside of what ``but`` finds."""
    found = []
    for message in MESSAGES:
        for form in message.forms:
            kept = re.sub(but, "", form) if but else form
            if re.search(pattern, kept):
                found.append(str(message))
    return found


def test_everything_is_translated() -> None:
    assert len(MESSAGES) > 1000
    missing = [str(m) for m in MESSAGES if not m.is_finished or not all(m.forms)]
    assert not missing


def test_every_placeholder_is_kept() -> None:
    wrong = [
        str(message)
        for message in MESSAGES
        for form in message.forms
        if sorted(_PLACE.findall(form)) != sorted(_PLACE.findall(message.source))
    ]
    assert not wrong


def test_chinese_has_one_form_for_every_number() -> None:
    assert not [str(m) for m in MESSAGES if len(m.forms) != 1]
    assert any(m.is_numerous for m in MESSAGES)


def test_line_breaks_are_kept_and_nothing_begins_or_ends_in_a_space() -> None:
    wrong = [
        str(m)
        for m in MESSAGES
        for form in m.forms
        if form.count("\n") != m.source.count("\n") or form != form.strip()
    ]
    assert not wrong


def test_punctuation_beside_chinese_is_chinese() -> None:
    filters = r"\([^()]*\*[^()]*\)|\(\{0\}\)|;;"  # what file dialogs read
    assert not _wrong(rf"{_HAN}[,;:?!()\"']|[,;:?!()\"']{_HAN}|{_HAN}\.(?!\w)", but=filters)
    assert not _wrong(r"\.\.\.|……|--(?!\w)|——")
    assert not _wrong(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")  # wide digits and letters


def test_there_is_no_space_beside_chinese_punctuation() -> None:
    assert not _wrong(rf"\s[{_WIDE}]|[{_WIDE}]\s", but=r"\n")


def test_latin_letters_and_numbers_stand_a_space_apart_from_chinese() -> None:
    assert not _wrong(rf"{_HAN}[A-Za-z0-9]|[A-Za-z0-9]{_HAN}")


def test_quotation_marks_come_in_pairs() -> None:
    wrong = [str(m) for m in MESSAGES for form in m.forms if form.count("“") != form.count("”")]
    assert not wrong


def test_what_is_a_sentence_stays_one_and_what_is_a_label_gets_no_full_stop() -> None:
    ends = [(m, form, m.source[-1] in ".") for m in MESSAGES for form in m.forms]
    assert not [str(m) for m, form, stops in ends if stops and form[-1:] not in "。？！）"]
    labels = [str(m) for m, form, stops in ends if not stops and form[-1:] == "。"]
    assert not labels
    opens = [str(m) for m, form, _ in ends if m.source.endswith("…") != form.endswith("…")]
    assert not opens


@pytest.mark.parametrize(
    "word", ["口罩", "面具", "您", "点选", "视讯", "影片", "软体", "面部", "脸部"]
)
def test_words_that_mean_something_else_or_come_from_elsewhere_are_not_used(word: str) -> None:
    assert not _wrong(word)


_USED = {
    "source face": "素材人脸",
    "queue": "队列",
    "preset": "预设",
    "timeline": "时间轴",
    "consent": "同意",
    "preview": "预览",
}


@pytest.mark.parametrize("word", _USED)
def test_a_term_is_always_the_same(word: str) -> None:
    told = re.compile(rf"\b{word}s?\b", re.IGNORECASE)
    wrong = [
        str(m)
        for m in MESSAGES
        for form in m.forms
        if told.search(m.source) and _USED[word] not in form
    ]
    assert not wrong


def test_the_tool_of_the_translators_finds_every_text_of_the_code() -> None:
    known = {(m.context, m.source) for m in MESSAGES}
    texts = {m.source for m in MESSAGES}
    lost = []
    for path in sorted(GUI.rglob("*.py")):
        for context, text, line in _texts_of(path):
            if text not in texts if context is None else (context, text) not in known:
                lost.append(f"{path.relative_to(GUI)}:{line}: {text}")
    assert not lost


def _texts_of(path: Path) -> Iterator[tuple[str | None, str, int]]:
    """Yield context (None for that of a class), text and line of what is to be translated."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        values = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
        if name == "tr" and values and isinstance(values[0], str):
            yield None, values[0], node.lineno
        elif name in ("translate", "QT_TRANSLATE_NOOP") and isinstance(values[1], str):
            yield str(values[0]), values[1], node.lineno
