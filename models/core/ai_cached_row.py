from odoo import api, models


class AiCachedRow(models.AbstractModel):
    """A row of a small table that is read from ``ormcache``: what is written shows at once."""

    _name = "ai.cached.row"
    _description = "Row That Is Kept in Memory"

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env.registry.clear_cache()
        return rows

    def write(self, vals):
        done = super().write(vals)
        self.env.registry.clear_cache()
        return done

    def unlink(self):
        done = super().unlink()
        self.env.registry.clear_cache()
        return done
