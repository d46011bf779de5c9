/* SPDX-License-Identifier: Apache-2.0 */
/* Cards of what works: written, put in order, opened and closed. */
#include "features/toolbox/toolbox.h"

#include "texts.h"
#include "toolbox_sql.h"

#include <assert.h>

static void mark(Tx *tx, ToolboxCardId id, bool is_part2) {
    if (is_part2) {
        toolbox_mark_part2(tx, id);
    } else {
        toolbox_unmark_part2(tx, id);
    }
}

ToolboxResult toolbox_add(const Scope *scope, Tx *tx, const ToolboxNew *card) {
    ToolboxEnd end = {0};
    (void)toolbox_end(scope->db, scope->actor, &end);
    if (end.cards >= TOOLBOX_MOST) {
        return TOOLBOX_FULL;
    }
    const ToolboxCardId id = {random_id(scope->random)};
    toolbox_insert(tx, &(ToolboxInsert){.id = id,
                                        .person = scope->actor,
                                        .words = card->words,
                                        .kind = card->kind,
                                        .is_trial = card->is_trial,
                                        .place = end.place + 1,
                                        .now = scope->now});
    mark(tx, id, card->is_part2);
    return TOOLBOX_DONE;
}

ToolboxResult toolbox_change(const Scope *scope, Tx *tx, ToolboxCardId id, const ToolboxNew *card) {
    const int64_t changed = toolbox_update(tx, &(ToolboxUpdate){.id = id,
                                                                .person = scope->actor,
                                                                .words = card->words,
                                                                .kind = card->kind,
                                                                .is_trial = card->is_trial});
    if (changed != 1) {
        return TOOLBOX_ELSEWHERE;
    }
    mark(tx, id, card->is_part2);
    return TOOLBOX_DONE;
}

ToolboxResult toolbox_move(const Scope *scope, Tx *tx, ToolboxCardId id, bool is_up) {
    const ToolboxPlacesRows rows = toolbox_places(scope->db, scope->actor, TOOLBOX_MOST);
    for (size_t at = 0; at < rows.count; at++) {
        if (!toolbox_card_id_equal(rows.items[at].id, id)) {
            continue;
        }
        if (is_up ? at == 0 : at + 1 == rows.count) {
            return TOOLBOX_DONE;
        }
        const ToolboxPlaces *one = &rows.items[at];
        const ToolboxPlaces *other = &rows.items[is_up ? at - 1 : at + 1];
        toolbox_set_place(tx, one->id, scope->actor, other->place);
        toolbox_set_place(tx, other->id, scope->actor, one->place);
        return TOOLBOX_DONE;
    }
    return TOOLBOX_ELSEWHERE;
}

ToolboxResult toolbox_drop(const Scope *scope, Tx *tx, ToolboxCardId id) {
    ToolboxCard card;
    if (!toolbox_find(scope, id, &card)) {
        return TOOLBOX_ELSEWHERE;
    }
    reader_drop(tx, READER_THING(id));
    toolbox_unmark_part2(tx, id);
    toolbox_delete(tx, id, scope->actor);
    return TOOLBOX_DONE;
}

void toolbox_forget(Tx *tx, PersonId person) {
    toolbox_unmark_of(tx, person);
    toolbox_delete_of(tx, person);
}

/* The queries give the same row under their own names. */
#define TOOLBOX_CARD_OF(row)                                                                                 \
    (ToolboxCard) {                                                                                          \
        .id = (row)->id, .person = (row)->person, .words = (row)->words, .kind = (ToolboxKind)(row)->kind,   \
        .is_trial = (row)->is_trial, .made_at = (row)->made_at                                               \
    }

ToolboxCards toolbox_list(const Scope *scope) {
    const ToolboxOfPersonRows rows = toolbox_of_person(scope->db, scope->actor, TOOLBOX_MOST);
    ToolboxCard *items = NEW_MANY(scope->arena, rows.count, ToolboxCard);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = TOOLBOX_CARD_OF(&rows.items[at]);
    }
    return (ToolboxCards){.items = items, .count = rows.count};
}

bool toolbox_find(const Scope *scope, ToolboxCardId id, ToolboxCard *ret_card) {
    ToolboxById row;
    if (!toolbox_by_id(scope->db, id, scope->actor, &row)) {
        return false;
    }
    *ret_card = TOOLBOX_CARD_OF(&row);
    return true;
}

ToolboxCards toolbox_list_opened(const Scope *scope, const ReaderLet *let) {
    if (!reader_lets(let, READER_CARD)) {
        return (ToolboxCards){0};
    }
    const ToolboxOpenedRows rows = toolbox_opened(scope->db, let->match, let->person, TOOLBOX_MOST);
    ToolboxCard *items = NEW_MANY(scope->arena, rows.count, ToolboxCard);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = TOOLBOX_CARD_OF(&rows.items[at]);
    }
    return (ToolboxCards){.items = items, .count = rows.count};
}

Text toolbox_kind_text(ToolboxKind kind) {
    switch (kind) {
    case TOOLBOX_CALMS:
        return TEXT_TOOLBOX_CALMS;
    case TOOLBOX_STRENGTH:
        return TEXT_TOOLBOX_STRENGTH;
    case TOOLBOX_CHILD:
        return TEXT_TOOLBOX_CHILD;
    case TOOLBOX_HOME:
        return TEXT_TOOLBOX_HOME;
    case TOOLBOX_PEOPLE:
        return TEXT_TOOLBOX_PEOPLE;
    }
    assert(false && "a kind of card that the schema does not know");
    return TEXT_NONE;
}
