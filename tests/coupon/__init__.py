from . import test_coupon_check
