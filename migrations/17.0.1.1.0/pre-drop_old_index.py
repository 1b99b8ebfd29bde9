def migrate(cr, _version):
    """Rules are looked up by strength now: the index by confidence serves nobody."""
    cr.execute("DROP INDEX IF EXISTS ai_recommendation_rule_lookup_idx")
