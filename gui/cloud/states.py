"""Say how things stand with the account, and what the one button is that helps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gui.words.errors import told
from orchestrator.cloud import Connection, ConnectionState


@dataclass(frozen=True, slots=True)
class Told:
    """A state in words."""

    sentence: str
    advice: str
    button: str


def told_state(connection: Connection) -> Told | None:
    """Return why nothing can be rendered in the account now; None when all is well."""
    match connection.state:
        case "ready":
            return None
        case "none":
            return Told(
                QCoreApplication.translate("CloudStates", "No AWS account is connected."),
                QCoreApplication.translate(
                    "CloudStates", "Connect one to render on its GPUs, paid by the second."
                ),
                QCoreApplication.translate("CloudStates", "Connect…"),
            )
        case "not set up":
            return Told(
                QCoreApplication.translate(
                    "CloudStates", "The account is connected but not set up in {0} yet."
                ).format(connection.region),
                QCoreApplication.translate("CloudStates", "It takes half a minute, once."),
                QCoreApplication.translate("CloudStates", "Set up…"),
            )
        case "signed out":
            return Told(
                QCoreApplication.translate("CloudStates", "The sign-in to AWS is over."),
                QCoreApplication.translate("CloudStates", "Sign in again; nothing is lost."),
                QCoreApplication.translate("CloudStates", "Sign in again…"),
            )
        case "away":
            return Told(
                QCoreApplication.translate("CloudStates", "AWS does not answer."),
                QCoreApplication.translate(
                    "CloudStates", "Check this computer’s network; what runs goes on."
                ),
                QCoreApplication.translate("CloudStates", "Try again"),
            )
        case "refused":
            sentence, advice = told(connection.code, connection.sentence, connection.advice)
            button = QCoreApplication.translate("CloudStates", "See to it…")
            return Told(sentence, advice, button)


def needs_user(connection: Connection) -> bool:
    """Return whether the user can do something about it."""
    return connection.state != "ready"


def sign_of(state: ConnectionState) -> tuple[str, str]:
    """Return the icon of a state and its colour."""
    signs: dict[ConnectionState, tuple[str, str]] = {
        "none": ("info", "muted"),
        "ready": ("done", "good"),
        "not set up": ("info", "warning"),
        "signed out": ("lock", "warning"),
        "away": ("warning", "warning"),
        "refused": ("error", "danger"),
    }
    return signs[state]
