#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Turns named queries and the schema into C: doc/queries.md is the language, this is its compiler.

usage: sql.py [--prefix DB] --out DIR SCHEMA.sql... QUERIES.sql...

A file in a folder named `schema` is a migration, any other holds queries. Written to DIR: ids.h (a C type for each
table with an id), schema.c (the migrations), X_sql.h and X_sql.c for each X.sql, and all_queries.c (a table for the
tests). --prefix names the tables of steps and queries: DB_STEPS. Everything is checked against the schema on SQLite first, and on PostgreSQL too when BEENTHERE_POSTGRES_URL
is set and psql is there. Each mistake is one line "file:line: sentence"; with any, nothing is written.
"""

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>--[^\n]*)|(?P<string>'(?:[^']|'')*')|(?P<quoted>["`\[])|(?P<cast>::)
    |:(?P<parameter>[A-Za-z_]\w*)|(?P<word>[A-Za-z_]\w*)|(?P<number>\d[\w.]*)|(?P<end>;)|(?P<other>==|.)""",
    re.VERBOSE | re.DOTALL)
SIGNATURE = re.compile(
    r"^(?P<name>[a-z][a-z0-9_]*)\((?P<parameters>[^()]*)\)"
    r"\s*(?:->\s*(?:(?P<shape>one|many)\s*\{(?P<columns>[^{}]*)\}|(?P<count>count)))?\s*$")
FIELD = re.compile(r"^([a-z][a-z0-9_]*)\s+([A-Z]\w*)(\?)?$")

# Reserved in PostgreSQL or C, but allowed by SQLite: as a name it would break on one side only.
RESERVED = set("""analyse analyze any array asymmetric authorization binary both cast end fetch freeze grant ilike
    initially lateral leading localtime localtimestamp offset only overlaps placing similar some symmetric trailing
    user using variadic verbose window with""".split())
C_WORDS = set("""auto bool break case char const continue default do double else enum extern false float for goto if
    inline int long register restrict return short signed sizeof static struct switch true typedef union unsigned
    void volatile while db tx in row rows ret_row""".split())
# What both engines have under one name and with one meaning.
FUNCTIONS = set("""abs avg coalesce count cume_dist dense_rank first_value lag last_value lead length like lower max min
    nullif ntile rank replace row_number substr sum trim ltrim rtrim upper""".split())
MAXIMUM_PARAMETERS = 64  # DB_PARAMETERS in db_query.h

C_TYPES = {"Int": "int64_t", "Int?": "MaybeInt", "Bool": "bool", "Str": "Str", "Str?": "Str", "Bytes": "Str",
           "Bytes?": "Str", "Time": "Time", "Time?": "Time"}
SQLITE_TYPES = {"Int": "INTEGER", "Bool": "INTEGER", "Time": "INTEGER", "Str": "TEXT", "Bytes": "BLOB"}
POSTGRES_TYPES = {"INTEGER": {"bigint", "integer", "smallint", "boolean"}, "TEXT": {"text", "character varying"},
                  "BLOB": {"bytea"}}

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

    def is_id(self):
        return self.type not in SQLITE_TYPES

    def c_type(self):
        return self.type if self.is_id() else C_TYPES[self.type + ("?" if self.is_nullable else "")]

    def storage(self):
        return SQLITE_TYPES.get(self.type, "INTEGER")

    def kind(self):
        return "DB_" + ("INT" if self.is_id() else self.type.upper())


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

    def row(self):
        return pascal(self.name)

    def struct(self):
        """The struct that carries the parameters when there are too many to read at a call; else empty."""
        if len(self.parameters) <= 4:
            return ""
        return self.row() + ("In" if self.columns else "")


# ---------------------------------------------------------------------------------------------- reading

def tokens(text):
    """(kind, token, offset) for each token but space; the SQL grammar itself is left to the engines."""
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup, match.group(match.lastgroup), match.start()


def line_at(text, offset):
    return text.count("\n", 0, offset) + 1


def parse_fields(path, line, text, ids):
    fields = []
    for part in (part.strip() for part in text.split(",")):
        match = FIELD.match(part)
        if not match:
            if part or text.strip():
                mistake(path, line, f"'{part}' is not a name and a type")
            continue
        name, type_name, is_nullable = match[1], match[2], match[3] is not None
        if type_name not in SQLITE_TYPES and type_name not in ids:
            mistake(path, line, f"{type_name} is not a type, nor the id of a table")
        elif type_name == "Bool" and is_nullable:
            mistake(path, line, "Bool? is not a type: use Int?")
        elif name in C_WORDS:
            mistake(path, line, f"'{name}' cannot be a name in C")
        elif any(name == other.name for other in fields):
            mistake(path, line, f"'{name}' is there twice")
        else:
            fields.append(Field(name, type_name, is_nullable))
    return fields


def parse_signature(path, line, text, ids):
    match = SIGNATURE.match(text)
    if not match:
        mistake(path, line, "not a signature: name(parameters) -> one { columns } | many { columns } | count")
        return None
    parameters = parse_fields(path, line, match["parameters"], ids)
    columns = parse_fields(path, line, match["columns"], ids) if match["shape"] else []
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
                # A long signature goes on in the next comment lines: its brackets are open, or they start with "->".
                while True:
                    more_end = text.find("\n", offset) + 1 or len(text)
                    more = text[offset:more_end].strip().removeprefix("--").strip()
                    is_open = comment.count("(") + comment.count("{") > comment.count(")") + comment.count("}")
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


# ---------------------------------------------------------------------------------------------- schema

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


def check_schema_words(path, text):
    """What SQLite would take and PostgreSQL refuse, or keep apart from SQLite."""
    known, before = set(), ["", ""]
    for kind, token, offset in tokens(text):
        line, word = line_at(text, offset), token.upper()
        if kind == "quoted":
            mistake(path, line, "quoted names are not needed here")
        elif kind == "word" and word in ("AUTOINCREMENT", "REAL", "ANY", "DATETIME", "REPLACE"):
            mistake(path, line, f"{word} is not the same on both engines")
        elif kind == "word" and token.lower() in RESERVED and word not in ("USING", "END", "CAST", "WITH"):
            mistake(path, line, f"'{token}' is reserved in PostgreSQL")
        elif kind == "word" and before == ["CREATE", "TABLE"]:
            known.add(word)
        elif kind == "word" and before[1] == "REFERENCES" and word not in known:
            mistake(path, line, f"{token} is referred to before it is created, which PostgreSQL refuses")
        if kind != "comment":
            before = [before[1], word]


def apply_schema(database, paths):
    """Applies the migrations in order. Returns {id type: (table, comment lines)} of the tables with an id."""
    versions = []
    comments = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        match = re.match(r"^(\d{4})_[a-z0-9_]+$", path.stem)
        if not match or int(match[1]) != len(versions) + 1:
            mistake(path, 1, f"a migration is named {len(versions) + 1:04}_name.sql here, without gaps")
            continue
        versions.append(int(match[1]))
        check_schema_words(path, text)
        start = 0
        while text[start:].strip():
            end = statement_end(text, start) or len(text)
            statement = text[start:end]
            try:
                database.execute(statement)
            except sqlite3.Error as error:
                first = next((offset for kind, _, offset in tokens(statement) if kind != "comment"), 0)
                mistake(path, line_at(text, start + first), f"SQLite: {error}")
            start = end
        for block in re.finditer(r"((?:^--[^\n]*\n)*)^CREATE TABLE (\w+)", text, re.MULTILINE):
            comments[block[2]] = [line[2:].strip() for line in block[1].splitlines()]
    ids = {}
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
        if any(column[1] == "id" for column in database.execute(f"PRAGMA table_info({table})")):
            ids[pascal(table) + "Id"] = (table, comments.get(table, []))
    for (table,) in database.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' "
                                     "AND strict = 0 AND name NOT LIKE 'sqlite%'"):
        mistake(paths[-1], 1, f"table {table} is not STRICT")
    return ids


# ---------------------------------------------------------------------------------------------- checks

def numbered(query, text, sign):
    """The text with each :name as ?1 or $1, in the order of the signature."""
    order = {parameter.name: index + 1 for index, parameter in enumerate(query.parameters)}
    out, end = [], 0
    for kind, token, offset in tokens(text):
        if kind == "parameter":
            out.append(text[end:offset] + f"{sign}{order.get(token, 0)}")
            end = offset + len(token) + 1
    return "".join(out) + text[end:]


def check_words(query, text, is_both):
    """Parameters, and the words that would mean something else on the other engine."""
    used, previous = set(), ""
    for kind, token, offset in tokens(text):
        line, word = query.text_line + text.count("\n", 0, offset), token.upper()
        if kind == "parameter":
            used.add(token)
            if previous == "IS":
                mistake(query.path, line, "IS takes NULL only: write IS NOT DISTINCT FROM")
        elif kind == "quoted":
            mistake(query.path, line, "only 'text' in single quotes, and names without quotes")
        elif token == "==":
            mistake(query.path, line, "equality is one =")
        elif is_both and word in ("OR", "REPLACE") and previous in ("INSERT", "UPDATE", ""):
            mistake(query.path, line, "INSERT OR and REPLACE are SQLite's own: use ON CONFLICT")
        elif is_both and kind == "cast":
            mistake(query.path, line, "'::' is PostgreSQL's own: use CAST(x AS type)")
        if kind != "comment":
            previous = word
    declared = {parameter.name for parameter in query.parameters}
    for name in sorted(used - declared):
        mistake(query.path, query.text_line, f":{name} is not in the signature of {query.name}")
    for name in sorted(declared - used):
        mistake(query.path, query.line, f"parameter {name} of {query.name} is not used")


def check_columns(query, names, engine):
    declared = [column.name for column in query.columns]
    if names != declared:
        mistake(query.path, query.line, f"{query.name} declares the columns {', '.join(declared) or 'none'} but "
                f"{engine} gives {', '.join(names) or 'none'}")
        return False
    return True


def check_storage(database, query):
    """Where a result is a plain column, its type in the schema must fit; expressions have no type in SQLite."""
    text = re.sub(r"\?\d+", "NULL", numbered(query, query.text, "?"))
    try:
        database.execute(f"CREATE TEMP VIEW result AS {text}")
    except sqlite3.Error:
        return  # not every query can be a view; the engine itself has taken it
    types = [row[2] for row in database.execute("PRAGMA table_info(result)")]
    database.execute("DROP VIEW result")
    for column, found in zip(query.columns, types):
        if found in ("INTEGER", "TEXT", "BLOB") and found != column.storage():
            mistake(query.path, query.line, f"column {column.name} of {query.name} is declared {column.type} but "
                    f"is {found} in the schema")


def check_on_sqlite(database, query):
    functions = set()

    def watch(action, _, name, *__):
        if action == sqlite3.SQLITE_FUNCTION:
            functions.add(name.lower())
        return sqlite3.SQLITE_OK

    text = numbered(query, query.text, "?")
    dummies = [{"TEXT": "", "BLOB": b""}.get(parameter.storage(), 0) for parameter in query.parameters]
    try:
        database.set_authorizer(watch)
        plan = database.execute("EXPLAIN " + text, dummies).fetchall()
        database.set_authorizer(None)
        names = []
        if query.is_read() or query.columns or "RETURNING" in query.text.upper():
            cursor = database.execute(text, dummies)
            names = [column[0] for column in cursor.description or []]
            cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        mistake(query.path, query.text_line, f"{query.name}: SQLite: {error}")
        return
    finally:
        database.set_authorizer(None)
        if database.in_transaction:
            database.rollback()
    writes = any(step[1] == "Transaction" and step[3] != 0 for step in plan)
    if writes and query.is_read():
        mistake(query.path, query.text_line, f"{query.name} starts like a read but writes")
    if not writes and not query.is_read():
        mistake(query.path, query.text_line, f"{query.name} is neither a read nor a write: it changes no table")
    if query.is_read() and not query.columns:
        mistake(query.path, query.line, f"{query.name} reads, so it must say -> one or -> many")
    if not query.postgres:
        for name in sorted(functions - FUNCTIONS):
            mistake(query.path, query.text_line, f"{query.name} uses {name}(), which is not the same on both engines")
    if check_columns(query, names, "SQLite") and query.is_read():
        check_storage(database, query)


def psql(url, script):
    command = ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator=\t", url]
    return subprocess.run(command, input=script, text=True, capture_output=True, check=False)


def check_on_postgres(url, schema_paths, queries):
    """Prepares every query in one session that is rolled back, so that the database stays as it was."""
    script = ["\\set ON_ERROR_ROLLBACK on", "BEGIN;", "CREATE SCHEMA query_check;", "SET search_path = query_check;"]
    script += [postgres_schema(path.read_text(encoding="utf-8")) for path in schema_paths]
    script.append("\\echo @schema")
    types = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
    for index, query in enumerate(queries):
        text = numbered(query, query.postgres or query.text, "$")
        declared = ", ".join(types[parameter.storage()] for parameter in query.parameters)
        nulls = re.sub(r"\$(\d+)", lambda match: "CAST(NULL AS " + types[
            query.parameters[int(match[1]) - 1].storage()] + ")" if match[1] != "0" else "NULL", text)
        script.append(f"PREPARE check_{index}{f' ({declared})' if declared else ''} AS {text};")
        if query.columns:
            script.append(nulls + " \\gdesc")
        script.append(f"\\echo @{index}\n\\warn @{index}")
    result = psql(url, "\n".join(script) + "\nROLLBACK;\n")
    if "@schema" not in result.stdout:
        mistake("postgresql", 1, result.stderr.strip().splitlines()[0] if result.stderr else "psql gave no answer")
        return
    answer = result.stdout.split("@schema\n", 1)[1]
    problems = result.stderr
    for index, query in enumerate(queries):
        answer_part, _, answer = answer.partition(f"@{index}\n")
        problem, _, problems = problems.partition(f"@{index}\n")
        error = re.search(r"ERROR:\s*(.*)", problem)
        if error:
            mistake(query.path, query.text_line, f"{query.name}: PostgreSQL: {error[1]}")
            continue
        rows = [line.split("\t") for line in answer_part.splitlines() if "\t" in line]
        if check_columns(query, [row[0] for row in rows], "PostgreSQL"):
            for column, row in zip(query.columns, rows):
                if row[1].split("(")[0] not in POSTGRES_TYPES[column.storage()]:
                    mistake(query.path, query.line, f"column {column.name} of {query.name} is declared "
                            f"{column.type} but is {row[1]} on PostgreSQL")


def check_names(queries, ids):
    names, types = {}, {name: "a table's id" for name in ids}
    for query in queries:
        if query.name in names:
            mistake(query.path, query.line, f"{query.name} is already a query in {names[query.name]}")
        names[query.name] = query.path
        made = {query.struct()} | ({query.row()} if query.columns else set())
        made |= {query.row() + "Rows"} if query.shape == "many" else set()
        for type_name in sorted(made - {""}):
            if type_name in types and types[type_name] != query.name:
                mistake(query.path, query.line, f"the type {type_name} is already made by {types[type_name]}")
            types[type_name] = query.name


# ---------------------------------------------------------------------------------------------- writing

FIRST = "/* SPDX-License-Identifier: Apache-2.0 */\n"


def comment_block(lines):
    lines = [line.replace("*/", "* /") for line in lines]
    while lines and not lines[0]:
        lines = lines[1:]
    while lines and not lines[-1]:
        lines = lines[:-1]
    if not lines:
        return ""
    return "/* " + "\n * ".join(lines).replace(" * \n", " *\n") + " */\n"


def c_string(text, indent):
    """A string literal, a line of the text to a line of C."""
    lines = text.splitlines(keepends=True) or [""]
    quoted = []
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("??", '?""?')
        escaped = "".join(char if ord(char) < 128 else "".join(f"\\{byte:03o}" for byte in char.encode())
                          for char in escaped)
        quoted.append(f'"{escaped}"')
    return ("\n" + indent).join(quoted)


def ids_h(ids):
    out = [FIRST, "/* Generated from src/schema: each table's id is a type of its own, so that none stands for another. */\n",
           "#ifndef IDS_H\n#define IDS_H\n\n#include <stdbool.h>\n#include <stdint.h>\n"]
    for name, (table, comments) in ids.items():
        out.append(f"\n{comment_block(comments)}typedef struct {name} {{\n    int64_t value; /* 0: none */\n}} {name};\n"
                   f"static inline bool {table}_id_equal({name} left, {name} right) {{\n"
                   "    return left.value == right.value;\n}\n"
                   f"static inline bool {table}_id_is_none({name} id) {{\n    return id.value == 0;\n}}\n")
    out.append("\n/* Every id type, for what must be said once a type: #define SAY(Id) ... IDS_EACH(SAY) */\n"
               "#define IDS_EACH(X) \\\n    " + " \\\n    ".join(f"X({name})" for name in ids) + "\n")
    return "".join(out) + "\n#endif\n"


def schema_c(paths, prefix):
    out = [FIRST, "/* Generated from src/schema: the steps from an empty database to the newest. */\n",
           '#include "platform/db/db_query.h"\n\n',
           f'const DbStep {prefix}_STEPS[] = {{\n']
    for version, path in enumerate(paths, 1):
        text = path.read_text(encoding="utf-8")
        out.append(f"    {{\n        .version = {version},\n        .name = \"{path.stem}\",\n        .sqlite =\n"
                   f"            {c_string(text, ' ' * 12)},\n        .postgres =\n"
                   f"            {c_string(postgres_schema(text), ' ' * 12)},\n    }},\n")
    return "".join(out) + f"}};\nconst int {prefix}_STEP_COUNT = {len(paths)};\n"


def prototype(query):
    result = {"one": "bool", "many": query.row() + "Rows", "count": "int64_t", "none": "void"}[query.shape]
    arguments = ["Db *db" if query.is_read() else "Tx *tx"]
    if query.struct():
        arguments.append(f"const {query.struct()} *in")
    else:
        arguments += [f"{parameter.c_type()} {parameter.name}" for parameter in query.parameters]
    if query.shape == "one":
        arguments.append(f"{query.row()} *ret_row")
    return wrapped(f"{result} {query.name}(", arguments, ")")


def wrapped(start, arguments, end):
    """Arguments in lines of at most 110 columns, aligned under the first."""
    lines, line = [], start
    for index, argument in enumerate(arguments):
        piece = argument + ("," if index + 1 < len(arguments) else end)
        if len(line) + len(piece) + 2 > 110:
            lines.append(line.rstrip())
            line = " " * len(start)
        line += piece + " "
    return "\n".join(lines + [line.rstrip()])


def struct(name, fields):
    members = "".join(f"    {member.c_type()} {member.name};{' /* or none */' if member.is_nullable else ''}\n"
                      for member in fields)
    return f"typedef struct {name} {{\n{members}}} {name};\n"


def queries_h(path, opening, queries):
    guard = f"{path.stem.upper()}_SQL_H"
    out = [FIRST, f"/* Generated from {path.name}: what this feature asks the database. */\n", comment_block(opening),
           f'#ifndef {guard}\n#define {guard}\n\n#include "ids.h"\n#include "platform/db/db.h"\n']
    for query in queries:
        out.append("\n")
        if query.columns:
            out.append(struct(query.row(), query.columns))
        if query.shape == "many":
            out.append(f"typedef struct {query.row()}Rows {{\n    const {query.row()} *items;\n    size_t count;\n"
                       f"}} {query.row()}Rows;\n")
        if query.struct():
            out.append(struct(query.struct(), query.parameters))
        out.append(comment_block(query.comments) + prototype(query) + ";\n")
    return "".join(out) + "\n#endif\n"


def fields_c(name, fields):
    if not fields:
        return ""
    lines = "".join(f'    {{"{one.name}", {one.kind()}, {"true" if one.is_nullable else "false"}}},\n' for one in fields)
    return f"static const DbField {name}[] = {{\n{lines}}};\n"


def query_members(query, index, indent):
    upper = query.name.upper()
    out = [f'.name = "{query.name}",', f".index = {index},", f".is_read = {'true' if query.is_read() else 'false'},"]
    if query.parameters:
        out += [f".parameters = {upper}_IN,", f".parameter_count = {len(query.parameters)},"]
    if query.columns:
        out += [f".columns = {upper}_OUT,", f".column_count = {len(query.columns)},"]
    out += [f".sqlite = {c_string(numbered(query, query.text, '?'), indent + ' ' * 10)},"]
    out += [f".postgres = {c_string(numbered(query, query.postgres or query.text, '$'), indent + ' ' * 12)},"]
    return ("\n" + indent).join(out)


def put(query, index, parameter):
    value = ("in->" if query.struct() else "") + parameter.name
    none = "_or_none" if parameter.is_nullable else ""
    if parameter.is_id():
        return f"    db_put_int{none}(db, {index}, {value}.value);\n"
    if parameter.type == "Time":
        return f"    db_put_int{none}(db, {index}, {value}.us);\n"
    name = "maybe_int" if parameter.type + none == "Int_or_none" else parameter.type.lower() + none
    return f"    db_put_{name}(db, {index}, {value});\n"


def get(index, column):
    none = "_or_none" if column.is_nullable else ""
    if column.is_id() or column.type == "Time":
        return f"{{db_get_int{none}(db, {index})}}"
    name = "maybe_int" if column.type + none == "Int_or_none" else column.type.lower() + none
    return f"db_get_{name}(db, {index})"


def function_c(query):
    out = [prototype(query) + " {\n", "" if query.is_read() else "    Db *db = tx_db(tx);\n",
           f"    db_start(db, &{query.name.upper()});\n"]
    out += [put(query, index, parameter) for index, parameter in enumerate(query.parameters)]
    indent = "        "
    row = "".join(f"{indent}{'    ' * (query.shape == 'many')}.{column.name} = {get(index, column)},\n"
                  for index, column in enumerate(query.columns))
    if query.shape == "one":
        out.append(f"    if (!db_next_row(db)) {{\n        return false;\n    }}\n    const {query.row()} row = {{\n{row}"
                   "    };\n    db_end_one(db);\n    *ret_row = row;\n    return true;\n")
    elif query.shape == "many":
        out.append(f"    DbRows rows = {{0}};\n    while (db_next_row(db)) {{\n        {query.row()} *row = "
                   f"db_add_row(db, &rows, sizeof *row);\n        *row = ({query.row()}){{\n{row}        }};\n    }}\n"
                   f"    return ({query.row()}Rows){{.items = rows.items, .count = rows.count}};\n")
    else:
        out.append("    return db_run(db);\n" if query.shape == "count" else "    db_run(db);\n")
    return "".join(out) + "}\n"


def queries_c(path, queries, indexes):
    out = [FIRST, f"/* Generated from {path.name}. */\n", f'#include "{path.stem}_sql.h"\n\n#include "platform/db/db_query.h"\n']
    for query in queries:
        upper = query.name.upper()
        out.append("\n" + fields_c(upper + "_IN", query.parameters) + fields_c(upper + "_OUT", query.columns))
        out.append(f"static const DbQuery {upper} = {{\n    {query_members(query, indexes[query.name], '    ')}\n}};\n\n")
        out.append(function_c(query))
    return "".join(out)


def all_queries_c(queries, indexes, prefix):
    out = [FIRST, "/* Generated for the tests: every query of the program, to run each on both engines. */\n",
           '#include "platform/db/db_query.h"\n\n']
    for query in queries:
        upper = query.name.upper()
        out.append(fields_c(upper + "_IN", query.parameters) + fields_c(upper + "_OUT", query.columns))
    out.append(f"\nconst DbQuery {prefix}_QUERIES[] = {{\n")
    out += [f"    {{\n        {query_members(query, indexes[query.name], ' ' * 8)}\n    }},\n" for query in queries]
    # C has no empty arrays; the count says how many of the entries are queries.
    out.append(f"    {{.name = NULL}},\n}};\nconst size_t {prefix}_QUERY_COUNT = {len(queries)};\n")
    return "".join(out)


def write(folder, name, text):
    """Only what changed is touched, so that the build repeats no more than it must."""
    path = folder / name
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--prefix", default="DB")
    parser.add_argument("sources", type=Path, nargs="+")
    arguments = parser.parse_args()
    schema_paths = sorted(path for path in arguments.sources if path.parent.name == "schema")
    query_paths = sorted(path for path in arguments.sources if path.parent.name != "schema")

    database = sqlite3.connect(":memory:")
    ids = apply_schema(database, schema_paths)
    files, stems = [], {}
    for path in query_paths:
        if path.stem in stems:
            mistake(path, 1, f"{path.name} is also the name of {stems[path.stem]}: the generated headers would collide")
        stems[path.stem] = path
        files.append((path, *parse_queries(path, path.read_text(encoding="utf-8"), ids)))
    queries = [query for _, in_file, _ in files for query in in_file]
    check_names(queries, ids)
    if not mistakes:
        for query in queries:
            check_words(query, query.text, not query.postgres)
            if query.postgres:
                check_words(query, query.postgres, False)
    if not mistakes:
        for query in queries:
            check_on_sqlite(database, query)
    url = os.environ.get("BEENTHERE_POSTGRES_URL")
    if not mistakes and url and shutil.which("psql"):
        check_on_postgres(url, schema_paths, queries)
    if mistakes:
        for path, line, sentence in sorted(set(mistakes)):
            print(f"{path}:{line}: {sentence}", file=sys.stderr)
        return 1

    indexes = {query.name: index for index, query in enumerate(queries)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out, "ids.h", ids_h(ids))
    write(arguments.out, "schema.c", schema_c(schema_paths, arguments.prefix))
    write(arguments.out, "all_queries.c", all_queries_c(queries, indexes, arguments.prefix))
    for path, in_file, opening in files:
        write(arguments.out, f"{path.stem}_sql.h", queries_h(path, opening, in_file))
        write(arguments.out, f"{path.stem}_sql.c", queries_c(path, in_file, indexes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
