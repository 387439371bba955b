"""Every regular expression of the packages, where it is used, and the worst texts that can be made for it.

Expressions are found in the source and read with the names of the module they stand in, so that one put together from
parts is found as well. The worst texts are made from the expression itself: whatever may repeat is repeated, behind
what leads to it, in front of what cannot follow.
"""

from __future__ import annotations

import ast
import importlib
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers import ROOT

try:
    from re import _constants as kinds  # type: ignore[attr-defined]
    from re import _parser as reader  # type: ignore[attr-defined]
except ImportError:  # before 3.11 they had names of their own
    import sre_constants as kinds
    import sre_parse as reader

PACKAGES = ("belgrano", "ahorro", "ticketera")
METHODS = frozenset({"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})
# What else takes an expression: a function of ours, and which of its arguments is one.
OURS = {"allow_larger": 1}
SIZES = (8, 16, 20, 24, 28, 32, 64, 256, 1024, 4096, 16_384)


MOST_S = 0.02  # what is quicker needs no proof
GROWTH = 3.0  # from half the text to the whole: 2 where time is linear, 4 where it is quadratic


@dataclass
class Expression:
    """One expression: where it stands, what it is called there, and the methods it is used with."""

    where: str
    name: str
    pattern: re.Pattern[Any]
    methods: set[str] = field(default_factory=set)


def modules() -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "versions" not in path.parts and path.stem not in {"asgi", "__main__"}:
                parts = path.relative_to(ROOT).with_suffix("").parts
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def expressions() -> list[Expression]:
    """All of them. Raises AssertionError for one that cannot be read: it has to stand where it can be looked at."""
    found: list[Expression] = []
    trees = {name: ast.parse(path.read_text()) for name, path in modules()}
    for name, tree in trees.items():
        found += _of_module(name, tree)
    uses = _uses(trees)
    for each in found:
        each.methods |= uses.get(each.name, set()) if each.name else set()
    return found


def _of_module(name: str, tree: ast.Module) -> Iterator[Expression]:
    owners = _owners(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node)
        keyword = next((k.value for k in node.keywords if k.arg == "pattern"), None)
        if keyword is not None and called not in {"compile", *METHODS}:
            yield _read(name, node, keyword, "", {"search"})  # pydantic's
        elif _of_re(node) and (called == "compile" or called in METHODS):
            written = node.args[0] if node.args else keyword
            assert written is not None
            if called == "compile" and _is_parameter_of_ours(tree, node, written):
                continue  # its callers are read
            yield _read(name, node, written, owners.get(node, ""), {called} if called in METHODS else set())
        elif called in OURS:
            yield _read(name, node, node.args[OURS[called]], "", {"fullmatch"})


def _read(module: str, node: ast.Call, written: ast.expr, name: str, methods: set[str]) -> Expression:
    where = f"{module}:{node.lineno}"
    flags = next((k.value for k in node.keywords if k.arg == "flags"), None)
    if flags is None and _called(node) == "compile" and len(node.args) > 1:
        flags = node.args[1]
    space = vars(importlib.import_module(module))

    def value(of: ast.expr) -> Any:
        return eval(compile(ast.Expression(of), where, "eval"), dict(space))

    try:
        if isinstance(written, ast.JoinedStr):
            written.values = [_word_for(each, value) for each in written.values]
        text, bits = value(written), value(flags) if flags is not None else 0
    except NameError as error:
        raise AssertionError(f"{where}: an expression that cannot be read from outside ({error})") from None
    if isinstance(text, re.Pattern):
        return Expression(where, name, text, methods)
    return Expression(where, name, re.compile(text, bits), methods)


def _word_for(part: ast.expr, value: Callable[[ast.expr], Any]) -> ast.expr:
    """A part of an f-string; a word in the place of one that is known only when it runs."""
    if isinstance(part, ast.FormattedValue):
        try:
            value(part.value)
        except NameError:
            return ast.copy_location(ast.Constant("word"), part)
    return part


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _of_re(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re"


def _owners(tree: ast.Module) -> dict[ast.Call, str]:
    """The name each compiled expression is given."""
    owners: dict[ast.Call, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            owners[node.value] = getattr(target, "id", getattr(target, "attr", ""))
    return owners


def _is_parameter_of_ours(tree: ast.Module, call: ast.Call, written: ast.expr) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in OURS and call in ast.walk(node):
            return isinstance(written, ast.Name) and written.id == node.args.args[OURS[node.name]].arg
    return False


def _uses(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """By the name of an expression the methods called on it, anywhere."""
    uses: dict[str, set[str]] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
                owner = node.func.value
                name = getattr(owner, "id", getattr(owner, "attr", ""))
                uses.setdefault(name, set()).add(node.func.attr)
    return uses


def cost(expression: Expression, longest: int = 16_384) -> tuple[float, str]:
    """The most CPU (seconds) that a text up to so long costs beyond linear time, and which text; 0 when none does.

    A text that takes long is held against half of it at once, so that a slow machine is nobody's fault.
    """
    for method in sorted(expression.methods or {"search"}):
        for begin, pump, end in attacks(expression.pattern):
            for size in (size for size in SIZES if size <= longest):
                times = max(2, size // len(pump))
                took = _timed(expression.pattern, method, begin + pump * times + end)
                if took > MOST_S and _grows(expression.pattern, method, begin, pump, end, times):
                    return took, f"{method} {begin!r} + {pump!r} * {times} + {end!r}"
    return 0.0, ""


def _grows(pattern: re.Pattern[Any], method: str, begin: str, pump: str, end: str, times: int) -> bool:
    whole, half = begin + pump * times + end, begin + pump * (times // 2) + end
    took = [(_timed(pattern, method, whole), _timed(pattern, method, half)) for _ in range(3)]
    return min(whole for whole, _ in took) > GROWTH * min(half for _, half in took)


def _timed(pattern: re.Pattern[Any], method: str, text: str) -> float:
    call = getattr(pattern, method)
    said = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    args = (said[:0], said) if method in {"sub", "subn"} else (said,)
    began = time.thread_time()
    found = call(*args)
    if method == "finditer":
        for _ in found:
            pass
    return time.thread_time() - began


def attacks(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """Texts in three parts, the middle one to be repeated."""
    chance = random.Random(repr(pattern.pattern))
    tree = reader.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    pumps: dict[tuple[str, str], None] = {}
    for begin, body in _repeats(tree, "", chance):
        pumps[begin, body] = None
        pumps["", body] = None
        if begin:
            pumps["", begin + body] = None
    whole = _sample(tree, chance)
    written = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    signs = [c for c in dict.fromkeys(written) if not c.isalnum()][:12]
    for each in (whole, *dict.fromkeys(whole), *" \\.a0", *(a + b for a in signs for b in signs if a != b)):
        if each:
            pumps["", each] = None
    return [(begin, pump, end) for begin, pump in pumps for end in ("\0!\n\\", "")]


def _repeats(tree: Any, before: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each part that may repeat: a text that leads to it, and a text of it; neighbours that repeat, too."""
    for kind, value in tree:
        if kind in _REPEATS:
            _, most, inside = value
            if most > 8:
                bodies = {_sample(inside, chance) for _ in range(4)}
                for body in bodies - {""}:
                    yield before, body
            yield from _repeats(inside, before, chance)
        elif kind is kinds.SUBPATTERN:
            yield from _repeats(value[-1], before, chance)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before, chance)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from _repeats(value[1], before, chance)
        before += _sample([(kind, value)], chance)


_REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT} | {getattr(kinds, "POSSESSIVE_REPEAT", kinds.MAX_REPEAT)}
_OF = {
    kinds.CATEGORY_DIGIT: "0", kinds.CATEGORY_NOT_DIGIT: "a", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_NOT_SPACE: "a",
    kinds.CATEGORY_WORD: "a", kinds.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def _sample(tree: Any, chance: random.Random) -> str:
    """A text that the parsed expression takes (but for what looks around)."""
    text = ""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            text += chr(value)
        elif kind is kinds.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif kind is kinds.ANY:
            text += chance.choice("a .0")
        elif kind is kinds.IN:
            text += _one_of(value, chance)
        elif kind in _REPEATS:
            least, most, inside = value
            for _ in range(max(least, min(most, chance.choice((least, least + 1))))):
                text += _sample(inside, chance)
        elif kind is kinds.SUBPATTERN:
            text += _sample(value[-1], chance)
        elif kind is kinds.BRANCH:
            text += _sample(chance.choice(value[1]), chance)
        elif kind is getattr(kinds, "ATOMIC_GROUP", None):
            text += _sample(value, chance)
    return text


def _one_of(items: Any, chance: random.Random) -> str:
    taken = [item for item in items if item[0] is not kinds.NEGATE]
    if len(taken) < len(items):  # all but these
        refused = re.compile("".join(_shown(item) for item in taken).join(("[", "]")))
        return next((c for c in 'a 0.-"x\n' if not refused.match(c)), "\u00f1")
    kind, value = chance.choice(taken)
    if kind is kinds.RANGE:
        return chr(chance.randint(value[0], min(value[1], value[0] + 60)))
    return _OF[value] if kind is kinds.CATEGORY else chr(value)


def _shown(item: Any) -> str:
    kind, value = item
    if kind is kinds.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if kind is kinds.CATEGORY:
        return {"0": r"\d", "a": r"\w", " ": r"\s"}[_OF[value]]
    return re.escape(chr(value))
