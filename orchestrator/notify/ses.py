"""Send mail through Amazon SES with whatever credentials the SDK finds."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from orchestrator.notify.errors import NotTold

_CONFIG = Config(
    connect_timeout=10, read_timeout=20, retries={"mode": "standard", "max_attempts": 2}
)
_FOR_GOOD = frozenset(
    {
        "MessageRejected", "MailFromDomainNotVerifiedException", "AccountSuspendedException",
        "NotFoundException", "BadRequestException", "AccessDeniedException", "AccessDenied",
        "MailFromDomainNotVerified",
    }
)  # fmt: skip


def send_by_ses(region: str, message: EmailMessage, *, client: Any = None) -> None:
    """Send ``message`` and return when SES took it.

    Raises:
        NotTold: it did not.
    """
    try:
        ses = client or boto3.client("sesv2", region_name=region, config=_CONFIG)
        ses.send_email(Content={"Raw": {"Data": message.as_bytes()}})
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise NotTold(
            f"Amazon SES did not take the mail ({code}).",
            "Check that the sender is verified in this region, and that the account may send.",
            retry=code not in _FOR_GOOD,
        ) from error
    except NoCredentialsError as error:
        raise NotTold(
            "Nobody is signed in to AWS, so no mail goes out through SES.",
            "Sign in, then send again.",
            retry=True,
        ) from error
    except BotoCoreError as error:
        raise NotTold(
            f"Amazon SES could not be reached ({type(error).__name__}).",
            "Check the region and the network.",
            retry=True,
        ) from error
