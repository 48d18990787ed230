"""Hand out messages by Amazon SQS: one queue of the job, and one for what was given up."""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    SSLError,
)

from remote_worker.errors import ClaimLost, QueueGone, QueueUnavailable
from remote_worker.queues import Claim, DeadLetter, Depth, letter_of

LONGEST_WAIT_S = 20
"""SQS's own limit for one look."""
LONGEST_HOLD_S = 43_200
_SHORTEST_PEEK_S = 1
_PEEKS = 20
_CLIENT = Config(
    connect_timeout=10,
    read_timeout=LONGEST_WAIT_S + 20,
    retries={"mode": "standard", "max_attempts": 5},
)
_NOT_GIVEN = (NoCredentialsError, CredentialRetrievalError)
_OVER = ("ExpiredToken", "ExpiredTokenException", "RequestExpired", "InvalidClientTokenId")
NO_QUEUE = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")
_GONE = (
    "ReceiptHandleIsInvalid", "InvalidParameterValue", "MessageNotInflight",
    "AWS.SimpleQueueService.MessageNotInflight",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SqsPlace:
    """Where the queues are; credentials come from where the SDK finds them."""

    url: str
    dead_url: str
    region: str | None = None
    endpoint_url: str | None = None
    urgent_url: str = ""
    """Of the queue that is looked into first; empty where nothing is more urgent."""
    ca_file: str = ""
    """Certificates of who signs the service's; empty: whom the SDK trusts."""

    @property
    def urls(self) -> tuple[str, ...]:
        """The queues that chunks wait in, the urgent ones' first."""
        return (self.urgent_url, self.url) if self.urgent_url else (self.url,)


class SqsQueue:
    """A :class:`~remote_worker.queues.Queue` on a standard SQS queue; use from any thread.

    SQS may hand a message out twice and lets the holder of an old receipt delete it, so a
    claim is also held by this side's monotonic clock: once it has run out nothing is done
    with it any more.  A message sent twice is there twice; whoever gets the second finds
    every segment stored.
    """

    def __init__(
        self, place: SqsPlace, *, client: Any = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Use the queues at ``place``; nothing is asked of the service before the first call."""
        self.place, self._clock = place, clock
        self._held: dict[str, _Held] = {}
        self._done: set[str] = set()
        self._lock = threading.Lock()
        self._is_lent = client is not None
        self._client = client or self._fresh()

    def send(self, body: str, *, message_id: str, urgent: bool = False) -> None:
        """Add a message; ``message_id`` lies in it for people to read, SQS does not compare."""
        to = self.place.urls[0 if urgent else -1]
        text = {"StringValue": message_id, "DataType": "String"}
        with self._named():
            self._client.send_message(
                QueueUrl=to, MessageBody=body, MessageAttributes={"message_id": text}
            )

    def claim(self, *, wait_s: float, hold_s: float) -> Claim | None:
        """Take a waiting message for ``hold_s``, or None after ``wait_s``."""
        *first, last = self.place.urls
        for url in first:
            if (claim := self._claim_from(url, 0.0, hold_s)) is not None:
                return claim
        return self._claim_from(last, wait_s, hold_s)

    def _claim_from(self, url: str, wait_s: float, hold_s: float) -> Claim | None:
        asked_s = self._clock()
        with self._named():
            answer = self._client.receive_message(
                QueueUrl=url,
                MaxNumberOfMessages=1,
                WaitTimeSeconds=min(LONGEST_WAIT_S, math.ceil(wait_s)),
                VisibilityTimeout=_seconds(hold_s),
                MessageSystemAttributeNames=["ApproximateReceiveCount"],
            )
        for message in answer.get("Messages", ()):
            receipt = message["ReceiptHandle"]
            # Counted from before the question: SQS began to count at some time after it.
            self._hold(receipt, url, max(asked_s, self._clock() - 1.0) + hold_s)
            deliveries = int(message["Attributes"]["ApproximateReceiveCount"])
            return Claim(receipt, message["Body"], deliveries)
        return None

    def extend(self, claim: Claim, *, hold_s: float) -> None:
        """Hold the message for ``hold_s`` from now."""
        url = self._url_of_held(claim)
        asked_s = self._clock()
        with self._named(lost="The claim ran out before it was extended."):
            self._client.change_message_visibility(
                QueueUrl=url, ReceiptHandle=claim.receipt, VisibilityTimeout=_seconds(hold_s)
            )
        self._hold(claim.receipt, url, asked_s + hold_s)

    def acknowledge(self, claim: Claim) -> None:
        """Remove the message for good; safe to perform twice."""
        if self._is_done(claim):
            return
        self._delete(claim, self._url_of_held(claim))

    def give_back(self, claim: Claim) -> None:
        """Let another worker take the message at once; a lost claim is no error."""
        if self._is_done(claim) or (held := self._held_now(claim)) is None:
            return
        try:
            with self._named(lost="gone"):
                self._client.change_message_visibility(
                    QueueUrl=held.url, ReceiptHandle=claim.receipt, VisibilityTimeout=0
                )
        except ClaimLost:
            pass  # it ran out in this very moment: another has it or takes it
        self._forget(claim)

    def bury(self, claim: Claim, reason: str) -> None:
        """Move the message to the dead letters."""
        if self._is_done(claim):
            return
        url = self._url_of_held(claim)
        letter = json.dumps({"body": claim.body, "reason": reason})
        with self._named():
            self._client.send_message(QueueUrl=self.place.dead_url, MessageBody=letter)
        self._delete(claim, url)

    def dead_letters(self) -> tuple[DeadLetter, ...]:
        """Return the messages that were given up, in no certain order; they stay."""
        found: dict[str, DeadLetter] = {}
        for _ in range(_PEEKS):
            with self._named():
                answer = self._client.receive_message(
                    QueueUrl=self.place.dead_url,
                    MaxNumberOfMessages=10,
                    VisibilityTimeout=_SHORTEST_PEEK_S,
                )
            fresh = {
                each["MessageId"]: letter_of(each["Body"]) for each in answer.get("Messages", ())
            }
            if not fresh.keys() - found.keys():
                break
            found.update(fresh)
        return tuple(found.values())

    def depth(self) -> Depth:
        """Return about how many messages there are."""
        counts = [self._counts(url) for url in self.place.urls]
        waiting, claimed = (sum(each) for each in zip(*counts, strict=True))
        return Depth(waiting=waiting, claimed=claimed, dead=sum(self._counts(self.place.dead_url)))

    def _fresh(self) -> Any:
        """Return a client with the credentials that the host has now."""
        place = self.place
        return boto3.Session().client(
            "sqs",
            region_name=place.region,
            endpoint_url=place.endpoint_url,
            verify=place.ca_file or None,
            config=_CLIENT,
        )

    @contextmanager
    def _named(self, lost: str = "") -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "unknown"))
            if lost and code in _GONE:
                raise ClaimLost(lost) from error
            if code in _OVER and not self._is_lent:
                self._client = self._fresh()  # for the next call; this one is tried again by others
            if code in NO_QUEUE:
                raise QueueGone("There is no such queue.") from error
            raise QueueUnavailable(f"The queue does not answer: {code}.") from error
        except BotoCoreError as error:
            if isinstance(error, _NOT_GIVEN) and not self._is_lent:
                self._client = self._fresh()  # the host's metadata may answer again
            raise QueueUnavailable(f"The queue does not answer: {_why(error)}.") from error

    def _counts(self, url: str) -> tuple[int, int]:
        names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        with self._named():
            answer = self._client.get_queue_attributes(QueueUrl=url, AttributeNames=list(names))
        first, second = (int(answer["Attributes"][name]) for name in names)
        return first, second

    def _delete(self, claim: Claim, url: str) -> None:
        with self._named(lost="The claim ran out and another worker holds the message."):
            self._client.delete_message(QueueUrl=url, ReceiptHandle=claim.receipt)
        with self._lock:
            self._done.add(claim.receipt)
            self._held.pop(claim.receipt, None)

    def _hold(self, receipt: str, url: str, until_s: float) -> None:
        with self._lock:
            self._held[receipt] = _Held(url, until_s)

    def _forget(self, claim: Claim) -> None:
        with self._lock:
            self._held.pop(claim.receipt, None)

    def _is_done(self, claim: Claim) -> bool:
        with self._lock:
            return claim.receipt in self._done

    def _held_now(self, claim: Claim) -> _Held | None:
        with self._lock:
            held = self._held.get(claim.receipt)
        return held if held is not None and self._clock() < held.until_s else None

    def _url_of_held(self, claim: Claim) -> str:
        if (held := self._held_now(claim)) is None:
            raise ClaimLost("The claim ran out; another worker may hold the message.")
        return held.url


@dataclass(frozen=True, slots=True)
class _Held:
    """A message in hand: the queue it came from, and until when by our clock."""

    url: str
    until_s: float


def _why(error: BotoCoreError) -> str:
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate is not trusted"
    return type(error).__name__


def _seconds(hold_s: float) -> int:
    return min(LONGEST_HOLD_S, max(1, math.ceil(hold_s)))
