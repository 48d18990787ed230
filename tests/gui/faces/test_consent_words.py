"""What is agreed to is what is recorded, in whatever language it is shown."""

from typing import get_args

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from gui.faces.consent_form import ConsentForm
from gui.inspector.engine_settings import CLASSIC, Choice
from gui.words.settings_names import (
    HINT_ICONS,
    basis_statement,
    choice_name,
    hint_name,
    hint_sentence,
    quality_name,
    setting_hint,
    setting_name,
)
from orchestrator.sources import BASES, PhotoHint, statement


class Foreign(QTranslator):
    """Puts a mark before every text."""

    def translate(self, context, text, disambiguation=None, n=-1):
        return f"外 {text}"

    def isEmpty(self):  # noqa: N802  # Qt's name
        return False


@pytest.fixture
def foreign(qapp):
    translator = Foreign()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("basis", BASES)
def test_the_words_that_are_shown_are_those_that_are_recorded(basis, qapp):
    assert basis_statement(basis) == statement(basis)


def test_in_english_the_statement_stands_once(qtbot):
    form = ConsentForm()
    qtbot.addWidget(form)
    form.show()
    form.choose("self")
    assert form._statement.isVisible()
    assert not form._recorded.isVisible()


def test_in_another_language_the_recorded_english_stands_beneath(qtbot, foreign):
    form = ConsentForm()
    qtbot.addWidget(form)
    form.show()
    form.choose("permission")
    assert "外" in form._statement.text()
    assert form._recorded.isVisible()
    assert statement("permission") in form._recorded.text()
    form.name.setText("Grace")
    form.stated_by.setText("Ada")
    form.agreed.setChecked(True)
    assert form.consent().statement == statement("permission")


@pytest.mark.parametrize("hint", get_args(PhotoHint))
def test_every_hint_has_a_sentence_a_word_and_an_icon(hint, qapp):
    assert hint_sentence(hint).endswith(".")
    assert hint_name(hint)
    assert hint in HINT_ICONS


def test_every_setting_and_choice_of_the_engine_has_words(qapp):
    for setting in CLASSIC:
        assert setting_name(setting.name) != setting.name
        assert setting_hint(setting.name).endswith(".")
        if isinstance(setting, Choice):
            for choice in setting.choices:
                assert choice_name(setting.name, choice) != choice


@pytest.mark.parametrize(
    ("quality", "word"), [(18, "High"), (12, "Best"), (28, "Low"), (24, "Medium"), (51, "Low")]
)
def test_a_quality_has_the_nearest_word(quality, word, qapp):
    assert quality_name(quality, 18) == word
