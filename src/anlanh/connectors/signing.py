"""How a receiver knows that a webhook is ours and new: HMAC-SHA256 over the time and the body, under a shared secret.

`docs/webhooks.md` tells receivers the same and gives them code to check it.
"""

import hashlib
import hmac

SCHEME = "sha256="


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of `X-AnLanh-Signature`.

    Args:
        secret: shared with the receiver.
        timestamp: seconds since 1970, as sent in `X-AnLanh-Timestamp`.
        body: exactly the bytes sent.
    """
    return SCHEME + hmac.new(secret.encode(), b"%d." % timestamp + body, hashlib.sha256).hexdigest()
