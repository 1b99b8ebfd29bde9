"""Who calls: clients and open opportunities by a telephone number.

An exchange sends numbers in many ways: 0661223344, 661223344, 00212661223344, 212661223344,
+212661223344. Each is parsed by the countries of the user's active companies, and what comes out is
looked up in the indexed columns of ``res_partner_phone``.
"""

from odoo import _, api, models

from ...tools.phone_number import cleaned, is_short_code
from .res_partner_phone import FURTHER, NUMBER_FIELDS

# A number of more clients than this is a typing habit such as 0600000000 and not a caller.
MATCH_LIMIT = 100
SHOWN_LENGTH = 64
# Read with the search: one field more would read all of a client's at once.
MATCH_FIELDS = (
    "name",
    "commercial_company_name",
    "commercial_partner_id",
    "city",
    "active",
    *NUMBER_FIELDS,
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def find_by_number(self, number):
        """Clients and open opportunities with a telephone number, that the user may read.

        number : str as an exchange or a person writes it, or an int where a program has made one of
        it. Returns
        {"e164": str or False, "number": str as typed, "message": str, empty where it is found,
        "only_id": id of the client where it is clear who it is, else False,
        "matches": [{"id", "name", "commercial_name", "commercial_id", "city", "number" (the one
        that matched, as it was typed), "active"}, …], "leads": [{"id", "name"}, …]}.
        """
        self.env["ai.client"]._check_operator()
        number = str(number or "").strip()[:SHOWN_LENGTH]
        numbers = self._call_numbers(number)
        partners = self._search_numbers(numbers)
        matches = [partner._call_match(numbers) for partner in partners]
        leads = self._leads_by_numbers(numbers)
        return {
            "e164": self._matched_e164(partners, numbers),
            "number": number,
            "message": "" if matches else self._no_match_message(number, numbers, leads),
            "only_id": _only_client(matches),
            "matches": matches,
            "leads": [{"id": lead.id, "name": lead.name} for lead in leads],
        }

    @api.model
    def _find_by_number(self, number):
        """Partners with this number that the user may read, active ones first."""
        return self._search_numbers(self._call_numbers(number))

    @api.model
    def _call_numbers(self, number):
        """What a number may mean in E.164, the current company's country first."""
        if not number:
            return []
        countries = self._countries_of_companies()
        candidates = [self._number_in_e164(number, country) for country in countries or [countries]]
        return list(dict.fromkeys(filter(None, candidates)))

    @api.model
    def _countries_of_companies(self):
        """Countries of the user's active companies, that of the current one first.

        Only what is needed is fetched: companies and partners have a hundred columns, and reading
        them all would take longer than looking up the number.
        """
        companies = (self.env.company | self.env.companies).sudo()
        companies.fetch(["partner_id"])
        companies.partner_id.fetch(["country_id"])
        countries = companies.partner_id.country_id
        countries.fetch(["code", "phone_code"])
        return countries

    @api.model
    def _search_numbers(self, numbers):
        if not numbers:
            return self.browse()
        columns = list(NUMBER_FIELDS.values())
        conditions = [(column, "in", numbers) for column in columns]
        further = self._ids_with_further(numbers)
        if further:
            conditions.append(("id", "in", further))
        domain = ["|"] * (len(conditions) - 1) + conditions
        partners = self.with_context(active_test=False)
        fetched = [*MATCH_FIELDS, *columns, FURTHER]
        partners = partners.search_fetch(domain, fetched, limit=MATCH_LIMIT)
        return self.browse(partners.sorted(lambda partner: not partner.active).ids)

    @api.model
    def _ids_with_further(self, numbers):
        """Partners with one of these as a second or further number of a field, by the index of
        ``init``; the search for them applies the rights."""
        self.flush_model([FURTHER])
        self.env.cr.execute(
            "SELECT id FROM res_partner WHERE phone_further_e164 IS NOT NULL"
            " AND string_to_array(phone_further_e164, ' ') && %s::text[]",
            [list(numbers)],
        )
        return [partner_id for (partner_id,) in self.env.cr.fetchall()]

    @api.model
    def _leads_by_numbers(self, numbers):
        """Open leads and opportunities with one of these numbers that the user may read."""
        leads = self.env["crm.lead"]
        if not numbers:
            return leads
        return leads.search_fetch(
            [
                ("phone_sanitized", "in", numbers),
                "|",
                ("stage_id", "=", False),
                ("stage_id.is_won", "=", False),
            ],
            ["name"],
            limit=MATCH_LIMIT,
        )

    def _call_match(self, numbers=()):
        """A client as a list of callers shows it, with the number out of ``numbers``, else the
        first one."""
        matched = [self[name] for name, column in NUMBER_FIELDS.items() if self[column] in numbers]
        matched += [number for number in self._further_numbers() if number in numbers]
        return {
            "id": self.id,
            "name": self.name or self.display_name,
            "commercial_name": self.commercial_company_name or self.name or "",
            "commercial_id": self.commercial_partner_id.id,
            "city": self.city or "",
            "number": next(iter(matched), None) or self._first_number() or "",
            "active": self.active,
        }

    def _further_numbers(self):
        """Second and further numbers of the phone fields, in E.164."""
        return (self[FURTHER] or "").split()

    def _first_number(self):
        """The first telephone number of a client, as it was typed; False without one."""
        return next((self[name] for name in NUMBER_FIELDS if self[name]), False)

    @api.model
    def _matched_e164(self, partners, numbers):
        """The meaning of a number that somebody has, else that of the current company's country."""
        known = {partner[column] for partner in partners for column in NUMBER_FIELDS.values()}
        known.update(number for partner in partners for number in partner._further_numbers())
        return next((number for number in numbers if number in known), (numbers or [False])[0])

    @api.model
    def _no_match_message(self, number, numbers, leads):
        if leads:
            return _("No client has this number, but an opportunity has it.")
        if numbers:
            return _("No client has this number.")
        if not any(map(str.isdigit, number)):
            return _("The caller's number is not shown.")
        if is_short_code(cleaned(number)):
            return _("%s is a short number, not that of a client.", number)
        return _("%s is not a valid phone number.", number)


def _only_client(matches):
    """Id of the one client, whose contacts count as one; archived ones only where no other is."""
    matches = [match for match in matches if match["active"]] or matches
    if len(matches) == 1:
        return matches[0]["id"]
    entities = {match["commercial_id"] for match in matches}
    return entities.pop() if len(entities) == 1 else False
