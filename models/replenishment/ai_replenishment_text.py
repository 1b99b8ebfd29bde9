"""Why a product is to be ordered, in a few sentences with the figures of its row."""

from odoo import _, models
from odoo.tools import format_date, formatLang


class AiReplenishment(models.Model):
    _inherit = "ai.replenishment"

    def _explain(self):
        """The sentences behind the advice, in the user's language."""
        self.ensure_one()
        if not self.date_planned:
            return _("Not planned yet: open the replenishment board or run the training.")
        if self.demand_state == "short":
            parts = [self._explain_unknown()]
        else:
            parts = [self._explain_demand(), self._explain_point(), self._explain_stock()]
        parts += [*self._explain_on_order(), self._explain_order(), *self._explain_warnings()]
        return " ".join(part for part in parts if part)

    def _explain_unknown(self):
        return _(
            "It sells, but only %(days)s days show how much: at least 14 are needed, not counting "
            "days without stock. There is no advice yet.",
            days=self.known_days,
        )

    def _explain_demand(self):
        if self.demand_state == "never":
            return _("Never sold or used from this warehouse.")
        demand = _(
            "%(demand)s %(unit)s a day are needed (%(days)s days known).",
            demand=self._figure(self.daily_demand),
            unit=self.uom_id.name,
            days=self.known_days,
        )
        if self.company_id.ai_rop_method == "service" and self.has_forecast:
            demand = _(
                "%(demand)s %(unit)s a day are forecast.",
                demand=self._figure(self.daily_demand),
                unit=self.uom_id.name,
            )
        if self.used_demand > 0:
            demand += " " + _(
                "%s of them a day go into productions or leave without a sales order.",
                self._figure(self.used_demand),
            )
        if self.days_out:
            demand += " " + _("%s days without stock were left out.", self.days_out)
        return demand

    def _explain_point(self):
        company = self.company_id
        if not self.daily_demand:
            return _("Nothing needs to be kept in stock.")
        figures = {
            "lead": self._figure(self.lead_time, 1),
            "during": self._figure(self.daily_demand * self.lead_time),
            "safety": self._figure(self.safety_stock),
            "rop": self._figure(self.rop),
            "origin": self._lead_time_origin(),
        }
        if company.ai_rop_method == "service":
            return _(
                "Lead time %(lead)s days (%(origin)s): %(during)s are sold meanwhile, and "
                "%(safety)s more keep the service level of %(level)s%%. Reorder point %(rop)s.",
                level=self._figure(100 * company.ai_service_level, 1),
                **figures,
            )
        return _(
            "Lead time %(lead)s days (%(origin)s): %(during)s are sold meanwhile, and %(safety)s "
            "more last for %(days)s safety days. Reorder point %(rop)s.",
            days=self._figure(company.ai_safety_days, 1),
            **figures,
        )

    def _lead_time_origin(self):
        if self.is_default_lead_time:
            return _("from the settings, as there is no vendor")
        if self.supply == "make":
            return _("from the bill of materials")
        if self.receipt_count and self.company_id._ai_uses_receipts():
            return _(
                "%(vendor)s, %(count)s receipts",
                vendor=self.vendor_id.name,
                count=self.receipt_count,
            )
        return self.vendor_id.name

    def _explain_stock(self):
        if self.company_id.ai_available_stock == "on_hand":
            return _("%s are on hand.", self._figure(self.on_hand))
        return _(
            "%(available)s are available: %(hand)s on hand + %(incoming)s incoming − %(reserved)s "
            "promised or reserved.",
            available=self._figure(self.available),
            hand=self._figure(self.on_hand),
            incoming=self._figure(self.incoming),
            reserved=self._figure(self.reserved),
        )

    def _explain_on_order(self):
        """What is on order and cannot be relied on, and why."""
        if self.company_id.ai_available_stock == "on_hand":
            return
        if self.incoming_late > 0:
            yield _(
                "%s on order are late or have no date: ask when they will come.",
                self._figure(self.incoming_late),
            )
        if self.incoming_left_out > 0:
            yield _(
                "%s on order do not count: they arrive after the lead time, or nobody knows when.",
                self._figure(self.incoming_left_out),
            )

    def _incoming_in_words(self):
        """The same in two or three words, for the board."""
        self.ensure_one()
        words = []
        if self.incoming_late > 0:
            words.append(_("%s late", self._figure(self.incoming_late)))
        if self.incoming_left_out > 0:
            words.append(_("%s not counted", self._figure(self.incoming_left_out)))
        return ", ".join(words)

    def _explain_order(self):
        if self.action == "order_now":
            order = _(
                "%(missing)s are missing: order %(quantity)s.",
                missing=self._figure(max(self.order_up_to, self.rop) - self.available),
                quantity=self._figure(self.quantity),
            )
            steps = self._explain_steps()
            return f"{order} {steps}" if steps else order
        if self.action == "watch":
            return _(
                "That lasts for %(days)s days: order before %(date)s.",
                days=self._figure(self.cover, 0),
                date=self._date(self.order_before),
            )
        return ""

    def _explain_steps(self):
        """Vendor's minimum and packages, where they make the quantity larger."""
        least, step = self._figure(self.minimum), self._figure(self.multiple)
        if self.minimum > 0 and self.multiple > 1:
            return _("(At least %(least)s, in packages of %(step)s.)", least=least, step=step)
        if self.minimum > 0:
            return _("(At least %s.)", least)
        return _("(In packages of %s.)", step) if self.multiple > 1 else ""

    def _explain_warnings(self):
        if self.is_negative:
            yield _("The stock is negative: count it and correct the inventory.")
        if self.supply == "none":
            yield _("No vendor supplies it: enter one on the product's Purchase tab.")
        if self.is_without_price:
            yield _("%s has no price for it: the value is at cost.", self.vendor_id.name)
        if self.is_dead:
            yield _(
                "Dead stock: nothing was sold for %s days or more.",
                self.company_id.ai_dead_stock_days,
            )

    def _figure(self, value, digits=2):
        """A number in the user's language, without zeros behind the point."""
        whole = abs(value - round(value)) < 10**-digits / 2
        return formatLang(self.env, value, digits=0 if whole else digits)

    def _date(self, day):
        return format_date(self.env, day) if day else ""
