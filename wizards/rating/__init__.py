from . import ai_rating_answer, ai_rating_reject
