from . import ai_alert, ai_alert_rule, ai_client_alert, ai_client_alert_mail, mail_mail
