"""Settings of the company, and the one check of all their numbers.

Each subject adds its own fields, its rows of ``_ai_setting_ranges`` and, where one setting bounds
another, its pairs of ``_ai_setting_orders``.
"""

import math
from itertools import chain

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import get_lang

from ...tools.fetching import fetch_apart
from ...tools.setting_range import DAYS, NUMBER, SHARE, WHOLE, Range


class ResCompany(models.Model):
    _inherit = "res.company"

    ai_enabled = fields.Boolean(
        string="AI Recommender",
        default=True,
        help="Show suggestions in quotations. Without it nothing is suggested or retrained.",
    )
    ai_auto_train = fields.Boolean(
        string="Retrain Every Night",
        default=True,
        help="Learn again from the sales history every night.",
    )
    ai_history_days = fields.Integer(
        string="History Window",
        default=365,
        help="How many days of confirmed orders, up to now, training reads.",
    )
    ai_include_services = fields.Boolean(
        string="Learn From Services",
        help="Services are left out of training unless this is on.",
    )
    ai_exclude_free = fields.Boolean(
        string="Leave Out Gifts",
        help="Leave lines with a unit price of zero out of training.",
    )
    ai_excluded_product_ids = fields.Many2many(
        "product.product",
        "res_company_ai_excluded_product_rel",
        "company_id",
        "product_id",
        string="Excluded Products",
        help="Products that training ignores and quotations never suggest.",
    )
    ai_excluded_categ_ids = fields.Many2many(
        "product.category",
        "res_company_ai_excluded_categ_rel",
        "company_id",
        "categ_id",
        string="Excluded Categories",
        help="Product categories, with those below them, that training ignores and quotations "
        "never suggest.",
    )

    @api.model
    def _setup_complete(self):
        done = super()._setup_complete()
        fetch_apart(self)
        return done

    @api.model
    def _ai_setting_ranges(self):
        """{name of a numeric setting: its Range}; a hook, each subject adds its own."""
        return {"ai_history_days": Range(1, 36_500, DAYS)}

    @api.model
    def _ai_setting_orders(self):
        """[(name, name)] of settings, the second of which may not be below the first; a hook."""
        return []

    @api.constrains(lambda self: self._ai_checked_settings())
    def _check_ai_settings(self):
        for company in self:
            faults = company._ai_range_faults() or company._ai_order_faults()
            if faults:
                raise ValidationError("\n".join(faults))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._ai_refuse_not_finite(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._ai_refuse_not_finite(vals)
        return super().write(vals)

    @api.model
    def _ai_checked_settings(self):
        return {*self._ai_setting_ranges(), *chain.from_iterable(self._ai_setting_orders())}

    @api.model
    def _ai_refuse_not_finite(self, vals):
        """Raise ValidationError for NaN and infinity, which Odoo's rounding would meet with a bare
        error before any constraint sees them."""
        faults = [
            self._ai_range_fault(name, vals[name], allowed)
            for name, allowed in self._ai_setting_ranges().items()
            if isinstance(vals.get(name), float) and not math.isfinite(vals[name])
        ]
        if faults:
            raise ValidationError("\n".join(faults))

    def _ai_range_faults(self):
        """A sentence for each setting that is out of its range."""
        self.ensure_one()
        return [
            self._ai_range_fault(name, self[name], allowed)
            for name, allowed in self._ai_setting_ranges().items()
            if self[name] not in allowed
        ]

    def _ai_order_faults(self):
        """A sentence for each setting that is below the one that it may not be below."""
        self.ensure_one()
        return [
            _(
                "%(upper)s is %(upper_value)s, %(lower)s is %(lower_value)s: give %(upper)s a "
                "number no lower than that of %(lower)s.",
                upper=self._ai_setting_label(upper),
                upper_value=self._ai_setting_number(upper, self[upper]),
                lower=self._ai_setting_label(lower),
                lower_value=self._ai_setting_number(lower, self[lower]),
            )
            for lower, upper in self._ai_setting_orders()
            if self[upper] < self[lower]
        ]

    @api.model
    def _ai_range_fault(self, name, value, allowed):
        kinds = {
            NUMBER: _("a number"),
            WHOLE: _("a whole number"),
            DAYS: _("a number of days"),
            SHARE: _("a percentage"),
        }
        remedy = f" ({allowed.remedy})" if allowed.remedy else ""
        return _(
            "%(setting)s is %(value)s: give %(what)s from %(low)s to %(high)s%(remedy)s.",
            setting=self._ai_setting_label(name),
            value=self._ai_setting_number(name, value),
            what=kinds[allowed.kind],
            low=self._ai_setting_number(name, allowed.low),
            high=self._ai_setting_number(name, allowed.high),
            remedy=remedy,
        )

    @api.model
    def _ai_setting_label(self, name):
        return self._fields[name]._description_string(self.env)

    @api.model
    def _ai_setting_number(self, name, value):
        """A number as the user's language writes it, with as many decimals as it has; a share in
        percent."""
        is_share = self._ai_setting_ranges()[name].kind == SHARE
        shortest = f"{100 * value if is_share else value:.6f}".rstrip("0").rstrip(".")
        number = shortest.replace(".", get_lang(self.env).decimal_point)
        return _("%(number)s%%", number=number) if is_share else number

    def _ai_setting_in_words(self, name, value):
        """A value of a setting, such as one of the past, as its screen shows it."""
        field, allowed = self._fields[name], self._ai_setting_ranges().get(name)
        if field.type == "boolean":
            return _("Yes") if value else _("No")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        number = self._ai_setting_number(name, value)
        return _("%s days", number) if allowed.kind == DAYS else number

    def _ai_is_excluded_product_domain(self):
        """Domain of the products that this company wants left out; matches none by default."""
        self.ensure_one()
        return [
            "|",
            ("id", "in", self.ai_excluded_product_ids.ids),
            ("categ_id", "child_of", self.ai_excluded_categ_ids.ids),
        ]
