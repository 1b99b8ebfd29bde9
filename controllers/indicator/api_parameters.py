"""What may be asked: declared once, read by requests and by the OpenAPI document.

Helps are in English, see :mod:`.api_texts`.
"""

from dataclasses import dataclass
from datetime import date

from odoo import _

from ...tools.api_error import ApiError
from .api_texts import _lt

INTEGER, TEXT, DATE, FLAG, LIST, IDS = "integer", "text", "date", "flag", "list", "ids"
MOST_ROWS = 500
# What PostgreSQL takes for an id.
MOST_ID = 2**31 - 1
# Nothing is older, and there is room for a period before one that begins here.
FIRST_DAY = date(1970, 1, 1)
FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """name : in the address; kind : one of the above; help : in English; choices : values that a
    parameter, or each of a LIST, may take, none for any; low, high : of INTEGER and IDS;
    default : where the request has none; path : whether it is a part of the path."""

    name: str
    kind: str
    help: str
    choices: tuple = ()
    low: int = 0
    high: int = MOST_ID
    default: object = None
    path: bool = False

    def value_of(self, text):
        """The value of a text. Raises ApiError 400 that says what would be right."""
        value = getattr(self, f"_read_{self.kind}")(text.strip())
        for each in value if self.kind == LIST else (value,):
            if self.choices and each not in self.choices:
                raise self._refuse(_("One of %s.", ", ".join(map(str, self.choices))))
        return value

    def _read_text(self, text):
        if not text or "\0" in text:
            raise self._refuse(_("Give a text."))
        return text

    def _read_integer(self, text):
        # "１" and "1_000" are numbers to Python.
        if not (text.isascii() and text.lstrip("-").isdigit() and len(text) < 20):
            raise self._refuse(_("A whole number."))
        value = int(text)
        if not self.low <= value <= self.high:
            raise self._refuse(_("From %(low)s to %(high)s.", low=self.low, high=self.high))
        return value

    def _read_date(self, text):
        try:
            day = date.fromisoformat(text)
            if len(text) != len("2026-01-31") or day < FIRST_DAY:
                raise ValueError(text)
            return day
        except ValueError:
            raise self._refuse(_("A day as YYYY-MM-DD, from 1970 on.")) from None

    def _read_flag(self, text):
        if text.lower() not in FLAGS:
            raise self._refuse(_("true or false."))
        return FLAGS[text.lower()]

    def _read_list(self, text):
        found = [each.strip() for each in text.split(",") if each.strip()]
        if not found:
            raise self._refuse(_("Words with commas between them."))
        return list(dict.fromkeys(found))

    def _read_ids(self, text):
        return list(dict.fromkeys(self._read_integer(each.strip()) for each in text.split(",")))

    def _refuse(self, remedy):
        return ApiError(
            400,
            "invalid_parameter",
            _("%(name)s is not understood. %(remedy)s", name=self.name, remedy=remedy),
            self.name,
        )

    def schema(self):
        """JSON schema of the value."""
        found = {
            INTEGER: {"type": "integer", "minimum": self.low, "maximum": self.high},
            TEXT: {"type": "string", "minLength": 1},
            DATE: {"type": "string", "format": "date"},
            FLAG: {"type": "boolean"},
            LIST: {"type": "array", "items": {"type": "string"}, "minItems": 1},
            IDS: {
                "type": "array",
                "items": {"type": "integer", "minimum": self.low, "maximum": self.high},
                "minItems": 1,
            },
        }[self.kind]
        if self.choices:
            (found["items"] if self.kind == LIST else found)["enum"] = list(self.choices)
        return found if self.default is None else {**found, "default": self.default}


COMPANY = Parameter(
    "company_id",
    INTEGER,
    _lt("Id of one of the companies of the key's user; without it that of the user."),
    low=1,
)
PERIOD = (
    Parameter(
        "days",
        INTEGER,
        _lt("The last 7, 30 or 90 complete days; 30 without any of these three."),
        choices=(7, 30, 90),
    ),
    Parameter("date_from", DATE, _lt("First day of a period of your own, with date_to.")),
    Parameter("date_to", DATE, _lt("Its last day, yesterday at the latest; 400 days at most.")),
)
PAGE = (
    Parameter("limit", INTEGER, _lt("Rows of a page."), low=1, high=MOST_ROWS, default=100),
    Parameter("offset", INTEGER, _lt("Rows to leave out before it."), default=0),
)


def read_all(parameters, given):
    """{name: value} of a request, defaults filled in; None where there is neither.

    parameters : those that are allowed; given : werkzeug MultiDict of texts. Raises ApiError 400
    for what is unknown, given twice or not understood.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name, texts in given.lists():
        if name not in known:
            allowed = ", ".join(known) or _("none")
            raise ApiError(
                400,
                "unknown_parameter",
                _("There is no parameter %(name)s here. Allowed: %(all)s.", name=name, all=allowed),
                name,
            )
        if len(texts) > 1:
            raise ApiError(400, "repeated_parameter", _("Give %s once.", name), name)
    return {
        name: parameter.value_of(given[name]) if name in given else parameter.default
        for name, parameter in known.items()
    }


def period_of(values):
    """The period of ``ai.kpi.reader`` that a request asks for. values : what ``read_all`` found."""
    ends = {name: values[name] for name in ("date_from", "date_to")}
    missing = [name for name, value in ends.items() if value is None]
    if values["days"] and len(missing) < 2:
        raise ApiError(
            400, "conflicting_parameters", _("Give days, or date_from and date_to."), "days"
        )
    if len(missing) == 1:
        raise ApiError(
            400, "missing_parameter", _("date_from and date_to go together."), missing[0]
        )
    if missing:
        return {"days": values["days"] or 30}
    return {name: day.isoformat() for name, day in ends.items()}
