"""How training keeps anomalies: what it found is matched with what is there.

An anomaly is the same where it is of the same series and direction and shares a day. Rows that wait
for a decision get the new figures and are archived when they are no longer unusual; rows that
somebody decided on stay as they were. A lasting change that began before the searched days is no
news, but a row that waits for a decision stays, even when the days before it are no longer read. A
few statements whatever the number of anomalies.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import bulk_rows
from .ai_anomaly import SUBJECTS

STEPS = {1: "day", 7: "week"}
# Days before a lasting change that training must read to find it again.
DAYS_BEFORE_A_CHANGE = 56


@dataclass(frozen=True)
class Known:
    """A row in the table: its days, and whether it waits for a decision."""

    first: date
    last: date
    id: int
    waits: bool


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    @api.model
    def _store(self, run, found, older, since):
        """Keep what a run has found. Returns the number of anomalies that were not known.

        found : list of algorithms.anomaly.found.Anomaly; older : list of the same, lasting changes
        that are kept where they are known; since : date, the first day searched.
        """
        self.env.flush_all()
        known = self._known(run.company_id, since)
        pairs = [(anomaly, self._match(known, anomaly)) for anomaly in found]
        matched = [(anomaly, self._match(known, anomaly)) for anomaly in older]
        pairs += [(anomaly, match) for anomaly, match in matched if match]
        self._archive_gone(run, since, [match.id for _anomaly, match in pairs if match])
        waiting = [(anomaly, match.id) for anomaly, match in pairs if match and match.waits]
        if waiting:
            rows = {"active": True, "run_id": run.id, **_figures([row for row, _id in waiting])}
            bulk_rows.update(self, ("id",), {"id": [row_id for _row, row_id in waiting], **rows})
        new = [anomaly for anomaly, match in pairs if not match]
        if new:
            new.sort(key=lambda anomaly: (anomaly.first, anomaly.level, anomaly.id))
            head = {"company_id": run.company_id.id, "run_id": run.id, "active": True}
            bulk_rows.append(self, {**head, "state": "new", **_subjects(new), **_figures(new)})
        self.env.invalidate_all()
        return len(new)

    @api.model
    def _known(self, company, since):
        """{(level, type, subject id): [Known]} of the searched days."""
        self.env.cr.execute(
            SQL(
                """
                SELECT level, type, COALESCE(product_id, categ_id, partner_id,
                                                   salesperson_id, 0),
                       date, date_end, id, state = 'new'
                  FROM ai_anomaly
                 WHERE company_id = %s AND date_end >= %s
              ORDER BY state <> 'new' DESC, id
                """,
                company.id,
                fields.Date.to_string(since),
            )
        )
        known = {}
        for *key, first, last, row_id, waits in self.env.cr.fetchall():
            known.setdefault(tuple(key), []).append(Known(first, last, row_id, waits))
        return known

    @staticmethod
    def _match(known, anomaly):
        """The row that an anomaly is already in, or None. A row is matched once."""
        rows = known.get((anomaly.level, anomaly.kind, anomaly.id), [])
        first, last = anomaly.first.item(), anomaly.last.item()
        for row in rows:
            if row.first <= last and first <= row.last:
                rows.remove(row)
                return row
        return None

    def _archive_gone(self, run, since, matched):
        """Archive what waited for a decision and is not unusual any more. matched : list of ids."""
        readable = run.date_from + timedelta(days=DAYS_BEFORE_A_CHANGE)
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_anomaly
                   SET active = false
                 WHERE company_id = %s
                   AND date_end >= %s
                   AND state = 'new'
                   AND active
                   AND id <> ALL(%s)
                   AND NOT (method = 'level' AND date < %s)
                """,
                run.company_id.id,
                fields.Date.to_string(since),
                matched,
                fields.Date.to_string(readable),
            )
        )


def _subjects(found):
    """Columns that say what anomalies are of."""
    names = {name: [None] * len(found) for name in SUBJECTS.values()}
    for row, anomaly in enumerate(found):
        if anomaly.level in SUBJECTS:
            names[SUBJECTS[anomaly.level]][row] = anomaly.id
    return {
        "level": [anomaly.level for anomaly in found],
        "type": [anomaly.kind for anomaly in found],
        "measure": ["quantity" if each.level == "product" else "revenue" for each in found],
        **names,
    }


def _figures(found):
    """Columns of what training says of anomalies."""
    return {
        "step": [STEPS[anomaly.step] for anomaly in found],
        "date": [str(anomaly.first) for anomaly in found],
        "date_end": [str(anomaly.last) for anomaly in found],
        "days": [int((each.last - each.first).astype(int)) + 1 for each in found],
        "quantity": [anomaly.value for anomaly in found],
        "expected": [anomaly.expected for anomaly in found],
        "most_expected": [anomaly.most for anomaly in found],
        # Where nothing is expected the deviation would be endless.
        "deviation": [each.value / each.expected - 1 if each.expected > 0 else 0 for each in found],
        "z_score": [anomaly.z for anomaly in found],
        "weight": [abs(anomaly.z) for anomaly in found],
        "limit": [anomaly.limit for anomaly in found],
        "method": [anomaly.method for anomaly in found],
        "severity": [anomaly.severity for anomaly in found],
        "chart": [each.chart | {"start": str(each.chart["start"])} for each in found],
    }
