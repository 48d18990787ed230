"""Say what each exit status of ``secondunit`` means; scripts rely on these."""

from __future__ import annotations

from enum import IntEnum

from orchestrator import cloud_errors, errors


class Exit(IntEnum):
    """Exit statuses; a status never changes its meaning."""

    DONE = 0
    """All that was asked for is there."""
    FAILED = 1
    """It could not be done; what was finished before is kept and the job can be resumed."""
    USAGE = 2
    """What was asked for is not understood or not possible; nothing was done."""
    REFUSED = 3
    """The source, photo or content was refused at the door; nothing was rendered."""
    CONSENT_MISSING = 4
    """A source face has no recorded statement of consent, or models that are not for commercial
    use were not agreed to; nothing was rendered."""
    NOT_READY = 5
    """Something this needs is missing on the machine; ``secondunit doctor`` tells what."""
    STOPPED = 6
    """Stopped on request; ``secondunit resume`` goes on from there."""
    CANCELLED = 7
    """The job was cancelled; it will not go on."""
    CRASHED = 70
    """A fault in the program itself; a report was written."""


_STATUSES: dict[type[errors.SecondUnitError], Exit] = {
    errors.RequestRefused: Exit.USAGE,
    errors.CastingRefused: Exit.USAGE,
    errors.PresetRefused: Exit.USAGE,
    errors.JobMissing: Exit.USAGE,
    errors.SourceFaceMissing: Exit.USAGE,
    errors.SourceRefused: Exit.REFUSED,
    errors.SourceChanged: Exit.REFUSED,
    errors.PhotoRefused: Exit.REFUSED,
    errors.PhotoUnreadable: Exit.REFUSED,
    errors.ContentRefused: Exit.REFUSED,
    errors.ConsentMissing: Exit.CONSENT_MISSING,
    errors.LicencesNotAccepted: Exit.CONSENT_MISSING,
    errors.ModelMissing: Exit.NOT_READY,
    errors.ModelCorrupt: Exit.NOT_READY,
    errors.NoRoom: Exit.NOT_READY,
    errors.SecretRefused: Exit.USAGE,
    cloud_errors.CredentialsMissing: Exit.NOT_READY,
    cloud_errors.CredentialsExpired: Exit.NOT_READY,
    cloud_errors.PermissionMissing: Exit.NOT_READY,
    cloud_errors.QuotaTooSmall: Exit.NOT_READY,
}


def status_of(error: errors.SecondUnitError) -> Exit:
    """Return the exit status that tells a script of ``error``."""
    return _STATUSES.get(type(error), Exit.FAILED)
