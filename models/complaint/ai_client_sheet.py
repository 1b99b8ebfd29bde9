"""What the client complained of, and the form that takes a complaint in two clicks."""

from odoo import _, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.compat import check_access
from .ai_complaint import OPEN
from .ai_complaint_repeat import RECENT

SHOWN = 3


class AiClientSheet(models.AbstractModel):
    _inherit = "ai.client.sheet"

    @api.model
    def _more_sections(self, company, entity, members):
        return {
            **super()._more_sections(company, entity, members),
            "complaints": self._complaints(company, entity),
        }

    @api.model
    def _complaints(self, company, entity):
        """Open and recent complaints of a client. Those about the reader are left out.

        One statement: {"open", "recent": counts, "rows": [...]}; recent as ``RECENT`` says.
        """
        complaints = self.env["ai.complaint"]
        complaints.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT complaint.id, complaint.name, complaint.state, complaint.priority,
                       complaint.create_date AS start, complaint.deadline,
                       COALESCE(motive.name ->> %(lang)s, motive.name ->> 'en_US') AS motive,
                       complaint.description,
                       responsible_partner.name AS responsible,
                       count(*) FILTER (WHERE complaint.state IN %(open)s) OVER () AS open,
                       count(*) FILTER (WHERE complaint.create_date >= %(since)s) OVER () AS recent
                  FROM ai_complaint complaint
                  JOIN ai_complaint_motive motive ON motive.id = complaint.motive_id
             LEFT JOIN res_users responsible ON responsible.id = complaint.responsible_id
             LEFT JOIN res_partner responsible_partner
                    ON responsible_partner.id = responsible.partner_id
                 WHERE complaint.commercial_partner_id = %(entity)s
                   AND complaint.company_id = %(company)s
                   AND complaint.employee_id IS DISTINCT FROM %(user)s
              ORDER BY complaint.state IN %(open)s DESC, complaint.create_date DESC
                 LIMIT %(limit)s
                """,
                lang=self.env.lang or "en_US",
                open=OPEN,
                since=fields.Datetime.now() - RECENT,
                entity=entity.id,
                company=company.id,
                user=self.env.uid,
                limit=SHOWN,
            )
        )
        rows = self.env.cr.dictfetchall()
        counts = [(row.pop("open"), row.pop("recent")) for row in rows]
        open_count, recent = counts[0] if counts else (0, 0)
        return {
            "open": open_count,
            "recent": recent,
            "rows": [self._prepare_complaint(row) for row in rows],
        }

    @api.model
    def _prepare_complaint(self, row):
        states = dict(self.env["ai.complaint"]._fields["state"]._description_selection(self.env))
        is_open = row["state"] in OPEN
        return {
            **row,
            "start": fields.Datetime.to_string(row["start"]),
            "deadline": is_open and fields.Datetime.to_string(row["deadline"]),
            "state_label": states[row["state"]],
            "is_open": is_open,
            "is_late": is_open and row["deadline"] < fields.Datetime.now(),
            "description": row["description"] or "",
            "responsible": row["responsible"] or "",
        }

    # ------------------------------------------------------------------
    # Taking one
    # ------------------------------------------------------------------

    @api.model
    def get_complaint_form(self, partner_id):
        """What the sheet asks of a complaint. Operators only.

        Returns {"motives": [{id, name}], "orders": [{id, name, date, products: [{id, name}]}],
        "order_id": the one that was delivered last, or False}.
        """
        partner = self._partner_of_complaint(partner_id)
        company = self.env.company
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "child_of", partner.commercial_partner_id.id),
                ("company_id", "=", company.id),
                ("state", "=", "sale"),
            ],
            order="date_order desc, id desc",
            limit=10,
        )
        return {
            "motives": [
                {"id": motive.id, "name": motive.name}
                for motive in self.env["ai.complaint.motive"].search(
                    [("company_id", "in", (False, company.id))]
                )
            ],
            "orders": [self._prepare_complaint_order(order) for order in orders],
            "order_id": orders[:1].id,
        }

    @api.model
    def _prepare_complaint_order(self, order):
        products = order.order_line.filtered(
            lambda line: not line.display_type and line.product_id and line.product_uom_qty > 0
        ).product_id
        return {
            "id": order.id,
            "name": order.name,
            "date": fields.Datetime.to_string(order.date_order),
            "products": [{"id": each.id, "name": each.display_name} for each in products],
        }

    @api.model
    def save_complaint(self, partner_id, motive_id, vals=None):
        """Save a complaint from the sheet. Operators only.

        vals : description, order_id, product_id, priority, all optional. Returns {id, name}.
        """
        partner = self._partner_of_complaint(partner_id)
        vals = dict(vals or {})
        allowed = {"description", "order_id", "product_id", "priority"}
        if unknown := set(vals) - allowed:
            raise UserError(
                _("The sheet does not take %s of a complaint.", ", ".join(sorted(unknown)))
            )
        order = self.env["sale.order"].browse(vals.get("order_id") or [])
        delivery = (
            order.sudo()
            .picking_ids.filtered(lambda picking: picking.picking_type_code == "outgoing")
            .sorted("id")[-1:]
        )
        complaint = self.env["ai.complaint"].create(
            {
                **vals,
                "partner_id": partner.id,
                "company_id": self.env.company.id,
                "motive_id": motive_id,
                "picking_id": delivery.id,
            }
        )
        return {"id": complaint.id, "name": complaint.name}

    @api.model
    def _partner_of_complaint(self, partner_id):
        self.env["ai.client"]._check_operator()
        partner = self.env["res.partner"].browse(partner_id)
        check_access(partner, "read")
        return partner
