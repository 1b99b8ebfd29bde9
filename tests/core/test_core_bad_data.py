"""Training, screens and daily jobs on what Odoo lets into a database: words, never a traceback.

One seed here; `make test FUZZ=50 ONLY=/smart_recommender:TestBadData` takes as many, and each fault
names the one to give again, as FUZZ_FROM=17 FUZZ=1.
"""

import logging
import os
from contextlib import contextmanager, suppress
from random import Random

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...tools.compat import call_over_rpc
from . import access, screens, spoil
from .access import MODULE
from .rows_common import RowsCommon, Undo

SEEDS = int(os.environ.get("FUZZ") or 1)
FIRST_SEED = int(os.environ.get("FUZZ_FROM") or 1)
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
# Questions that screens ask of their own; they change nothing.
ASKING = ("get_", "find_", "search_")


class Faults(logging.Handler):
    """Keeps what is logged with a traceback, and errors: jobs swallow nothing without either."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.found = []

    def emit(self, record):
        if record.exc_info or record.levelno >= logging.ERROR:
            error = record.exc_info and record.exc_info[1]
            self.found.append(f"{record.name}: {record.getMessage()} {error!r}")


@tagged("post_install", "-at_install")
class TestBadData(RowsCommon):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Autre")
        cls.user = cls._create_user("bad_data", GROUPS)
        cls._create_history()
        cls._create_order([cls.soap], state="draft", partner=cls.partner, user_id=cls.user.id)
        cls._train_each_kind(cls.company)
        cls.known = cls._create_rows(cls.company, cls.partner, cls.soap, cls.user)
        cls.env.flush_all()
        cls.methods = [
            method
            for method in access.public_methods(cls.env)
            if method.name.startswith(ASKING) and not cls.env[method.model]._transient
        ]
        cls.faults = []

    # ------------------------------------------------------------------
    # What is tried
    # ------------------------------------------------------------------

    def _spoil(self, seed):
        rng = Random(seed)
        products = self.fountain | self.bottle | self.cups | self.filter | self.soap
        data = spoil.Data(self.env, self.company, self.other, products, self.partners)
        for spoiler in rng.sample(spoil.SPOILERS, len(spoil.SPOILERS)):
            with self._undone_if_refused():
                spoiler(rng, data)

    def _train_all(self):
        for kind in self.runs._kinds():
            self._try(f"training of {kind}", self._run, kind)
        self.env.flush_all()
        self.faults += screens.bad_figures(self.env)

    def _run(self, kind):
        return self.runs.with_company(self.company)._train_now(self.company, kind).read()

    def _open_screens(self):
        for action in screens.actions(self.env):
            ours = access.is_ours(self.env[action.res_model])
            self._try(
                action.name, screens.open_action, self._as_user(), action, undone=True, opens=ours
            )

    def _ask(self):
        env = self._as_user()
        for method in self.methods:
            ids = None
            if method.on_records:
                ids = [self.known[method.model]] if self.known.get(method.model) else []
            self._try(
                f"{method.model}.{method.name}",
                call_over_rpc,
                env[method.model],
                method.name,
                ids,
                method.values(self.known),
                undone=True,
            )
        orders = env["sale.order"].search([("company_id", "=", self.company.id)], limit=30)
        for order in orders:
            self._try(f"suggestions of {order.name}", order.read, ["ai_suggestions"], undone=True)

    def _run_jobs(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "ir.cron")]
        )
        for cron in self.env["ir.cron"].browse(data.mapped("res_id")):
            action = cron.ir_actions_server_id.with_user(cron.user_id)
            self._try(f"job {cron.name}", action.run)

    # ------------------------------------------------------------------
    # Trying
    # ------------------------------------------------------------------

    def _as_user(self):
        companies = {"allowed_company_ids": self.company.ids}
        return self.env(user=self.user, su=False, context={"lang": "en_US", **companies})

    def _try(self, at, call, *arguments, undone=False, opens=False):
        """Call in a savepoint. Words for the user are fine, everything else is a fault.

        opens : whether words are a fault as well, as of a list, which shows all but a bad row.
        """
        handler = Faults()
        root = logging.getLogger("odoo")
        root.addHandler(handler)
        at = f"{self.seed}: {at}"
        try:
            with suppress(Undo), self.env.cr.savepoint():
                bad = screens.bad_numbers(call(*arguments))
                self.env.flush_all()
                self.faults += [f"{at}: {number}" for number in bad]
                if undone:
                    raise Undo
        except UserError as error:
            if opens or not str(error).strip():
                self.faults.append(f"{at}: {error or 'no words'}")
        except Exception as error:  # pylint: disable=broad-except
            self.faults.append(f"{at}: {type(error).__name__}: {error}")
        finally:
            root.removeHandler(handler)
        self.faults += [f"{at}: {fault}" for fault in handler.found]
        self.env.invalidate_all()

    @contextmanager
    def _undone_if_refused(self):
        """What Odoo itself refuses is not in the database."""
        try:
            with self.env.cr.savepoint():
                yield
        except UserError:
            self.env.invalidate_all()

    @mute_logger("odoo.sql_db")
    def test_bad_data_ends_in_words_and_never_in_a_traceback(self):
        for self.seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
            with self._undone():
                self._spoil(self.seed)
                self._train_all()
                self._open_screens()
                self._ask()
                self._run_jobs()
        self.assertEqual("\n".join(dict.fromkeys(self.faults)), "")
