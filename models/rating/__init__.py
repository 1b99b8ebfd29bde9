from . import ai_sales_extract, rating_rating
