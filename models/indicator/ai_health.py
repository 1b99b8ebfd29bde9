"""How the server and what runs on it are: jobs, trainings, fitted models, database and disk.

Each check has a status, ok, degraded (something needs a look) or failed (something does not work),
and says why in words; the whole is as its worst check. Nothing is changed, and no lock is taken.
"""

import platform
import shutil
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from odoo import _, api, fields, models
from odoo.tools import config, format_datetime, human_size

from ...tools import compat, locks

STATUSES = ("ok", "degraded", "failed")
LIBRARIES = ("numpy", "scipy", "pandas", "scikit-learn", "joblib")
ADDON = "smart_recommender"
# Jobs and values later than this are late; the queue is woken at once, and the rest each hour.
LATE, VERY_LATE = timedelta(hours=2), timedelta(days=1)
OLD = timedelta(days=3)
LONG = timedelta(hours=6)
# Free share of the disk with the files.
LITTLE_SPACE, NO_SPACE = 0.10, 0.03


class AiHealth(models.AbstractModel):
    _name = "ai.health"
    _description = "Health"

    @api.model
    def _report(self):
        """{"status", "at", "checks"}, JSON-ready but for dates. The caller says who may see it.

        checks : [{code, area, name, status, text, company_id, values}], see the API's schema.
        """
        health = self.sudo()
        checks = [
            *health._check_jobs(),
            *health._check_queue(),
            *health._check_runs(),
            *health._check_models(),
            *health._check_values(),
            *health._check_server(),
        ]
        worst = max((STATUSES.index(each["status"]) for each in checks), default=0)
        return {"status": STATUSES[worst], "at": fields.Datetime.now(), "checks": checks}

    def _check(self, code, area, name, status, text, company=None, **values):
        return {
            "code": code,
            "area": area,
            "name": name,
            "status": status,
            "text": text,
            "company_id": company.id if company else None,
            "values": values,
        }

    def _moment(self, moment):
        return format_datetime(self.env, moment, dt_format="short")

    # ------------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------------

    def _check_jobs(self):
        ids = self.env["ir.model.data"].search([("module", "=", ADDON), ("model", "=", "ir.cron")])
        jobs = self.env["ir.cron"].with_context(active_test=False).browse(ids.mapped("res_id"))
        return [
            self._check(
                "job",
                _("Scheduled Actions"),
                job.cron_name,
                *self._state_of_job(job),
                last=job.lastcall or None,
                next=job.nextcall,
            )
            for job in jobs.exists().sorted("nextcall")
        ]

    def _state_of_job(self, job):
        """(status, text) of a scheduled action."""
        if not job.active:
            return "degraded", _("Switched off. Switch it on in Settings › Scheduled Actions.")
        late = fields.Datetime.now() - job.nextcall
        last = _("last %s", self._moment(job.lastcall)) if job.lastcall else _("never yet")
        if late < LATE:
            return "ok", _("Next %(next)s, %(last)s.", next=self._moment(job.nextcall), last=last)
        text = _(
            "Due since %(due)s, %(last)s. Does a server with scheduled actions "
            "(max_cron_threads above 0) run?",
            due=self._moment(job.nextcall),
            last=last,
        )
        return "failed" if late > VERY_LATE else "degraded", text

    # ------------------------------------------------------------------
    # Trainings
    # ------------------------------------------------------------------

    def _check_queue(self):
        runs = self.env["ai.training.run"]
        waiting = runs.search([("state", "=", "pending")], order="id")
        running = runs.search([("state", "=", "running")], order="id")
        problems = [text for run in running for text in self._problems_of(run)]
        oldest = waiting[:1].create_date
        if oldest and not running and fields.Datetime.now() - oldest > LATE:
            problems.append(_("The oldest has waited since %s.", self._moment(oldest)))
        said = _(
            "%(waiting)s waiting, %(running)s running.", waiting=len(waiting), running=len(running)
        )
        return [
            self._check(
                "queue",
                _("Training"),
                _("Queue"),
                "degraded" if problems else "ok",
                " ".join([said, *problems]),
                waiting=len(waiting),
                running=len(running),
                oldest=oldest or None,
            )
        ]

    def _problems_of(self, run):
        if not locks.is_training(run.company_id, run.kind):
            yield _("%s has lost its worker, and is tried again within the hour.", run.name)
        elif fields.Datetime.now() - run.started_at > LONG:
            start = self._moment(run.started_at)
            yield _("%(run)s has run since %(start)s.", run=run.name, start=start)

    def _check_runs(self):
        """The newest run of each kind of each company that learns every night."""
        runs = self.env["ai.training.run"]
        companies = self.env["res.company"].search(
            [("ai_enabled", "=", True), ("ai_auto_train", "=", True)]
        )
        newest = self._newest(companies, [("state", "in", ("done", "failed"))])
        done = self._newest(companies, [("state", "=", "done")])
        names = dict(runs._fields["kind"]._description_selection(self.env))
        return [
            self._check(
                "training",
                _("Training"),
                names[kind],
                *self._state_of_runs(newest.get((company, kind)), done.get((company, kind))),
                company=company,
                kind=kind,
                ended=(done.get((company, kind)) or runs).ended_at or None,
            )
            for company in companies
            for kind in runs._kinds()
        ]

    def _newest(self, companies, domain):
        """{(company, kind): newest run}."""
        groups = self.env["ai.training.run"]._read_group(
            [("company_id", "in", companies.ids), *domain], ["company_id", "kind"], ["id:max"]
        )
        found = self.env["ai.training.run"].browse(number for *_key, number in groups)
        return {(run.company_id, run.kind): run for run in found}

    def _state_of_runs(self, newest, done):
        """(status, text) of one kind. newest, done : runs, or None."""
        if newest is None:
            return "degraded", _("Never trained. Training › Run AI Training does it at once.")
        if newest.state == "failed":
            return "degraded", _("Failed: %s", newest.error or "")
        if fields.Datetime.now() - done.ended_at > OLD:
            return "degraded", _(
                "Last trained %s, although it is to be every night.", self._moment(done.ended_at)
            )
        return "ok", _("Trained %s.", self._moment(done.ended_at))

    def _check_models(self):
        """Fitted models that are kept: whether they would be trusted."""
        store = self.env["ai.model.store"]
        kept = self.env["ir.attachment"].search(store._kept_domain())
        broken = [
            run
            for run in self.env["ai.training.run"].browse(kept.mapped("res_id")).exists()
            if run.model_signature and not store._trusted_content(run)
        ]
        text = _("%s kept, all can be loaded.", len(kept))
        if broken:
            text = _(
                "Of other versions or damaged: %s. They are learned again by the next training.",
                ", ".join(run.name for run in broken),
            )
        return [
            self._check(
                "models",
                _("Training"),
                _("Fitted Models"),
                "degraded" if broken else "ok",
                text,
                kept=len(kept),
                broken=len(broken),
            )
        ]

    # ------------------------------------------------------------------
    # Indicators
    # ------------------------------------------------------------------

    def _check_values(self):
        rows = self.env["ai.kpi.restatement"].search([])
        known = {row.company_id: row.restated_at for row in rows}
        return [
            self._check(
                "indicators",
                _("Indicators"),
                _("Values"),
                *self._state_of_values(known.get(company)),
                company=company,
                computed=known.get(company) or None,
            )
            for company in self.env["res.company"].search([])
        ]

    def _state_of_values(self, moment):
        if not moment:
            return "degraded", _("Not computed yet: values are computed every hour.")
        is_late = fields.Datetime.now() - moment > LATE
        return "degraded" if is_late else "ok", _("Computed %s.", self._moment(moment))

    # ------------------------------------------------------------------
    # Server
    # ------------------------------------------------------------------

    def _check_server(self):
        return [self._check_database(), self._check_disk(), self._check_versions()]

    def _check_database(self):
        cr = self.env.cr
        cr.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, number = cr.fetchone()
        text = _("%(size)s, PostgreSQL %(version)s.", size=human_size(size), version=number)
        return self._check(
            "database", _("Server"), _("Database"), "ok", text, bytes=size, version=number
        )

    def _check_disk(self):
        folder = Path(config.filestore(self.env.cr.dbname))
        while not folder.exists():
            folder = folder.parent
        usage = shutil.disk_usage(folder)
        share = usage.free / usage.total
        text = _(
            "%(free)s free of %(total)s, %(share).0f%%.",
            free=human_size(usage.free),
            total=human_size(usage.total),
            share=100 * share,
        )
        status = "ok" if share >= LITTLE_SPACE else "degraded" if share >= NO_SPACE else "failed"
        return self._check(
            "disk",
            _("Server"),
            _("Disk"),
            status,
            text,
            free_bytes=usage.free,
            total_bytes=usage.total,
        )

    def _check_versions(self):
        addon = self.env["ir.module.module"].search([("name", "=", ADDON)])
        versions = {
            "odoo": compat.VERSION,
            ADDON: addon.latest_version,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        }
        text = ", ".join(f"{name} {number}" for name, number in versions.items())
        return self._check("versions", _("Server"), _("Versions"), "ok", text, **versions)
