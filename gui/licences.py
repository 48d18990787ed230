"""Ask, once for each, whether models that are not for commercial use may be used all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from gui.bridge import Bridge
from gui.dialogs.question import Choice, Question, ask
from orchestrator.desk.entries import Entry
from orchestrator.licences import accept, accepting, models_by_label, to_accept
from remote_worker.engines.facefusion.licences import PROGRAM_LICENCE

translate = QCoreApplication.translate


def once_agreed(
    bridge: Bridge, entries: Iterable[Entry], go: Callable[[], None]
) -> Question | None:
    """Call ``go`` now if nothing is to be agreed to, else once the user agreed; else never.

    What was agreed to is on disk before ``go`` is called.
    """
    looks = {entry.look for entry in entries}
    accepted = bridge.settings.accepted_licences
    missing = {
        label: models
        for look in looks
        for label, models in models_by_label(look.engine, look.settings).items()
        if label in to_accept(look.engine, look.settings, accepted)
    }
    if not missing:
        go()
        return None

    def agree() -> None:
        bridge.run(lambda: accept(bridge.home, tuple(missing)), lambda _: noted())

    def noted() -> None:
        bridge.change_settings(lambda settings: accepting(settings, tuple(missing)))
        go()

    return ask(
        QApplication.activeWindow(),
        lambda: translate("Licences", "These models are not for commercial use"),
        lambda: words(missing),
        (
            Choice(lambda: translate("Licences", "Agree and render"), agree, "primary"),
            Choice(lambda: translate("Licences", "Do not render")),
        ),
    )


def words(missing: Mapping[str, tuple[str, ...]]) -> str:
    """Return what is to be agreed to, with the models behind each label."""
    lines = [f"{label}: {', '.join(models)}" for label, models in sorted(missing.items())]
    return "\n\n".join(
        (
            translate(
                "Licences",
                "FaceFusion labels models of this look as not for commercial use. What exactly"
                " each licence allows is said by those who made the model. FaceFusion itself is"
                " labelled {0}.",
            ).format(PROGRAM_LICENCE),
            "\n".join(lines),
            translate(
                "Licences",
                "By agreeing you say that you keep to these licences. It is asked once for each"
                " of them.",
            ),
        )
    )


def by_label(labels: Iterable[str]) -> str:
    """Return labels in a few words: each licence once, with all who gave it."""
    vendors: dict[str, list[str]] = {}
    for each in sorted(labels):
        label, _, vendor = each.partition(" (")
        vendors.setdefault(label, []).append(vendor.removesuffix(")"))
    return ", ".join(f"{label} ({', '.join(own)})" for label, own in vendors.items())
