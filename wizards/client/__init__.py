from . import ai_client_override, ai_client_suspend
