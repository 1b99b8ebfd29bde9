"""Which arm a unit belongs to: drawn once by a hash, so that nothing has to be remembered.

Another salt draws anew, independently; the same salt gives the same arm on every machine and in
every process (Kohavi, Tang & Xu, Trustworthy Online Controlled Experiments, 2020, chapter 14).
"""

import hashlib

BITS = 53


def arm_share(salt, unit):
    """Where a unit stands between 0 and 1, as if drawn at random.

    salt : str, one for each experiment; unit : str, what is randomised, such as the id of a client.
    Returns float in [0, 1), a multiple of 2⁻⁵³: the first bits of SHA-256 of "salt:unit".
    """
    digest = hashlib.sha256(f"{salt}:{unit}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> (64 - BITS)) / 2**BITS


def is_treated(salt, unit, share):
    """Whether a unit is treated. share : float in [0, 1], of the units that are; else ValueError.

    Who is treated at one share is treated at every larger one.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"The share of treated units must lie between 0 and 1, not {share}.")
    return arm_share(salt, unit) < share
