"""Be a preview child that goes wrong on the frames a test says."""

import os
import sys
import threading

from orchestrator.preview import child, stills
from orchestrator.preview.scene import Ask

DEADLY, SILENT, TALKATIVE, GREEDY = 13, 14, 15, 16
"""Frames on which it dies, says nothing any more, talks nonsense, and takes all memory."""
answered = stills.Stills.ask


def ask(self, question: Ask) -> None:
    if question.frame == DEADLY:
        os.abort()
    if question.frame == SILENT:
        threading.Event().wait()
    if question.frame == TALKATIVE:
        os.write(9, b"\xff" * 64)
    if question.frame == GREEDY:
        self.hoard = bytearray(os.urandom(1)) * (700 << 20)
        threading.Event().wait()
    answered(self, question)


if __name__ == "__main__":
    os.dup2(1, 9)
    stills.Stills.ask = ask
    sys.exit(child.main(sys.argv[1:]))
