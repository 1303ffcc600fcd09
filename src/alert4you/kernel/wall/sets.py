"""What a hat has (its children of today, its teams, its consents), looked up once while it is worn.

PostgreSQL takes ten times as long to plan a policy as to ask it, and plans it anew for every statement and
every table in it. So what a policy looks up by a value of the hat becomes a function without arguments: its
plan is kept by the connection, and the rows of a table are compared with what it found.
"""

import re
from collections.abc import Iterator

from alert4you.kernel.policies import guarded_models
from alert4you.kernel.wall.names import SETS

EXISTS = "EXISTS("
# Without it whatever is asked of one row is planned a second time, for all rows at once.
ONE_BY_ONE = " OFFSET 0"
SIGN = re.compile(r"'[^']*'|[()]| AND | OR ")
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)" (\w+)')
COLUMN = re.compile(r'("?\w+"?)\."\w+"')
BY_THE_HAT = re.compile(r'\(*\w+\."\w+" (?:= nullif|(?:IN |= ANY\(ARRAY)\(+SELECT )')
CONSTANT = re.compile(r"""\w+\."\w+" = '[^']*'""")
OF_POLICY = re.compile(r"\b\w+_(?=[A-Z]{1,2}\d+\b)")  # before the names of tables in it
SAME = re.compile(r'(had\.c\d+) = \(("?\w+"?\."\w+")\)')
# What one hat has is little: each row is looked up, never a whole table read to join with. That is done once
# while the hat is worn, and again when it is put back on after a command wrote something.
MADE = """CREATE FUNCTION "{{name}}"() RETURNS {returns} LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off
AS $$ DECLARE
    worn text := current_setting('alert4you.worn', true) || ' ';
    kept text := current_setting('alert4you.{{name}}', true);
    found {many};
BEGIN
    IF starts_with(kept, worn) THEN
        found := substr(kept, length(worn) + 1);
    ELSE
        found := ARRAY(SELECT {one} FROM "{{name}}" one);
        PERFORM set_config('alert4you.{{name}}', worn || found::text, true);
    END IF;
    RETURN {answer};
END $$"""
OF_IDS = MADE.format(returns="uuid[]", many="uuid[]", one="c0", answer="found")
OF_ROWS = MADE.format(
    returns='SETOF "{name}" ROWS 10',
    many='"{name}"[]',
    one="one",
    answer="QUERY SELECT * FROM unnest(found)",
)


class Sets:
    """The sets that policies look things up in; what is looked up in the same way is one set, and so is
    what compares a column of it with a constant.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._of_ids: set[str] = set()
        self._wider: dict[str, tuple[str, dict[str, str]]] = {}  # rows -> their set and its columns

    def asked(self, condition: str) -> str:
        """A condition on the rows of a table, that asks a set where it looked up for itself."""
        before, found, rest = condition.partition(EXISTS)
        if not found:
            return condition
        end = _closing(rest)
        inside, after = rest[:end], self.asked(rest[end + 1 :])
        set_ = self._looked_up(inside)
        return before + (set_ or f"{EXISTS}{self.asked(inside)}{ONE_BY_ONE})") + after

    def statements(self, hats: str) -> Iterator[str]:
        """What makes the sets, for these roles: a view tells the columns, a function keeps the plan."""
        for query, name in self._names.items():
            yield f'CREATE VIEW "{name}" AS {query}'
            yield (OF_IDS if name in self._of_ids else OF_ROWS).format(name=name)
            yield f'REVOKE EXECUTE ON FUNCTION "{name}" FROM PUBLIC'
            yield f'GRANT EXECUTE ON FUNCTION "{name}" TO {hats}'

    def _looked_up(self, inside: str) -> str:
        """An EXISTS as a question to a set; empty when no value of the hat keeps that set small.

        A set is looked up by the owner, before whom no wall stands: so never in a guarded table itself.
        """
        tables, aliases = map(set, zip(*TABLE.findall(inside), strict=True))
        head, _, where = inside.removesuffix(" LIMIT 1").partition(" WHERE ")
        ours: list[str] = []
        outer: list[str] = []
        for part in _parts(where):
            (ours if {*COLUMN.findall(part)} <= aliases else outer).append(part)
        source = head.partition(" FROM ")[2]
        bounded = any(map(BY_THE_HAT.match, ours)) and "SELECT" not in "".join(outer)
        mixed = len({*OF_POLICY.findall(" ".join((source, *ours)))}) > 1
        if not bounded or mixed or tables & guarded_models().keys():
            return ""
        constant = [part for part in ours if CONSTANT.fullmatch(part)]
        wider = [part for part in ours if part not in constant]
        name, columns = self._wider.get(_rows(source, wider), ("", {}))
        if name and _columns(constant + outer, aliases).keys() <= columns.keys():
            return _among(name, *(_compared(each, aliases, columns) for each in (outer, constant)))
        columns = {column: f"c{n}" for n, column in enumerate(_columns(outer, aliases))}
        compared = _compared(outer, aliases, columns)
        same = SAME.fullmatch(compared)
        rows = _rows(source, ours + [f"{column} IS NOT NULL" for column in columns if same])
        told = ", ".join(f"{column} AS {name}" for column, name in columns.items()) or "1 AS c0"
        query = f"SELECT {told} FROM {rows}"  # noqa: S608
        name = self._names.setdefault(query, f"{SETS}{len(self._names) + 1}")
        if same:
            self._of_ids.add(name)
            return _is_any(same[2], f'(SELECT "{name}"())::uuid[]')
        self._wider.setdefault(rows, (name, columns))
        return _among(name, compared, "")


def _among(name: str, compared: str, constant: str) -> str:
    """PostgreSQL knows that few ids are few, and reckons with half of all rows for any EXISTS."""
    if same := SAME.fullmatch(compared):
        also = " AND ".join(filter(None, (f"{same[1]} IS NOT NULL", constant)))
        return _is_any(same[2], f'ARRAY(SELECT {same[1]} FROM "{name}"() had WHERE {also})')  # noqa: S608
    where = " AND ".join(filter(None, (compared, constant))) or "true"
    return f'EXISTS(SELECT FROM "{name}"() had WHERE {where})'


def _is_any(column: str, ids: str) -> str:
    return f"({column} IS NOT NULL AND {column} = ANY ({ids}))"


def _columns(parts: list[str], aliases: set[str]) -> dict[str, None]:
    """Those of the set itself, in the order in which they are compared."""
    found = (hit for part in parts for hit in COLUMN.finditer(part) if hit[1] in aliases)
    return dict.fromkeys(_bare(hit[0]) for hit in found)


def _compared(parts: list[str], aliases: set[str], columns: dict[str, str]) -> str:
    """The same, asked of what the set found."""

    def named(hit: re.Match[str]) -> str:
        return f"had.{columns[_bare(hit[0])]}" if hit[1] in aliases else hit[0]

    return " AND ".join(COLUMN.sub(named, part) for part in parts)


def _rows(source: str, ours: list[str]) -> str:
    told = f"{source} WHERE {' AND '.join(ours)}".replace(" LIMIT 1)", f"{ONE_BY_ONE})")
    return _bare(told)


def _bare(text: str) -> str:
    """Whatever policy it stands in."""
    return OF_POLICY.sub("", text)


def _closing(text: str) -> int:
    """Where the parenthesis closes that was opened just before this text."""
    depth = 1
    for hit in SIGN.finditer(text):
        depth += {"(": 1, ")": -1}.get(hit[0], 0)
        if not depth:
            return hit.start()
    raise ValueError(text)


def _parts(condition: str) -> list[str]:
    """What must hold all together: split at every AND that stands in no parentheses."""
    found, start, depth = [], 0, 0
    for hit in SIGN.finditer(condition):
        depth += {"(": 1, ")": -1}.get(hit[0], 0)
        if not depth and hit[0] == " OR ":
            return [condition]
        if not depth and hit[0] == " AND ":
            found.append(condition[start : hit.start()])
            start = hit.end()
    return [*found, condition[start:]]
