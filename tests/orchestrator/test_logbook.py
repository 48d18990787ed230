"""The log stays small, and nothing private gets into it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.home import Home
from orchestrator.logbook import Logbook, log_path

KEY = "AKIAIOSFODNN7EXAMPLE"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def book(home: Home) -> Iterator[Logbook]:
    made = Logbook(home, most_bytes=2000)
    yield made
    made.close()


def test_secrets_and_names_are_taken_out_of_message_values_and_traceback(
    home: Home, book: Logbook
) -> None:
    log = logging.getLogger("orchestrator.test")
    log.info("connected with %s", KEY)
    try:
        raise ValueError(f"/home/ada/Wedding Day.mp4 with {KEY}")
    except ValueError:
        log.exception("could not open it")
    text = log_path(home).read_text("utf-8")
    assert KEY not in text
    assert "Wedding" not in text
    assert "could not open it" in text
    assert "test_logbook.py" in text


def test_the_log_is_cut_into_a_few_small_files(home: Home, book: Logbook) -> None:
    for number in range(500):
        logging.getLogger("orchestrator.test").info("line %d", number)
    files = sorted(home.logs.iterdir())
    assert [path.name for path in files] == [
        "secondunit.log",
        *(f"secondunit.log.{n}" for n in (1, 2, 3)),
    ]
    assert all(path.stat().st_size <= 2000 for path in files)
    assert "line 499" in log_path(home).read_text("utf-8")


def test_a_closed_logbook_writes_no_more_and_leaves_logging_as_it_was(home: Home) -> None:
    before = logging.getLogger().level, list(logging.getLogger().handlers)
    book = Logbook(home)
    book.close()
    book.close()
    logging.getLogger("orchestrator.test").warning("too late")
    assert (logging.getLogger().level, list(logging.getLogger().handlers)) == before
    assert log_path(home).read_text("utf-8") == ""
