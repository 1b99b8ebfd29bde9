"""What may be called over RPC, with which arguments, and how a call ended, in words."""

import inspect
import json
from dataclasses import dataclass

from odoo.exceptions import AccessError, UserError

from ...tools.compat import takes_ids

MODULE = "smart_recommender"
ALLOWED, REFUSED, TOLD = "allowed", "AccessError", "UserError"
# Odoo's own, with access rights that are tested elsewhere; of our models, ours are called.
OF_ODOO = {"copy", "create", "default_get", "load", "read", "unlink", "write"}
# What Odoo lets nobody call, and what answers only within a request.
PRIVATE = {"init"}
OF_REQUESTS = {("ir.http", "session_info")}
# How the id of a record is called that we know by another name than its model's.
NAMES = {
    "partner_id": "res.partner",
    "client_id": "res.partner",
    "product_id": "product.product",
    "order_id": "sale.order",
    "move_id": "account.move",
    "user_id": "res.users",
    "company_id": "res.company",
    "container_id": "ai.deposit.container",
    "experiment_id": "ai.experiment",
    "motive_id": "ai.complaint.motive",
    "next_id": "res.partner",
}
PLAIN = {
    "by": "revenue",
    "cards": [],
    "code": "orders",
    "data": [],
    "days": 30,
    "fields": ["name"],
    "history": True,
    "number": "+212661234567",
    "period": {"days": 30},
    "query": "a",
    "specification": {"display_name": {}},
    "step": "day",
    "text": "a",
    "tier": "gold",
    "vals": {},
    "vals_list": [{}],
}
FALLBACK = "1"
# {(method, argument): value} where a name means something else.
SPECIAL = {
    ("get_block", "code"): "operators",
    ("get_open_action", "code"): "revenue",
    ("get_product_comparison", "step"): "week",
    ("get_trends", "step"): "week",
}


@dataclass(frozen=True)
class Method:
    """A method that can be called over RPC. arguments : names of those that are given."""

    model: str
    name: str
    arguments: tuple
    on_records: bool

    def values(self, known):
        """{argument: value}, with ids from {model: id}."""
        return {name: self._value(name, known) for name in self.arguments}

    def _value(self, name, known):
        return SPECIAL.get((self.name, name)) or argument(name, known)

    def names_others(self):
        """Whether its arguments have ids in them."""
        return any(name == "line" or name.endswith(("_id", "_ids")) for name in self.arguments)


def is_ours(model):
    """Whether this addon made the model, and not only extends it."""
    return model._original_module == MODULE


def public_methods(env):
    """Every method of ours that a client of the RPC interface reaches."""
    found = []
    for model_name in sorted(env):
        model = env[model_name]
        cls = type(model)
        for name in sorted(dir(cls)):
            function = inspect.unwrap(getattr(cls, name, None)) if name[0] != "_" else None
            if not inspect.isfunction(function) or _is_left_out(model, name):
                continue
            if _is_of_ours(cls, name):
                found.append(describe(model, name, function))
    return found


def _is_left_out(model, name):
    if name in PRIVATE or (model._name, name) in OF_REQUESTS:
        return True
    return name in OF_ODOO and (model._abstract or not is_ours(model))


def _is_of_ours(cls, name):
    """Whether one of the classes that make up a model has a method of ours by a name, which Odoo
    does not keep from its clients."""
    definitions = [base.__dict__[name] for base in cls.__mro__ if name in base.__dict__]
    ours = any(
        getattr(each, "__module__", "").startswith(f"odoo.addons.{MODULE}.") for each in definitions
    )
    private = any(getattr(each, "_api_private", False) for each in definitions)
    return ours and not private


def describe(model, name, function):
    parameters = list(inspect.signature(function).parameters.values())[1:]
    given = tuple(
        parameter.name
        for parameter in parameters
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        and (parameter.default is parameter.empty or parameter.name.endswith(("_id", "_ids")))
    )
    return Method(model._name, name, given, takes_ids(getattr(type(model), name)))


def argument(name, known):
    if name == "line":
        return {each: argument(each, known) for each in ("product_id", "partner_id", "company_id")}
    if name == "product_ids":  # to be compared
        return [known["product.product"], known["second product"]]
    if name.endswith("_ids"):
        return [argument(name[:-1], known)]
    if name in NAMES:
        return known[NAMES[name]]
    if name.endswith("_id"):
        words = name[:-3].replace("_", ".")
        return next(
            (id_ for model, id_ in known.items() if model.endswith(words)), known["ai.call"]
        )
    return PLAIN.get(name, FALLBACK)


def outcome(call):
    """What a call ends with, in a word, and its result."""
    try:
        return ALLOWED, call()
    except AccessError:
        return REFUSED, None
    except UserError:
        return TOLD, None
    except Exception as error:  # pylint: disable=broad-except
        return f"{type(error).__name__}: {str(error).splitlines()[:1]}", None


def leaks(result, is_foreign, marker, given):
    """Ids and names of another company in a result, without those that the caller gave."""
    found = set()

    def walk(value):
        if isinstance(value, dict):
            for key, each in value.items():
                walk(key)
                walk(each)
        elif isinstance(value, list | tuple | set):
            for each in value:
                walk(each)
        elif isinstance(value, int) and is_foreign(value) and value not in given:
            found.add(value)
        elif isinstance(value, str) and marker in value:
            found.add(value[:80])

    walk(result if isinstance(result, list | tuple | dict | int | str) else repr(result))
    return sorted(found, key=str)


def is_sendable(result):
    """Whether the server can answer with it, records as ids included."""
    try:
        json.dumps(result, default=str)
    except TypeError:
        return False
    return True
