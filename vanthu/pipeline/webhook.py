"""Báo văn bản mới: another program of the office is told of each new document of the ordinary register, signed as Standard Webhooks are.

It runs beside the intake and reads what that has committed: nothing waits for the other program. Secret documents are in another
register and are never told.
"""

import base64
import hashlib
import hmac
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from vanthu.errors import WrongUse
from vanthu.pipeline.place import Place
from vanthu.register import deliveries
from vanthu.sections import Webhook
from vanthu.settings import Settings

_PATIENCE = 10


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address that the office set is the one that is told, and no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Nowhere."""


def begin(settings: Settings) -> None:
    """What is registered from now on is told, also what comes in before the first look."""
    with closing(Place(settings)) as place:
        deliveries.begin(place.register.base)


def tell(settings: Settings, clock: Callable[[], float] = time.time) -> tuple[int, int]:
    """(told, failed) of what is due now. An event may be told twice where a kill comes between; `webhook-id` says it is the same."""
    if not settings.webhook.url:
        raise WrongUse("webhook.not_set")
    key = _key(settings.webhook)
    told = wrong = 0
    with closing(Place(settings)) as place:
        base = place.register.base
        deliveries.begin(base)
        for event in deliveries.due(base, clock()):
            error = _send(settings, key, event, int(clock())) if event.document else None
            if error is None:
                deliveries.done(base, event)
                told += event.document is not None
            else:
                deliveries.failed(base, event, error[:300], clock())
                wrong += 1
    return told, wrong


def _key(set_up: Webhook) -> bytes:
    try:
        text = Path(set_up.secret_file).expanduser().read_text(encoding="utf-8").strip()
    except OSError:
        raise WrongUse("webhook.no_secret", path=set_up.secret_file) from None
    if len(text) < 16:
        raise WrongUse("webhook.no_secret", path=set_up.secret_file)
    return text.encode()


def _send(settings: Settings, key: bytes, event: deliveries.Due, now: int) -> str | None:
    """None where the other program has it, else what went wrong."""
    document = event.document or {}
    url = f"{settings.desk_url()}van-ban/{document['id']}"
    body = json.dumps({"type": "document.registered", "timestamp": event.at, "data": document | {"url": url}}, ensure_ascii=False).encode()
    asked = urllib.request.Request(settings.webhook.url, body, headers(f"vanthu-{event.event_id}", now, body, key), method="POST")  # noqa: S310 - the setting is http(s)
    trust = ssl.create_default_context(cafile=settings.webhook.ca_file or None)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust), _NoRedirect)
    try:
        with opener.open(asked, timeout=_PATIENCE) as answer:
            return None if 200 <= answer.status < 300 else f"HTTP {answer.status}"
    except urllib.error.HTTPError as error:
        error.close()
        return f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def headers(event: str, now: int, body: bytes, key: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: id, time, and HMAC-SHA256 over `id.time.body`."""
    signed = base64.b64encode(hmac.new(key, f"{event}.{now}.".encode() + body, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "vanthu",
        "webhook-id": event,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{signed}",
    }
