"""Training, screens and daily jobs on what Odoo lets into a database: words, never a traceback.

Three seeds here; `make fuzz` draws as many as it is given, and says which to give again.
"""

import logging
import math
import os
from contextlib import contextmanager
from random import Random

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.compat import call_over_rpc
from . import access, spoil
from .access import MODULE
from .rows_common import RowsCommon

SEEDS = [int(text) for text in os.environ.get("FUZZ_SEEDS", "1,2,3").split(",")]
LONG_ORDER = int(os.environ.get("FUZZ_LINES", "300"))
GROUPS = ",".join(
    (
        "sales_team.group_sale_manager",
        "stock.group_stock_manager",
        "purchase.group_purchase_manager",
        "account.group_account_manager",
        f"{MODULE}.group_manager",
        f"{MODULE}.group_call_manager",
    )
)
SCREENS = ("tree", "list", "form", "kanban")
# Questions that screens ask of their own; they change nothing.
ASKING = ("get_", "find_", "search_")


class Undo(Exception):
    """Ends a savepoint whose changes nobody wants to keep."""


class Faults(logging.Handler):
    """Keeps what is logged with a traceback, and errors: jobs swallow nothing without either."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.found = []

    def emit(self, record):
        if record.exc_info or record.levelno >= logging.ERROR:
            error = record.exc_info and record.exc_info[1]
            self.found.append(f"{record.name}: {record.getMessage()} {error!r}")


def bad_numbers(value):
    """NaN and infinite numbers in the answer of a method."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [bad for each in value for bad in bad_numbers(each)]
    return [value] if isinstance(value, float) and not math.isfinite(value) else []


@tagged("post_install", "-at_install")
class TestBadData(RowsCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Autre")
        cls.user = cls._create_user("bad_data", GROUPS)
        cls._create_history()
        cls._create_order([cls.soap], state="draft", partner=cls.partner)
        cls._train_each_kind(cls.company)
        cls.known = cls._create_rows(cls.company, cls.partner, cls.soap, cls.user)
        cls.env.flush_all()
        cls.methods = [
            method
            for method in access.public_methods(cls.env)
            if method.name.startswith(ASKING) and not cls.env[method.model]._transient
        ]

    def setUp(self):
        super().setUp()
        self.faults = []

    def _spoil(self, seed):
        rng = Random(seed)
        products = self.fountain | self.bottle | self.cups | self.filter | self.soap
        data = spoil.Data(
            self.env, self.company, self.other, products, self.partners, LONG_ORDER
        )  # fmt: skip
        for spoiler in rng.sample(spoil.SPOILERS, len(spoil.SPOILERS)):
            with self._undone_if_refused():
                spoiler(rng, data)

    @contextmanager
    def _undone_if_refused(self):
        """What Odoo itself refuses is not in the database."""
        try:
            with self.env.cr.savepoint():
                yield
        except UserError:
            self.env.invalidate_all()

    def _try(self, at, call):
        """Call in a savepoint that is undone. Words for the user are fine, everything else not."""
        handler = Faults()
        root = logging.getLogger("odoo")
        root.addHandler(handler)
        try:
            with self.env.cr.savepoint():
                bad = bad_numbers(call())
                self.env.flush_all()
                self.faults += [f"{at}: {number}" for number in bad]
                raise Undo
        except Undo:
            pass
        except UserError as error:
            if not str(error).strip():
                self.faults.append(f"{at}: no words")
        except Exception as error:  # pylint: disable=broad-except
            self.faults.append(f"{at}: {type(error).__name__}: {error}")
        finally:
            root.removeHandler(handler)
        self.faults += [f"{at}: {fault}" for fault in handler.found]
        self.env.invalidate_all()

    def _train_all(self):
        """As it stays, for the screens to show; a kind that refuses keeps its old rows."""
        for kind in self.runs._kinds():
            self._try(f"training of {kind}", lambda kind=kind: self._run(kind))
            with self._undone_if_refused():
                self._run(kind)

    def _run(self, kind):
        run = self.runs.with_company(self.company)._train_now(self.company, kind)
        return run.read()

    def _open_screens(self):
        env = self.env(user=self.user, su=False)
        for model_name in sorted(self.env):
            model = env[model_name]
            if not access.is_ours(model) or model._abstract or model._transient:
                continue
            with self._undone_if_refused():
                names = list(model.fields_get(attributes=["type"]))
                self._try(f"list of {model_name}", lambda m=model, n=names: self._list(m, n))

    def _list(self, model, names):
        specification = {name: {} for name in names}
        return model.web_search_read([], specification, limit=200)["records"]

    def _open_views(self):
        env = self.env(user=self.user, su=False)
        data = env["ir.model.data"].sudo()
        ours = data.search([("module", "=", MODULE), ("model", "=", "ir.actions.act_window")])
        for action in env["ir.actions.act_window"].sudo().browse(ours.mapped("res_id")).exists():
            views = [view for view in action.views if view[1] in SCREENS]
            model = env[action.res_model]
            self._try(f"views of {action.name}", lambda m=model, v=views: m.get_views(v) and None)

    def _ask(self):
        env = self.env(user=self.user, su=False)
        for method in self.methods:
            ids = None
            if method.on_records:
                ids = [self.known[method.model]] if self.known.get(method.model) else []
            self._try(
                f"{method.model}.{method.name}",
                lambda m=method, i=ids: call_over_rpc(
                    env[m.model].with_company(self.company), m.name, i, m.values(self.known)
                ),
            )
        for order in self.env["sale.order"].search([("company_id", "=", self.company.id)]):
            order = order.with_user(self.user)
            self._try(f"suggestions of {order.name}", lambda o=order: o.read(["ai_suggestions"]))

    def _run_jobs(self):
        data = self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "=", "ir.cron")])
        for cron in self.env["ir.cron"].browse(data.mapped("res_id")):
            action = cron.ir_actions_server_id.with_user(cron.user_id)
            self._try(f"job {cron.name}", lambda a=action: a.run() and None)

    def test_bad_data_ends_in_words_and_never_in_a_traceback(self):
        for seed in SEEDS:
            with self.subTest(seed=seed), mute_logger("odoo.sql_db"):
                self.faults = []
                try:
                    with self.env.cr.savepoint():
                        self._spoil(seed)
                        self._train_all()
                        self._open_screens()
                        self._ask()
                        self._run_jobs()
                        raise Undo
                except Undo:
                    self.env.invalidate_all()
                self.assertEqual(self.faults, [])

    def test_each_view_of_an_action_opens(self):
        self._open_views()
        self.assertEqual(self.faults, [])
