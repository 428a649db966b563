"""Small changes to a module, one at a time, as a slip of a programmer would make them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

_GONE = object()
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_DROPPED = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break, ast.Delete)


@dataclass
class Mutant:
    """One change: what stood there, what stands there instead, and where."""

    line: int
    before: str
    after: str
    inside: str
    """The function whose body it changes, such as `Line.at`; empty for what runs when the module is loaded."""
    _owner: ast.AST = field(repr=False)
    _name: str = field(repr=False)
    _position: int | None = field(repr=False)
    _new: Any = field(repr=False)

    @contextmanager
    def applied(self) -> Iterator[None]:
        """Change the tree, and change it back."""
        old = getattr(self._owner, self._name)
        if self._position is None:
            new = self._new
        else:
            new = [*old[: self._position], *([] if self._new is _GONE else [self._new]), *old[self._position + 1 :]]
        setattr(self._owner, self._name, new)
        try:
            yield
        finally:
            setattr(self._owner, self._name, old)


class Mutated:
    """A module and all its mutants, in the order of its lines."""

    def __init__(self, source: str, file: str) -> None:
        self.file = file
        self.lines = source.splitlines()
        self.tree = ast.parse(source)
        self.mutants: list[Mutant] = []
        self._line = 1
        self._inside = ""
        self._names: list[str] = []
        self._visit(self.tree)
        self.mutants.sort(key=lambda mutant: mutant.line)

    def code(self, mutant: Mutant) -> CodeType:
        """Return the module with one mutant in it."""
        with mutant.applied():
            return compile(ast.fix_missing_locations(self.tree), self.file, "exec")

    def _add(
        self, owner: ast.AST, name: str, new: Any, position: int | None = None, shown: ast.AST | None = None
    ) -> None:
        shown = shown or owner
        mutant = Mutant(self._line, ast.unparse(shown), "", self._inside, owner, name, position, new)
        with mutant.applied():
            mutant.after = ast.unparse(ast.fix_missing_locations(shown))
        if mutant.after != mutant.before:
            self.mutants.append(mutant)

    # --- the walk -------------------------------------------------------------------------------------------------

    def _visit(self, node: ast.AST) -> None:
        self._line = getattr(node, "lineno", self._line)
        match node:
            case ast.FunctionDef():
                self._function(node)
                return
            case ast.ClassDef():
                self._names.append(node.name)
                self._children(node, ("decorator_list", "keywords", "body"))
                self._names.pop()
                return
            case ast.AnnAssign():
                self._annotated(node)
                return
            case ast.ImportFrom() | ast.Import():
                return
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return
        self._change(node)
        self._children(node, node._fields)

    def _children(self, node: ast.AST, names: tuple[str, ...]) -> None:
        for name in names:
            found = getattr(node, name, None)
            for position, child in enumerate(found if isinstance(found, list) else [found]):
                if isinstance(child, ast.stmt) and isinstance(found, list):
                    self._statement(node, name, position, child)
                if isinstance(child, ast.AST) and not _is_docstring(child):
                    self._visit(child)

    def _function(self, node: ast.FunctionDef) -> None:
        # Defaults and decorators count when the module is loaded, and so where the function stands, not inside.
        if node.args.defaults:
            self._add(node.args, "defaults", _GONE, 0)
        for position, default in enumerate(node.args.kw_defaults):
            if default is not None:
                self._add(node.args, "kw_defaults", None, position)
        for default in (*node.args.defaults, *node.args.kw_defaults, *node.decorator_list):
            if default is not None:
                self._visit(default)
        before = self._inside
        self._names.append(node.name)
        self._inside = before or ".".join(self._names)
        self._children(node, ("body",))
        self._names.pop()
        self._inside = before

    def _annotated(self, node: ast.AnnAssign) -> None:
        # What a class says of its fields is read when the class is made; elsewhere an annotation means nothing.
        if self._names and not self._inside:
            self._visit(node.annotation)
            if node.value is not None:
                self._add(node, "value", None)
        if node.value is not None:
            self._visit(node.value)

    def _statement(self, owner: ast.AST, name: str, position: int, node: ast.stmt) -> None:
        if _is_docstring(node):
            return
        self._line = node.lineno
        kept = isinstance(node, ast.Assign) and not isinstance(node.targets[0], ast.Subscript | ast.Attribute)
        if isinstance(node, (*_DROPPED, ast.Assign)) and not kept:
            self._dropped(owner, name, position, node)
        match node:
            case ast.Assign() if kept and self._inside and not _is_none(node.value):
                self._add(node, "value", ast.Constant(None))
            case ast.Return() if node.value is not None and not _is_none(node.value):
                self._add(node, "value", ast.Constant(None))
            case ast.Continue():
                self._swapped(owner, name, position, node, ast.Break())
            case ast.Break():
                self._swapped(owner, name, position, node, ast.Continue())

    def _dropped(self, owner: ast.AST, name: str, position: int, node: ast.stmt) -> None:
        self._swapped(owner, name, position, node, ast.Pass())

    def _swapped(self, owner: ast.AST, name: str, position: int, node: ast.stmt, new: ast.stmt) -> None:
        ast.copy_location(new, node)
        after = ast.unparse(new)
        self.mutants.append(Mutant(node.lineno, ast.unparse(node), after, self._inside, owner, name, position, new))

    # --- the changes ----------------------------------------------------------------------------------------------

    def _change(self, node: ast.AST) -> None:
        match node:
            case ast.Compare():
                for position, sign in enumerate(node.ops):
                    for other in _COMPARED[type(sign)]:
                        self._add(node, "ops", other(), position)
            case ast.BoolOp():
                self._add(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
                for position in range(len(node.values)):
                    self._add(node, "values", ast.Constant(isinstance(node.op, ast.And)), position)
            case ast.BinOp() if type(node.op) in _COUNTED and (self._inside or not _of_types(node)):
                self._add(node, "op", _COUNTED[type(node.op)]())
            case ast.AugAssign() if type(node.op) in _COUNTED:
                self._add(node, "op", _COUNTED[type(node.op)]())
            case ast.UnaryOp(op=ast.USub()):
                self._add(node, "op", ast.UAdd())
            case ast.UnaryOp(op=ast.Not()):
                self._add(node, "operand", _negated(node.operand))
            case ast.If() | ast.While() | ast.IfExp():
                self._add(node, "test", _negated(node.test), shown=node if isinstance(node, ast.IfExp) else None)
            case ast.comprehension():
                for position in range(len(node.ifs)):
                    self._add(node, "ifs", _GONE, position)
            case ast.Call():
                self._call(node)
            case ast.Slice():
                for end in ("lower", "upper"):
                    if getattr(node, end) is not None:
                        self._add(node, end, None)
            case ast.Match() if len(node.cases) > 1:
                for position, case in enumerate(node.cases):
                    gone = "case " + ast.unparse(case.pattern)
                    at = case.pattern.lineno
                    self.mutants.append(Mutant(at, gone, "no such case", self._inside, node, "cases", position, _GONE))
            case ast.match_case() if node.guard is not None:
                self._line = node.pattern.lineno
                self._add(node, "guard", ast.Constant(value=True))
            case ast.Name() if node.id in _TWINS and isinstance(node.ctx, ast.Load):
                self._add(node, "id", _TWINS[node.id])
            case ast.Constant():
                self._constant(node)

    def _call(self, node: ast.Call) -> None:
        for position, word in enumerate(node.keywords):
            told, name = ast.unparse(word.value), word.arg or "**"
            before = f"{ast.unparse(node.func)}(..., {name}={told})"
            after = f"{ast.unparse(node.func)}(...)"
            self.mutants.append(
                Mutant(word.value.lineno, before, after, self._inside, node, "keywords", position, _GONE)
            )
        if len(node.args) > 1:
            self._add(node, "args", _GONE, len(node.args) - 1)

    def _constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool():
                self._add(node, "value", not node.value)
            case int() | float():
                self._add(node, "value", node.value + 1)
                self._add(node, "value", node.value - 1)
            case str():
                self._add(node, "value", f"XX{node.value}")


def _negated(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _of_types(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.BitOr)
