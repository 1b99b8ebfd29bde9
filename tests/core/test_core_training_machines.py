"""Settings of other machines, and training that reads a replica."""

from psycopg2.errors import ReadOnlySqlTransaction

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import config, mute_logger

from ...models.core.ir_config_parameter import REPLICA, SCHEDULER
from ...tools import replica
from .common import RecommenderCommon

NOWHERE = "postgresql://127.0.0.1:9/nowhere"


class MachinesCommon(RecommenderCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_history()
        cls.parameters = cls.env["ir.config_parameter"]


@tagged("post_install", "-at_install")
class TestMachineSettings(MachinesCommon):
    def test_addresses_are_checked_wherever_they_are_written(self):
        good = {
            SCHEDULER: ("tcp://10.0.0.5:8786", "tls://cluster.example:8786", "tcp://[::1]:8786"),
            REPLICA: (NOWHERE, "postgresql://odoo@/shop?host=/run/postgresql"),
        }
        bad = {
            SCHEDULER: (
                "10.0.0.5",
                "http://10.0.0.5:8786",
                "tcp://10.0.0.5",
                "tcp://a:b",
                "tcp://a:1/x",
            ),
            REPLICA: (
                "shop",
                "host=a dbname=shop",
                "postgresql://a:secret@b/shop",
                "postgresql://b",
            ),
        }
        for key, values in good.items():
            for value in values:
                with self.subTest(value=value):
                    self.parameters.set_param(key, value)
        for key, values in bad.items():
            for value in values:
                with (
                    self.subTest(value=value),
                    self.assertRaisesRegex(ValidationError, "give it as"),
                ):
                    self.parameters.set_param(key, value)

    def test_administrators_alone_see_and_write_them_for_all_companies(self):
        self.company.write({"ai_dask_scheduler": " tcp://a:1 ", "ai_replica": NOWHERE})
        self.assertEqual(self.parameters.get_param(SCHEDULER), "tcp://a:1")
        self.assertEqual(self._create_company("Autre").ai_replica, NOWHERE)
        self.company.ai_dask_scheduler = False
        self.assertFalse(self.parameters.get_param(SCHEDULER))
        rights = new_test_user(self.env, "sr_rights", "base.group_erp_manager")
        for user in (self.manager, rights):
            company = self.company.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                company.write({"ai_dask_scheduler": "tcp://a:1"})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                company.read(["ai_replica"])


@tagged("post_install", "-at_install")
class TestTrainingFromReplica(MachinesCommon):
    def _address(self, database=None):
        """Another connection to this database, which knows nothing of this transaction."""
        host, port = (config[f"db_{name}"] or "" for name in ("host", "port"))
        user, password = (config[f"db_{name}"] or "" for name in ("user", "password"))
        secret = f":{password}" if password else ""
        database = database or self.env.cr.dbname
        return f"postgresql://{user}{secret}@/{database}?host={host}&port={port}"

    def _read(self):
        extract = self.env["ai.sales.extract"]
        return len(extract._order_items(self.company, *extract._window(self.company)))

    def test_history_is_read_from_the_replica_and_from_here_without_one(self):
        # What this test has not committed a replica does not know.
        here = self._read()
        with replica.reading(self.env.cr, self._address()) as found:
            self.assertEqual((self._read(), found.reads, found.lost), (0, 1, ""))
        self.assertEqual(self._read(), here)
        self.assertGreater(here, 0)

    def test_nothing_can_be_written_to_a_replica(self):
        @replica.history
        def write():
            replica.cursor(self.env).execute("DELETE FROM sale_order", log_exceptions=False)

        with replica.reading(self.env.cr, self._address()):
            with self.assertRaises(ReadOnlySqlTransaction):
                write()
            self.assertEqual(self._read(), 0)

    def test_a_replica_that_is_lost_leaves_the_rest_to_this_database(self):
        here = self._read()
        with replica.reading(self.env.cr, self._address()) as found:
            backend = found.cr._cnx.info.backend_pid
            self.env.cr.execute("SELECT pg_terminate_backend(%s)", [backend])
            with mute_logger("odoo.sql_db"):
                self.assertEqual(self._read(), here)
            self.assertTrue(found.lost)

    def test_a_replica_that_does_not_answer_is_told(self):
        self.parameters.set_param(REPLICA, NOWHERE)
        with mute_logger("odoo.sql_db"):
            run = self._train()
        self.assertEqual(run.state, "done")
        self.assertRegex(run.notice, "replica could not be read.*does not answer")

    def test_another_database_is_no_replica(self):
        with (
            self.assertRaises(replica.ReplicaError) as refused,
            replica.reading(self.env.cr, self._address("postgres")),
        ):
            pass
        self.assertEqual(refused.exception.cause, "other")

    def test_a_replica_that_is_late_is_not_read(self):
        class Standby:
            """What a replica answers that is so many seconds behind."""

            def __init__(self, cr, has_all, behind):
                self.cr, self.state = cr, (has_all, behind)

            def execute(self, query, *_arguments, **_options):
                recovers = "pg_is_in_recovery" in query
                self.row = self.state if "replay" in query else (recovers or self.uuid(query),)

            def uuid(self, query):
                self.cr.execute(query)
                return self.cr.fetchone()[0]

            def fetchone(self):
                return self.row

            def rollback(self):
                pass

        for has_all, behind, is_late in ((True, 9000, False), (False, 5, False), (False, 61, True)):
            with self.subTest(behind=behind):
                standby = Standby(self.env.cr, has_all, behind)
                if not is_late:
                    replica._check(self.env.cr, standby)
                    continue
                with self.assertRaises(replica.ReplicaError) as refused:
                    replica._check(self.env.cr, standby)
                self.assertEqual(
                    (refused.exception.cause, refused.exception.detail), ("late", "61")
                )
