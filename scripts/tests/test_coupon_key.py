"""The key of coupons that commands of a checkout share."""

import stat
from concurrent.futures import ThreadPoolExecutor

from odoo_server import coupon_key


def test_commands_that_start_at_once_get_the_same_key(tmp_path):
    path = tmp_path / "17.0" / "coupon-key"
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _number: coupon_key(path), range(64)))
    assert keys == {path.read_text()}
    assert len(keys.pop()) == 64
    assert list(path.parent.iterdir()) == [path]


def test_nobody_else_reads_the_key(tmp_path):
    path = tmp_path / "coupon-key"
    coupon_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
