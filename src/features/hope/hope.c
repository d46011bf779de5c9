/* SPDX-License-Identifier: Apache-2.0 */
/* Words of hope, from the draft until they are taken back; and wishes, until they are answered. */
#include "features/hope/hope.h"

#include "features/notice/notice.h"
#include "features/youth/youth.h"
#include "hope_sql.h"
#include "texts.h"

#include <assert.h>

bool hope_may(const Scope *scope, ProgramId program) {
    HopeReceived row;
    return hope_received(scope->db, program, scope->actor, &row) && row.is_so &&
           !youth_is(scope, scope->actor);
}

/* The queries give the same row under their own names. */
#define HOPE_OF(row)                                                                                         \
    (Hope) {                                                                                                 \
        .id = (row)->id, .program = (row)->program, .person = (row)->person, .called = (row)->called,        \
        .words = (row)->words, .lang = (Lang)(row)->lang, .is_named = (row)->is_named,                       \
        .state = (HopeState)(row)->state, .said = (row)->said, .by_called = (row)->by_called,                \
        .written_at = (row)->written_at, .state_at = (row)->state_at                                         \
    }

bool hope_find(const Scope *scope, ProgramId program, Hope *ret_hope) {
    HopeOwn row;
    if (!hope_own(scope->db, program, scope->actor, &row)) {
        return false;
    }
    *ret_hope = HOPE_OF(&row);
    return true;
}

static bool is_fit(Str words, size_t most) {
    return !str_is_empty(str_trim(words)) && str_characters(words) <= most;
}

HopeResult hope_write(const Scope *scope, Tx *tx, ProgramId program, Str words, bool is_named) {
    if (!hope_may(scope, program)) {
        return HOPE_ELSEWHERE;
    }
    if (!is_fit(words, HOPE_CHARACTERS)) {
        return HOPE_UNFIT;
    }
    (void)hope_delete(tx, program, scope->actor);
    hope_insert(tx, &(HopeInsert){.id = {random_id(scope->random)},
                                  .program = program,
                                  .person = scope->actor,
                                  .words = words,
                                  .lang = scope->lang,
                                  .is_named = is_named,
                                  .state = HOPE_DRAFT,
                                  .said = STR(""),
                                  .now = scope->now});
    return HOPE_DONE;
}

HopeResult hope_send(const Scope *scope, Tx *tx, ProgramId program) {
    const int64_t changed = hope_set_sent(tx, &(HopeSetSent){.program = program,
                                                             .person = scope->actor,
                                                             .draft = HOPE_DRAFT,
                                                             .sent = HOPE_SENT,
                                                             .now = scope->now});
    return changed == 1 ? HOPE_DONE : HOPE_ELSEWHERE;
}

HopeResult hope_take_back(const Scope *scope, Tx *tx, ProgramId program) {
    return hope_delete(tx, program, scope->actor) == 1 ? HOPE_DONE : HOPE_ELSEWHERE;
}

Hopes hope_list_sent(const Scope *scope, ProgramId program) {
    const HopeSentRows rows = hope_sent(scope->db, program, HOPE_SENT, HOPE_OPEN_MOST);
    Hope *items = NEW_MANY(scope->arena, rows.count, Hope);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = HOPE_OF(&rows.items[at]);
    }
    return (Hopes){.items = items, .count = rows.count};
}

static Hopes shown_of(const Scope *scope, ProgramId program, int64_t most) {
    const HopeShownRows rows = hope_shown(scope->db, program, HOPE_SHOWN, most);
    Hope *items = NEW_MANY(scope->arena, rows.count, Hope);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = HOPE_OF(&rows.items[at]);
    }
    return (Hopes){.items = items, .count = rows.count};
}

Hopes hope_list_shown(const Scope *scope, ProgramId program) {
    return shown_of(scope, program, HOPE_OPEN_MOST);
}

HopeWords hope_words(const Scope *scope, ProgramId program) {
    const Hopes shown = shown_of(scope, program, HOPE_SHOWN_MOST);
    HopeWord *items = NEW_MANY(scope->arena, shown.count, HopeWord);
    for (size_t at = 0; at < shown.count; at++) {
        const Hope *one = &shown.items[at];
        items[at] = (HopeWord){
            .words = one->words, .lang = one->lang, .called = one->is_named ? one->called : STR("")};
    }
    return (HopeWords){.items = items, .count = shown.count};
}

bool hope_find_read(const Scope *scope, HopeId id, Hope *ret_hope) {
    HopeById row;
    if (!hope_by_id(scope->db, id, HOPE_SENT, HOPE_SHOWN, &row)) {
        return false;
    }
    *ret_hope = HOPE_OF(&row);
    return true;
}

HopeResult hope_answer(const Scope *scope, Tx *tx, HopeId id, Time written_at, HopeAnswer answer, Str said) {
    static const HopeState states[] = {
        [HOPE_SHOW] = HOPE_SHOWN, [HOPE_ASK] = HOPE_ASKED, [HOPE_DECLINE] = HOPE_DECLINED};
    Hope hope;
    if (!hope_find_read(scope, id, &hope)) {
        return HOPE_ELSEWHERE;
    }
    if (answer != HOPE_SHOW && !is_fit(said, HOPE_SAID_CHARACTERS)) {
        return HOPE_UNFIT;
    }
    const int64_t changed = hope_set_answered(tx, &(HopeSetAnswered){.id = id,
                                                                     .person = hope.person,
                                                                     .sent = HOPE_SENT,
                                                                     .shown = HOPE_SHOWN,
                                                                     .written_at = written_at,
                                                                     .state = states[answer],
                                                                     .said = said,
                                                                     .by_person = scope->actor,
                                                                     .now = scope->now});
    if (changed != 1) {
        return HOPE_ELSEWHERE;
    }
    notice_send(scope, tx, hope.person);
    return HOPE_DONE;
}

/* ---- wishes ---- */

Text hope_wish_text(HopeWishKind kind) {
    switch (kind) {
    case HOPE_WISH_CALLS:
        return TEXT_HOPE_WISH_CALLS;
    case HOPE_WISH_TRAIN:
        return TEXT_HOPE_WISH_TRAIN;
    }
    assert(false && "a wish that the schema does not know");
    return TEXT_NONE;
}

enum { HOPE_ANSWERED_MOST = 10 };

#define HOPE_WISH_OF(row)                                                                                    \
    (HopeWish) {                                                                                             \
        .id = (row)->id, .program = (row)->program, .person = (row)->person, .called = (row)->called,        \
        .kind = (HopeWishKind)(row)->kind, .since = (row)->since, .answer = (row)->answer,                   \
        .by_called = (row)->by_called, .answered_at = (row)->answered_at                                     \
    }

HopeWishes hope_wishes(const Scope *scope, ProgramId program) {
    const HopeWishOwnRows rows = hope_wish_own(scope->db, program, scope->actor, HOPE_WISH_KINDS);
    HopeWish *items = NEW_MANY(scope->arena, rows.count, HopeWish);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = HOPE_WISH_OF(&rows.items[at]);
    }
    return (HopeWishes){.items = items, .count = rows.count};
}

HopeWishes hope_wishes_answered(const Scope *scope) {
    const HopeWishAnsweredRows rows = hope_wish_answered(scope->db, scope->actor, HOPE_ANSWERED_MOST);
    HopeWish *items = NEW_MANY(scope->arena, rows.count, HopeWish);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = HOPE_WISH_OF(&rows.items[at]);
    }
    return (HopeWishes){.items = items, .count = rows.count};
}

HopeResult hope_wish_set(const Scope *scope, Tx *tx, ProgramId program, HopeWishKind kind, bool is_on) {
    if (!is_on) {
        (void)hope_wish_delete(tx, program, scope->actor, kind);
        return HOPE_DONE;
    }
    if (!hope_may(scope, program)) {
        return HOPE_ELSEWHERE;
    }
    hope_wish_insert(tx, &(HopeWishInsert){.id = {random_id(scope->random)},
                                           .program = program,
                                           .person = scope->actor,
                                           .kind = kind,
                                           .answer = STR(""),
                                           .now = scope->now});
    return HOPE_DONE;
}

HopeWishes hope_wishes_open(const Scope *scope, ProgramId program) {
    const HopeWishOpenRows rows = hope_wish_open(scope->db, program, HOPE_OPEN_MOST);
    HopeWish *items = NEW_MANY(scope->arena, rows.count, HopeWish);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = HOPE_WISH_OF(&rows.items[at]);
    }
    return (HopeWishes){.items = items, .count = rows.count};
}

bool hope_wish_find(const Scope *scope, HopeWishId id, HopeWish *ret_wish) {
    HopeWishById row;
    if (!hope_wish_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_wish = HOPE_WISH_OF(&row);
    return true;
}

HopeResult hope_wish_answer(const Scope *scope, Tx *tx, HopeWishId id, Str answer) {
    HopeWish wish;
    if (!hope_wish_find(scope, id, &wish)) {
        return HOPE_ELSEWHERE;
    }
    if (!is_fit(answer, HOPE_SAID_CHARACTERS)) {
        return HOPE_UNFIT;
    }
    const int64_t changed = hope_wish_set_answered(
        tx,
        &(HopeWishSetAnswered){
            .id = id, .person = wish.person, .answer = answer, .by_person = scope->actor, .now = scope->now});
    if (changed != 1) {
        return HOPE_ELSEWHERE;
    }
    notice_send(scope, tx, wish.person);
    return HOPE_DONE;
}

int64_t hope_waiting(const Scope *scope, ProgramId program) {
    HopeCountWaiting row = {0};
    (void)hope_count_waiting(scope->db, program, HOPE_SENT, HOPE_OPEN_MOST, &row);
    return row.words + row.wishes;
}

void hope_forget(Tx *tx, PersonId person) {
    hope_delete_of(tx, person);
    hope_wish_delete_of(tx, person);
}
