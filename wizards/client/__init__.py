from . import ai_client_suspend
