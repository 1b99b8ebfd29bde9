"""Texts of declarations, which are made once and read in many languages."""

from odoo.tools.translate import code_translations

MODULE = "smart_recommender"


def _lt(text):
    """Mark a text for translation, and leave it as it is."""
    return text


def in_language(env, text):
    """A text that ``_lt`` marked, in the language of the request."""
    return code_translations.get_python_translations(MODULE, env.lang or "en_US").get(text, text)
