"""Keep the process that shows pictures: ask it, hear it, and replace it when it dies or hangs."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Literal

import psutil

from orchestrator.engines import AT_ONCE, FACEFUSION, PROVIDERS
from orchestrator.media.guard import GIB, INHERITED, NO_MEMORY
from orchestrator.preview.scene import (
    Answer,
    Ask,
    Failed,
    Play,
    PlayEnded,
    ProofReady,
    Question,
    Scene,
    Shown,
    StoredPart,
    Troubles,
)
from orchestrator.preview.wire import AnswerReader, Parts, Stop, Taken, Word, packed_word
from remote_worker.contract.coding import ContractError
from remote_worker.engines.facefusion.installation import VARIABLE

Hear = Callable[[Answer], None]
"""Hears every answer, on the viewer's reading thread."""
OnEnd = Callable[[str, str], None]
"""Hears, once, why nothing can be shown any more: a sentence and advice."""
PROGRAM = "orchestrator.preview.child"
SILENCE_S = 60.0
"""A child that owes an answer and says nothing for so long is taken for hung."""
_LOADING = 10
"""So many times as long where models are loaded and run without a graphics card."""
_MEMORY_BYTES = 3 * GIB
_INHERITED = (*INHERITED, "SECONDUNIT_HOME", VARIABLE, PROVIDERS, AT_ONCE, "XDG_DATA_HOME")
"""What a preview is given of the environment: it has to find engines, too."""
_WATCH_S = 1.0
_END_S = 5.0
_LAST_WORDS = 40
_WORDS_BYTES = 500
_TRIES = 2
_STARTS = 3
"""A child that could not even be begun so often is not started again."""


_Why = Literal["ended", "hung", "large"]
_FAILURES: Mapping[_Why, tuple[str, str, str]] = {
    "ended": (
        "preview_ended",
        "Showing this part of the video ended the preview.",
        "The app is unharmed. Try another frame, or re-export the video.",
    ),
    "hung": (
        "preview_hung",
        "Showing this part of the video took far longer than it should.",
        "Try another frame, or re-export the video.",
    ),
    "large": (
        "preview_too_large",
        "Showing this video needs more memory than the preview may take.",
        "Close other programs, or re-export the video at a smaller size.",
    ),
}
"""Code, sentence and advice."""


@dataclass(slots=True)
class _Open:
    """A question that is not answered yet."""

    question: Question
    tries: int = 1
    given: int = 0
    """Pictures that came for a :class:`Play`."""
    taken: int = 0
    """Frames of it that were shown or dropped."""

    @property
    def is_owed(self) -> bool:
        """Whether it is the child's turn; a play whose pictures wait to be taken is not."""
        if isinstance(self.question, Play):
            return self.given <= self.taken * max(len(self.question.sides), 1)
        return True


@dataclass(frozen=True, slots=True)
class _Heard:
    child: _Child
    number: int
    is_picture: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class _Dead:
    child: _Child


@dataclass(frozen=True, slots=True)
class _Close:
    pass


class Viewer:
    """Shows one scene at a time; every method can be called from any thread and returns at once."""

    def __init__(
        self,
        hear: Hear,
        on_end: OnEnd,
        *,
        memory_bytes: int = _MEMORY_BYTES,
        silence_s: float = SILENCE_S,
        program: str = PROGRAM,
    ) -> None:
        """Prepare; the child process is started by the first scene."""
        self._hear, self._on_end = hear, on_end
        self._memory_bytes, self._silence_s, self._program = memory_bytes, silence_s, program
        self._words: queue.SimpleQueue[Word | _Heard | _Dead | _Close] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="viewer", daemon=True)
        self._scene: Scene | None = None
        self._child: _Child | None = None
        self._open: dict[str, _Open] = {}
        self._heard_s = 0.0
        self._starts = 0
        self._lock = threading.Lock()

    # -- from any thread ---------------------------------------------------------------------

    def show(self, scene: Scene) -> None:
        """Show another scene; what was asked about the last one is forgotten."""
        self._put(scene)

    def refresh(self, stored: Sequence[StoredPart]) -> None:
        """Tell which finished segments there are now, in the order of their frames."""
        self._put(Parts(tuple(stored)))

    def ask(self, question: Question) -> None:
        """Ask something; numbers must rise."""
        self._put(question)

    def taken(self, number: int, count: int) -> None:
        """Tell how many frames of a :class:`Play` were shown or dropped so far, in all."""
        self._put(Taken(number, count))

    def stop(self, number: int) -> None:
        """Want no (further) answer to a question."""
        self._put(Stop(number))

    def close(self) -> None:
        """End the child; nothing is heard any more once this has returned."""
        self._closed.set()
        self._words.put(_Close())
        with self._lock:  # an answer that is being heard is heard to its end
            if self._thread.ident is None:
                return
        if threading.current_thread() is not self._thread:
            self._thread.join(_END_S)

    @property
    def pid(self) -> int | None:
        """The child's process id, or None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def _put(self, word: Word) -> None:
        with self._lock:
            if self._thread.ident is None and not self._closed.is_set():
                self._thread.start()
        self._words.put(word)

    # -- the viewer's own thread, which must live as long as the child ---------------------------

    def _run(self) -> None:
        while not self._closed.is_set():
            owed = any(each.is_owed for each in self._open.values())
            try:
                word = self._words.get(timeout=_WATCH_S if owed else None)
            except queue.Empty:
                self._watch()
                continue
            self._take(word)
            if owed:
                self._watch()
        if self._child is not None:
            self._child.end()

    def _take(self, word: Word | _Heard | _Dead | _Close) -> None:
        if isinstance(word, _Heard):
            if word.child is self._child:
                self._note(word)
        elif isinstance(word, _Dead):
            if word.child is self._child:
                self._replace("large" if word.child.ran_out_of_memory else "ended")
        elif isinstance(word, _Close):
            return
        elif isinstance(word, Scene):
            self._scene, self._starts = word, 0
            self._open.clear()
            self._begin(word)
        elif isinstance(word, Parts):
            if self._scene is not None:
                self._scene = replace(self._scene, stored=word.stored)
                self._tell(word)
        elif isinstance(word, Taken):
            self._note_taken(word)
            self._tell(word)
        elif isinstance(word, Stop):
            self._forget(word.number)
            self._tell(word)
        elif self._scene is not None:
            if not any(each.is_owed for each in self._open.values()):
                self._heard_s = time.monotonic()
            self._open[_slot(word)] = _Open(word)
            self._begin(word)

    def _begin(self, word: Word) -> None:
        """Write a word; a child that has to be started first is told the scene before it."""
        if self._child is not None or (self._start() and word is not self._scene):
            self._tell(word)

    def _tell(self, word: Word) -> None:
        if self._child is not None:
            self._child.tell(word)

    def _start(self) -> bool:
        """Start a child and show it the scene; return whether there is one."""
        try:
            self._child = _Child(self._program, self._memory_bytes, self._on_answer, self._on_dead)
        except OSError as error:
            self._give_up(f"The preview could not be started: {error.strerror}.")
            return False
        self._heard_s = time.monotonic()
        if self._scene is not None:
            self._child.tell(self._scene)
        return True

    def _on_answer(self, child: _Child, answer: Answer) -> None:
        with self._lock:
            if self._closed.is_set() or child is not self._child:
                return
        is_last = isinstance(answer, Troubles | ProofReady | PlayEnded | Failed)
        self._words.put(_Heard(child, answer.number, isinstance(answer, Shown), is_last))
        self._hear(answer)

    def _on_dead(self, child: _Child) -> None:
        self._words.put(_Dead(child))

    def _note(self, heard: _Heard) -> None:
        self._heard_s = time.monotonic()
        self._starts = 0
        for slot, each in list(self._open.items()):
            if each.question.number != heard.number:
                continue
            each.given += heard.is_picture
            if heard.is_last or (heard.is_picture and isinstance(each.question, Ask)):
                del self._open[slot]

    def _note_taken(self, word: Taken) -> None:
        for each in self._open.values():
            if each.question.number == word.number:
                each.taken = word.frames
                self._heard_s = time.monotonic()

    def _forget(self, number: int) -> None:
        for slot, each in list(self._open.items()):
            if each.question.number == number:
                del self._open[slot]

    def _watch(self) -> None:
        """End a child that is silent for too long or takes too much memory."""
        child = self._child
        if child is None or not any(each.is_owed for each in self._open.values()):
            return
        if time.monotonic() - self._heard_s > self._patience_s():
            self._replace("hung")
        elif child.memory_bytes() > self._memory_bytes:
            self._replace("large")

    def _patience_s(self) -> float:
        """Return how long the child may be silent: FaceFusion loads gigabytes of models first."""
        cast = self._scene.cast if self._scene is not None else None
        loads = cast is not None and cast.engine.name == FACEFUSION
        return self._silence_s * _LOADING if loads else self._silence_s

    def _replace(self, why: _Why) -> None:
        """End the child, start another, and ask once more what was asked."""
        if self._child is not None:
            self._child.end()
            self._child = None
        again = [each for each in self._open.values() if each.tries < _TRIES]
        for each in [each for each in self._open.values() if each.tries >= _TRIES]:
            self._forget(each.question.number)
            self._hear(_failed(each.question.number, why))
        self._starts += 1
        if self._starts > _STARTS:
            self._give_up("The preview ends as soon as it is started.")
            return
        if not again or not self._start():
            return  # the next question starts one
        for each in again:
            each.tries += 1
            each.given = each.taken = 0
            self._tell(each.question)

    def _give_up(self, sentence: str) -> None:
        for each in list(self._open.values()):
            self._hear(_failed(each.question.number, "ended"))
        self._open.clear()
        self._scene = None
        self._on_end(sentence, "Choose the video again. If that does not help, restart the app.")


class _Child:
    """One running child and the three threads that speak with it."""

    def __init__(
        self,
        program: str,
        memory_bytes: int,
        hear: Callable[[_Child, Answer], None],
        on_dead: Callable[[_Child], None],
    ) -> None:
        """Start it.

        Raises:
            OSError: it cannot be started.
        """
        self._hear, self._on_dead = hear, on_dead
        self._words: queue.SimpleQueue[Word | None] = queue.SimpleQueue()
        self._ended = False
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._process = subprocess.Popen(
            [sys.executable, "-m", program, str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: os.environ[name] for name in _INHERITED if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            start_new_session=True,
        )
        streams = self._process.stdin, self._process.stdout, self._process.stderr
        self._threads = [
            threading.Thread(target=work, args=(stream,), name=name, daemon=True)
            for name, work, stream in zip(
                ("preview-tell", "preview-hear", "preview-words"),
                (self._write, self._read, self._read_words),
                streams,
                strict=True,
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def tell(self, word: Word) -> None:
        """Have a word written to it."""
        self._words.put(word)

    def memory_bytes(self) -> int:
        """Return how much memory is resident; 0 when it is gone."""
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    @property
    def ran_out_of_memory(self) -> bool:
        """Whether its last words say so."""
        return any(sign in words for words in list(self._last_words) for sign in NO_MEMORY)

    def end(self) -> None:
        """End it; safe to perform twice."""
        if self._ended:
            return
        self._ended = True
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it waits for a disk, then dies
            self._process.wait(timeout=_END_S)
        self._words.put(None)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(_END_S)
        if not any(thread.is_alive() for thread in self._threads):
            self._close_streams()

    def _close_streams(self) -> None:
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):  # nobody reads the other end
                    stream.close()

    def _write(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError):  # the end of its output tells
            while (word := self._words.get()) is not None:
                stream.write(packed_word(word))
                stream.flush()

    def _read(self, stream: IO[bytes]) -> None:
        reader = AnswerReader(stream)
        with contextlib.suppress(ContractError, OSError, ValueError):  # told as its death, below
            while (answer := reader.read()) is not None:
                self._hear(self, answer)
        self._on_dead(self)

    def _read_words(self, stream: IO[bytes]) -> None:
        while line := stream.readline(_WORDS_BYTES):
            text = line.decode("utf-8", "replace").strip()
            if text:
                self._last_words.append("".join(c if c.isprintable() else " " for c in text))


def _slot(question: Question) -> str:
    """Return what a newer question takes the place of."""
    if isinstance(question, Ask):
        return question.side
    return "play" if isinstance(question, Play) else "search"


def _failed(number: int, why: _Why) -> Failed:
    code, sentence, advice = _FAILURES[why]
    return Failed(number, sentence, advice, code)
