# SPDX-License-Identifier: Apache-2.0
"""Writes the C of checked queries and migrations: what a feature includes, and what db_migrate() runs."""

from sql_language import numbered, postgres_schema

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
    out = [FIRST, "/* Generated from src/schema: each table's id is a type of its own. */\n",
           "#ifndef IDS_H\n#define IDS_H\n\n#include <stdbool.h>\n#include <stdint.h>\n"]
    for name, (table, comments) in ids.items():
        out.append(f"\n{comment_block(comments)}typedef struct {name} {{\n"
                   f"    int64_t value; /* 0: none */\n}} {name};\n"
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
        out.append(f"    {{\n        .version = {version},\n        .name = \"{path.stem}\",\n"
                   f"        .sqlite =\n"
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
    members = "".join(f"    {one.c_type()} {one.name};{' /* or none */' if one.is_nullable else ''}\n"
                      for one in fields)
    return f"typedef struct {name} {{\n{members}}} {name};\n"


def queries_h(path, opening, queries):
    guard = f"{path.stem.upper()}_SQL_H"
    opening = [line for line in opening if not line.startswith("SPDX-")]
    out = [FIRST, f"/* Generated from {path.name}: what this feature asks the database. */\n",
           comment_block(opening),
           f'#ifndef {guard}\n#define {guard}\n\n#include "ids.h"\n#include "platform/db/db.h"\n']
    for query in queries:
        out.append("\n")
        if query.columns:
            out.append(struct(query.row(), query.columns))
        if query.shape == "many":
            out.append(f"typedef struct {query.row()}Rows {{\n    const {query.row()} *items;\n"
                       f"    size_t count;\n}} {query.row()}Rows;\n")
        if query.struct():
            out.append(struct(query.struct(), query.parameters))
        out.append(comment_block(query.comments) + prototype(query) + ";\n")
    return "".join(out) + "\n#endif\n"


def fields_c(name, fields):
    if not fields:
        return ""
    lines = []
    for one in fields:
        is_nullable = "true" if one.is_nullable else "false"
        table = f'"{one.table()}"' if one.is_id() else "NULL"
        lines.append(f'    {{"{one.name}", {one.kind()}, {is_nullable}, {table}}},\n')
    return f"static const DbField {name}[] = {{\n{''.join(lines)}}};\n"


def query_members(query, index, indent):
    upper = query.name.upper()
    is_read = "true" if query.is_read() else "false"
    out = [f'.name = "{query.name}",', f".index = {index},", f".is_read = {is_read},"]
    if query.bound():
        out += [f".parameters = {upper}_IN,", f".parameter_count = {len(query.bound())},"]
    if query.columns:
        out += [f".columns = {upper}_OUT,", f".column_count = {len(query.columns)},"]
    out += [f".sqlite = {c_string(numbered(query, query.text, '?'), indent + ' ' * 10)},"]
    out += [f".postgres = {c_string(numbered(query, query.postgres or query.text, '$'), indent + ' ' * 12)},"]
    return ("\n" + indent).join(out)


def argument(query, name):
    """A parameter, as the generated function has it."""
    return ("in->" if query.struct() else "") + name


def number(place, field):
    return f"{place}.value" if field.is_id() else place


def seals(query):
    """What is sealed before the statement starts: finding a person's key is a statement too."""
    fields = {parameter.name: parameter for parameter in query.parameters}
    out = []
    for parameter in query.bound():
        if parameter.sealed:
            table, column, row, person = parameter.sealed
            start = f"    const Str {parameter.name}_sealed = db_sealed("
            out.append(wrapped(start, ["db", f'"{table}.{column}"', number(argument(query, row), fields[row]),
                                       number(argument(query, person), fields[person]),
                                       argument(query, parameter.name)], ");") + "\n")
    return "".join(out)


def opens(query, row, indent):
    """What is opened in the row at `row` once the statement has ended."""
    columns = {column.name: column for column in query.columns}
    fields = {parameter.name: parameter for parameter in query.parameters}
    out = []
    for column in query.columns:
        if column.sealed:
            table, name, key = column.sealed
            place = number(row + key, columns[key]) if key in columns else number(argument(query, key),
                                                                                 fields[key])
            value = row + column.name + (".hidden_words" if column.is_part2 else "")
            start = f"{indent}{value} = db_opened("
            out.append(wrapped(start, ["db", f'"{table}.{name}"', place, value], ");") + "\n")
    return "".join(out)


def put(query, index, parameter):
    value = argument(query, parameter.name)
    none = "_or_none" if parameter.is_nullable else ""
    if parameter.is_id():
        return f"    db_put_int{none}(db, {index}, {value}.value);\n"
    if parameter.type == "Time":
        return f"    db_put_int{none}(db, {index}, {value}.us);\n"
    if parameter.sealed:
        return f"    db_put_bytes{none}(db, {index}, {parameter.name}_sealed);\n"
    name = "maybe_int" if parameter.type + none == "Int_or_none" else parameter.type.lower() + none
    return f"    db_put_{name}(db, {index}, {value});\n"


def get(index, column):
    none = "_or_none" if column.is_nullable else ""
    if column.is_id() or column.type == "Time":
        return f"{{db_get_int{none}(db, {index})}}"
    if column.sealed:
        return f"db_get_bytes{none}(db, {index})"
    name = "maybe_int" if column.type + none == "Int_or_none" else column.type.lower() + none
    return f"db_get_{name}(db, {index})"


def get_marked(query, index, column):
    """What a member of the row is: words that may tell of substance use carry their mark with them."""
    value = get(index, column)
    if not column.is_part2:
        return value
    mark = next(place for place, one in enumerate(query.columns) if one.name == "is_part2")
    return f"{{.hidden_words = {value}, .is_marked = db_get_bool(db, {mark})}}"


def function_c(query):
    out = [prototype(query) + " {\n", "" if query.is_read() else "    Db *db = tx_db(tx);\n", seals(query),
           f"    db_start(db, &{query.name.upper()});\n"]
    out += [put(query, index, parameter) for index, parameter in enumerate(query.bound())]
    indent = "        "
    members = [f".{column.name} = {get_marked(query, index, column)},\n"
               for index, column in enumerate(query.columns)]
    row = "".join(indent + "    " * (query.shape == "many") + member for member in members)
    opened = opens(query, "row.", "    ") if query.shape == "one" else opens(query, "row->", indent)
    if query.shape == "one":
        constant = "" if opened else "const "
        out.append("    if (!db_next_row(db)) {\n        return false;\n    }\n"
                   f"    {constant}{query.row()} row = {{\n{row}"
                   f"    }};\n    db_end_one(db);\n{opened}    *ret_row = row;\n    return true;\n")
    elif query.shape == "many":
        out.append(f"    DbRows rows = {{0}};\n    while (db_next_row(db)) {{\n        {query.row()} *row = "
                   "db_add_row(db, &rows, sizeof *row);\n"
                   f"        *row = ({query.row()}){{\n{row}        }};\n    }}\n")
        if opened:
            out.append("    for (size_t index = 0; index < rows.count; index++) {\n"
                       f"        {query.row()} *row = ({query.row()} *)rows.items + index;\n{opened}    }}\n")
        out.append(f"    return ({query.row()}Rows){{.items = rows.items, .count = rows.count}};\n")
    else:
        out.append("    return db_run(db);\n" if query.shape == "count" else "    db_run(db);\n")
    return "".join(out) + "}\n"


def queries_c(path, queries, indexes):
    out = [FIRST, f"/* Generated from {path.name}. */\n", f'#include "{path.stem}_sql.h"\n\n',
           '#include "platform/db/db_query.h"\n']
    for query in queries:
        upper = query.name.upper()
        out.append("\n" + fields_c(upper + "_IN", query.bound()) + fields_c(upper + "_OUT", query.columns))
        members = query_members(query, indexes[query.name], "    ")
        out.append(f"static const DbQuery {upper} = {{\n    {members}\n}};\n\n")
        out.append(function_c(query))
    return "".join(out)


def sealed_empty(table, column, index):
    members = [f'.name = "empty {table}.{column}",', f".index = {index},", ".is_read = false,",
               ".parameters = START_IN,", ".parameter_count = 1,"]
    for engine, blob, sign in (("sqlite", "BLOB", "?"), ("postgres", "BYTEA", "$")):
        members.append(f".{engine} = \"UPDATE {table} SET {column} = CAST('' AS {blob}) \"\n"
                       f'            "WHERE SUBSTR({column}, 1, 9) = {sign}1",')
    return members


def sealed_page(table, column, index):
    members = [f'.name = "{table}.{column}",', f".index = {index},", ".is_read = true,",
               ".parameters = PAGE_IN,", ".parameter_count = 2,",
               ".columns = PAGE_OUT,", ".column_count = 2,"]
    for engine, sign in (("sqlite", "?"), ("postgres", "$")):
        members.append(f'.{engine} = "SELECT id, {column} FROM {table} "\n'
                       f'            "WHERE id > {sign}1 AND LENGTH({column}) > 0 "\n'
                       f'            "ORDER BY id LIMIT {sign}2",')
    return members


def sealed_c(columns, first_index, prefix):
    """What forgetting a person needs, and who looks whether everything opens: they must find every sealed
    column, also those of features to come."""
    out = [FIRST, "/* Generated from src/schema: for each sealed column, a write that empties it where its "
           "bytes\n * begin so, and a page of its values. */\n",
           '#include "platform/db/db_query.h"\n\n',
           'static const DbField START_IN[] = {\n    {"start", DB_BYTES, false, NULL},\n};\n',
           'static const DbField PAGE_IN[] = {\n    {"after", DB_INT, false, NULL},\n'
           '    {"most", DB_INT, false, NULL},\n};\n',
           'static const DbField PAGE_OUT[] = {\n    {"id", DB_INT, false, NULL},\n'
           '    {"value", DB_BYTES, false, NULL},\n};\n\n']
    for name, query in (("SEALED", sealed_empty), ("SEALED_PAGES", sealed_page)):
        out.append(f"const DbQuery {prefix}_{name}[] = {{\n")
        for index, (table, column) in enumerate(columns, first_index):
            members = query(table, column, index)
            out.append("    {\n" + "".join(f"        {member}\n" for member in members) + "    },\n")
        out.append("    {.name = NULL},\n};\n")
        first_index += len(columns)
    out.append(f"const size_t {prefix}_SEALED_COUNT = {len(columns)};\n")
    return "".join(out)


def all_queries_c(queries, indexes, prefix):
    out = [FIRST, "/* Generated for the tests: every query of the program, to run each on both engines. */\n",
           '#include "platform/db/db_query.h"\n\n']
    for query in queries:
        upper = query.name.upper()
        out.append(fields_c(upper + "_IN", query.bound()) + fields_c(upper + "_OUT", query.columns))
    out.append(f"\nconst DbQuery {prefix}_QUERIES[] = {{\n")
    for query in queries:
        out.append(f"    {{\n        {query_members(query, indexes[query.name], ' ' * 8)}\n    }},\n")
    # C has no empty arrays; the count says how many of the entries are queries.
    out.append(f"    {{.name = NULL}},\n}};\nconst size_t {prefix}_QUERY_COUNT = {len(queries)};\n")
    return "".join(out)
