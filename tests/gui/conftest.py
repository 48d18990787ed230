"""Run every window test without a display, and lend what several of them need."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator  # the platform is chosen before Qt is imported

import pytest
from PySide6.QtWidgets import QApplication
from thread_guard import widgets_on_qt_thread_only


@pytest.fixture
def qt_thread_only(qapp: QApplication) -> Iterator[list[str]]:
    """Fail a test in which a widget is touched on another thread than Qt's."""
    with widgets_on_qt_thread_only() as found:
        yield found
    assert not found, f"{len(found)} touches of widgets on other threads, the first:\n{found[0]}"


@pytest.fixture(autouse=True)
def own_heap(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the collector pass over what tests before one that is ``alone`` left behind.

    To look through the heap of thousands of tests takes longer than the window may be held up;
    the program never has such a heap.
    """
    if request.node.get_closest_marker("alone") is None:
        yield
        return
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a display say what it cannot do; other warnings of Qt fail."""
    for item in items:
        if "gui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
