from odoo import fields, models


class AiTrainingResultClasses(models.Model):
    """How many products a run has classified, and how many of them anew."""

    _name = "ai.training.result.classes"
    _description = "Result of a Training of Classes"
    _inherit = "ai.training.result"
    _made = "class_count"

    class_count = fields.Integer(string="Classified Products")
    change_count = fields.Integer(string="Changed Classes")
