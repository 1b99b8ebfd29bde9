from . import test_alert_clients, test_alert_mail, test_alert_rules, test_alert_tours
