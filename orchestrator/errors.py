"""Name what can go wrong on the desktop, so that each fault is handled by its name.

SecondUnitError
├── ModelMissing          a model file that is needed is not installed
├── ModelCorrupt          a model file's bytes are not those it should have
├── PhotoUnreadable       a photo is not a picture that can be read
├── CastingRefused        a cast names nobody, or nobody that can be told apart
├── ContentRefused        the content check does not allow the material
├── LicencesNotAccepted   a model is labelled not for commercial use, and nobody agreed to that
├── ConsentMissing        nobody stated consent for a source face
├── SourceFaceMissing     there is no such source face, or its files are not whole
├── PhotoRefused          a photo does not show exactly one face
├── SourceRefused         a file cannot be rendered
├── SourceChanged         the source is not the file that the job was made for
├── NoRoom                the disk has less room than is needed
├── JobMissing            there is no such job
├── JobBusy               another process drives the job
├── StorageFailed         a job's folder cannot be written to
├── JournalBroken         a job's journal is of another version or damaged
├── QueueBroken           the desktop's queue cannot be read or written
├── QueueBusy             another window or command has the queue
├── RequestRefused        a render was asked for that cannot be
├── SettingsRefused       the settings were written by a newer version of the app
├── PresetRefused         a file or a name cannot become a preset
├── SecretsUnavailable    the system's password store is missing or does not answer
├── SecretRefused         a secret is not one that every password store takes
├── WhenDoneFailed        what was to happen after the queue could not be done
└── NotSaved              settings, a preset or a bundle could not be written
"""

from __future__ import annotations

import re


class SecondUnitError(Exception):
    """A fault with a sentence for a person, and advice on what to do about it."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.code = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()
        """Stable name of the fault for machines, such as ``model_missing``."""


class ModelMissing(SecondUnitError):
    """A model file that is needed is not installed; nothing was begun."""


class ModelCorrupt(SecondUnitError):
    """A model file's bytes are not those that the manifest names; it was not opened."""


class PhotoUnreadable(SecondUnitError):
    """A photo is not a picture that can be read; nothing of it was kept."""


class CastingRefused(SecondUnitError):
    """A cast names nobody, or nobody that can be told apart; nothing was rendered."""


class ContentRefused(SecondUnitError):
    """The content check does not allow the material; nothing of it was rendered."""


class LicencesNotAccepted(SecondUnitError):
    """A model is labelled not for commercial use, and the user has not agreed; nothing began."""


class ConsentMissing(SecondUnitError):
    """Nobody stated consent for a source face; it is kept as a draft and never rendered."""


class SourceFaceMissing(SecondUnitError):
    """There is no such source face, or its files are not those that were stored."""


class PhotoRefused(SecondUnitError):
    """A photo does not show exactly one face; nothing of it was kept."""


class SourceRefused(SecondUnitError):
    """A file cannot be rendered; ``code`` says why, such as ``no_video``; nothing was begun."""

    def __init__(self, code: str, sentence: str, advice: str) -> None:
        super().__init__(sentence, advice)
        self.code = code


class SourceChanged(SecondUnitError):
    """The source is gone or is not the file that the job was made for; nothing was begun."""


class NoRoom(SecondUnitError):
    """The disk has less room than is needed; nothing was written."""


class JobMissing(SecondUnitError):
    """There is no such job, or its folder cannot be read."""


class JobBusy(SecondUnitError):
    """Another process drives the job; nothing was changed."""


class StorageFailed(SecondUnitError):
    """A job's folder cannot be written to; what was finished is kept, and it can be resumed."""


class JournalBroken(SecondUnitError):
    """A job's journal is of another version or damaged; it was left as it is."""


class QueueBroken(SecondUnitError):
    """The desktop's queue cannot be read or written; its file was left as it is."""


class QueueBusy(SecondUnitError):
    """Another window or command has the queue; nothing was changed."""


class RequestRefused(SecondUnitError):
    """A render was asked for that cannot be; nothing was made."""


class SettingsRefused(SecondUnitError):
    """The settings were written by a newer version of the app; they were left as they are."""


class PresetRefused(SecondUnitError):
    """A file or a name cannot become a preset; nothing was kept of it."""


class SecretsUnavailable(SecondUnitError):
    """The system's password store is missing, locked or silent; nothing was put elsewhere."""


class SecretRefused(SecondUnitError):
    """A secret or its name is not one that every password store takes; nothing was stored."""


class WhenDoneFailed(SecondUnitError):
    """The machine did not go to sleep, or the command did not start; videos are not touched."""


class NotSaved(SecondUnitError):
    """Settings, a preset or a bundle could not be written; what was there is untouched."""
