"""Be the process that shows pictures: a scene and questions from stdin, answers to stdout."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from typing import BinaryIO, cast

from orchestrator.engines import AT_ONCE, PROVIDERS
from orchestrator.media.child import PARENT_GONE, die_with_parent, limit
from orchestrator.preview.parts import Proofs
from orchestrator.preview.playing import Playing
from orchestrator.preview.scene import Answer, Ask, Play, Scene
from orchestrator.preview.searching import Searching
from orchestrator.preview.stills import Stills
from orchestrator.preview.wire import AnswerWriter, Parts, Stop, Taken, Word, read_word
from remote_worker.memory import return_freed_memory

FAULT = 4
"""The exit status after a fault of the program itself."""


class Desk:
    """Hands each word to the thread that works on its kind."""

    def __init__(self, out: BinaryIO) -> None:
        """Answer to ``out``; nothing runs before :meth:`start`."""
        self._writer, self._lock = AnswerWriter(out), threading.Lock()
        self._scene: Scene | None = None
        self._proofs = Proofs()
        self._stills = Stills(self._say)
        self._playing = Playing(self._say)
        self._searching = Searching(self._say)

    def start(self) -> None:
        """Start a thread for each kind of question."""
        for worker in (self._stills, self._playing, self._searching):
            name = type(worker).__name__.lower()
            threading.Thread(target=worker.run, name=name, daemon=True).start()

    def take(self, word: Word) -> None:
        """Act on one word."""
        if isinstance(word, Scene):
            self._show(word, Proofs())
        elif isinstance(word, Parts):
            if self._scene is not None:
                self._show(replace(self._scene, stored=word.stored), self._proofs)
        elif isinstance(word, Ask):
            self._stills.ask(word)
        elif isinstance(word, Play):
            self._playing.play(word)
        elif isinstance(word, Taken):
            self._playing.taken(word.number, word.frames)
        elif isinstance(word, Stop):
            self._playing.stop(word.number)
            self._searching.stop(word.number)
        else:
            self._searching.begin(word)

    def _show(self, scene: Scene, proofs: Proofs) -> None:
        self._scene, self._proofs = scene, proofs
        for worker in (self._stills, self._playing, self._searching):
            worker.show(scene, proofs)

    def _say(self, answer: Answer) -> None:
        try:
            with self._lock:
                self._writer.write(answer)
        except OSError:
            os._exit(PARENT_GONE)


def main(argv: list[str]) -> int:
    """Answer until the parent closes stdin; takes the bytes of memory it may use."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to stderr
    die_with_parent()
    limit(int(argv[0]), None)
    return_freed_memory()
    os.environ.setdefault(PROVIDERS, "cpu")  # a graphics card is left to renders
    os.environ.setdefault(AT_ONCE, "1")  # every core for the one frame that is waited for
    threading.excepthook = _end_on_fault
    desk = Desk(cast(BinaryIO, out))
    desk.start()
    while True:
        word = read_word(sys.stdin.buffer)
        if word is None:
            os._exit(PARENT_GONE)  # at once: a decoder in the middle of something may never return
        desk.take(word)


def _end_on_fault(fault: threading.ExceptHookArgs) -> None:
    """End the process when a thread dies: the parent starts another and tells if that dies too."""
    threading.__excepthook__(fault)
    sys.stderr.flush()
    os._exit(FAULT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
