from . import (
    test_coupon_check,
    test_coupon_expiry,
    test_coupon_mail,
    test_coupon_paper,
)
