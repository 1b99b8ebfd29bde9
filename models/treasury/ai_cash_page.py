"""The cash of the next 90 days, as the page *Cash* shows it.

Computed when it is asked for, of what is owed and ordered now and the habits that the last training
learned; so is what would change if a client paid later, an order fell away or reminders went out
earlier. Whoever reads invoices sees it.
"""

from odoo import _, api, fields, models
from odoo.exceptions import UserError

from ...tools.rights import check_group
from ..core.ai_training_run import SEED

HORIZON = 90
PERIODS = (7, 30, 90)
SHOWN_ITEMS = 20
SHOWN_PARTNERS = 40
FURTHEST_DAYS = 365
GROUPS = "account.group_account_invoice,account.group_account_readonly"
POSTING = ("at_date", "monthly", "quarterly", "yearly")


class AiCashPage(models.AbstractModel):
    _name = "ai.cash.page"
    _description = "Cash of the Next Days"

    # ------------------------------------------------------------------
    # What the page reads
    # ------------------------------------------------------------------

    @api.model
    def get_forecast(self, what_if=None):
        """The forecast of the current company.

        what_if : {"partner_id": int with "days": int it pays later (earlier below 0), "without":
        keys of items that fall away, "earlier": int days that all clients pay earlier}, all
        optional. Returns a JSON-ready dict:

        status : "ok", or "empty" without anything to foresee. company : its name;
        currency_id; today, ISO; balance : float, bank and cash; limit : float or False; words :
        sentences on how it is known.
        days : [{"date", "low", "median", "high"}], low to high hold 80 %. totals : [{"days",
        "low", "median", "high": of the balance then, "change": expected}].
        crossing : {"chance", "date", "first_date"} or False without a limit.
        kinds : [{"kind", "label", "amounts": expected in 7, 30, 90 days}]; weeks : [{"from", "to",
        "amounts": {kind: expected}}]; items : the biggest; partners : of open invoices; beyond :
        expected later. base : {"days", "totals", "crossing"} without the what-if, only with one.
        Raises AccessError for users who read no invoices, UserError for a what-if that makes no
        sense.
        """
        check_group(
            self.env,
            GROUPS,
            _("Only who reads invoices sees the cash forecast. Ask an administrator."),
        )
        company = self.env.company
        inside = self.sudo().with_company(company)
        rows = inside._rows(company)
        habits, words = inside._habits(company)
        balance = inside.env["ai.treasury.extract"]._balance(company)
        base = inside._simulated(company, rows, habits, balance)
        changed = inside._what_if(rows, what_if or {})
        found = inside._simulated(company, rows, habits, balance, changed) if changed else base
        result = {
            "status": "ok" if rows or balance else "empty",
            "company": company.display_name,
            "currency_id": company.currency_id.id,
            "today": fields.Date.to_string(inside._day(company, 0)),
            "balance": balance,
            "limit": company.ai_cash_limit or False,
            "words": words,
            **inside._shown(company, found),
            "kinds": inside._kinds(found),
            "weeks": inside._weeks(company, found),
            "items": inside._items(rows),
            "partners": inside._partners(rows),
            "beyond": found.beyond,
        }
        if changed:
            result["base"] = inside._shown(company, base)
        return result

    @api.model
    def _day(self, company, after):
        extract = self.env["ai.treasury.extract"]
        return extract._date(extract._today(company) + after)

    # ------------------------------------------------------------------
    # What will be paid
    # ------------------------------------------------------------------

    @api.model
    def _rows(self, company):
        """All that is expected, as ``ai.treasury.extract._open_entries`` tells it."""
        extract = self.env["ai.treasury.extract"]
        today = extract._today(company)
        return [
            *extract._open_entries(company),
            *extract._orders_to_invoice(company),
            *self.env["ai.cash.line"]._days_of(company, today, today + HORIZON),
            *self._posting_drafts(company, today),
        ]

    @api.model
    def _posting_drafts(self, company, today):
        """Invoices and bills that will post themselves, but for those of orders, which count as
        such already."""
        extract = self.env["ai.treasury.extract"]
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "draft"),
                ("auto_post", "in", POSTING),
                ("move_type", "in", ("out_invoice", "out_refund", "in_invoice", "in_refund")),
                ("invoice_line_ids.sale_line_ids", "=", False),
                ("invoice_line_ids.purchase_line_id", "=", False),
            ]
        )
        return [
            {
                "key": f"draft:{move.id}",
                "kind": "planned",
                "partner_id": move.commercial_partner_id.id or 0,
                "due": max(
                    extract._number(move.invoice_date_due or move.date or move.invoice_date), today
                ),
                "amount": -move.amount_total_signed
                if move.move_type.startswith("in")
                else move.amount_total_signed,
                "res_model": move._name,
                "res_id": move.id,
                "name": move.name if move.name and move.name != "/" else move.display_name,
            }
            for move in moves
        ]

    @api.model
    def _arrays(self, rows):
        """algorithms.treasury.items.Items of rows, which the place of a row tells apart."""
        from ...algorithms.treasury.items import KINDS, items

        return items(
            range(len(rows)),
            [KINDS.index(row["kind"]) for row in rows],
            [row["partner_id"] for row in rows],
            [row["due"] for row in rows],
            [row["amount"] for row in rows],
        )

    @api.model
    def _what_if(self, rows, asked):
        """Items as a what-if changes them, None where it changes nothing."""
        from ...algorithms.treasury import items

        unknown = set(asked) - {"partner_id", "days", "without", "earlier"}
        if unknown:
            raise UserError(
                _("A what-if does not know %s. Reload the page.", ", ".join(sorted(unknown)))
            )
        days, earlier = self._days_asked(asked, "days"), self._days_asked(asked, "earlier")
        partner = self.env["res.partner"].browse(int(asked.get("partner_id") or 0)).exists()
        entity = partner.commercial_partner_id.id
        gone = set(asked.get("without") or ())
        places = [place for place, row in enumerate(rows) if row["key"] in gone]
        if not ((entity and days) or earlier or places):
            return None
        changed = self._arrays(rows)
        if entity and days:
            changed = items.paying_later(changed, entity, days)
        if earlier:
            changed = items.collected_earlier(changed, earlier)
        return items.without(changed, places) if places else changed

    @api.model
    def _days_asked(self, asked, name):
        days = int(asked.get(name) or 0)
        if abs(days) > FURTHEST_DAYS:
            raise UserError(_("Give at most %s days.", FURTHEST_DAYS))
        return days

    # ------------------------------------------------------------------
    # How it is known
    # ------------------------------------------------------------------

    @api.model
    def _habits(self, company):
        """({"clients", "vendors": Habits, "paces"}, sentences that say where they come from)."""
        run = self.env["ai.training.run"].search(
            [("company_id", "=", company.id), ("kind", "=", "cash"), ("state", "=", "done")],
            limit=1,
        )
        known = self.env["ai.model.store"]._load(run) if run else None
        if known:
            return known, [run._verdict_cash()]
        return self._no_habits(), [
            _(
                "Nothing has been learned yet: everybody is expected to pay on the due day. A "
                "manager starts it from the menu AI Recommender › Training › Run AI Training."
            )
        ]

    @api.model
    def _no_habits(self):
        from ...algorithms.treasury.delays import usual
        from ...algorithms.treasury.documents import Documents
        from ...algorithms.treasury.pace import Pace

        none = usual(Documents(*([] for _column in range(5))), 0)
        return {"clients": none, "vendors": none, "paces": (Pace(), Pace())}

    @api.model
    def _simulated(self, company, rows, habits, balance, changed=None):
        from ...algorithms.treasury.cash import simulate

        return simulate(
            self._arrays(rows) if changed is None else changed,
            habits["clients"],
            habits["vendors"],
            self.env["ai.treasury.extract"]._today(company),
            SEED,
            balance,
            company.ai_cash_limit,
            HORIZON,
            habits["paces"],
        )

    # ------------------------------------------------------------------
    # Words and figures
    # ------------------------------------------------------------------

    @api.model
    def _shown(self, company, found):
        date = self.env["ai.treasury.extract"]._date
        days = [
            {
                "date": fields.Date.to_string(date(day)),
                "low": float(low),
                "median": float(median),
                "high": float(high),
            }
            for day, low, median, high in zip(
                found.day, found.low, found.median, found.high, strict=True
            )
        ]
        return {
            "days": days,
            "totals": [
                {
                    "days": period,
                    **{name: days[period - 1][name] for name in ("low", "median", "high")},
                    "change": found.change(period)[3],
                }
                for period in PERIODS
            ],
            "crossing": company.ai_cash_limit
            and {
                "chance": found.cross_chance,
                "date": fields.Date.to_string(date(found.cross_day)) or False,
                "first_date": fields.Date.to_string(date(found.first_day)) or False,
            },
        }

    @api.model
    def _labels(self):
        return {
            "invoice": _("Invoices"),
            "bill": _("Bills"),
            "order": _("Orders to Invoice"),
            "purchase": _("Purchases to Be Invoiced"),
            "planned": _("Planned"),
        }

    @api.model
    def _kinds(self, found):
        return [
            {
                "kind": kind,
                "label": label,
                "amounts": [float(found.by_kind[place, period - 1]) for period in PERIODS],
            }
            for place, (kind, label) in enumerate(self._labels().items())
        ]

    @api.model
    def _weeks(self, company, found):
        """What is expected to move in each week from tomorrow on, by kind."""
        weeks = []
        for first in range(0, HORIZON, 7):
            last = min(first + 7, HORIZON)
            before = found.by_kind[:, first - 1] if first else 0
            moved = found.by_kind[:, last - 1] - before
            weeks.append(
                {
                    "from": fields.Date.to_string(self._day(company, first + 1)),
                    "to": fields.Date.to_string(self._day(company, last)),
                    "amounts": dict(zip(self._labels(), moved.tolist(), strict=True)),
                }
            )
        return weeks

    @api.model
    def _items(self, rows):
        """The biggest amounts."""
        labels, date = self._labels(), self.env["ai.treasury.extract"]._date
        biggest = sorted(rows, key=lambda row: -abs(row["amount"]))[:SHOWN_ITEMS]
        names = self._partner_names(biggest)
        return [
            {
                **{name: row[name] for name in ("key", "kind", "amount", "res_model", "res_id")},
                "name": row["name"] or "",
                "label": labels[row["kind"]],
                "partner": names.get(row["partner_id"], ""),
                "due": fields.Date.to_string(date(row["due"])),
            }
            for row in biggest
        ]

    @api.model
    def _partners(self, rows):
        """Clients that owe most, for the what-if."""
        owed = {}
        for row in rows:
            if row["kind"] == "invoice" and row["partner_id"]:
                owed[row["partner_id"]] = owed.get(row["partner_id"], 0) + row["amount"]
        most = sorted(owed, key=lambda partner: -owed[partner])[:SHOWN_PARTNERS]
        names = self._partner_names([{"partner_id": partner} for partner in most])
        return [{"id": partner, "name": names[partner]} for partner in most if partner in names]

    @api.model
    def _partner_names(self, rows):
        ids = {row["partner_id"] for row in rows} - {0}
        partners = self.env["res.partner"].with_context(active_test=False).browse(ids).exists()
        return {partner.id: partner.display_name for partner in partners}
