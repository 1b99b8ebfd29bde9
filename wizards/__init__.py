from . import anomaly, client, complaint, coupon, deposit, rating
