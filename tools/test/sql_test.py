#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The query compiler against golden output, and against inputs it must refuse with one sentence each.

usage: sql_test.py [--write]    --write renews the golden files after they have been looked at
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TOOL = HERE.parent / "sql.py"
GOOD = HERE / "sql" / "good"
GOLDEN = ["ids.h", "schema.c", "person_sql.h", "person_sql.c", "all_queries.c"]

SCHEMA = "CREATE TABLE person (id INTEGER PRIMARY KEY, called TEXT NOT NULL, born INTEGER) STRICT;\n"
ONE = "-- ask(id PersonId) -> one { called Str }\n"

# (what is wrong, the queries, the line, a part of the sentence)
BAD_QUERIES = [
    ("no signature", "SELECT 1;", 1, "SQL text without a signature above it"),
    ("no text", ONE, 1, "ask has no SQL text"),
    ("no end", ONE + "SELECT called FROM person WHERE id = :id", 2, "does not end in ';'"),
    ("odd signature", "-- ask(id PersonId) => one { called Str }\nSELECT 1;", 1, "not a signature"),
    ("odd field", "-- ask(PersonId id) -> count\nDELETE FROM person WHERE id = :id;", 1,
     "is not a name and a type"),
    ("unknown type", "-- ask(id ProgramId) -> count\nDELETE FROM person WHERE id = :id;", 1,
     "ProgramId is not a type"),
    ("maybe Bool", "-- ask() -> one { born Bool? }\nSELECT born FROM person;", 1, "Bool? is not a type"),
    ("C word", "-- ask(default Int) -> count\nDELETE FROM person WHERE id = :default;", 1,
     "cannot be a name in C"),
    ("field twice", "-- ask(id Int, id Int) -> count\nDELETE FROM person WHERE id = :id;", 1,
     "is there twice"),
    ("undeclared", ONE + "SELECT called FROM person WHERE id = :id AND born = :born;", 2,
     ":born is not in the signature of ask"),
    ("unused", ONE + "SELECT called FROM person;", 1, "parameter id of ask is not used"),
    ("used in a comment only", ONE + "SELECT called FROM person -- :id\n;", 1,
     "parameter id of ask is not used"),
    ("other name", ONE + "SELECT called AS name FROM person WHERE id = :id;", 1,
     "declares the columns called but SQLite gives name"),
    ("more columns", ONE + "SELECT called, born FROM person WHERE id = :id;", 1, "SQLite gives called, born"),
    ("other type", "-- ask() -> many { called Int }\nSELECT called FROM person;", 1,
     "declared Int but is TEXT in the schema"),
    ("no such column", ONE + "SELECT name AS called FROM person WHERE id = :id;", 2, "no such column"),
    ("no such table", ONE + "SELECT called FROM people WHERE id = :id;", 2, "no such table"),
    ("syntax", ONE + "SELECT called FORM person WHERE id = :id;", 2, "syntax error"),
    ("read without rows", "-- ask(id PersonId)\nSELECT called FROM person WHERE id = :id;", 1,
     "it must say -> one or -> many"),
    ("write in a read's clothes", "-- ask(id PersonId) -> one { id PersonId }\n"
     "WITH gone AS (SELECT :id AS id) DELETE FROM person WHERE id IN (SELECT id FROM gone) RETURNING id;", 2,
     "starts like a read but writes"),
    ("rows from a write", "-- ask(id PersonId) -> one { id PersonId }\nDELETE FROM person WHERE id = :id;", 1,
     "SQLite gives none"),
    ("neither", "-- ask() -> count\nPRAGMA user_version;", 2, "neither a read nor a write"),
    ("own function", "-- ask() -> one { at Int }\nSELECT unixepoch() AS at;", 2,
     "unixepoch(), which is not the same"),
    ("own insert", "-- ask(id PersonId)\nINSERT OR IGNORE INTO person (id, called) VALUES (:id, '');", 2,
     "use ON CONFLICT"),
    ("own cast", ONE + "SELECT called::TEXT AS called FROM person WHERE id = :id;", 2, "use CAST"),
    ("two equals", ONE + "SELECT called FROM person WHERE id == :id;", 2, "equality is one ="),
    ("IS a value", ONE + "SELECT called FROM person WHERE id IS :id;", 2, "IS takes NULL only"),
    ("double quotes", ONE + 'SELECT called FROM person WHERE id = :id AND called <> "x";', 2,
     "single quotes"),
    ("lost override", "-- postgres:\nSELECT 1;", 1, "must follow the query"),
    ("name twice", (ONE + "SELECT called FROM person WHERE id = :id;\n") * 2, 3, "is already a query in"),
    ("type twice", "-- person_id(id PersonId) -> one { called Str }\n"
     "SELECT called FROM person WHERE id = :id;", 1, "the type PersonId is already made by"),
]

BAD_SCHEMAS = [
    ("not strict", "CREATE TABLE person (id INTEGER PRIMARY KEY);", "is not STRICT"),
    ("syntax", "CREATE TABLE person (id INTEGER,) STRICT;", "SQLite: near"),
    ("too early", "CREATE TABLE a (b INTEGER REFERENCES c (id)) STRICT;\n"
     "CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT;",
     "c is referred to before it is created"),
    ("reserved", "CREATE TABLE user (id INTEGER PRIMARY KEY) STRICT;", "'user' is reserved in PostgreSQL"),
    ("fraction", "CREATE TABLE a (b REAL) STRICT;", "REAL is not the same"),
    ("quotes", 'CREATE TABLE "a" (b INTEGER) STRICT;', "quoted names"),
]


def run_tool(folder, *sources):
    return subprocess.run([sys.executable, str(TOOL), "--out", str(folder / "out"), *map(str, sources)],
                          text=True, capture_output=True, check=False)


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="beenthere-sql-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class Golden(ToolTest):
    def test_output(self):
        result = run_tool(self.folder, GOOD / "schema" / "0001_start.sql", GOOD / "person.sql")
        self.assertEqual(result.stderr, "")
        for name in GOLDEN:
            made = (self.folder / "out" / name).read_text(encoding="utf-8")
            with self.subTest(name):
                self.assertEqual(made, (GOOD / (name + ".golden")).read_text(encoding="utf-8"))

    def test_compiles_without_a_warning(self):
        run_tool(self.folder, GOOD / "schema" / "0001_start.sql", GOOD / "person.sql")
        source = HERE.parent.parent / "src"
        for name in ("person_sql.c", "schema.c", "all_queries.c"):
            warnings = "-Werror -Wall -Wextra -Wconversion -Wshadow -Wswitch-enum "\
                "-Wstrict-prototypes -Wmissing-prototypes"
            command = [*os.environ.get("CC", "cc").split(), "-std=c17", *warnings.split(),
                       "-fsyntax-only", "-I", str(source), "-I", str(self.folder / "out"),
                       str(self.folder / "out" / name)]
            result = subprocess.run(command, text=True, capture_output=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_what_did_not_change_is_not_touched(self):
        sources = GOOD / "schema" / "0001_start.sql", GOOD / "person.sql"
        run_tool(self.folder, *sources)
        before = {path: path.stat().st_mtime_ns for path in (self.folder / "out").iterdir()}
        run_tool(self.folder, *sources)
        self.assertEqual(before, {path: path.stat().st_mtime_ns for path in (self.folder / "out").iterdir()})


class Refused(ToolTest):
    def assert_refused(self, result, path, line, part):
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn(part, result.stderr)
        where = f"{path}:{line}: " if line else f"{path}:"
        self.assertTrue(any(text.startswith(where) and part in text for text in result.stderr.splitlines()),
                        result.stderr)
        self.assertNotIn("Traceback", result.stderr)
        self.assertFalse((self.folder / "out").exists(), "something was written in spite of a mistake")

    def test_queries(self):
        schema = self.write("schema/0001_start.sql", SCHEMA)
        for title, text, line, part in BAD_QUERIES:
            with self.subTest(title):
                queries = self.write("ask.sql", text + "\n")
                self.assert_refused(run_tool(self.folder, schema, queries), queries, line, part)

    def test_schemas(self):
        for title, text, part in BAD_SCHEMAS:
            with self.subTest(title):
                schema = self.write("schema/0001_start.sql", text + "\n")
                self.assert_refused(run_tool(self.folder, schema), schema, 0, part)

    def test_gap_between_migrations(self):
        schema = [self.write("schema/0001_start.sql", SCHEMA),
                  self.write("schema/0003_more.sql", "SELECT 1;\n")]
        self.assert_refused(run_tool(self.folder, *schema), schema[1], 1,
                            "a migration is named 0002_name.sql")

    def test_two_files_of_one_name(self):
        schema = self.write("schema/0001_start.sql", SCHEMA)
        first, second = self.write("a/ask.sql", ""), self.write("b/ask.sql", "")
        self.assert_refused(run_tool(self.folder, schema, first, second), second, 1, "headers would collide")


def write_golden():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        print(run_tool(folder, GOOD / "schema" / "0001_start.sql", GOOD / "person.sql").stderr, end="")
        for golden in GOLDEN:
            shutil.copy(folder / "out" / golden, GOOD / (golden + ".golden"))


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write_golden()
    else:
        unittest.main()
