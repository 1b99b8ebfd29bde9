"""PINs that are derived and never stored: the truncation of RFC 4226 over HMAC-SHA-256."""

import hmac

LENGTH = 4


def derive(key, message):
    """The PIN of a message under a key, four digits. key, message : bytes."""
    digest = hmac.digest(key, message, "sha256")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**LENGTH).zfill(LENGTH)


def is_same(given, right):
    """Whether two texts are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), right.encode())
