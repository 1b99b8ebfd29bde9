from . import test_coupon_check, test_coupon_invoice, test_coupon_order
