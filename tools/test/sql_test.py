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
GOLDEN = ["ids.h", "schema.c", "person_sql.h", "person_sql.c", "all_queries.c", "sealed.c"]

SCHEMA = "CREATE TABLE person (id INTEGER PRIMARY KEY, called TEXT NOT NULL, born INTEGER) STRICT;\n"
SCHEMA += ("CREATE TABLE note (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person (id),\n"
           "    words BLOB NOT NULL, -- sealed\n    at INTEGER NOT NULL) STRICT;\n"
           "CREATE TABLE tale (id INTEGER PRIMARY KEY,\n    words BLOB NOT NULL -- sealed\n) STRICT;\n"
           "-- part2: tale.words\n"
           "CREATE TABLE list_item_text (item INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT;\n"
           "CREATE TABLE wish (id INTEGER PRIMARY KEY, item INTEGER NOT NULL) STRICT;\n"
           "-- part2 item: wish.item\n")
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
    ("Part2 without its mark", "-- ask() -> one { called Part2 Str }\nSELECT called FROM person;", 1,
     "has a column 'is_part2 Bool' that marks them"),
    ("Part2 of a number", "-- ask() -> one { born Part2 Int, is_part2 Bool }\nSELECT born, 1 AS is_part2 "
     "FROM person;", 1, "Part2 stands before Str or Sealed(...)"),
    ("Part2 written", "-- ask(called Part2 Str) -> count\nDELETE FROM person WHERE called = :called;", 1,
     "Part2 is for results"),
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
    ("sealed, read raw", "-- ask(id NoteId) -> one { words Str }\n"
     "SELECT words FROM note WHERE id = :id;", 1,
     "touches note.words, which is sealed"),
    ("sealed, looked through", "-- ask(words Str) -> many { at Int }\n"
     "SELECT at FROM note WHERE words = :words;", 1,
     "touches note.words, which is sealed"),
    ("sealed, written raw", "-- ask(id NoteId, words Str)\n"
     "UPDATE note SET words = :words WHERE id = :id;", 1,
     "touches note.words, which is sealed"),
    ("sealed without a place", "-- ask(id NoteId) -> one { words Sealed }\n"
     "SELECT words FROM note WHERE id = :id;", 1, "say Sealed(table.column, id, person)"),
    ("sealed nowhere", "-- ask(id NoteId) -> one { at Sealed(note.at, id) }\n"
     "SELECT at FROM note WHERE id = :id;", 1,
     "note.at is no column whose comment says sealed"),
    ("sealed for another row", "-- ask(id PersonId) -> one { words Sealed(note.words, id) }\n"
     "SELECT words FROM note WHERE person = :id;", 1, "'id' is not the NoteId of the row"),
    ("sealed for no row", "-- ask(person PersonId) -> one { words Sealed(note.words, id) }\n"
     "SELECT words FROM note WHERE person = :person;", 1, "'id' is not the NoteId of the row"),
    ("sealed for nobody", "-- ask(id NoteId, words Sealed(note.words, id))\n"
     "UPDATE note SET words = :words WHERE id = :id;", 1, "a PersonId says under whose key"),
    ("sealed for a number", "-- ask(id NoteId, who Int, words Sealed(note.words, id, who))\n"
     "UPDATE note SET words = :words WHERE id = :id AND person = :who;", 1, "a PersonId says under"),
    ("opened for a person", "-- ask(id NoteId, who PersonId) -> one { words Sealed(note.words, id, who) }\n"
     "SELECT words FROM note WHERE id = :id;", 1, "a result needs no person"),
    ("sealed for what is not written", "-- ask(id NoteId, who PersonId, words Sealed(note.words, id, who))\n"
     "UPDATE note SET person = :who WHERE id = :id AND words = :words;", 1, "which is not written here"),
    ("Part2 of an item left out", "-- ask(id WishId) -> one { label Str }\n"
     "SELECT t.words AS label FROM wish w JOIN list_item_text t ON t.item = w.item WHERE w.id = :id;", 1,
     "label is of an item that a family chose: say Part2 Str"),
    ("Part2 left out", "-- ask(id TaleId) -> one { words Sealed(tale.words, id) }\n"
     "SELECT words FROM tale WHERE id = :id;", 1, "words may tell of substance use: say Part2"),
    ("brackets behind a type", "-- ask(id PersonId(a)) -> one { called Str }\n"
     "SELECT called FROM person WHERE id = :id;", 1, "is not a name and a type"),
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
    ("sealed text",
     "CREATE TABLE a (\n    id INTEGER PRIMARY KEY,\n    b TEXT NOT NULL -- sealed\n) STRICT;",
     "a.b is sealed, so it is a BLOB"),
    ("sealed without an id",
     "CREATE TABLE a (\n    c INTEGER NOT NULL,\n    b BLOB NOT NULL -- sealed\n) STRICT;",
     "a needs an INTEGER id"),
    ("Part2 of nothing", "CREATE TABLE a (b INTEGER) STRICT;\n-- part2: a.c\n", "there is no column a.c"),
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
        for name in ("person_sql.c", "schema.c", "all_queries.c", "sealed.c"):
            warnings = "-Werror -Wall -Wextra -Wconversion -Wshadow -Wswitch-enum "\
                "-Wstrict-prototypes -Wmissing-prototypes"
            command = [*os.environ.get("CC", "cc").split(), "-std=c17", *warnings.split(),
                       "-fsyntax-only", "-I", str(source), "-I", str(self.folder / "out"),
                       str(self.folder / "out" / name)]
            result = subprocess.run(command, text=True, capture_output=True, check=False)
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_a_later_migration_knows_the_earlier_tables(self):
        schema = [self.write("schema/0001_start.sql", SCHEMA),
                  self.write("schema/0002_more.sql",
                             "ALTER TABLE person ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;\n"
                             "UPDATE person SET marks = 1;\n"
                             "ALTER TABLE person ADD COLUMN more INTEGER;\n"
                             "CREATE TABLE mark (person INTEGER REFERENCES person (id)) STRICT;\n")]
        queries = self.write("ask.sql", "-- ask() -> many { marks Int, more Int? }\n"
                             "SELECT p.marks, p.more FROM person p JOIN mark m ON m.person = p.id;\n")
        result = run_tool(self.folder, *schema, queries)
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
