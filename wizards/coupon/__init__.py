from . import ai_coupon_generate
