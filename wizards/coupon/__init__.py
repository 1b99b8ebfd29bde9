from . import ai_coupon_generate, ai_coupon_generate_complaint
