/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the versions of a safety card, and tells features/safety what a machine has to honor. */
#include "features/card/card.h"

#include "card_sql.h"

enum { VERSIONS_MOST = 50 };

/* What is kept from this reader is not there at all. */
static Str or_empty(Str words) {
    return str_is_none(words) ? STR("") : words;
}

static Card card_of(const CardList *row) {
    return (Card){
        .version = row->version,
        .by_called = row->by_called,
        .at = row->at,
        .lang = (Lang)row->lang,
        .words = {[CARD_SAFE] = or_empty(row->safe),
                  [CARD_CALL] = or_empty(row->call),
                  [CARD_NOT_CALL] = or_empty(row->not_call),
                  [CARD_WORSE] = or_empty(row->worse),
                  [CARD_HELPS] = or_empty(row->helps)},
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
    for (size_t part = 0; part < CARD_PARTS; part++) {
        card.words[part] = STR("");
    }
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

void card_write(const Scope *scope, Tx *tx, const Card *card, const ContactPointId *unsafe, size_t count) {
    card_insert(tx, &(CardInsert){.id = {random_id(scope->random)},
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
    safety_set(scope, tx, scope->actor, &card->rules);
    safety_set_unsafe(scope, tx, scope->actor, unsafe, count);
}

bool card_is_for_giver(const Scope *scope, PersonId person) {
    CardReaders row;
    return card_readers(scope->db, person, &row) && row.for_giver;
}

bool card_is_for_coordinator(const Scope *scope, PersonId person) {
    CardReaders row;
    return card_readers(scope->db, person, &row) && row.for_coordinator;
}
