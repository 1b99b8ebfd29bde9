"""How training keeps anomalies: what it found is matched with what is there.

An anomaly is the same where it is of the same series and direction and shares a day. Rows that wait
for a decision get the new figures and are archived when they are no longer unusual; rows that
somebody decided on stay as they were. Three statements whatever the number of anomalies.
"""

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy
from .ai_anomaly import SUBJECTS

# What training says of an anomaly; columns of the table.
FIGURES = (
    "step",
    "date",
    "date_end",
    "days",
    "quantity",
    "expected",
    "deviation",
    "z_score",
    "weight",
    "limit",
    "method",
    "severity",
    "chart",
)
KEYS = ("level", "type", "measure", *sorted(set(SUBJECTS.values())))
STEPS = {1: "day", 7: "week"}


class AiAnomaly(models.Model):
    _inherit = "ai.anomaly"

    @api.model
    def _store(self, run, found, since):
        """Keep what a run has found. Returns the number of anomalies that were not known.

        found : list of algorithms.anomaly.search.Anomaly; since : date, the first day searched.
        """
        self.env.flush_all()
        cr, company = self.env.cr, run.company_id
        known = self._known(company, since)
        matches = [self._match(known, anomaly) for anomaly in found]
        columns = SQL(", ").join(map(SQL.identifier, (*KEYS, *FIGURES)))
        cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE ai_anomaly_found ON COMMIT DROP
                    AS SELECT id AS match_id, %s FROM ai_anomaly WITH NO DATA
                """,
                columns,
            )
        )
        rows = (
            (str(match or "\\N"), *_row(anomaly))
            for match, anomaly in zip(matches, found, strict=True)
        )
        binary_copy.write_rows(cr, "ai_anomaly_found", ("match_id", *KEYS, *FIGURES), rows)
        self._archive_gone(company, since)
        self._update_known(run)
        self._insert_new(run, columns)
        created = cr.rowcount
        cr.execute("DROP TABLE ai_anomaly_found")
        self.env.invalidate_all()
        return created

    @api.model
    def _known(self, company, since):
        """{(level, type, subject id): [(first day, last day, id)]} of the searched days."""
        self.env.cr.execute(
            SQL(
                """
                SELECT level, type, COALESCE(product_id, categ_id, partner_id,
                                                   salesperson_id, 0), date, date_end, id
                  FROM ai_anomaly
                 WHERE company_id = %s AND date_end >= %s
              ORDER BY state <> 'new' DESC, id
                """,
                company.id,
                fields.Date.to_string(since),
            )
        )
        known = {}
        for *key, first, last, row_id in self.env.cr.fetchall():
            known.setdefault(tuple(key), []).append((first, last, row_id))
        return known

    @staticmethod
    def _match(known, anomaly):
        """Id of the row that an anomaly is already in, or None. A row is matched once."""
        rows = known.get((anomaly.level, anomaly.kind, anomaly.id), [])
        first, last = anomaly.first.item(), anomaly.last.item()
        for row in rows:
            if row[0] <= last and first <= row[1]:
                rows.remove(row)
                return row[2]
        return None

    def _archive_gone(self, company, since):
        """Undecided rows of the searched days that were not found again."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_anomaly
                   SET active = false
                 WHERE company_id = %s
                   AND date_end >= %s
                   AND state = 'new'
                   AND active
                   AND id NOT IN (SELECT match_id FROM ai_anomaly_found
                                   WHERE match_id IS NOT NULL)
                """,
                company.id,
                fields.Date.to_string(since),
            )
        )

    def _update_known(self, run):
        self.env.cr.execute(
            SQL(
                """
                UPDATE ai_anomaly
                   SET active = true, run_id = %s, %s
                  FROM ai_anomaly_found found
                 WHERE ai_anomaly.id = found.match_id AND ai_anomaly.state = 'new'
                """,
                run.id,
                SQL(", ").join(
                    SQL("%s = found.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in FIGURES
                ),
            )
        )

    def _insert_new(self, run, columns):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_anomaly (company_id, run_id, active, state, create_uid, create_date,
                                        write_uid, write_date, %(columns)s)
                SELECT %(company)s, %(run)s, true, 'new', %(user)s, now() AT TIME ZONE 'UTC',
                       %(user)s, now() AT TIME ZONE 'UTC', %(columns)s
                  FROM ai_anomaly_found
                 WHERE match_id IS NULL
              ORDER BY date, level, product_id
                """,
                company=run.company_id.id,
                run=run.id,
                user=self.env.uid,
                columns=columns,
            )
        )


def _row(anomaly):
    """Text of a found anomaly, in the order of KEYS and FIGURES."""
    subject = SUBJECTS.get(anomaly.level)
    subjects = (
        str(anomaly.id) if name == subject and anomaly.id else "\\N"
        for name in sorted(set(SUBJECTS.values()))
    )
    # Nothing expected: the deviation would be endless.
    deviation = anomaly.value / anomaly.expected - 1 if anomaly.expected > 0 else 0.0
    chart = anomaly.chart | {"start": str(anomaly.chart["start"])}
    days = int((anomaly.last - anomaly.first).astype(int)) + 1
    return (
        anomaly.level,
        anomaly.kind,
        "quantity" if anomaly.level == "product" else "revenue",
        *subjects,
        STEPS[anomaly.step],
        str(anomaly.first),
        str(anomaly.last),
        str(days),
        *map(
            repr,
            (
                anomaly.value,
                anomaly.expected,
                deviation,
                anomaly.z,
                abs(anomaly.z),
                anomaly.limit,
            ),
        ),
        anomaly.method,
        anomaly.severity,
        binary_copy.escaped(json.dumps(chart)),
    )
