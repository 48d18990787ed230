"""Take out of a text what is private: secrets, home folders, names of videos and of faces."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

_SECRET, _LONG = "[secret]", "[long text]"
_SHORTEST_NAME = 4
"""A shorter name would take pieces out of ordinary words."""
_LONGEST_LINE = 2000
_ENDINGS = (
    "mp4|m4v|mov|mkv|avi|webm|mts|m2ts|ts|mpg|mpeg|mxf|wmv|flv|ogv|3gp|vob"
    "|jpg|jpeg|png|webp|heic|bmp|tif|tiff|gif|wav|mp3|aac|flac"
)
_NAMED = r"(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|credential|auth\w*)"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), instead)
    for pattern, instead in (
        (r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", _SECRET),
        (r"(?-i:\bA[A-Z]{3}[0-9A-Z]{12,})", _SECRET),
        (r"\beyJ[\w-]{6,}\.[\w-]+(?:\.[\w-]*)?", _SECRET),
        (r"\b(?:gh[pousr]_|github_pat_|xox[abprs]-|sk-|hf_|glpat-|npm_|pypi-)[\w-]{8,}", _SECRET),
        (r"(\b(?:bearer|basic)\s+)[\w.+/=~-]{6,}", rf"\1{_SECRET}"),
        (r"(://)[^/\s@:]*:[^/\s@]*@", rf"\1{_SECRET}@"),
        (rf"([\"']?\b\w*{_NAMED}\w*[\"']?\s*[:=]\s*)([\"'])(?:\\.|(?!\2).)*\2", rf"\1{_SECRET}"),
        (rf"([\"']?\b\w*{_NAMED}\w*[\"']?\s*[:=]\s*)[^\s\"',;&)}}]+", rf"\1{_SECRET}"),
        (rf"(--?\w*{_NAMED}[\w-]*[ =])\S+", rf"\1{_SECRET}"),
        (r"(?-i:(?<![\w+/])(?=[a-z+/0-9]*[A-Z])(?=[A-Za-z+/]*\d)[A-Za-z0-9+/]{40,}={0,2})", _LONG),
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{32,}", _LONG),
        (r"[\w.+-]{1,64}@[\w-]+\.[\w.-]+\w", "[address]"),
    )
)
"""Keys and tokens by their looks or by what they are called; then digests and ids."""
_HOMES = re.compile(
    r"(?:(?:/var)?/home/|/Users/|[A-Za-z]:(?:\\\\|\\|/)Users(?:\\\\|\\|/))"
    r"(?:[^/\\\n\"'<>|:*?]+(?=[/\\])|[^/\\\s\"'<>|:*?,;)]+)",
    re.IGNORECASE,
)
_MEDIA_PATH = re.compile(
    rf"(?:\b[A-Z]:)?[/\\][^\n\"<>|*?]{{0,400}}?\.(?:{_ENDINGS})\b", re.IGNORECASE
)
_MEDIA_NAME = re.compile(rf"[^\s\"'<>|:*?/\\()\[\],]{{1,255}}\.(?:{_ENDINGS})\b", re.IGNORECASE)


class Redactor:
    """Makes texts fit to be given away; the same name gets the same stand-in every time."""

    def __init__(self, *, storage: Path | None = None, names: Iterable[str] = ()) -> None:
        """Know ``storage``, the folder of the app, and private ``names``, whole or with paths."""
        self._salt = secrets.token_bytes(16)  # a stand-in is of no use for guessing the name
        self._folders = _folders(storage)
        self._names = [(_spelled(_stem(name)), _parts(name)) for name in set(names)]
        user = _user()
        self._user = (
            re.compile(rf"\b{re.escape(user)}\b", re.IGNORECASE)
            if len(user) >= _SHORTEST_NAME and user != "root"
            else None
        )

    def __call__(self, text: str) -> str:
        """Return ``text`` without what is private."""
        text = "\n".join(map(_cut, text.split("\n")))
        for folder, instead in self._folders:
            text = _replaced(text, folder, instead)
        text = self._without_names(text)
        text = _MEDIA_PATH.sub(self._stand_in, text)
        text = _MEDIA_NAME.sub(self._stand_in, text)
        text = _HOMES.sub("~", text)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text if self._user is None else self._user.sub("[user]", text)

    def _without_names(self, text: str) -> str:
        """Look for each stem first: of ten thousand names a text holds a few."""
        folded = text.casefold()
        here = (parts for stems, parts in self._names if any(stem in folded for stem in stems))
        parts = {part for own in here for part in own if len(part) >= _SHORTEST_NAME}
        if not parts:
            return text
        longest_first = sorted(parts, key=lambda part: (-len(part), part))
        found = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
        return found.sub(self._stand_in, text)

    def _stand_in(self, found: re.Match[str]) -> str:
        digest = hashlib.sha256(self._salt + found[0].casefold().encode("utf-8", "replace"))
        return f"[name {digest.hexdigest()[:6]}]"


def _cut(line: str) -> str:
    """Return what can be searched in no time; a longer line helps nobody."""
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} [cut]"


def _folders(storage: Path | None) -> list[tuple[str, str]]:
    """Return folders and what stands for each, the longest first, in every spelling."""
    known = [(str(storage), "[storage]")] if storage is not None else []
    known += [(str(Path.home()), "~")] + [
        (home, "~") for name in ("HOME", "USERPROFILE") if (home := os.environ.get(name))
    ]
    spelled = {
        (spelling, instead)
        for folder, instead in known
        if len(folder.strip("/\\")) > 1
        for spelling in (folder, folder.replace("\\", "\\\\"), folder.replace("\\", "/"))
    }
    return sorted(spelled, key=lambda pair: (-len(pair[0]), pair))


def _replaced(text: str, folder: str, instead: str) -> str:
    pattern = re.escape(folder) + r"(?![\w.-])"
    flags = re.IGNORECASE if os.name == "nt" else 0
    return re.sub(pattern, lambda _: instead, text, flags=flags)


def _parts(name: str) -> set[str]:
    """Return what of a path or name is to be looked for: all of it, its last part, its stem."""
    return {part for text in (name, _last(name), _stem(name)) for part in _spelled(text)}


def _spelled(text: str) -> set[str]:
    """Return the casefolded ways in which a text is written in files of text."""
    composed = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")} | {text}
    escaped = {json.dumps(each)[1:-1] for each in composed}
    quoted = {quote(each) for each in composed}
    return {each.casefold() for each in composed | escaped | quoted}


def _last(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _stem(name: str) -> str:
    return _last(name).rsplit(".", 1)[0] or _last(name)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""  # nobody is logged in, as in some containers
