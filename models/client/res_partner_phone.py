"""Phone numbers of clients in one form: E.164, as +212661223344.

What somebody typed stays in the visible field; beside each stands a stored, indexed column that is
kept in that form by every way to write: form, import, remote call. The country of a number without
one is the partner's, else that of the company that it belongs to, else that of Odoo's company.
Odoo's own formatting is only an onchange, which imports and remote calls never run.

A field may hold several numbers, whatever separates them: the first one is in its column, all
further ones of a partner are in ``phone_further_e164``, with spaces between them.

A number that is not possible in its country is refused in the form and kept elsewhere, marked by
``has_impossible_phone``. Service numbers of up to five digits are neither: they are dialled as they
are and never call.

The import screen takes every message of ``load`` for a blocking error, warnings too, and stops
after the batch. There the warnings travel beside the messages, and the screen shows them
(static/src/client/phone_import.js). Other callers of ``load`` get them as messages.
"""

from collections import defaultdict, deque
from functools import partial

from odoo import _, api, fields, models
from odoo.exceptions import ValidationError

from ...tools.phone_number import cleaned, is_short_code, longest_national, numbers_in

# Visible field: its column in E.164.
NUMBER_FIELDS = {
    "phone": "phone_e164",
    "mobile": "mobile_e164",
    "phone_third": "phone_third_e164",
}
FURTHER = "phone_further_e164"


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Odoo 19 has no mobile any more; in 17 this line changes nothing.
    mobile = fields.Char()
    phone_third = fields.Char(
        string="Other Phone",
        groups="base.group_user",
        help="A third number of this client, such as that of the shop or of the household.",
    )
    phone_e164 = fields.Char(
        string="Phone, International",
        compute="_compute_phone_e164",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    mobile_e164 = fields.Char(
        string="Mobile, International",
        compute="_compute_phone_e164",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    phone_third_e164 = fields.Char(
        string="Other Phone, International",
        compute="_compute_phone_e164",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    phone_further_e164 = fields.Char(
        string="Further Phones, International",
        compute="_compute_phone_e164",
        store=True,
        groups="base.group_user",
        help="Second and further numbers of the phone fields, separated by spaces.",
    )
    has_impossible_phone = fields.Boolean(
        string="Invalid Phone Number",
        compute="_compute_phone_e164",
        store=True,
        groups="base.group_user",
        help="One of the numbers is not valid in its country, so calls from it are not recognised.",
    )

    def init(self):
        """An index on each of the further numbers, see ``res_partner_phone_lookup``."""
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS res_partner_phone_further_e164_numbers ON res_partner"
            " USING gin (string_to_array(phone_further_e164, ' '))"
            " WHERE phone_further_e164 IS NOT NULL"
        )
        return super().init()

    @api.depends(
        *NUMBER_FIELDS,
        "country_id",
        "parent_id.country_id",
        "commercial_partner_id.country_id",
        "company_id.partner_id.country_id",
    )
    def _compute_phone_e164(self):
        parsed = {}
        for partner in self:
            country, impossible, further = None, False, []
            for visible, column in NUMBER_FIELDS.items():
                number, found = partner[visible], []
                if number and number.strip():
                    country = partner._phone_country() if country is None else country
                    key = number, country.id
                    if key not in parsed:
                        parsed[key] = self._numbers_in_e164(number, country)
                    found, unread = parsed[key]
                    impossible |= unread or (not found and not is_short_code(number))
                partner[column] = found[0] if found else False
                further += found[1:]
            first = {partner[column] for column in NUMBER_FIELDS.values()}
            further = [number for number in dict.fromkeys(further) if number not in first]
            partner[FURTHER] = " ".join(further) or False
            partner.has_impossible_phone = impossible

    @api.onchange("phone", "country_id", "company_id", "parent_id")
    def _onchange_phone_validation(self):
        """Odoo's own, with the country that the stored column uses too."""
        self.phone = self._number_as_shown(self.phone)

    @api.onchange("mobile", "country_id", "company_id", "parent_id")
    def _onchange_mobile_validation(self):
        self.mobile = self._number_as_shown(self.mobile)

    @api.onchange("phone_third", "country_id", "company_id", "parent_id")
    def _onchange_phone_third_validation(self):
        self.phone_third = self._number_as_shown(self.phone_third)

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if self.env.context.get("check_phone_numbers"):
            for partner, vals in zip(partners, vals_list, strict=True):
                partner._check_phone_numbers(vals)
        return partners

    def write(self, vals):
        result = super().write(vals)
        if self.env.context.get("check_phone_numbers"):
            self._check_phone_numbers(vals)
        if "country_id" in vals:
            self._recompute_without_country()
        return result

    def web_save(self, vals, specification, next_id=None):
        """What the form calls: somebody sits there who can correct a number."""
        checking = self.with_context(check_phone_numbers=True)
        return super(ResPartner, checking).web_save(vals, specification, next_id=next_id)

    def _check_phone_numbers(self, vals):
        """Refuse an impossible number among those just typed; older ones are only marked.

        vals : dict, the values of this write or create.
        """
        typed = [name for name in NUMBER_FIELDS if vals.get(name)]
        for partner in self.sudo() if typed else ():
            for name in typed:
                if partner._is_impossible(name):
                    raise ValidationError(partner._impossible_number_message(name))

    def _is_impossible(self, name):
        """Whether a number in the visible field of that name can be no number there."""
        number = (self[name] or "").strip()
        if not number or not self.has_impossible_phone:
            return False
        found, unread = self._numbers_in_e164(number, self._phone_country())
        return unread or (not found and not is_short_code(number))

    def _impossible_number_message(self, name):
        country = self._phone_country()
        words = {
            "number": self[name],
            "client": self.display_name or _("this client"),
            "country": country.name,
            "prefix": f"+{country.phone_code}",
        }
        if not country:
            return _(
                "The phone number %(number)s of %(client)s cannot be understood, because no "
                "country is known. Choose the client's country, or write the number with + and "
                "the country code.",
                **words,
            )
        return _(
            "The phone number %(number)s of %(client)s is not valid in %(country)s (%(prefix)s). "
            "Correct it, choose another country for the client, or write the number with + and "
            "the country code.",
            **words,
        )

    def _phone_country(self):
        """The country whose rules a number without a country code follows; may be empty."""
        self.ensure_one()
        return (
            self.country_id
            or self.parent_id.country_id
            or self.commercial_partner_id.country_id
            or self.company_id.partner_id.country_id
            or self.env.company.partner_id.country_id
        )

    @api.model
    def _number_in_e164(self, number, country):
        """The first number of what somebody typed, in E.164 or False.

        country : res.country, may be empty.
        """
        numbers, _unread = self._numbers_in_e164(number, country)
        return numbers[0] if numbers else False

    @api.model
    def _numbers_in_e164(self, number, country):
        """(list of the numbers in E.164, whether another part looks like one), see numbers_in."""
        return numbers_in(number, partial(self._one_in_e164, country))

    @api.model
    def _one_in_e164(self, country, text, guess):
        """One number in E.164 or False.

        guess : whether a number without + may be one of another country. It needs more digits than
        a number of this country with a digit too many has, which is a typing error.
        """
        number = self._format_e164(text, country)
        code = f"+{country.phone_code or self.env.company.country_id.phone_code}"
        if text.startswith("+") or (number and number.startswith(code)):
            return number
        digits = "".join(filter(str.isdigit, text))
        if digits[:1] != "0" and not any(map(str.isalpha, text)):
            # A spreadsheet takes the zero in front away, which belongs to the number in some lands.
            with_zero = self._format_e164(f"0{digits}", country)
            if with_zero and with_zero.startswith(code):
                return with_zero
        is_foreign = guess and len(digits) > longest_national(country.code) + 1
        return number if is_foreign else False

    @api.model
    def _format_e164(self, text, country):
        return self.browse()._phone_format(number=text, country=country, force_format="E164")

    def _number_as_shown(self, number):
        """A number as the form shows it; as typed where it is none."""
        text = cleaned(number)
        shown = text and self.browse()._phone_format(
            number=text, country=self._phone_country(), force_format="INTERNATIONAL"
        )
        return shown or number

    def _recompute_without_country(self):
        """The country of Odoo's company was set late: understand what was written before."""
        columns = [
            self._fields[name]
            for name in (*NUMBER_FIELDS.values(), FURTHER, "has_impossible_phone")
        ]
        for company in self.env["res.company"].sudo().search([("partner_id", "in", self.ids)]):
            marked = self.sudo().with_company(company).with_context(active_test=False)
            marked = marked.search(
                [("has_impossible_phone", "=", True), ("country_id", "=", False)]
            )
            with self.env.protecting(columns, marked):
                marked._compute_phone_e164()

    @api.model
    def load(self, fields, data):
        result = super().load(fields, data)
        warnings = self._impossible_numbers_loaded(fields, data, result["ids"])
        if self.env.context.get("import_file"):
            result["phone_warnings"] = warnings
        else:
            result["messages"].extend(warnings)
        return result

    @api.model
    def _impossible_numbers_loaded(self, fields, data, ids):
        """Messages in the form of ``load`` for numbers that are kept but not possible.

        fields, data, ids : the arguments and the ids of ``load``; ids may be False.
        """
        columns = [
            (column, path)
            for column, path in enumerate(fields)
            if path.removeprefix("child_ids/") in NUMBER_FIELDS
        ]
        if not ids or not columns:
            return []
        rows = self._rows_of_values(columns, data)
        partners = self.browse(ids)
        marked = {
            "": partners.filtered("has_impossible_phone"),
            "child_ids": partners.child_ids.filtered("has_impossible_phone"),
        }
        return [
            self._impossible_number_warning(partner, path, rows)
            for _column, path in columns
            for partner in marked[path.rpartition("/")[0]]
            if partner._is_impossible(path.rpartition("/")[2])
        ]

    @api.model
    def _rows_of_values(self, columns, data):
        """{(path, text): rows that hold it, in their order}."""
        rows = defaultdict(deque)
        for number, row in enumerate(data):
            for column, path in columns:
                rows[path, row[column]].append(number)
        return rows

    @api.model
    def _impossible_number_warning(self, partner, path, rows):
        name = path.rpartition("/")[2]
        found = rows[path, partner[name]]
        row = found.popleft() if found else 0
        return {
            "type": "warning",
            "field": name,
            "field_path": path.split("/"),
            "record": row,
            "rows": {"from": row, "to": row},
            "message": partner._impossible_number_message(name),
        }
