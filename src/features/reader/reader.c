/* SPDX-License-Identifier: Apache-2.0 */
/* Opens things of one's own to who walks with one, and says who may read what now. */
#include "features/reader/reader.h"

#include "reader_sql.h"

enum { READERS_MOST = 10, KINDS_MOST = 20, MATCHES_MOST = 10 };

static bool is_own(const Scope *scope, ReaderThing thing) {
    ReaderOwn row;
    return reader_own(scope->db, thing.kind, thing.id, scope->actor, &row);
}

Readers reader_list(const Scope *scope, ReaderThing thing) {
    const ReaderCouldRows rows = reader_could(scope->db, &(ReaderCouldIn){.kind = thing.kind,
                                                                          .thing = thing.id,
                                                                          .person = scope->actor,
                                                                          .now = scope->now,
                                                                          .most = READERS_MOST});
    Reader *items = NEW_MANY(scope->arena, rows.count, Reader);
    for (size_t at = 0; at < rows.count; at++) {
        const ReaderCould *row = &rows.items[at];
        items[at] = (Reader){.match = row->match, .called = row->called, .reads = row->reads};
    }
    return (Readers){.items = items, .count = rows.count};
}

bool reader_any(Readers readers) {
    for (size_t at = 0; at < readers.count; at++) {
        if (readers.items[at].reads) {
            return true;
        }
    }
    return false;
}

/* Opened already: that is how it was wanted. */
ReaderResult reader_open(const Scope *scope, Tx *tx, ReaderThing thing, MatchId match) {
    if (!is_own(scope, thing)) {
        return READER_NOT_OWN;
    }
    const Readers readers = reader_list(scope, thing);
    for (size_t at = 0; at < readers.count; at++) {
        if (!match_id_equal(readers.items[at].match, match)) {
            continue;
        }
        if (!readers.items[at].reads) {
            reader_insert(tx, match, thing.kind, thing.id, scope->now);
        }
        return READER_DONE;
    }
    return READER_NO_WALK;
}

ReaderResult reader_close(const Scope *scope, Tx *tx, ReaderThing thing, MatchId match) {
    if (!is_own(scope, thing)) {
        return READER_NOT_OWN;
    }
    reader_delete(tx, match, thing.kind, thing.id);
    return READER_DONE;
}

void reader_drop(Tx *tx, ReaderThing thing) {
    reader_delete_all(tx, thing.kind, thing.id);
}

void reader_forget(Tx *tx, PersonId person) {
    reader_delete_of(tx, person);
}

/* ---- who reads it ---- */

ReaderLet reader_let(const Scope *scope, MatchId match) {
    const ReaderKindsRows rows = reader_kinds(scope->db, match, scope->actor, scope->now, KINDS_MOST);
    ReaderLet let = {.match = match};
    for (size_t at = 0; at < rows.count; at++) {
        const ReaderKinds *row = &rows.items[at];
        let.person = row->person;
        let.person_called = row->person_called;
        let.request = row->request;
        let.kinds |= 1U << row->kind;
    }
    return let;
}

ReaderLet reader_let_of(const Scope *scope, ReaderThing thing) {
    const ReaderMatchesRows rows =
        reader_matches(scope->db, thing.kind, thing.id, scope->actor, MATCHES_MOST);
    for (size_t at = 0; at < rows.count; at++) {
        const ReaderLet let = reader_let(scope, rows.items[at].match);
        if (reader_lets(&let, thing.kind)) {
            return let;
        }
    }
    return (ReaderLet){0};
}

bool reader_lets(const ReaderLet *let, ReaderKind kind) {
    return (let->kinds >> kind & 1U) != 0;
}
