"""The house's habits as functions: a file in, its faults out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

JUNK = {"utils", "helpers", "services", "service", "managers", "common", "misc", "base", "tools"}
POSITION = {"step", "standing", "turn", "resumes_at"}
NO_POSITION = {("item", "turn")}  # a list's item keeps the turn that it was decided in
WRITERS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITERS_BY_KEYWORD = {"save", "create", "update", "delete"}  # not `image.save(path)`
AVERTING = {"skip", "skipif", "xfail", "importorskip"}
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")  # marks that only join or enclose need no translator
WRITING_SQL = re.compile(r"(?i)\s*(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|TRUNCATE)\b")
HOST = re.compile(r"https?://|git\+|file:|^\s*-(-[\w-]*index|-find-links|i|f)\b|\"resolved\"")
INLINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def at(path: Path, node: ast.AST, what: str) -> str:
    return f"{path}:{getattr(node, 'lineno', 1)}: {what}"


def calls(module: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of the name it is made by."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is str}


def long_modules(path: Path, limit: int = 400) -> list[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    return [f"{path}: {lines} lines, at most {limit}"] if lines > limit else []


def long_templates(path: Path) -> list[str]:
    return long_modules(path, limit=120)


def junk_drawers(path: Path) -> list[str]:
    return [f"{path}: says nothing about what is inside"] if path.stem in JUNK else []


def missing_door_plates(path: Path) -> list[str]:
    """A module opens with one sentence; an empty package needs none."""
    module = tree(path)
    plate = (ast.get_docstring(module) or "").split("\n\n")[0]
    if not module.body or plate.endswith((".", "?", "!", ":", "。")):
        return []
    return [f"{path}: opens without a sentence on what it is"]


def unfinished(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{path}:{n}: {line}" for n, line in enumerate(lines, 1) if UNFINISHED.search(line)]


def inline_imports(path: Path) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    imports = (ast.Import, ast.ImportFrom)
    return [
        at(path, inner, "import inside a function")
        for outer in ast.walk(tree(path))
        if isinstance(outer, functions) and not (path.name == "apps.py" and outer.name == "ready")
        for inner in ast.walk(outer)
        if isinstance(inner, imports)
    ]


def written_positions(path: Path) -> list[str]:
    """Assignments to a position, and rows updated in one of its columns."""
    module = tree(path)
    found: list[ast.AST] = [call for call, name in calls(module) if _names_a_position(call, name)]
    found += [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store | ast.Del)
        and node.attr in POSITION
        and (_name(node.value), node.attr) not in NO_POSITION
    ]
    return [at(path, node, "a position is written by actions/_move.py alone") for node in found]


def _names_a_position(call: ast.Call, name: str) -> bool:
    keywords = {keyword.arg for keyword in call.keywords}
    values = [keyword.value for keyword in call.keywords if keyword.arg in {None, "defaults"}]
    if name in {"update", "aupdate"}:
        return bool(POSITION & keywords) or any(POSITION & strings(value) for value in values)
    if name == "update_or_create":
        return any(POSITION & strings(value) for value in values)
    if name in {"setattr", "bulk_update"}:
        given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
        return any(POSITION & strings(value) for value in given)
    if name in {"save", "asave"}:
        fields = [k.value for k in call.keywords if k.arg == "update_fields"]
        return any(POSITION & strings(value) for value in fields)
    return False


def unscoped_rows(path: Path) -> list[str]:
    managers = {"objects", "_default_manager", "_base_manager"}
    return [
        at(path, node, "rows come from access.scope or a selector")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in managers
    ]


def writes(path: Path) -> list[str]:
    """Calls that change rows: by a manager, a query set, a model or raw SQL."""
    module = tree(path)
    found: list[ast.AST] = [call for call, name in calls(module) if _writes(call, name)]
    found += [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and WRITING_SQL.match(node.value)
    ]
    return [at(path, node, "only actions/ write") for node in found]


def _writes(call: ast.Call, name: str) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = name.removeprefix("a") if name.removeprefix("a") in WRITERS_BY_KEYWORD else name
    return name in WRITERS or (name in WRITERS_BY_KEYWORD and not call.args)


def app_imports(path: Path) -> list[str]:
    """A migration copies what it needs: the code it would import moves on without it."""
    return [
        at(path, node, "a migration imports code of the house")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("juxian"))
        or (isinstance(node, ast.Import) and any(n.name.startswith("juxian") for n in node.names))
    ]


def untranslated_chinese(path: Path) -> list[str]:
    module = tree(path)
    wrapped = (call for call, name in calls(module) if name in TRANSLATORS)
    spared = {id(node) for call in wrapped for node in ast.walk(call)}
    for node in ast.walk(module):
        if isinstance(node, ast.Expr):  # a docstring
            spared.add(id(node.value))
    return [
        at(path, node, f"{node.value!r} is not wrapped for translation")
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in spared
        and CHINESE.search(node.value)
    ]


def open_views(path: Path) -> list[str]:
    """Places that let people in without signing in."""
    return [
        at(path, node, "only the public desk and the account pages are open to all")
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name | ast.Attribute) and _name(node) == "login_not_required")
        or (isinstance(node, ast.Assign) and "login_required" in map(_name, node.targets))
    ]


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def named_hosts(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{path}:{n}: {line}" for n, line in enumerate(lines, 1) if HOST.search(line)]


def inline_code(path: Path) -> list[str]:
    """Scripts and styles inside a page: the content security policy would stop them."""
    text = re.sub(r"{[%{#].*?[%}#]}", "", path.read_text(encoding="utf-8"))
    return [f"{path}: {match.group().strip()}" for match in INLINE_CODE.finditer(text)]


def averted_eyes(path: Path) -> list[str]:
    """Tests that are skipped, or expected to fail."""
    return [
        at(path, node, "a test that does not look")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in AVERTING
    ]
