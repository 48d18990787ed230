"""Collect the texts of the window for translators, and make of their work what the app reads.

``python -m gui.translations`` does both: texts that are new come into the ``.ts`` files, texts
that are gone leave them, and the ``.qm`` files are written from what is translated.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import PySide6

from gui.language import FOLDER

LANGUAGES = ("zh_CN",)
_IRREGULAR = {"person(s)": ("person", "people"), "is/are": ("is", "are")}
"""English words whose plural is not made with an s."""
_CODE = Path(__file__).parent
_TOOL_S = 300.0


def update(folder: Path = FOLDER) -> None:
    """Bring every ``.ts`` file up to the texts that are in the code."""
    folder.mkdir(parents=True, exist_ok=True)
    code = [str(path) for path in sorted(_CODE.rglob("*.py"))]
    common = ["-no-obsolete", "-locations", "none", "-silent"]
    for language in LANGUAGES:
        wanted = [*common, "-target-language", language]
        _run("lupdate", [*code, "-ts", str(ts_file(language, folder)), *wanted])
    # English needs a file for one thing: "1 video" and "2 videos".
    english = ts_file("en", folder)
    wanted = [*common, "-target-language", "en", "-pluralonly"]
    _run("lupdate", [*code, "-ts", str(english), *wanted])
    english.write_text(with_plurals(english.read_text(encoding="utf-8")), encoding="utf-8")


def with_plurals(ts: str) -> str:
    """Return an English ``.ts`` text with both forms of each message made from its ``(s)``."""
    return _NUMEROUS.sub(_with_both_forms, ts)


_NUMEROUS = re.compile(
    r"(<source>(?P<text>[^<]*)</source>\s*(?:<comment>[^<]*</comment>\s*)?)"
    r"<translation[^>]*>.*?</translation>",
    re.DOTALL,
)


def _with_both_forms(found: re.Match[str]) -> str:
    one = many = found["text"]
    for word, (single, plural) in _IRREGULAR.items():
        one, many = one.replace(word, single), many.replace(word, plural)
    one, many = one.replace("(s)", ""), many.replace("(s)", "s")
    forms = "".join(f"<numerusform>{form}</numerusform>" for form in (one, many))
    return f"{found[1]}<translation>{forms}</translation>"


def release(folder: Path = FOLDER, into: Path | None = None) -> None:
    """Write every ``.qm`` file from its ``.ts`` file; what is not translated stays English."""
    for language in ("en", *LANGUAGES):
        made = (into or folder) / f"secondunit_{language}.qm"
        _run("lrelease", [str(ts_file(language, folder)), "-qm", str(made), "-silent"])


def ts_file(language: str, folder: Path = FOLDER) -> Path:
    """Return what the translators of a language work on."""
    return folder / f"secondunit_{language}.ts"


def _run(tool: str, arguments: list[str]) -> None:
    """Run one of Qt's tools, which come with PySide6."""
    home = Path(PySide6.__file__).parent
    program = next(p for p in (home / tool, home / f"{tool}.exe") if p.exists())
    subprocess.run([str(program), *arguments], check=True, timeout=_TOOL_S)


def main() -> int:
    """Update and release; the files lie in ``resources/translations``."""
    update()
    release()
    return 0


if __name__ == "__main__":
    sys.exit(main())
