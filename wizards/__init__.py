from . import anomaly, client
