"""The cash of the next 90 days, as the page *Cash* shows it.

Computed when it is asked for, of what is owed and ordered now and the habits that the last training
learned; so is what would change if a client paid later, an order fell away or reminders went out
earlier. Whoever reads invoices sees it.
"""

from odoo import _, api, fields, models

from ...tools.rights import check_group
from .ai_cash_forecast import HORIZON

PERIODS = (7, 30, 90)
SHOWN_ITEMS = 20
SHOWN_PARTNERS = 40
GROUPS = "account.group_account_invoice,account.group_account_readonly"


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

        status : "ok", or "empty" without anything to foresee; trained : bool, whether habits are
        known: without, everybody is expected on the due day and there is no range. company : its
        name;
        currency_id; today, ISO; balance : float, bank and cash; limit : float or False; words :
        sentences on how it is known.
        days : [{"date", "low", "median", "high"}], low to high hold 80 %. totals : [{"days",
        "low", "median", "high": of the balance then, "change": expected}].
        crossing : {"chance", "date", "first_date"} or False without a limit.
        kinds : [{"kind", "label", "amounts": expected in 7, 30, 90 days}]; weeks : [{"from", "to",
        "amounts": {kind: expected}}]; items : those that fall away and the biggest; count : of all
        items; partners : of open invoices; beyond :
        expected later. base : {"days", "totals", "crossing"} without the what-if, only with one.
        Raises AccessError for users who read no invoices, UserError for a what-if that makes no
        sense.
        """
        self._check_reader()
        company = self.env.company
        inside = self.sudo().with_company(company)
        forecasts = inside.env["ai.cash.forecast"]
        rows = forecasts._rows(company)
        habits, words, trained = forecasts._habits(company)
        balance = inside.env["ai.treasury.extract"]._balance(company)
        base = forecasts._simulated(company, rows, habits, balance)
        changed = forecasts._what_if(rows, what_if or {})
        found = forecasts._simulated(company, rows, habits, balance, changed) if changed else base
        result = {
            "status": "ok" if rows or balance else "empty",
            "trained": trained,
            "company": company.display_name,
            "currency_id": company.currency_id.id,
            "today": fields.Date.to_string(inside._day(company, 0)),
            "balance": balance,
            "limit": company.ai_cash_limit or False,
            "words": words,
            **inside._shown(company, found),
            "kinds": inside._kinds(found),
            "weeks": inside._weeks(company, found),
            "items": inside._items(rows, set((what_if or {}).get("without") or ())),
            "count": len(rows),
            "partners": inside._partners(rows),
            "beyond": found.beyond,
        }
        if changed:
            result["base"] = inside._shown(company, base)
        return result

    @api.model
    def find_items(self, text):
        """Items of the current company's forecast, by a part of their name or partner.

        text : str. Returns the biggest of them as of ``get_forecast``, none for nothing asked.
        Raises AccessError for users who read no invoices.
        """
        self._check_reader()
        asked = str(text or "").strip().lower()
        if not asked:
            return []
        company = self.env.company
        inside = self.sudo().with_company(company)
        rows = inside.env["ai.cash.forecast"]._rows(company)
        names = inside._partner_names(rows)
        found = [
            row
            for row in rows
            if asked in f"{row['name'] or ''} {names.get(row['partner_id'], '')}".lower()
        ]
        return inside._items(found)

    @api.model
    def _check_reader(self):
        check_group(
            self.env,
            GROUPS,
            _("Only who reads invoices sees the cash forecast. Ask an administrator."),
        )

    @api.model
    def _day(self, company, after):
        extract = self.env["ai.treasury.extract"]
        return extract._date(extract._today(company) + after)

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
    def _items(self, rows, first=frozenset()):
        """The biggest amounts, after those with some keys."""
        labels, date = self._labels(), self.env["ai.treasury.extract"]._date
        ordered = sorted(rows, key=lambda row: (row["key"] not in first, -abs(row["amount"])))
        biggest = ordered[: SHOWN_ITEMS + sum(row["key"] in first for row in rows)]
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
