#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Turns named queries and the schema into C: doc/queries.md is the language, this is its compiler.

usage: sql.py [--prefix DB] --out DIR SCHEMA.sql... QUERIES.sql...
       sql.py --check-postgres SCHEMA.sql... QUERIES.sql...

A file in a folder named `schema` is a migration, any other holds queries. Written to DIR: ids.h (a C type
for each table with an id), schema.c (the migrations), X_sql.h and X_sql.c for each X.sql, sealed.c (a
statement for each sealed column that empties it), and all_queries.c (a table for the tests). --prefix names
the tables of steps and queries: DB_STEPS. Everything is checked
against the schema on SQLite first, and on PostgreSQL too when BEENTHERE_POSTGRES_URL is set and psql is
there. Each mistake is one line "file:line: sentence"; with any, nothing is written.
--check-postgres is a test: it only checks, with the server in BEENTHERE_TEST_POSTGRES; without one it exits
with 77.
"""

import argparse
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import sql_c
from sql_language import (line_at, mistake, mistakes, numbered, parse_queries, pascal, postgres_schema,
                          statement_end, tokens)

# Reserved in PostgreSQL or C, but allowed by SQLite: as a name it would break on one side only.
RESERVED = set("""analyse analyze any array asymmetric authorization binary both cast end fetch freeze
    grant ilike initially lateral leading localtime localtimestamp offset only overlaps placing similar
    some symmetric trailing user using variadic verbose window with""".split())
# What both engines have under one name and with one meaning.
FUNCTIONS = set("""abs avg coalesce count cume_dist dense_rank first_value lag last_value lead length like
    lower max min nullif ntile rank replace row_number substr sum trim ltrim rtrim upper""".split())
EMPTY = "CAST('' AS BLOB)"  # what was sealed may be emptied
POSTGRES_TYPES = {"INTEGER": {"bigint", "integer", "smallint", "boolean"},
                  "TEXT": {"text", "character varying"}, "BLOB": {"bytea"}}


# ---------------------------------------------------------------------------------------------- schema

def check_schema_words(path, text, known):
    """What SQLite would take and PostgreSQL refuse, or keep apart from SQLite. `known`: the tables so far."""
    before = ["", ""]
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


def find_sealed(database, path, text, sealed):
    """Adds (table, column) of each column whose comment begins with "sealed"."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"(?:CREATE|ALTER) TABLE (\w+)", line):
            table = match[1]
        column = re.match(r"(?:.*ADD COLUMN|) *(\w+) (\w+)[^-]*-- sealed\b", line)
        if not column:
            continue
        if column[2] != "BLOB":
            mistake(path, number, f"{table}.{column[1]} is sealed, so it is a BLOB")
        if not any(info[1] == "id" and info[2] == "INTEGER"
                   for info in database.execute(f"PRAGMA table_info({table})")):
            mistake(path, number, f"{table} needs an INTEGER id, to which its sealed columns are bound")
        sealed.add((table, column[1]))


class Part2(set):
    """The columns whose words may tell of substance use, and those that hold an item which may."""

    def __init__(self):
        super().__init__()
        self.items = set()


def find_part2(database, path, text, part2):
    """Adds (table, column) of each that a comment line "part2: table.column ..." names."""
    for number, line in enumerate(text.splitlines(), 1):
        for table, column in re.findall(r"(\w+)\.(\w+)", line) if re.match("-- part2( item)?:", line) else []:
            if not any(info[1] == column for info in database.execute(f"PRAGMA table_info({table})")):
                mistake(path, number, f"there is no column {table}.{column}")
            (part2.items if line.startswith("-- part2 item:") else part2).add((table, column))


def apply_schema(database, paths, sealed, part2):
    """Applies the migrations in order. Returns {id type: (table, comment lines)} of the tables with an id,
    and adds to `sealed` what is sealed, and to `part2` what may tell of substance use."""
    versions, known = [], set()
    comments = {}
    for path in paths:
        text = path.read_text(encoding="utf-8")
        match = re.match(r"^(\d{4})_[a-z0-9_]+$", path.stem)
        if not match or int(match[1]) != len(versions) + 1:
            mistake(path, 1, f"a migration is named {len(versions) + 1:04}_name.sql here, without gaps")
            continue
        versions.append(int(match[1]))
        check_schema_words(path, text, known)
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
        database.commit()  # a migration may move rows too, and each query's check ends in a rollback
        for block in re.finditer(r"((?:^--[^\n]*\n)*)^CREATE TABLE (\w+)", text, re.MULTILINE):
            comments[block[2]] = [line[2:].strip() for line in block[1].splitlines()]
        find_sealed(database, path, text, sealed)
        find_part2(database, path, text, part2)
    ids = {}
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
        if any(column[1] == "id" for column in database.execute(f"PRAGMA table_info({table})")):
            ids[pascal(table) + "Id"] = (table, comments.get(table, []))
    for (table,) in database.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 "
                                     "AND schema = 'main' AND name NOT LIKE 'sqlite%'"):
        mistake(paths[-1], 1, f"table {table} is not STRICT")
    return ids


# ---------------------------------------------------------------------------------------------- checks

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
    for name in sorted({parameter.name for parameter in query.bound()} - used):
        mistake(query.path, query.line, f"parameter {name} of {query.name} is not used")


def check_columns(query, names, engine):
    declared = [column.name for column in query.columns]
    if names != declared:
        mistake(query.path, query.line,
                f"{query.name} declares the columns {', '.join(declared) or 'none'} but {engine} gives "
                f"{', '.join(names) or 'none'}")
        return False
    return True


def check_storage(database, query):
    """Where a result is a plain column, its type in the schema must fit; an expression has none in SQLite."""
    text = re.sub(r"\?\d+", "NULL", numbered(query, query.text, "?"))
    try:
        database.execute(f"CREATE TEMP VIEW result AS {text}")
    except sqlite3.Error:
        return  # not every query can be a view; the engine itself has taken it
    types = [row[2] for row in database.execute("PRAGMA table_info(result)")]
    database.execute("DROP VIEW result")
    for column, found in zip(query.columns, types):
        if found in ("INTEGER", "TEXT", "BLOB") and found != column.storage():
            mistake(query.path, query.line, f"column {column.name} of {query.name} is declared {column.type} "
                    f"but is {found} in the schema")


def check_seal(query, sealed, ids):
    """Each Sealed names a sealed column, the id of its row, and (in a parameter) a person."""
    parameters = {parameter.name: parameter for parameter in query.parameters}
    columns = {column.name: column for column in query.columns}
    for one in query.parameters + query.columns:
        if not one.sealed:
            continue
        table, column, row, *person = one.sealed
        is_parameter = one in query.parameters
        where = f"{query.name}: {one.name}: "
        if (table, column) not in sealed:
            mistake(query.path, query.line, f"{where}{table}.{column} is no column whose comment says sealed")
            continue
        found = parameters.get(row) if is_parameter else columns.get(row) or parameters.get(row)
        if not found or ids.get(found.type, (None,))[0] != table:
            mistake(query.path, query.line, f"{where}'{row}' is not the {pascal(table)}Id of the row")
        if is_parameter and (not person or parameters.get(person[0], one).type != "PersonId"):
            mistake(query.path, query.line, f"{where}a PersonId says under whose key it is sealed")
        if not is_parameter and person:
            mistake(query.path, query.line, f"{where}a result needs no person: the bytes say whose they are")


def check_part2(query, part2):
    """What may tell of substance use comes out as words that only a notice opens."""
    for one in query.columns:
        if one.sealed and one.sealed[:2] in part2 and not one.is_part2:
            mistake(query.path, query.line, f"{query.name}: {one.name} may tell of substance use: say Part2 "
                    f"Sealed({'.'.join(one.sealed[:2])}, {one.sealed[2]}), and its mark is_part2 beside it")


def check_part2_items(query, part2, read):
    """The words of an item that a family chose come out marked, too."""
    if ("list_item_text", "words") in read and read & part2.items:
        for one in query.columns:
            if one.type == "Str" and not one.is_part2:
                mistake(query.path, query.line, f"{query.name}: {one.name} is of an item that a family "
                        "chose: say Part2 Str, and its mark is_part2 beside it")


def check_touched(query, sealed, read, written):
    """Nothing sealed is read or written as it lies there, unless the signature says Bytes or it is emptied.
    """
    declared = {one.sealed[:2] for one in query.parameters + query.columns if one.sealed}
    is_raw = any(one.type == "Bytes" for one in query.parameters + query.columns)
    is_raw = is_raw or EMPTY in query.text
    for table, column in sorted((read | written) & sealed - declared):
        if not is_raw:
            mistake(query.path, query.line, f"{query.name} touches {table}.{column}, which is sealed: say "
                    f"Sealed({table}.{column}, id) in its signature")
    for one in query.parameters:
        if one.sealed and one.sealed[:2] not in written and (one.sealed[0], "") not in written:
            mistake(query.path, query.line, f"{query.name}: {one.name} is sealed for "
                    f"{'.'.join(one.sealed[:2])}, which is not written here")


def check_on_sqlite(database, query, sealed, part2):
    functions, read, written = set(), set(), set()

    def watch(action, first, name, *_):
        if action == sqlite3.SQLITE_FUNCTION:
            functions.add(name.lower())
        elif action == sqlite3.SQLITE_READ:
            read.add((first, name))
        elif action == sqlite3.SQLITE_UPDATE:
            written.add((first, name))
        elif action == sqlite3.SQLITE_INSERT:
            written.add((first, ""))
        return sqlite3.SQLITE_OK

    text = numbered(query, query.text, "?")
    dummies = [{"TEXT": "", "BLOB": b""}.get(parameter.storage(), 0) for parameter in query.bound()]
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
        mistake(query.path, query.text_line, f"{query.name} is neither a read nor a write: no table changes")
    if query.is_read() and not query.columns:
        mistake(query.path, query.line, f"{query.name} reads, so it must say -> one or -> many")
    check_touched(query, sealed, read, written)
    check_part2_items(query, part2, read)
    if not query.postgres:
        for name in sorted(functions - FUNCTIONS):
            mistake(query.path, query.text_line,
                    f"{query.name} uses {name}(), which is not the same on both engines")
    if check_columns(query, names, "SQLite") and query.is_read():
        check_storage(database, query)


def psql(url, script):
    command = ["psql", "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--field-separator=\t", url]
    return subprocess.run(command, input=script, text=True, capture_output=True, check=False)


def check_on_postgres(url, schema_paths, queries):
    """Prepares every query in one session that is rolled back, so that the database stays as it was."""
    script = ["\\set ON_ERROR_ROLLBACK on", "BEGIN;", "CREATE SCHEMA query_check;",
              "SET search_path = query_check;"]
    script += [postgres_schema(path.read_text(encoding="utf-8")) for path in schema_paths]
    script.append("\\echo @schema")
    types = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
    for index, query in enumerate(queries):
        text = numbered(query, query.postgres or query.text, "$")
        declared = ", ".join(types[parameter.storage()] for parameter in query.bound())
        nulls = re.sub(r"\$(\d+)", lambda match: "CAST(NULL AS " + types[
            query.bound()[int(match[1]) - 1].storage()] + ")" if match[1] != "0" else "NULL", text)
        script.append(f"PREPARE check_{index}{f' ({declared})' if declared else ''} AS {text};")
        if query.columns:
            script.append(nulls + " \\gdesc")
        script.append(f"\\echo @{index}\n\\warn @{index}")
    result = psql(url, "\n".join(script) + "\nROLLBACK;\n")
    if "@schema" not in result.stdout:
        lines = result.stderr.strip().splitlines() or ["psql gave no answer"]
        mistake("postgresql", 1, lines[0])
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


# ---------------------------------------------------------------------------------------------- running

def write(folder, name, text):
    """Only what changed is touched, so that the build repeats no more than it must."""
    path = folder / name
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check-postgres", action="store_true")
    parser.add_argument("--prefix", default="DB")
    parser.add_argument("sources", type=Path, nargs="+")
    arguments = parser.parse_args()
    if not arguments.out and not arguments.check_postgres:
        parser.error("--out is missing")
    url = os.environ.get("BEENTHERE_TEST_POSTGRES" if arguments.check_postgres else "BEENTHERE_POSTGRES_URL")
    if arguments.check_postgres and not (url and shutil.which("psql")):
        print("SKIPPED: set BEENTHERE_TEST_POSTGRES to a server's URL to check queries on PostgreSQL")
        return 77
    schema_paths = sorted(path for path in arguments.sources if path.parent.name == "schema")
    query_paths = sorted(path for path in arguments.sources if path.parent.name != "schema")

    database = sqlite3.connect(":memory:")
    sealed, part2 = set(), Part2()
    ids = apply_schema(database, schema_paths, sealed, part2)
    files, stems = [], {}
    for path in query_paths:
        if path.stem in stems:
            mistake(path, 1, f"{path.name} is also the name of {stems[path.stem]}: the headers would collide")
        stems[path.stem] = path
        files.append((path, *parse_queries(path, path.read_text(encoding="utf-8"), ids)))
    queries = [query for _, in_file, _ in files for query in in_file]
    check_names(queries, ids)
    if not mistakes:
        for query in queries:
            check_seal(query, sealed, ids)
            check_part2(query, part2)
            check_words(query, query.text, not query.postgres)
            if query.postgres:
                check_words(query, query.postgres, False)
    if not mistakes:
        for query in queries:
            check_on_sqlite(database, query, sealed, part2)
    if not mistakes and url and shutil.which("psql"):
        check_on_postgres(url, schema_paths, queries)
    if mistakes:
        for path, line, sentence in sorted(set(mistakes)):
            print(f"{path}:{line}: {sentence}", file=sys.stderr)
        return 1
    if arguments.check_postgres:
        print(f"{len(queries)} queries, {sum(bool(query.postgres) for query in queries)} with an override")
        return 0

    indexes = {query.name: index for index, query in enumerate(queries)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    write(arguments.out, "ids.h", sql_c.ids_h(ids))
    write(arguments.out, "schema.c", sql_c.schema_c(schema_paths, arguments.prefix))
    write(arguments.out, "all_queries.c", sql_c.all_queries_c(queries, indexes, arguments.prefix))
    write(arguments.out, "sealed.c", sql_c.sealed_c(sorted(sealed), len(queries), arguments.prefix))
    for path, in_file, opening in files:
        write(arguments.out, f"{path.stem}_sql.h", sql_c.queries_h(path, opening, in_file))
        write(arguments.out, f"{path.stem}_sql.c", sql_c.queries_c(path, in_file, indexes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
