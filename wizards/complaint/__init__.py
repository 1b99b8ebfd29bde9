from . import ai_complaint_escalate
