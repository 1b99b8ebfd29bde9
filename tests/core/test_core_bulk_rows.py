"""Rows in bulk are what the ORM would have written, and bad ones are refused by name."""

from datetime import date, datetime
from unittest.mock import patch

import numpy as np

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...tools import bulk_rows
from ...tools.bulk_rows import BadRowError

TEXTS = [
    "Savon d’Alep",
    "🧼 مرحبا",
    'it\'s "quoted"',
    "tab\there",
    "two\nlines\r\n",
    "C:\\new\\N",
    "\\N",
    "\\.",
    "",
    "{braces, commas}",
]


@tagged("post_install", "-at_install")
class TestBulkRows(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads, cls.runs = cls.env["crm.lead"], cls.env["ai.training.run"]
        cls.kind = cls.runs._fields["kind"].get_values(cls.env)[0]
        cls.partners = cls.env["res.partner"].create([{"name": "One"}, {"name": "Two"}])

    def _append(self, model, columns):
        """Rows in bulk as records, in their order."""
        model = model.with_context(active_test=False)
        last = model.search([], order="id desc", limit=1).id or 0
        count = bulk_rows.append(model, columns)
        found = model.search([("id", ">", last)], order="id")
        self.assertEqual(len(found), count)
        return found

    def _append_leads(self, **columns):
        return self._append(self.leads, {"name": "Lead", "type": "lead", "active": True} | columns)

    def _assert_as_created(self, model, head, name, values):
        """A field reads back as what ``create`` has written."""
        created = model.create([head | {name: value} for value in values])
        appended = self._append(model, head | {name: values})
        self.env.invalidate_all()
        self.assertEqual([row[name] for row in appended], [row[name] for row in created])

    def test_each_type_of_field_reads_back_as_created(self):
        moment = datetime(2026, 2, 28, 23, 59, 58)
        for name, values in {
            "color": [0, -5, 2**31 - 1, -(2**31)],
            "partner_id": [self.partners[0].id, False, self.partners[1].id],
            "expected_revenue": [0.0, 19.99, -1000.5],
            "contact_name": [*TEXTS, False],
            "priority": ["0", "3", False],
            "active": [True, False],
            "date_deadline": ["2026-02-28", date(2024, 2, 29), False],
            "date_closed": [moment, "2026-01-01 00:00:00", False],
        }.items():
            with self.subTest(field=name):
                self._assert_as_created(self.leads, {"name": "A", "type": "lead"}, name, values)

    def test_numbers_long_texts_and_json_read_back_as_created(self):
        head = {"company_id": self.env.company.id, "kind": self.kind, "state": "done"}
        for name, values in {
            "duration": [0.0, -0.1, 1 / 3, 1e-9, 12345678.25, False],
            "error": [*TEXTS, False],
            "parameters": [{"text": text, "list": [1, None, 0.5]} for text in TEXTS],
        }.items():
            with self.subTest(field=name):
                self._assert_as_created(self.runs, head, name, values)

    def test_arrays_of_numpy_are_what_lists_are(self):
        days = np.array(["2026-02-28", "NaT"], "datetime64[D]")
        leads = self._append_leads(
            color=np.array([3, 4], np.int64),
            partner_id=np.array([self.partners[0].id, 0]),
            recurring_revenue=np.array([0.25, np.nan]),
            contact_name=np.array(["É", "b"]),
            date_deadline=days,
            date_closed=days.astype("datetime64[ns]"),
        )
        self.assertEqual(leads.mapped("color"), [3, 4])
        self.assertEqual([lead.partner_id.id for lead in leads], [self.partners[0].id, False])
        self.assertEqual(leads.mapped("recurring_revenue"), [0.25, 0.0])
        self.assertEqual(leads.mapped("contact_name"), ["É", "b"])
        self.assertEqual(leads.mapped("date_deadline"), [date(2026, 2, 28), False])
        self.assertEqual(leads.mapped("date_closed"), [datetime(2026, 2, 28), False])
        self.env.cr.execute(
            "SELECT count(*) FROM crm_lead WHERE id = %s AND recurring_revenue IS NULL",
            [leads[1].id],
        )
        self.assertEqual(self.env.cr.fetchone()[0], 1)

    def test_columns_that_the_orm_does_not_know_hold_arrays(self):
        kinds = {"spread": "float4[]", "ids": "int4[]", "marks": "bool[]"}
        head = {"company_id": self.env.company.id, "kind": self.kind, "state": "done"}
        with patch.object(type(self.runs), "_array_columns", kinds, create=True):
            bulk_rows.create_array_columns(self.runs)
            bulk_rows.create_array_columns(self.runs)
            rows = {
                "error": ["bulk 1", "bulk 2", "bulk 3"],
                "spread": [np.array([0.1, 1e-7, 3.0], np.float32), [], None],
                "ids": [np.array([1, 2]), [], [2**31 - 1]],
                "marks": [np.array([True, False]), [], None],
            }
            bulk_rows.append(self.runs, head | rows)
        self.env.cr.execute(
            "SELECT spread, ids, marks FROM ai_training_run WHERE error LIKE 'bulk%' ORDER BY error"
        )
        first, empty, none = self.env.cr.fetchall()
        self.assertEqual(np.array(first[0], np.float32).tolist(), rows["spread"][0].tolist())
        self.assertEqual(first[1:], ([1, 2], [True, False]))
        self.assertEqual(empty, ([], [], []))
        self.assertEqual(none, (None, [2**31 - 1], None))

    def test_who_writes_and_when_is_filled_in(self):
        (lead,) = self._append_leads(color=[1])
        self.assertEqual((lead.create_uid, lead.write_uid), (self.env.user, self.env.user))
        self.assertTrue(lead.create_date and lead.write_date)

    def test_no_rows_are_no_rows(self):
        self.assertFalse(self._append_leads(color=[]))
        self.assertEqual(bulk_rows.update(self.leads, ("id",), {"id": [], "color": []}), 0)

    def test_more_rows_than_are_written_at_once(self):
        with patch.object(bulk_rows.binary_copy, "ROWS_AT_A_TIME", 3):
            leads = self._append_leads(color=np.arange(8), contact_name=list("abcdefgh"))
        self.assertEqual(leads.mapped("color"), list(range(8)))
        self.assertEqual("".join(leads.mapped("contact_name")), "abcdefgh")

    def test_replacing_leaves_others_alone(self):
        old = self._append_leads(color=[1, 2], contact_name="old")
        count = bulk_rows.replace(
            self.leads,
            SQL("contact_name = %s AND color = %s", "old", 1),
            {"name": "Lead", "type": "lead", "contact_name": "new", "color": [1, 3, 4]},
        )
        self.assertEqual(count, 3)
        self.assertEqual(old.exists(), old[1])
        self.assertEqual(self.leads.search_count([("contact_name", "=", "new")]), 0, "not active")

    def test_merging_keeps_ids_and_adds_what_is_new(self):
        parameters = self.env["ir.config_parameter"].create({"key": "sr.bulk.1", "value": "old"})
        bulk_rows.merge(
            parameters, ("key",), {"key": ["sr.bulk.1", "sr.bulk.2"], "value": ["new", "added"]}
        )
        self.assertEqual(parameters.value, "new")
        self.assertEqual(parameters.search([("key", "=", "sr.bulk.2")]).value, "added")
        self.assertEqual(parameters.create_uid, self.env.user)

    def test_updating_writes_only_what_changes(self):
        leads = self._append_leads(color=[1, 2, 3], referred="then")
        rows = {"id": leads.ids, "color": [1, 2, 5], "referred": "now"}
        self.assertEqual(bulk_rows.update(leads, ("id",), rows, stamps=("referred",)), 1)
        self.assertEqual(leads.mapped("color"), [1, 2, 5])
        self.assertEqual(leads.mapped("referred"), ["then", "then", "now"])

    def test_what_is_not_flushed_yet_is_there_and_what_is_cached_is_forgotten(self):
        lead = self.leads.create({"name": "Lead", "type": "lead", "color": 1})
        lead.color = 2
        self.assertEqual(bulk_rows.update(lead, ("id",), {"id": lead.ids, "color": [2]}), 0)
        bulk_rows.update(lead, ("id",), {"id": lead.ids, "color": [7]})
        self.assertEqual(lead.color, 7)

    def test_bad_values_are_refused_with_model_field_and_row(self):
        lead = {"name": "Lead", "type": "lead"}
        for name, values, words in (
            ("name", ["a", None], r"crm\.lead\.name, row 1: None in a required column"),
            ("name", ["a", "b\0c"], r"crm\.lead\.name, row 1: .*NUL"),
            ("name", ["a", 5], r"crm\.lead\.name, row 1: 5 is no text"),
            ("color", [1, 2**31], r"crm\.lead\.color, row 1: 2147483648 is beyond int4"),
            ("color", np.array([1, -(2**40)]), r"crm\.lead\.color, row 1: .*is beyond int4"),
            ("color", [1, 1.5], r"crm\.lead\.color, row 1: 1.5 is no whole number"),
            ("color", [1, "x"], r"crm\.lead\.color, row 1: 'x' "),
            ("recurring_revenue", [0, np.inf], r"crm\.lead\.recurring_revenue, row 1: inf"),
            ("type", ["lead", "led"], r"crm\.lead\.type, row 1: 'led' is none of \['lead'"),
            ("date_deadline", ["2026-01-01", "2026-13-01"], r"crm\.lead\.date_deadline, row 1: "),
            ("partner_id", [1, 2.5], r"crm\.lead\.partner_id, row 1: 2.5 is no whole number"),
            ("nonsense", [1, 2], r"crm\.lead\.nonsense is no plain column"),
        ):
            with (
                self.subTest(field=name, values=values),
                self.assertRaisesRegex(BadRowError, words),
            ):
                bulk_rows.append(self.leads, lead | {name: values})

    def test_a_nan_in_a_required_column_is_refused(self):
        with self.assertRaisesRegex(BadRowError, r"company_id, row 0: nan in a required column"):
            bulk_rows.append(
                self.runs, {"company_id": np.array([np.nan]), "kind": self.kind, "state": "done"}
            )

    def test_missing_columns_and_different_lengths_are_refused(self):
        with self.assertRaisesRegex(BadRowError, r"crm\.lead\.type is required"):
            bulk_rows.append(self.leads, {"name": ["a"]})
        with self.assertRaisesRegex(BadRowError, "one length"):
            bulk_rows.append(self.leads, {"name": ["a"], "type": "lead", "color": [1, 2]})
        with self.assertRaisesRegex(BadRowError, "one length"):
            bulk_rows.append(self.leads, {"name": "a", "type": "lead"})
