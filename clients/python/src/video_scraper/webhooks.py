"""Verifies a webhook (Standard Webhooks 1.0) and gives its event."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final, Union, get_args, get_type_hints

from .errors import WebhookVerificationError
from .parsed import object_of
from .schemas import KnownWebhookEvent
from .model import Model

_MOST_SIGNATURES: Final = 20


class OtherWebhookEvent(Model):
    """An event of a newer service, or a `test`."""

    __slots__ = ()
    id: str
    type: str
    timestamp: str
    sequence: int
    data: Any


ReceivedWebhookEvent = Union[KnownWebhookEvent, OtherWebhookEvent]


def verify_webhook(
    *,
    secret: str | Sequence[str],
    headers: Mapping[str, str],
    body: str | bytes,
    tolerance: float = 300,
    now: float | None = None,
) -> ReceivedWebhookEvent:
    """
    The event. Raises a `WebhookVerificationError` when the service did not send it, or not now.

    `secret`: `whsec_…`; several while a secret is being changed. `headers`: as they came; their names may be in any case.
    `body`: as it came; parsed and written anew it has another signature. `tolerance`: seconds that the clocks may be apart.
    `now`: seconds since 1970; default: the clock.
    """
    webhook_id, timestamp = _header(headers, "webhook-id"), _header(headers, "webhook-timestamp")
    moment = time.time() if now is None else now
    if not re.fullmatch(r"[0-9]{1,15}", timestamp) or abs(moment - int(timestamp)) > tolerance:
        raise WebhookVerificationError(
            "The webhook is too old or of the future. Is the clock right?", code="timestamp_out_of_range"
        )
    content = body.encode() if isinstance(body, str) else body
    signed = f"{webhook_id}.{timestamp}.".encode() + content
    signatures = _header(headers, "webhook-signature").split(" ")[:_MOST_SIGNATURES]
    secrets = (secret,) if isinstance(secret, str) else secret
    if not any(_is_signed_with(each, signed, signatures) for each in secrets):
        raise WebhookVerificationError(
            "The signature is not valid. Is it the secret of this webhook?", code="signature_invalid"
        )
    return _event_of(webhook_id, content)


def _is_signed_with(secret: str, signed: bytes, signatures: Sequence[str]) -> bool:
    key = _decoded(secret.removeprefix("whsec_"))
    if not key:
        raise WebhookVerificationError("The secret is not valid: whsec_ and base64.", code="secret_invalid")
    expected = hmac.new(key, signed, hashlib.sha256).digest()
    given = (_decoded(each[3:]) for each in signatures if each.startswith("v1,"))
    return any(each is not None and hmac.compare_digest(each, expected) for each in given)


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _event_of(webhook_id: str, content: bytes) -> ReceivedWebhookEvent:
    try:
        event = object_of(json.loads(content))
    except (ValueError, RecursionError) as cause:
        raise WebhookVerificationError("The body is no JSON.", code="body_invalid") from cause
    if event is None:
        raise WebhookVerificationError("The body is no event.", code="body_invalid")
    data = {**event, "id": webhook_id}
    return _KNOWN.get(str(event.get("type")), OtherWebhookEvent)(data)


def _word_of(event: type[Model]) -> str:
    (word,) = get_args(get_type_hints(event)["type"])
    return str(word)


_KNOWN: Final[Mapping[str, type[KnownWebhookEvent]]] = {_word_of(each): each for each in get_args(KnownWebhookEvent)}
