from . import anomaly, client, complaint
