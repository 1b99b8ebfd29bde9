from . import anomaly, client, deposit
