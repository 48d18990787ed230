"""Name what can go wrong between this machine and rented ones.

SecondUnitError
└── CloudError
    ├── ChannelBroken         the line to an instance broke, or was never laid
    │   └── CommandFailed     the line holds, and what was asked of the instance did not work
    ├── HostKeyMismatch       whoever answers is not the instance that was launched
    ├── WorkerUnfit           what runs on an instance is not the worker that was meant
    ├── CredentialsMissing    nobody is signed in, or the sign-in does not work
    ├── CredentialsExpired    the sign-in is over
    ├── PermissionMissing     the account may not do what is needed
    ├── QuotaTooSmall         the account may not have so many GPUs
    ├── BudgetReached         the budget does not pay for another instance
    ├── CapacityRefused       a pool has no instance to give now
    ├── Throttled             the service wants to be asked less often
    ├── CloudUnreachable      the service does not answer
    └── CloudRefused          the service refuses a request, by its own code
"""

from __future__ import annotations

from orchestrator.errors import SecondUnitError


class CloudError(SecondUnitError):
    """Something between this machine and rented ones went wrong."""


class ChannelBroken(CloudError):
    """The line to an instance broke, or was never laid; its work goes on."""


class CommandFailed(ChannelBroken):
    """The line holds, and what was asked of the instance did not work there."""

    def __init__(self, sentence: str, advice: str, status: int = 1) -> None:
        super().__init__(sentence, advice)
        self.status = status


class HostKeyMismatch(CloudError):
    """Whoever answers is not the instance that was launched; nothing was sent there."""


class WorkerUnfit(CloudError):
    """What runs on an instance is not the worker that was meant."""


class CredentialsMissing(CloudError):
    """Nobody is signed in, or the sign-in does not work; nothing was asked for."""


class CredentialsExpired(CloudError):
    """The sign-in is over; what runs goes on, and waits to be looked at again."""


class PermissionMissing(CloudError):
    """The account may not do what is needed; ``action`` is what the service calls it."""

    def __init__(self, sentence: str, advice: str, action: str) -> None:
        super().__init__(sentence, advice)
        self.action = action


class QuotaTooSmall(CloudError):
    """The account may not have so many GPUs; another zone does not help."""


class BudgetReached(CloudError):
    """The budget does not pay for another instance; what was finished is kept."""


class CapacityRefused(CloudError):
    """A pool has no instance to give now; another may."""


class Throttled(CloudError):
    """The service wants to be asked less often; asking later helps."""


class CloudUnreachable(CloudError):
    """The service does not answer; what was asked may or may not have been done."""


class CloudRefused(CloudError):
    """The service refuses a request, by its own code; nothing was done."""
