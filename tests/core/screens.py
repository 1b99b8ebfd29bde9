"""Each screen of ours, opened as the client does, and the numbers that no screen may show."""

import math

from lxml import etree

from .access import MODULE, is_ours

LISTS = ("tree", "list")
COUNTED = ("pivot", "graph")
ROWS = 80
# Of figures that are shares, by the end of their names.
SHARES = ("confidence", "probability", "chance")


def actions(env):
    data = env["ir.model.data"].search(
        [("module", "=", MODULE), ("model", "=", "ir.actions.act_window")]
    )
    return env["ir.actions.act_window"].browse(data.mapped("res_id")).exists()


def open_action(env, action):
    """What the client asks for as it shows the first screen of an action, and its first record.

    Returns the answers, a list.
    """
    model = env[action.res_model]
    views = [[view_id, kind] for view_id, kind in action.sudo().views]
    archs = model.get_views(views)["views"]
    answers = []
    for _view_id, kind in views:
        fields = _fields(archs[kind]["arch"], model)
        if kind in COUNTED:
            answers.append(_counted(model, archs[kind]["arch"], fields))
        elif kind in (*LISTS, "kanban") and not model._transient:
            answers.append(model.web_search_read([], {name: {} for name in fields}, limit=ROWS))
        elif kind == "form" and not model._transient:
            answers.append(model.search([], limit=1).web_read({name: {} for name in fields}))
    return answers


def _fields(arch, model):
    """Names of the model's own fields in a view."""
    root = etree.fromstring(arch)
    nested = set(root.xpath("//field//field")) if root.tag != "kanban" else set()
    names = [node.get("name") for node in root.iter("field") if node not in nested]
    return [name for name in dict.fromkeys(names) if name in model._fields]


def _counted(model, arch, fields):
    """The groups of a pivot or a graph."""
    nodes = [node for node in etree.fromstring(arch).iter("field") if node.get("type") != "measure"]
    groups = []
    for node in nodes[:1]:
        interval = node.get("interval")
        groups.append(f"{node.get('name')}:{interval}" if interval else node.get("name"))
    stored = [name for name in fields if model._fields[name].store]
    numbers = [name for name in stored if model._fields[name].type in ("float", "monetary")]
    measures = [f"{name}:sum" for name in numbers if name not in groups]
    if hasattr(model, "formatted_read_group"):  # from 19 on
        return model.formatted_read_group([], groups, ["__count", *measures])
    return model.read_group([], measures, groups, lazy=False)


def bad_numbers(value):
    """NaN and infinite numbers in the answer of a method."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [bad for each in value for bad in bad_numbers(each)]
    return [value] if isinstance(value, float) and not math.isfinite(value) else []


def bad_figures(env):
    """What no column of ours may hold, in a line each: no number, or a share outside 0 to 1."""
    found = []
    for model in env.values():
        if not is_ours(model) or not model._auto or model._abstract or model._transient:
            continue
        for name, field in model._fields.items():
            if field.store and field.column_type and field.column_type[0] in ("float8", "numeric"):
                found += _bad_figures(model, name)
    return found


def _bad_figures(model, name):
    column = f'"{name}"'
    condition = f"{column} IN ('NaN', 'Infinity', '-Infinity')"
    if name.endswith(SHARES):
        condition += f" OR {column} NOT BETWEEN 0 AND 1"
    model.env.cr.execute(  # names of ours
        f"SELECT id, {column} FROM {model._table} WHERE {condition} LIMIT 3"  # noqa: S608
    )
    return [f"{model._name} {id_}: {name} is {value}" for id_, value in model.env.cr.fetchall()]
