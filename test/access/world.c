/* SPDX-License-Identifier: Apache-2.0 */
/* The access matrix's database, seen from beside the program. */
#include "test/unit.h"

#include "test/access/world.h"

#include "account_sql.h"
#include "base/buf.h"
#include "contact_sql.h"
#include "diary_sql.h"
#include "features/account/account.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db_query.h"
#include "platform/db/person_key.h"
#include "request_sql.h"

#include <libpq-fe.h>
#include <sqlite3.h>

enum { SQL_MOST = 64 * 1024, NUMBERS_LENGTH = 96 };

struct AccessWorld {
    sqlite3 *sqlite; /* NULL on PostgreSQL */
    sqlite3 *kept;
    int version; /* of the SQLite file, as this connection last saw it */
    PGconn *postgres;
    uint64_t sqlite_proof; /* one hash over every row of every table but the audit's */
};

static const char *word_for(const char *name, size_t length, const char *const *pairs) {
    for (size_t at = 0; pairs[at] != NULL; at += 2) {
        if (strlen(pairs[at]) == length && strncmp(pairs[at], name, length) == 0) {
            return pairs[at + 1];
        }
    }
    return NULL;
}

/* world.sql with its numbers put in, and BLOB called what the engine calls it. */
static const char *sql_read(Arena *arena, bool is_postgres, const char *const *pairs) {
    FILE *file = fopen(ACCESS_WORLD_SQL, "r");
    assert_non_null(file);
    char *raw = arena_get(arena, SQL_MOST);
    const size_t length = fread(raw, 1, SQL_MOST, file);
    fclose(file);
    assert_true(length > 0 && length < SQL_MOST);
    raw[length] = '\0';
    Buf sql = buf_new(arena, SQL_MOST);
    for (const char *at = raw; *at != '\0';) {
        const size_t name = *at == ':' ? strspn(at + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
        const char *word = name > 0 ? word_for(at + 1, name, pairs) : NULL;
        if (word != NULL) {
            buf_add(&sql, str_of(word));
            at += 1 + name;
        } else if (is_postgres && strncmp(at, "AS BLOB", 7) == 0) {
            buf_add(&sql, STR("AS BYTEA"));
            at += 7;
        } else {
            buf_add_char(&sql, *at++);
        }
    }
    return str_c(arena, buf_str(&sql));
}

/* ---- SQLite ---- */

static void sqlite_run(sqlite3 *database, const char *sql) {
    char *why = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s", why);
    }
}

/* Changes exactly when another connection has committed a change. */
static int sqlite_version(sqlite3 *database) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(database, "PRAGMA data_version", -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const int version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return version;
}

static uint64_t proof_add(uint64_t proof, const void *bytes, size_t length) {
    for (size_t at = 0; at < length; at++) {
        proof = (proof ^ ((const unsigned char *)bytes)[at]) * UINT64_C(1099511628211);
    }
    return (proof ^ length) * UINT64_C(1099511628211);
}

static uint64_t sqlite_table_proof(sqlite3 *database, const char *table, uint64_t proof) {
    char sql[128];
    sqlite3_stmt *rows = NULL;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int column = 0; column < sqlite3_column_count(rows); column++) {
            const void *bytes = sqlite3_column_blob(rows, column);
            proof = proof_add(proof, bytes, (size_t)sqlite3_column_bytes(rows, column));
        }
    }
    sqlite3_finalize(rows);
    return proof;
}

/* One hash over every row of every table but the audit's. */
static uint64_t sqlite_proof(sqlite3 *database) {
    sqlite3_stmt *tables = NULL;
    uint64_t proof = UINT64_C(14695981039346656037);
    assert_int_equal(sqlite3_prepare_v2(database,
                                        "SELECT name FROM sqlite_master WHERE type = 'table' AND "
                                        "name NOT LIKE 'sqlite%' AND name NOT LIKE 'audit%' ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        proof = sqlite_table_proof(database, (const char *)sqlite3_column_text(tables, 0), proof);
    }
    sqlite3_finalize(tables);
    return proof;
}

static void sqlite_copy(sqlite3 *from, sqlite3 *to) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    assert_non_null(backup);
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
}

/* ---- PostgreSQL ---- */

/* A copy of every table in a schema of its own, and the names of those that were written since: the statement
 * that writes a table notes it, in the same transaction, so that what was rolled back is not there either. */
static const char postgres_keep[] =
    "CREATE SCHEMA kept;"
    "CREATE TABLE kept.written (name text PRIMARY KEY);"
    "CREATE FUNCTION kept.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    "  INSERT INTO kept.written VALUES (TG_TABLE_NAME) ON CONFLICT DO NOTHING; RETURN NULL;"
    "END $$;"
    "CREATE FUNCTION kept.is_changed() RETURNS boolean LANGUAGE plpgsql AS $$"
    "DECLARE name text; differs boolean; BEGIN"
    "  FOR name IN SELECT w.name FROM kept.written w WHERE w.name NOT LIKE 'audit%' LOOP"
    "    EXECUTE format('SELECT EXISTS (TABLE public.%1$I EXCEPT ALL TABLE kept.%1$I)"
    "      OR EXISTS (TABLE kept.%1$I EXCEPT ALL TABLE public.%1$I)', name) INTO differs;"
    "    IF differs THEN RETURN true; END IF;"
    "  END LOOP;"
    "  RETURN false;"
    "END $$;"
    "CREATE FUNCTION kept.restore() RETURNS void LANGUAGE plpgsql AS $$"
    "DECLARE name text; BEGIN"
    "  PERFORM set_config('session_replication_role', 'replica', true);" /* no order among the tables */
    "  FOR name IN SELECT w.name FROM kept.written w LOOP"
    "    EXECUTE format('DELETE FROM public.%1$I', name);"
    "    EXECUTE format('INSERT INTO public.%1$I TABLE kept.%1$I', name);"
    "  END LOOP;"
    "  DELETE FROM kept.written;"
    "END $$;"
    "DO $$ DECLARE name text; BEGIN"
    "  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP"
    "    EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);"
    "    EXECUTE format('CREATE TRIGGER kept_note AFTER INSERT OR UPDATE OR DELETE ON public.%1$I"
    "      EXECUTE FUNCTION kept.note()', name);"
    "  END LOOP;"
    "END $$;";

static void postgres_run(PGconn *connection, const char *sql) {
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    }
    PQclear(result);
}

static bool postgres_is_changed(PGconn *connection) {
    PGresult *result = PQexec(connection, "SELECT kept.is_changed()");
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        fail_msg("%s", PQerrorMessage(connection));
    }
    const bool is_changed = PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return is_changed;
}

/* ---- both ---- */

/* What world.sql cannot write: each person's key, and what is sealed under it. */
static void add_keys_and_mail(const Scope *scope) {
    static const struct {
        int64_t point;
        int64_t person;
        const char *mail;
    } mails[] = {{107, 12, "fay@example.org"},  {207, 15, "pia@example.org"}, {307, 16, "ana@example.org"},
                 {407, 18, "cora@example.org"}, {507, 23, "eva@example.org"}, {707, 26, "zosia@example.org"}};
    Tx *tx = tx_begin(scope->db);
    for (int64_t person = 11; person <= 28; person++) {
        person_key_make(tx, (PersonId){person});
    }
    for (size_t at = 0; at < sizeof mails / sizeof mails[0]; at++) {
        const Str mail = str_of(mails[at].mail);
        contact_point_insert(
            tx, &(ContactPointInsert){.id = {mails[at].point},
                                      .person = {mails[at].person},
                                      .kind = CONTACT_POINT_MAIL,
                                      .value = mail,
                                      .value_key = account_value_index(db_keys(scope->db), scope->arena,
                                                                       CONTACT_POINT_MAIL, mail),
                                      .may_voicemail = SAFE_YES,
                                      .may_text = SAFE_YES,
                                      .safe_times = STR(""),
                                      .now = scope->now});
    }
    tx_commit(tx);
}

/* Sets a sealed column of one row of this person's, and whatever else `more` sets. */
static void put_words(const Scope *scope, AccessWorld *world, const char *column, int64_t id, int64_t person,
                      Str words, const char *more) {
    Str table = STR_NONE, name = STR_NONE;
    str_cut(str_of(column), '.', &table, &name);
    const Str sealed = db_sealed(scope->db, column, id, person, words);
    Buf sql = buf_new(scope->arena, SQL_MOST);
    buf_print(&sql, "UPDATE %.*s SET %.*s = %s", STR_ARGS(table), STR_ARGS(name),
              world->postgres != NULL ? "'\\x" : "X'");
    for (size_t at = 0; at < sealed.length; at++) {
        buf_print(&sql, "%02x", (unsigned)(unsigned char)sealed.at[at]);
    }
    buf_print(&sql, "'%s WHERE id = %lld", more, (long long)id);
    if (world->postgres != NULL) {
        postgres_run(world->postgres, str_c(scope->arena, buf_str(&sql)));
    } else {
        sqlite_run(world->sqlite, str_c(scope->arena, buf_str(&sql)));
    }
}

/* What one family keeps between itself and who walks with it: request, person, and a row of each kind. */
static void put_kept(const Scope *scope, AccessWorld *world, const int64_t *row) {
    put_words(scope, world, "request.need", row[0], row[1], STR("A need of tamarack."), ", is_kept = 1");
    put_words(scope, world, "request.hopes", row[0], row[1], STR("A hope of tamarack."), "");
    put_words(scope, world, "safety_card.safe", row[5], row[1], STR("Safe under a tamarack."), ", kept = 1");
    put_words(scope, world, "promise.words", row[6], row[1], STR("I promised a tamarack."), "");
    put_words(scope, world, "goal.words", row[7], row[1], STR("A garden with a tamarack."), "");
    put_words(scope, world, "goal_step.words", row[8], row[1], STR("I plant a tamarack."), "");
    put_words(scope, world, "goal_practice.words", row[10] + 7, row[1], STR("I planted a tamarack."), "");
    put_words(scope, world, "goal_proposal.words", row[10] + 1, row[1], STR("Propose a tamarack."), "");
    put_words(scope, world, "toolbox_card.words", row[10] + 2, row[1], STR("I touch a tamarack."), "");
    put_words(scope, world, "carry.words", row[10] + 3, row[1], STR("Ask for the tamarack."), "");
    put_words(scope, world, "bridge_step.words", row[10] + 6, row[1], STR("A walk to the tamarack."), "");
    put_words(scope, world, "meeting.place", row[9], row[1], STR("Under a tamarack."), "");
    put_words(scope, world, "message.words", row[9], row[1], STR("Words of tamarack."), "");
    put_words(scope, world, "circle_member.called", row[9] + 3, row[1], STR("Aunt Tamarack."), "");
    put_words(scope, world, "circle_member.helps", row[9] + 3, row[1], STR("Rides to the tamarack."), "");
    put_words(scope, world, "note_beside.words", row[10], row[1], STR("Beside it a tamarack."), "");
}

/* Opened to who walked with them, before they stopped sharing. */
static void put_opened(const Scope *scope, AccessWorld *world) {
    put_words(scope, world, "carry.words", 731, 26, STR("Ask for zebrawood."), "");
    put_words(scope, world, "hope.words", 732, 26, STR("A draft on zebrawood."), "");
    put_words(scope, world, "goal.words", 721, 26, STR("A garden with a zebrawood."), "");
    put_words(scope, world, "toolbox_card.words", 730, 26, STR("I carve zebrawood."), "");
}

/* What three families get ready with; the last of them stopped sharing. */
static void put_sheets(const Scope *scope, AccessWorld *world) {
    static const int64_t sheets[][2] = {{129, 12}, {529, 23}};
    for (size_t at = 0; at < 2; at++) {
        const int64_t id = sheets[at][0];
        const int64_t person = sheets[at][1];
        put_words(scope, world, "sheet.want", id, person, STR("I want a tamarack."), "");
        put_words(scope, world, "sheet.unsaid", id, person, STR("Unsaid: tamarack."), "");
        put_words(scope, world, "sheet_step.words", id + 1, person, STR("They send a tamarack."), "");
        put_words(scope, world, "barrier.words", id + 3, person, STR("A tamarack in the way."), "");
        put_words(scope, world, "barrier_try.words", id + 4, person, STR("We cut the tamarack."), "");
        put_words(scope, world, "document.called", id + 5, person, STR("tamarack.txt"), "");
        put_words(scope, world, "document.content", id + 5, person, STR("tamarack."), "");
        put_words(scope, world, "sheet_idea.words", id + 2, person, STR("Who waters the tamarack?"), "");
    }
    put_words(scope, world, "sheet.want", 729, 26, STR("I want a zebrawood."), "");
    put_words(scope, world, "barrier.words", 732, 26, STR("A zebrawood in the way."), "");
}

/* Of a walk that has ended: from the one who received, and to that one. */
static void put_farewells(const Scope *scope, AccessWorld *world) {
    put_words(scope, world, "goodbye.words", 224, 15, STR("Farewell from the mahogany."), "");
    put_words(scope, world, "goodbye.words", 225, 15, STR("Farewell to the birch."), "");
}

/* What must be nowhere but on the pages of whoever stopped sharing, sealed as all that people write; what two
 * families keep between themselves and those who walk with them;
 * and what one leaves out of what it shares. */
static void add_words(const Scope *scope, AccessWorld *world) {
    static const int64_t keeping[][11] = {{101, 12, 117, 106, 119, 118, 120, 121, 122, 123, 128},
                                          {501, 23, 517, 506, 519, 518, 520, 521, 522, 523, 528}};
    Tx *tx = tx_begin(scope->db);
    request_note_insert(tx, &(RequestNoteInsert){.id = {717},
                                                 .request = {701},
                                                 .person = {26},
                                                 .by_person = {20},
                                                 .kind = 1,
                                                 .words = STR("She told of zebrawood."),
                                                 .now = scope->now});
    request_note_insert(tx, &(RequestNoteInsert){.id = {217},
                                                 .request = {201},
                                                 .person = {15},
                                                 .by_person = {20},
                                                 .kind = 3,
                                                 .words = STR("A note of mahogany."),
                                                 .now = scope->now});
    contact_answer_insert(tx, &(ContactAnswerInsert){.contact = {206},
                                                     .receiver = {15},
                                                     .at = scope->now,
                                                     .id = {219},
                                                     .by_person = {15},
                                                     .words = STR("An answer of mahogany.")});
    for (size_t at = 0; at < 2; at++) {
        const int64_t *row = keeping[at];
        request_note_insert(tx, &(RequestNoteInsert){.id = {row[2]},
                                                     .request = {row[0]},
                                                     .person = {row[1]},
                                                     .by_person = {row[1]},
                                                     .kind = 4,
                                                     .words = STR("A note of tamarack."),
                                                     .is_kept = true,
                                                     .now = scope->now});
        contact_answer_insert(tx, &(ContactAnswerInsert){.contact = {row[3]},
                                                         .receiver = {row[1]},
                                                         .at = scope->now,
                                                         .id = {row[4]},
                                                         .by_person = {row[1]},
                                                         .words = STR("An answer of tamarack."),
                                                         .is_kept = true});
    }
    tx_commit(tx);
    put_words(scope, world, "contact.line", 206, 15, STR("We sat under a mahogany."), "");
    put_words(scope, world, "checkin.words", 209, 15, STR("She said mahogany."), "");
    put_words(scope, world, "contact_point.value", 207, 15, STR("mahogany@example.org"), "");
    put_words(scope, world, "promise.words", 220, 15, STR("I promised mahogany."), "");
    put_opened(scope, world);
    put_words(scope, world, "meeting.place", 223, 15, STR("Under the mahogany."), "");
    put_words(scope, world, "message.words", 223, 15, STR("Words of mahogany."), "");
    put_words(scope, world, "note.strengths", 227, 15, STR("She planted a mahogany."), "");
    put_words(scope, world, "note.strengths", 727, 26, STR("She carved zebrawood."), "");
    put_words(scope, world, "note.strengths", 127, 12, STR("A draft of tamarack."), "");
    put_farewells(scope, world);
    put_words(scope, world, "message.words", 723, 26, STR("Words of zebrawood."), "");
    put_words(scope, world, "request.need", 701, 26, STR("Somebody who knows zebrawood."), "");
    for (size_t at = 0; at < 2; at++) {
        put_kept(scope, world, keeping[at]);
    }
}

/* The family that walks with the giver has its meetings in calendars, by mail and at a link. */
static void add_calendars(const Scope *scope) {
    const Str hash = crypto_hash_raw(scope->arena, NULL, STR("calendar link"), STR(ACCESS_WORLD_CALENDAR));
    Tx *tx = tx_begin(scope->db);
    diary_mail_set(tx, (PersonId){12}, (ContactPointId){107}, scope->now);
    diary_feed_set(tx, (PersonId){12}, hash, true, scope->now);
    tx_commit(tx);
}

/* Organizations to which something was given. */
static void add_papers(const Scope *scope, AccessWorld *world) {
    static const int64_t papers[][2] = {{116, 12}, {216, 15}, {516, 23}, {716, 26}};
    for (size_t at = 0; at < sizeof papers / sizeof papers[0]; at++) {
        put_words(scope, world, "consent_organization.called", papers[at][0], papers[at][1],
                  papers[at][0] == 716 ? STR("A school of zebrawood.") : STR("A school."), "");
    }
}

AccessWorld *access_world_new(const Scope *scope, Str url, ProgramId river, ProgramId hill) {
    AccessWorld *world = calloc(1, sizeof *world);
    assert_non_null(world);
    const char *const pairs[] = {
        "river", str_c(scope->arena, str_print(scope->arena, "%lld", (long long)river.value)),
        "hill",  str_c(scope->arena, str_print(scope->arena, "%lld", (long long)hill.value)),
        "now",   str_c(scope->arena, str_print(scope->arena, "%lld", (long long)scope->now.us)),
        "day",   "86400000000",
        NULL,    NULL,
    };
    const bool is_postgres = !str_starts_with(url, STR("sqlite:"));
    const char *sql = sql_read(scope->arena, is_postgres, pairs);
    if (is_postgres) {
        world->postgres = PQconnectdb(str_c(scope->arena, url));
        postgres_run(world->postgres, "SET synchronous_commit = off");
        postgres_run(world->postgres, sql);
    } else {
        const Str path = str_part(url, strlen("sqlite:"), url.length);
        assert_int_equal(sqlite3_open(str_c(scope->arena, path), &world->sqlite), SQLITE_OK);
        assert_int_equal(sqlite3_open(":memory:", &world->kept), SQLITE_OK);
        sqlite_run(world->sqlite, "PRAGMA foreign_keys = ON; PRAGMA synchronous = OFF");
        sqlite_run(world->sqlite, sql);
    }
    add_keys_and_mail(scope);
    add_words(scope, world);
    put_sheets(scope, world);
    add_calendars(scope);
    add_papers(scope, world);
    return world;
}

void access_world_free(AccessWorld *world) {
    sqlite3_close(world->sqlite);
    sqlite3_close(world->kept);
    if (world->postgres != NULL) {
        PQfinish(world->postgres);
    }
    free(world);
}

static void mark(AccessWorld *world) {
    world->version = sqlite_version(world->sqlite);
    world->sqlite_proof = sqlite_proof(world->sqlite);
}

void access_world_keep(AccessWorld *world) {
    if (world->sqlite == NULL) {
        postgres_run(world->postgres, postgres_keep);
        return;
    }
    sqlite_copy(world->sqlite, world->kept);
    mark(world);
}

bool access_world_is_changed(AccessWorld *world) {
    if (world->sqlite == NULL) {
        return postgres_is_changed(world->postgres);
    }
    return sqlite_version(world->sqlite) != world->version &&
           sqlite_proof(world->sqlite) != world->sqlite_proof;
}

void access_world_restore(AccessWorld *world) {
    if (world->sqlite == NULL) {
        postgres_run(world->postgres, "SELECT kept.restore()");
    } else if (sqlite_version(world->sqlite) != world->version) {
        sqlite_copy(world->kept, world->sqlite);
        mark(world);
    }
}

/* The numbers that a SELECT has in its one row, with spaces between them. */
static void numbers_read(AccessWorld *world, const char *sql, char text[NUMBERS_LENGTH]) {
    if (world->sqlite == NULL) {
        PGresult *result = PQexec(world->postgres, sql);
        assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
        snprintf(text, NUMBERS_LENGTH, "%s", PQgetvalue(result, 0, 0));
        PQclear(result);
        return;
    }
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(world->sqlite, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    snprintf(text, NUMBERS_LENGTH, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
}

void access_world_audit(AccessWorld *world, const char *action, int64_t actor, AccessAudited *ret_audited) {
    static const char empty[] = "DELETE FROM audit_new; DELETE FROM audit";
    char sql[800], text[NUMBERS_LENGTH];
    /* 3: of another action or actor. */
    snprintf(sql, sizeof sql,
             "SELECT COUNT(CASE WHEN k = 0 THEN 1 END) || ' ' || COUNT(CASE WHEN k = 1 THEN 1 END) || ' ' || "
             "COUNT(CASE WHEN k = 2 THEN 1 END) || ' ' || COUNT(CASE WHEN k = 3 THEN 1 END) FROM "
             "(SELECT CASE WHEN action = '%s' AND COALESCE(actor, 0) = %lld THEN outcome ELSE 3 END AS k "
             "FROM audit) AS x",
             action, (long long)actor);
    numbers_read(world, sql, text);
    long long rows[ACCESS_OUTCOMES + 1] = {0};
    char *at = text;
    for (int outcome = 0; outcome <= ACCESS_OUTCOMES; outcome++) {
        rows[outcome] = strtoll(at, &at, 10);
    }
    *ret_audited = (AccessAudited){.rows = {rows[0], rows[1], rows[2]}, .others = rows[3]};
    if (rows[0] + rows[1] + rows[2] + rows[3] == 0) {
        return;
    }
    if (world->sqlite != NULL) {
        sqlite_run(world->sqlite, empty);
    } else {
        postgres_run(world->postgres, empty);
    }
}

void access_world_audit_stop(AccessWorld *world, bool is_stopped) {
    if (world->sqlite != NULL) {
        sqlite_run(world->sqlite, is_stopped ? "CREATE TRIGGER audit_stop BEFORE INSERT ON audit BEGIN "
                                               "SELECT RAISE(ABORT, 'stopped'); END"
                                             : "DROP TRIGGER audit_stop");
    } else {
        postgres_run(world->postgres,
                     is_stopped ? "ALTER TABLE audit ADD CONSTRAINT audit_stop CHECK (id < 0) NOT VALID"
                                : "ALTER TABLE audit DROP CONSTRAINT audit_stop");
    }
}
