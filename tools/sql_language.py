# SPDX-License-Identifier: Apache-2.0
"""The language of doc/queries.md: reads .sql files into Query objects and collects mistakes."""

import re
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>--[^\n]*)|(?P<string>'(?:[^']|'')*')|(?P<quoted>["`\[])|(?P<cast>::)
    |:(?P<parameter>[A-Za-z_]\w*)|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<end>;)|(?P<other>==|.)""",
    re.VERBOSE | re.DOTALL)
SIGNATURE = re.compile(
    r"^(?P<name>[a-z][a-z0-9_]*)\((?P<parameters>(?:[^(){}]|\([^(){}]*\))*)\)"
    r"\s*(?:->\s*(?:(?P<shape>one|many)\s*\{(?P<columns>[^{}]*)\}|(?P<count>count)))?\s*$")
FIELD = re.compile(r"^([a-z][a-z0-9_]*)\s+(Part2\s+)?([A-Z]\w*)(?:\(([^()]*)\))?(\?)?$")
COMMA = re.compile(r",(?![^(]*\))")  # not the ones inside Sealed(...)
SEALED = re.compile(r"^([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$")

C_WORDS = set("""auto bool break case char const continue default do double else enum extern false float
    for goto if inline int long register restrict return short signed sizeof static struct switch true
    typedef union unsigned void volatile while db tx in row rows ret_row""".split())
MAXIMUM_PARAMETERS = 64  # DB_PARAMETERS in db_query.h

C_TYPES = {"Int": "int64_t", "Int?": "MaybeInt", "Bool": "bool", "Str": "Str", "Str?": "Str", "Bytes": "Str",
           "Bytes?": "Str", "Time": "Time", "Time?": "Time", "Sealed": "Str", "Sealed?": "Str"}
SQLITE_TYPES = {"Int": "INTEGER", "Bool": "INTEGER", "Time": "INTEGER", "Str": "TEXT", "Bytes": "BLOB",
                "Sealed": "BLOB"}

mistakes = []


def mistake(path, line, sentence):
    mistakes.append((str(path), line, sentence))


def pascal(name):
    return "".join(part.capitalize() for part in name.split("_"))


@dataclass
class Field:
    name: str
    type: str
    is_nullable: bool
    is_part2: bool = False  # its C type is Part2Words, marked by the column is_part2 beside it
    sealed: tuple = ()  # of a Sealed: table, column, the field with the row's id, the one with the person

    def is_id(self):
        return self.type not in SQLITE_TYPES

    def c_type(self):
        if self.is_part2:
            return "Part2Words"
        return self.type if self.is_id() else C_TYPES[self.type + ("?" if self.is_nullable else "")]

    def storage(self):
        return SQLITE_TYPES.get(self.type, "INTEGER")

    def table(self):
        """Of an id: where it is an id of."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.type[:-2]).lower() if self.is_id() else ""

    def kind(self):
        return "DB_" + ("INT" if self.is_id() else "BYTES" if self.sealed else self.type.upper())


@dataclass
class Query:
    path: Path
    line: int
    name: str
    parameters: list
    shape: str  # "one", "many", "count" or "none"
    columns: list
    comments: list = field(default_factory=list)
    text: str = ""
    text_line: int = 0
    postgres: str = ""

    def is_read(self):
        return self.text.split(None, 1)[0].upper() in ("SELECT", "WITH")

    def bound(self):
        """The parameters that the SQL text knows: what only says how to seal another is not among them."""
        texts = self.text + "\n" + self.postgres
        used = {token for kind, token, _ in tokens(texts) if kind == "parameter"}
        helps = {name for parameter in self.parameters for name in parameter.sealed[2:]}
        helps |= {column.sealed[2] for column in self.columns if column.sealed} - {
            column.name for column in self.columns}
        return [one for one in self.parameters if one.name in used or one.name not in helps]

    def row(self):
        return pascal(self.name)

    def struct(self):
        """The struct that carries the parameters when there are too many to read at a call; else empty."""
        if len(self.parameters) <= 4:
            return ""
        return self.row() + ("In" if self.columns else "")


def tokens(text):
    """(kind, token, offset) for each token but space; the SQL grammar itself is left to the engines."""
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup, match.group(match.lastgroup), match.start()


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def parse_fields(path, line, text, ids):
    fields = []
    for part in (part.strip() for part in COMMA.split(text)):
        match = FIELD.match(part)
        if not match:
            if part or text.strip():
                mistake(path, line, f"'{part}' is not a name and a type")
            continue
        name, is_part2, type_name, inside, is_nullable = *match.groups()[:4], match[5] is not None
        sealed = parse_sealed(path, line, name, inside) if type_name == "Sealed" else ()
        if sealed is None:
            continue
        if inside is not None and not sealed:
            mistake(path, line, f"'{part}' is not a name and a type")
        elif type_name not in SQLITE_TYPES and type_name not in ids:
            mistake(path, line, f"{type_name} is not a type, nor the id of a table")
        elif is_part2 and (is_nullable or type_name not in ("Str", "Sealed")):
            mistake(path, line, f"{name}: Part2 stands before Str or Sealed(...)")
        elif type_name == "Bool" and is_nullable:
            mistake(path, line, "Bool? is not a type: use Int?")
        elif name in C_WORDS:
            mistake(path, line, f"'{name}' cannot be a name in C")
        elif any(name == other.name for other in fields):
            mistake(path, line, f"'{name}' is there twice")
        else:
            fields.append(Field(name, type_name, is_nullable, is_part2 is not None, sealed))
    return fields


def parse_sealed(path, line, name, inside):
    """table.column, the row's id and perhaps the person: as in Sealed(request.need, id, person)."""
    parts = [part.strip() for part in (inside or "").split(",")]
    match = SEALED.match(parts[0])
    if not match or not 2 <= len(parts) <= 3:
        mistake(path, line, f"{name}: say Sealed(table.column, id, person), in a result without person")
        return None
    return (match[1], match[2], *parts[1:])


def parse_signature(path, line, text, ids):
    match = SIGNATURE.match(text)
    if not match:
        mistake(path, line, "not a signature: name(parameters) -> one { columns } | many { columns } | count")
        return None
    parameters = parse_fields(path, line, match["parameters"], ids)
    columns = parse_fields(path, line, match["columns"], ids) if match["shape"] else []
    if any(one.is_part2 for one in parameters):
        mistake(path, line, "Part2 is for results: what is written is plain")
    if any(one.is_part2 for one in columns) and not any(
            (one.name, one.type) == ("is_part2", "Bool") for one in columns):
        mistake(path, line, "a row with Part2 words has a column 'is_part2 Bool' that marks them")
    if match["shape"] and not columns:
        mistake(path, line, "a row has at least one column")
    if len(parameters) > MAXIMUM_PARAMETERS:
        mistake(path, line, f"more than {MAXIMUM_PARAMETERS} parameters")
    shape = match["shape"] or match["count"] or "none"
    return Query(path, line, match["name"], parameters, shape, columns)


def statement_end(text, start):
    """The offset behind the ';' that ends the statement at start; 0 when there is none."""
    for kind, _, offset in tokens(text[start:]):
        if kind == "end":
            return start + offset + 1
    return 0


def parse_queries(path, text, ids):
    """The file's queries and the comment lines before the first of them."""
    queries, opening = [], []
    query = None  # with a signature, and no text yet
    is_override = False
    offset = 0
    while offset < len(text):
        line_end = text.find("\n", offset) + 1 or len(text)
        line, line_number = text[offset:line_end].strip(), line_at(text, offset)
        if not line:
            offset = line_end
        elif line.startswith("--"):
            comment = line[2:].strip()
            offset = line_end
            if comment == "postgres:":
                is_override = True
                if not queries or query:
                    mistake(path, line_number, "'postgres:' must follow the query that it replaces")
            elif re.match(r"^[a-z][a-z0-9_]*\(", comment):
                # A long signature goes on in the next comment lines: brackets are open, or "->" follows.
                while True:
                    more_end = text.find("\n", offset) + 1 or len(text)
                    more = text[offset:more_end].strip().removeprefix("--").strip()
                    is_open = any(comment.count(left) > comment.count(right) for left, right in ("()", "{}"))
                    if not text.startswith("--", offset) or not (is_open or more.startswith("->")):
                        break
                    comment, offset = comment + " " + more, more_end
                if query:
                    mistake(query.path, query.line, f"{query.name} has no SQL text")
                query = parse_signature(path, line_number, comment, ids)
            elif query:
                query.comments.append(comment)
            elif not queries:
                opening.append(comment)
        else:
            end = statement_end(text, offset)
            if not end:
                mistake(path, line_number, "the query does not end in ';'")
                break
            statement = text[offset:end - 1].strip()
            if is_override and queries:
                queries[-1].postgres = statement
            elif query:
                query.text, query.text_line = statement, line_number
                queries.append(query)
            elif not any(at == str(path) for at, _, _ in mistakes):
                mistake(path, line_number, "SQL text without a signature above it")
            query, is_override, offset = None, False, end
    if query:
        mistake(path, query.line, f"{query.name} has no SQL text")
    return queries, opening


def numbered(query, text, sign):
    """The text with each :name as ?1 or $1, in the order of the signature, and BLOB in the engine's words."""
    order = {parameter.name: index + 1 for index, parameter in enumerate(query.bound())}
    out, end = [], 0
    for kind, token, offset in tokens(text):
        if kind == "parameter":
            out.append(text[end:offset] + f"{sign}{order.get(token, 0)}")
            end = offset + len(token) + 1
        elif kind == "word" and token.upper() == "BLOB" and sign == "$":
            out.append(text[end:offset] + "BYTEA")
            end = offset + len(token)
    return "".join(out) + text[end:]


def postgres_schema(text):
    """SQLite's STRICT dialect in PostgreSQL's words."""
    words = {"INTEGER": "BIGINT", "BLOB": "BYTEA"}
    out, end = [], 0
    for kind, token, offset in tokens(text):
        if kind == "word" and token.upper() in words:
            out.append(text[end:offset] + words[token.upper()])
            end = offset + len(token)
    options = r"\)\s*(?:STRICT|WITHOUT\s+ROWID)(?:\s*,\s*(?:STRICT|WITHOUT\s+ROWID))?\s*;"
    return re.sub(options, ");", "".join(out) + text[end:], flags=re.IGNORECASE)
