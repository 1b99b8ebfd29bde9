from . import (
    ai_coupon,
    ai_coupon_batch,
    ai_coupon_check,
    ai_coupon_key,
    ai_coupon_limit,
    ai_coupon_print,
    ai_coupon_redemption,
    ai_sales_extract,
    res_company,
    sale_order_line,
)
