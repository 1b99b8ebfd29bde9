"""Each public method of ours is called by each role over RPC; what comes of it is kept in a table.

The registry itself says what there is, so that a new method is called without anybody remembering.
Where an outcome is meant to change, `WRITE_ACCESS=1 make test
ONLY=/smart_recommender:TestAccessMatrix` writes the table anew; its difference is what to review.
"""

import os
from collections import defaultdict

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...tools.compat import call_over_rpc, may_read
from . import access, access_matrix
from .access import MODULE
from .rows_common import RowsCommon

# Ids of the other company's records start here, so that one in an answer is known as such.
FIRST_FOREIGN_ID = 900_000_000
MARKER = "◆Étranger◆"
ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "internal": "base.group_user",
    "stock user": "stock.group_stock_user",
    "stock manager": "stock.group_stock_manager",
    "purchaser": "purchase.group_purchase_user",
    "accountant": "account.group_account_user",
    "accounting manager": "account.group_account_manager",
    "salesperson": "sales_team.group_sale_salesman",
    "sales manager": "sales_team.group_sale_manager",
}
OWN, ROWS, IDS = "own rows", "other's rows", "other's ids"
SHOWN = 40
OUTSIDERS = ("public", "portal")
# {(model, method): why outsiders are told more than that they may not}.
OPEN = {
    ("ai.api.key", "make_key"): "Odoo first wants a request, to ask for the password",
    ("ai.coupon.generate", "default_get"): "Odoo tells defaults to everybody; it reads nothing",
    ("res.users", "action_ai_new_api_key"): "Odoo first wants a request, to ask for the password",
}
# {(model, method): why what belongs to another company is not refused}.
UNREFUSED = {
    **OPEN,
    ("ai.client", "action_call_next"): "it takes no notice of its rows",
    ("ai.complaint.cause", "write"): "all companies share them",
    ("ai.coupon", "redeem_on_invoice"): "it is told as one that is not there",
    ("ai.operator.presence", "set_presence"): "without a state it does nothing",
    ("ai.product.rating", "action_open_reviews"): "the query has no row of another company",
    ("ai.suggestion.results", "get_results"): "another's experiment is none",
}
QUIET = ("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_model")


@tagged("post_install", "-at_install")
class TestAccessMatrix(RowsCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls._user(role, groups) for role, groups in cls._roles().items()}
        cls.own = cls._populate(cls.company, cls.partner, cls.soap, cls.users["salesperson"])
        with HighIds(cls.env, FIRST_FOREIGN_ID):
            cls.other = cls.env["res.company"].create({"name": MARKER, "ai_max_false_rate": 1.0})
            in_other = {"company_id": cls.other.id}
            partner = cls.env["res.partner"].create({"name": MARKER, **in_other})
            product = cls._create_product(f"{MARKER} produit", **in_other)
            user = cls._create_user("matrix_foreign", "sales_team.group_sale_manager", cls.other)
            cls.foreign = cls._populate(cls.other, partner, product, user)
        cls.env.flush_all()
        cls.methods = access.public_methods(cls.env)
        cls.rows_of_users = {}

    @classmethod
    def _roles(cls):
        """{role: its group}; each group of ours is one."""
        data = cls.env["ir.model.data"]
        ours = data.search([("module", "=", MODULE), ("model", "=", "res.groups")]).mapped("name")
        return {**ROLES, **{name: f"{MODULE}.{name}" for name in sorted(ours)}}

    @classmethod
    def _user(cls, role, groups):
        return new_test_user(
            cls.env,
            login=f"matrix_{role.replace(' ', '_')}",
            groups=groups,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def _populate(cls, company, partner, product, user):
        cls.env.user.company_ids |= company
        cls._create_history(None if company == cls.company else company)
        cls._create_order(
            [product, cls.fountain],
            state="draft",
            partner=partner,
            company=company,
            user_id=user.id,
        )
        cls._train_each_kind(company)
        return cls._create_rows(company, partner, product, user)

    def _target(self, method, role, known):
        """Records as a caller names them, by their ids; of a wizard, a row that is the role's."""
        model = self.env[method.model]
        if not method.on_records:
            return None
        if model._abstract:
            return []
        if model._transient:
            uid = self.users[role] if known is self.own else self.env.ref("base.user_root")
            company = self.env["res.company"].browse(known["res.company"])
            return self._create_row(model.with_user(uid), known, company).ids
        return [known[method.model]] if known.get(method.model) else []

    def _call(self, method, role, of_rows, of_arguments):
        """What becomes of a call, in a word, and its result; nothing that it does is kept."""

        def call():
            ids = self._target(method, role, of_rows)
            model = self.env(user=self.users[role], su=False, context={"lang": "en_US"})
            values = {**method.values(of_arguments), **self._vals(method, of_arguments)}
            try:
                result = call_over_rpc(model[method.model], method.name, ids, values)
                self.env.flush_all()
            except IntegrityError as error:  # what Odoo's server turns into words, too
                raise ValidationError(str(error)) from error
            return result

        with self._undone():
            return access.outcome(call)

    def _vals(self, method, known):
        if method.name == "write" and "company_id" in self.env[method.model]._fields:
            return {"vals": {"company_id": known["res.company"]}}
        return {}

    def _cases(self, method):
        yield OWN, self.own, self.own
        if method.on_records and not self.env[method.model]._abstract:
            yield ROWS, self.foreign, self.own
        if method.names_others():
            yield IDS, self.own, self.foreign

    @mute_logger(*QUIET)
    def _found(self):
        """The matrix as it is, and what no table may hold."""
        matrix, faults = defaultdict(dict), []
        for method in self.methods:
            for name, of_rows, of_arguments in self._cases(method):
                if self._lacks_row(method, of_rows):
                    faults.append(f"{method.model} has no row for {name}: give it one")
                for role in self.users:
                    # Who is refused what is its own company's needs not try another's.
                    word, result = matrix[method.model, method.name, OWN].get(role), None
                    if word != access.REFUSED:
                        word, result = self._call(method, role, of_rows, of_arguments)
                    matrix[method.model, method.name, name][role] = word
                    at = f"{method.model}.{method.name} with {name}, {role}"
                    faults += [f"{at}: {fault}" for fault in self._faults(role, word, result)]
        return matrix, [*faults, *self._too_open(matrix)]

    def _lacks_row(self, method, known):
        return not self.env[method.model]._abstract and (
            self._target(method, "salesperson", known) == []
        )

    def _faults(self, role, word, result):
        if word not in (access.ALLOWED, access.REFUSED, access.TOLD):
            yield word
        if not access.is_sendable(result):
            yield "no answer that can be sent"
        if not self._may_open(result, role):
            yield f"opens {result['res_model']}, which it may not read"
        for leak in self._leaks(result):
            yield f"tells {leak}"

    @staticmethod
    def _too_open(matrix):
        """What no table may allow: outsiders are refused, and so is what is another company's."""
        for (model, method, name), outcomes in matrix.items():
            known = OPEN if name == OWN else UNREFUSED
            for role, word in outcomes.items():
                asked = name != OWN or role in OUTSIDERS
                if asked and word != access.REFUSED and (model, method) not in known:
                    yield f"{model}.{method} with {name}, {role}: {word} instead of refused"

    def _may_open(self, result, role):
        """Whether the user may read what an action opens, where the result is one."""
        if not isinstance(result, dict) or result.get("type") != "ir.actions.act_window":
            return True
        return may_read(self.env(user=self.users[role], su=False)[result["res_model"]])

    def _leaks(self, result):
        given = set(self.foreign.values())
        return access.leaks(result, lambda number: number >= FIRST_FOREIGN_ID, MARKER, given)

    def test_who_may_call_what_is_as_it_is_kept(self):
        matrix, faults = self._found()
        if os.environ.get("WRITE_ACCESS"):
            access_matrix.write(matrix, list(self.users))
        self.assertEqual("\n".join(faults[:SHOWN]), "")
        differences = list(access_matrix.differences(access_matrix.read(), matrix))
        self.assertEqual(differences, [], access_matrix.ADVICE)


class HighIds:
    """Rows that are made within it have ids from a number on; afterwards they go on as before."""

    def __init__(self, env, first):
        self.env = env
        self.first = first

    def __enter__(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT format('%I.%I', schemaname, sequencename), COALESCE(last_value, 1),"
            " last_value IS NOT NULL FROM pg_sequences"
            " WHERE schemaname = current_schema() AND sequencename LIKE '%\\_id\\_seq'"
        )
        self.before = self.env.cr.fetchall()
        for name, _value, _called in self.before:
            self.env.cr.execute("SELECT setval(%s, %s, FALSE)", [name, self.first])

    def __exit__(self, *_error):
        self.env.flush_all()
        for name, value, called in self.before:
            self.env.cr.execute("SELECT setval(%s, %s, %s)", [name, value, called])
