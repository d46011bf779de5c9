/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the versions of a safety card, and tells features/safety what a machine has to honor. */
#include "features/card/card.h"

#include "card_sql.h"
#include "texts.h"

enum { VERSIONS_MOST = 50 };

static Card card_of(const CardList *row) {
    return (Card){
        .version = row->version,
        .by_called = row->by_called,
        .at = row->at,
        .lang = (Lang)row->lang,
        .words = {[CARD_SAFE] = row->safe,
                  [CARD_CALL] = row->call,
                  [CARD_NOT_CALL] = row->not_call,
                  [CARD_WORSE] = row->worse,
                  [CARD_HELPS] = row->helps},
        .is_part2 = row->is_part2,
        .kept = (unsigned)row->kept,
        .rules = {.hours = safety_hours_read(row->hours),
                  .zone = row->zone,
                  .for_giver = row->for_giver,
                  .for_coordinator = row->for_coordinator},
    };
}

static Cards versions(const Scope *scope, PersonId person, int64_t most) {
    CardWalksWith near = {0};
    const bool is_near = person_id_equal(person, scope->actor) ||
                         (card_walks_with(scope->db, person, scope->actor, scope->now, &near) && near.walks);
    const CardListRows rows = card_list(scope->db, person, is_near, most);
    Card *items = NEW_MANY(scope->arena, rows.count, Card);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = card_of(&rows.items[at]);
    }
    return (Cards){.items = items, .count = rows.count};
}

Cards card_versions(const Scope *scope, PersonId person) {
    return versions(scope, person, VERSIONS_MOST);
}

static Card card_blank(const Scope *scope, PersonId person) {
    Card card = {.lang = scope->lang, .rules = {.for_giver = true, .for_coordinator = true}};
    const CardHomeRows homes = card_home(scope->db, person);
    card.rules.zone = homes.count > 0 ? homes.items[0].zone : STR("UTC");
    return card;
}

bool card_find(const Scope *scope, PersonId person, Card *ret_card) {
    Person row;
    if (!account_person_find(scope, person, &row)) {
        return false;
    }
    const Cards newest = versions(scope, person, 1);
    *ret_card = newest.count > 0 ? newest.items[0] : card_blank(scope, person);
    return true;
}

void card_write(const Scope *scope, Tx *tx, const CardNew *card, const ContactPointId *unsafe, size_t count) {
    const SafetyCardId id = {random_id(scope->random)};
    card_insert(tx, &(CardInsert){.id = id,
                                  .person = scope->actor,
                                  .by_person = scope->actor,
                                  .now = scope->now,
                                  .lang = scope->lang,
                                  .safe = card->words[CARD_SAFE],
                                  .call = card->words[CARD_CALL],
                                  .not_call = card->words[CARD_NOT_CALL],
                                  .worse = card->words[CARD_WORSE],
                                  .helps = card->words[CARD_HELPS],
                                  .hours = safety_hours_write(scope->arena, &card->rules.hours),
                                  .zone = card->rules.zone,
                                  .for_giver = card->rules.for_giver,
                                  .for_coordinator = card->rules.for_coordinator,
                                  .kept = card->kept});
    if (card->is_part2) {
        card_mark_part2(tx, id);
    }
    safety_set(scope, tx, scope->actor, &card->rules);
    safety_set_unsafe(scope, tx, scope->actor, unsafe, count);
}

bool card_shared_by(const Scope *scope, PersonId person, RequestId *ret_request, PersonId *ret_with) {
    const CardSharingRows rows = card_sharing(scope->db, person, scope->actor, scope->now);
    if (rows.count > 0) {
        *ret_request = rows.items[0].request;
        *ret_with = rows.items[0].with_person;
    }
    return rows.count > 0;
}

bool card_is_for_giver(const Scope *scope, PersonId person) {
    CardReaders row;
    return card_readers(scope->db, person, &row) && row.for_giver;
}

bool card_is_for_coordinator(const Scope *scope, PersonId person) {
    CardReaders row;
    return card_readers(scope->db, person, &row) && row.for_coordinator;
}

Text card_part_text(CardPart part) {
    static const Text texts[CARD_PARTS] = {
        [CARD_SAFE] = TEXT_CARD_SAFE,   [CARD_CALL] = TEXT_CARD_CALL,   [CARD_NOT_CALL] = TEXT_CARD_NOT_CALL,
        [CARD_WORSE] = TEXT_CARD_WORSE, [CARD_HELPS] = TEXT_CARD_HELPS,
    };
    return texts[part];
}
