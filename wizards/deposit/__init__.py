from . import ai_deposit_return
