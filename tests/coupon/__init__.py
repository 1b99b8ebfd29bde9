from . import (
    test_coupon_check,
    test_coupon_expiry,
    test_coupon_generate,
    test_coupon_invoice,
    test_coupon_mail,
    test_coupon_order,
    test_coupon_paper,
    test_coupon_rights,
    test_coupon_settings,
    test_coupon_tours,
)
