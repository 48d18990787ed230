"""Turn what AWS answers into the app's own errors: the one border where that is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    HTTPClientError,
    InvalidConfigError,
    LoginError,
    MissingDependencyException,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    ReadTimeoutError,
    SSOError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from orchestrator.cloud_errors import (
    CapacityRefused,
    CloudError,
    CloudRefused,
    CloudUnreachable,
    CredentialsExpired,
    CredentialsMissing,
    PermissionMissing,
    QuotaTooSmall,
    Throttled,
)

_NOT_SIGNED_IN = frozenset({
    "AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch",
    "InvalidAccessKeyId", "IncompleteSignature", "MissingAuthenticationToken", "OptInRequired",
})  # fmt: skip
_OVER = frozenset({
    "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
})  # fmt: skip
_NOT_ALLOWED = frozenset({
    "UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "UnauthorizedAccess",
    "NotAuthorized",
})  # fmt: skip
_QUOTA = frozenset({
    "MaxSpotInstanceCountExceeded", "VcpuLimitExceeded", "InstanceLimitExceeded",
    "MaxSpotFleetRequestCountExceeded", "FleetQuotaExceeded",
})  # fmt: skip
_NO_CAPACITY = frozenset({
    "InsufficientInstanceCapacity", "UnfulfillableCapacity", "InsufficientCapacity",
    "InsufficientHostCapacity", "SpotMaxPriceTooLow", "InsufficientFreeAddressesInSubnet",
    "Unsupported", "UnsupportedOperation",
})  # fmt: skip
_THROTTLED = frozenset({
    "RequestLimitExceeded", "Throttling", "ThrottlingException", "SlowDown", "TooManyRequests",
    "TooManyRequestsException", "RequestThrottled", "EC2ThrottledException",
})  # fmt: skip
_SIGN_IN = "Sign in again, then go on: nothing is lost."


@contextmanager
def named(doing: str) -> Iterator[None]:
    """Raise what AWS answers as the app's own error; ``doing`` completes "While ...".

    Raises:
        CloudError: by what was answered.
    """
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise cloud_error(error, doing) from error
    except ResponseParserError as error:  # a page of somebody in between, such as a hotel's
        raise CloudUnreachable(
            f"While {doing}: what answered is not AWS.",
            "Open a page in the browser: this network may ask for a sign-in of its own.",
        ) from error


def cloud_error(error: ClientError | BotoCoreError, doing: str) -> CloudError:
    """Return the app's own error for what AWS answered."""
    if isinstance(error, ClientError):
        return _answered(error, doing)
    return _unanswered(error, doing)


def refusal(code: str, pool: str, message: str = "") -> CloudError:
    """Return the app's own error for one line of a fleet's ``Errors``."""
    if code == "InvalidParameterValue" and "nstance Profile" in message:
        return CapacityRefused("EC2 has not heard of the job's role yet.", "It is tried again.")
    if code in _QUOTA:
        return _too_small()
    if code in _THROTTLED:
        return Throttled(f"AWS wants to be asked less often ({code}).", "It is tried again.")
    if code in _NO_CAPACITY:
        return CapacityRefused(f"There is no {pool} to be had now ({code}).", "Others are tried.")
    return CloudRefused(f"AWS gives no {pool}: {code}.", "Look the code up in the log.")


def code_of(error: ClientError) -> str:
    """Return the service's own code."""
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def _answered(error: ClientError, doing: str) -> CloudError:
    code = code_of(error)
    if code in _OVER:
        return CredentialsExpired(f"The sign-in to AWS ended while {doing}.", _SIGN_IN)
    if code in _NOT_SIGNED_IN:
        return CredentialsMissing(f"AWS does not know this sign-in ({code}).", _SIGN_IN)
    if code in _NOT_ALLOWED:
        return _not_allowed(error, doing)
    if code in _QUOTA:
        return _too_small()
    if code in _NO_CAPACITY:
        return CapacityRefused(f"AWS has no room while {doing} ({code}).", "Others are tried.")
    if code in _THROTTLED:
        return Throttled(f"AWS wants to be asked less often while {doing}.", "It is tried again.")
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if status >= 500:
        return CloudUnreachable(f"AWS has trouble of its own while {doing} ({code}).", _LATER)
    return CloudRefused(f"AWS refuses while {doing}: {code}.", _message(error))


_LATER = "It is tried again; what runs goes on."


def _unanswered(error: BotoCoreError, doing: str) -> CloudError:
    if isinstance(error, SSOError | LoginError | TokenRetrievalError):
        return CredentialsExpired(f"The sign-in to AWS ended while {doing}.", _SIGN_IN)
    if isinstance(
        error,
        NoCredentialsError | PartialCredentialsError | CredentialRetrievalError | ProfileNotFound,
    ):
        return CredentialsMissing("Nobody is signed in to AWS here.", "Sign in, then go on.")
    if isinstance(error, InvalidConfigError | MissingDependencyException):
        return CredentialsMissing(f"This sign-in cannot be used here: {error}", "Mend the profile.")
    if isinstance(error, NoRegionError):
        return CredentialsMissing("No AWS region is chosen.", "Choose one, then go on.")
    if isinstance(
        error,
        EndpointConnectionError
        | ConnectTimeoutError
        | ReadTimeoutError
        | ConnectionClosedError
        | HTTPClientError,
    ):
        return CloudUnreachable(f"AWS does not answer while {doing}.", _LATER)
    return CloudRefused(f"It cannot be asked while {doing}: {type(error).__name__}.", str(error))


def _not_allowed(error: ClientError, doing: str) -> PermissionMissing:
    action = str(error.operation_name)
    return PermissionMissing(
        f"This sign-in may not {action} (while {doing}).",
        "Give it the policy that 'secondunit cloud policy' prints, then go on.",
        action,
    )


def _too_small() -> QuotaTooSmall:
    return QuotaTooSmall(
        "The account's GPU quota does not allow another instance.",
        "Ask for more with 'secondunit cloud quota'; other zones would not help.",
    )


def _message(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", "")) or "Nothing was done."
