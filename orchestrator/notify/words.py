"""Put a tiding in words for a mail, in English and in Simplified Chinese; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from orchestrator.notify.tidings import Occasion, Tiding

MailLanguage = Literal["en", "zh_CN"]
LANGUAGES: tuple[MailLanguage, ...] = ("en", "zh_CN")

_SUBJECTS: dict[MailLanguage, dict[Occasion, str]] = {
    "en": {
        "done": "{title} is done",
        "failed": "{title} could not be rendered",
        "budget": "{title} has reached its budget",
        "attention": "{title} needs your attention",
        "test": "A test message from Second Unit",
    },
    "zh_CN": {
        "done": "{title} 已完成",
        "failed": "{title} 渲染失败",
        "budget": "{title} 已用完预算",
        "attention": "{title} 需要您处理",
        "test": "来自 Second Unit 的测试消息",
    },
}
_OPENINGS: dict[MailLanguage, dict[Occasion, str]] = {
    "en": {
        "done": "The video is finished.",
        "failed": "The render ended before the video was finished. What was finished is kept.",
        "budget": (
            "The budget does not pay for further machines, so the render rests. What was "
            "finished is kept; raise the budget and render again to go on."
        ),
        "attention": (
            "The render rests because something has to be put right first. What was finished "
            "is kept."
        ),
        "test": "If you can read this, Second Unit can tell you how your renders end.",
    },
    "zh_CN": {
        "done": "视频已经渲染完成。",
        "failed": "视频完成之前渲染就结束了。已完成的部分会保留。",
        "budget": (
            "预算不够再租用机器，渲染已暂停。已完成的部分会保留；提高预算后再次渲染即可继续。"
        ),
        "attention": "有问题需要先处理，渲染已暂停。已完成的部分会保留。",
        "test": "如果您能看到这条消息，Second Unit 就可以在渲染结束时通知您。",
    },
}
_LABELS: dict[MailLanguage, dict[str, str]] = {
    "en": {
        "title": "Video",
        "output": "Finished file",
        "frames": "Frames",
        "time": "Time",
        "usd": "Cost",
        "sentence": "What happened",
        "advice": "What to do",
        "job": "Job",
        "at": "When",
    },
    "zh_CN": {
        "title": "视频",
        "output": "完成的文件",
        "frames": "帧数",
        "time": "用时",
        "usd": "费用",
        "sentence": "发生了什么",
        "advice": "如何处理",
        "job": "任务",
        "at": "时间",
    },
}
_CLOSINGS: dict[MailLanguage, str] = {
    "en": "Second Unit sent this because it was asked to. Change it in the settings, or with "
    "'secondunit notify'.",
    "zh_CN": "Second Unit 按照您的设置发送了此消息。您可以在设置中或用“secondunit notify”更改。",
}
_COLONS: dict[MailLanguage, str] = {"en": ": ", "zh_CN": "："}


@dataclass(frozen=True, slots=True)
class Worded:
    """A tiding in words."""

    subject: str
    """One line."""
    body: str


def worded(tiding: Tiding, language: MailLanguage) -> Worded:
    """Return the subject and the text of a mail."""
    subject = _SUBJECTS[language][tiding.occasion].format(title=tiding.title)
    lines = [f"{_LABELS[language][name]}{_COLONS[language]}{value}" for name, value in _of(tiding)]
    parts = (_OPENINGS[language][tiding.occasion], "\n".join(lines), _CLOSINGS[language])
    return Worded(" ".join(subject.split()), "\n\n".join(part for part in parts if part) + "\n")


def _of(tiding: Tiding) -> list[tuple[str, str]]:
    """Return what is known of it, by label."""
    known = [
        ("title", tiding.title),
        ("output", tiding.output),
        ("frames", "" if tiding.frames is None else str(tiding.frames)),
        ("time", "" if tiding.seconds is None else _time(tiding.seconds)),
        ("usd", "" if tiding.usd is None else f"${tiding.usd:.4f}"),
        ("sentence", tiding.sentence),
        ("advice", tiding.advice),
        ("job", tiding.job_id or ""),
        ("at", tiding.happened_at),
    ]
    return [(name, value) for name, value in known if value]


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
