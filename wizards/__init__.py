from . import anomaly, client, complaint, deposit
