/* SPDX-License-Identifier: Apache-2.0 */
/* Reading offers as the matcher knows them, and keeping the pool true by version. */
#include "features/pool/pool_of.h"

#include "features/asked/asked.h"
#include "platform/keep.h"
#include "pool_sql.h"

#include <stdlib.h>

enum { OWN_MOST = 8 }; /* places on one request's own list */
/* While a pool is read: some hundred bytes an offer and a word. */
static const size_t SCRATCH_MOST = (size_t)2 << 30;
static const KeepKind pool_kind = {.name = "pool"};

typedef struct Kept {
    Pool *pool;
    Str policy;          /* its name */
    int64_t version;     /* what it was read at, outside of what a transaction had changed itself */
    int64_t connections; /* of the Db then */
    /* Offers that were laid over by rows that may never have been committed: read again with the next look,
     * unless it is of the same transaction. Each at most once, and room for OWN_MOST more. */
    OfferId *doubts;
    size_t doubt_count;
    int64_t seen_in;      /* the number of that transaction */
    int64_t seen_version; /* what it had changed by then is laid over */
} Kept;

/* ---- reading ---- */

typedef struct Offers {
    MatchingOffer *items;
    bool *have_ended; /* by offer: in no pool */
    size_t count;
} Offers;

/* An arena for rows that are many, which is gone with the request at the latest. */
static Arena *scratch_begin(const Scope *scope) {
    Arena *scratch = arena_new_within(scope->arena, SCRATCH_MOST);
    db_use(scope->db, scratch);
    return scratch;
}

static void scratch_end(const Scope *scope, Arena *scratch) {
    db_use(scope->db, scope->arena);
    arena_free(scratch);
}

static int compare_lists(const void *key, const void *row) {
    int64_t left = *(const int64_t *)key;
    int64_t right = ((const PoolOfLists *)row)->id.value;
    return left < right ? -1 : left > right;
}

static MatchingItem item_of(const PoolOfListsRows *lists, ListItemId item) {
    const PoolOfLists *row = bsearch(&item.value, lists->items, lists->count, sizeof *row, compare_lists);
    return (MatchingItem){.item = item.value,
                          .facet = asked_facet(row == NULL ? LIST_EXPERIENCE : (ListKind)row->list)};
}

static MatchingOffer offer_of(const PoolOfChanged *row) {
    return (MatchingOffer){
        .key = row->id.value,
        .person = row->person.value,
        .is_cleared = row->is_cleared,
        .is_paused = row->standing == OFFER_PAUSED || row->standing == OFFER_ENDED,
        .capacity = row->capacity,
        .load = row->load,
        .listed = row->listed,
        .pending = row->pending,
        .price = row->price,
    };
}

/* The words of one offer, side by side in the rows, what it has before its limits; `room` is for them and
 * one more. */
static size_t lay_items(const PoolOfListsRows *lists, const PoolOfItemsRows *rows, size_t at,
                        ListItemId relation, MatchingOffer *offer, MatchingItem *room) {
    const size_t first = at;
    offer->has.items = room;
    if (relation.value != 0) {
        room[offer->has.count++] = (MatchingItem){.item = relation.value, .facet = FACET_RELATION};
    }
    for (; at < rows->count && rows->items[at].offer.value == offer->key && !rows->items[at].is_limit; at++) {
        room[offer->has.count++] = item_of(lists, rows->items[at].item);
    }
    room += offer->has.count;
    offer->rather_not.items = room;
    for (; at < rows->count && rows->items[at].offer.value == offer->key; at++) {
        room[offer->rather_not.count++] = item_of(lists, rows->items[at].item);
    }
    return at - first;
}

/* Three queries, whatever the number of offers. They live in the arena, which the Db uses. */
static Offers read_after(const Scope *scope, Arena *arena, ProgramId program, int64_t version) {
    PoolOfListsRows lists = pool_of_lists(scope->db, program);
    PoolOfChangedRows rows = pool_of_changed(scope->db, program, version);
    PoolOfItemsRows items = pool_of_items(scope->db, program, version);
    Offers offers = {.items = NEW_MANY(arena, rows.count, MatchingOffer),
                     .have_ended = NEW_MANY(arena, rows.count, bool)};
    MatchingItem *room = NEW_MANY(arena, items.count + rows.count, MatchingItem);
    size_t next = 0;
    for (; offers.count < rows.count; offers.count++) {
        const PoolOfChanged *row = &rows.items[offers.count];
        MatchingOffer *offer = &offers.items[offers.count];
        *offer = offer_of(row);
        offers.have_ended[offers.count] = row->standing == OFFER_ENDED;
        next += lay_items(&lists, &items, next, row->relation, offer, room);
        room += offer->has.count + offer->rather_not.count;
    }
    return offers;
}

/* One offer; false when it is not there. */
static bool read_one(const Scope *scope, Arena *arena, ProgramId program, OfferId id,
                     MatchingOffer *ret_offer, bool *ret_has_ended) {
    PoolOfOffer row;
    if (!pool_of_offer(scope->db, id, &row)) {
        return false;
    }
    PoolOfListsRows lists = pool_of_lists(scope->db, program);
    PoolOfOfferItemsRows words = pool_of_offer_items(scope->db, id);
    PoolOfItems *items = NEW_MANY(arena, words.count, PoolOfItems);
    for (size_t at = 0; at < words.count; at++) {
        items[at] =
            (PoolOfItems){.offer = id, .item = words.items[at].item, .is_limit = words.items[at].is_limit};
    }
    *ret_offer = offer_of(&(PoolOfChanged){.id = id,
                                           .person = row.person,
                                           .capacity = row.capacity,
                                           .load = row.load,
                                           .standing = row.standing,
                                           .is_cleared = row.is_cleared,
                                           .listed = row.listed,
                                           .pending = row.pending,
                                           .price = row.price});
    *ret_has_ended = row.standing == OFFER_ENDED;
    lay_items(&lists, &(PoolOfItemsRows){.items = items, .count = words.count}, 0, row.relation, ret_offer,
              NEW_MANY(arena, words.count + 1, MatchingItem));
    return true;
}

/* Takes out those that have ended; returns how many are left. */
static size_t drop_ended(Offers *offers) {
    size_t count = 0;
    for (size_t at = 0; at < offers->count; at++) {
        if (!offers->have_ended[at]) {
            offers->items[count++] = offers->items[at];
        }
    }
    return count;
}

PoolOffers pool_of_offers(const Scope *scope, ProgramId program) {
    Offers offers = read_after(scope, scope->arena, program, -1);
    return (PoolOffers){.items = offers.items, .count = drop_ended(&offers)};
}

PoolChanges pool_of_changes(const Scope *scope, ProgramId program, int64_t version) {
    PoolOfVersion now = {0};
    (void)pool_of_version(scope->db, program, &now);
    if (now.remade_in > version || now.version < version) {
        return (PoolChanges){0};
    }
    Offers offers = read_after(scope, scope->arena, program, version);
    return (PoolChanges){.is_whole = true, .items = offers.items, .count = offers.count};
}

/* ---- making ---- */

/* A pool of what the open transaction sees: kept, or, when it sees its own changes, for this request alone.
 */
static Kept *make(const Scope *scope, ProgramId program, const MatchingPolicy *policy, int64_t version) {
    bool is_own = db_has_written(scope->db);
    Arena *scratch = scratch_begin(scope);
    Offers offers = read_after(scope, scratch, program, -1);
    const size_t count = drop_ended(&offers);
    Arena *arena = scratch;
    if (!is_own) {
        size_t most = pool_bytes(scratch, offers.items, count) + sizeof(Kept) + policy->name.length +
                      (count + OWN_MOST) * sizeof(OfferId) + 128;
        arena = keep_begin(scope->keep, &pool_kind, program.value, most);
    }
    Kept *kept = NEW(arena, Kept);
    *kept = (Kept){
        .pool = pool_new(arena, policy, offers.items, count),
        .policy = str_copy(arena, policy->name),
        .version = version,
        .connections = db_connections(scope->db),
        .doubts = NEW_MANY(arena, count + OWN_MOST, OfferId),
    };
    if (is_own) {
        db_use(scope->db, scope->arena); /* the scratch is where it lives */
        return kept;
    }
    keep_ready(scope->keep, &pool_kind, program.value, kept);
    scratch_end(scope, scratch);
    return kept;
}

/* ---- following ---- */

static void doubt(Kept *kept, OfferId id) {
    for (size_t at = 0; at < kept->doubt_count; at++) {
        if (offer_id_equal(kept->doubts[at], id)) {
            return;
        }
    }
    kept->doubts[kept->doubt_count++] = id;
}

/* Lays one offer over what is kept. False: the pool must be made anew. */
static bool lay_over(const Scope *scope, Kept *kept, const MatchingOffer *offer, bool has_ended) {
    if (pool_position(kept->pool, offer->key) == pool_count(kept->pool)) {
        return has_ended;
    }
    if (db_has_written(scope->db)) {
        doubt(kept, (OfferId){offer->key});
    }
    return !has_ended && pool_change(kept->pool, offer);
}

static bool is_among(const Offers *offers, OfferId id) {
    size_t low = 0;
    size_t high = offers->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (offers->items[middle].key < id.value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < offers->count && offers->items[low].key == id.value;
}

/* Doubts that are not among what is read anyway. */
static bool lay_doubts_over(const Scope *scope, ProgramId program, Kept *kept, Arena *scratch,
                            const Offers *offers) {
    for (size_t at = 0; at < kept->doubt_count; at++) {
        MatchingOffer offer;
        bool has_ended = false;
        if (!is_among(offers, kept->doubts[at]) &&
            (!read_one(scope, scratch, program, kept->doubts[at], &offer, &has_ended) || has_ended ||
             !pool_change(kept->pool, &offer))) {
            return false;
        }
    }
    return true;
}

/* Lays over what changed since. False: the pool must be made anew. */
static bool follow(const Scope *scope, ProgramId program, Kept *kept, int64_t version) {
    const bool is_own = db_has_written(scope->db);
    const bool goes_on = is_own && kept->seen_in == db_transaction_number(scope->db);
    const int64_t from = goes_on ? kept->seen_version : kept->version;
    if (goes_on && from == version) {
        return true;
    }
    Arena *scratch = scratch_begin(scope);
    Offers offers = {0};
    if (version != from) {
        offers = read_after(scope, scratch, program, from);
    }
    bool has_followed = goes_on || lay_doubts_over(scope, program, kept, scratch, &offers);
    for (size_t at = 0; at < offers.count && has_followed; at++) {
        has_followed = lay_over(scope, kept, &offers.items[at], offers.have_ended[at]);
    }
    scratch_end(scope, scratch);
    if (has_followed && is_own) {
        kept->seen_in = db_transaction_number(scope->db);
        kept->seen_version = version;
    } else if (has_followed) {
        kept->version = version;
        kept->doubt_count = 0;
    }
    return has_followed;
}

static Kept *bring_up_to_date(const Scope *scope, ProgramId program, const MatchingPolicy *policy) {
    PoolOfVersion now = {0};
    (void)pool_of_version(scope->db, program, &now); /* no row: nothing has changed yet */
    Kept *kept = keep_find(scope->keep, &pool_kind, program.value);
    bool is_usable = kept != NULL && kept->connections == db_connections(scope->db) &&
                     str_equal(kept->policy, policy->name) && kept->version <= now.version &&
                     now.remade_in <= kept->version;
    if (!is_usable) {
        return make(scope, program, policy, now.version);
    }
    if (now.version == kept->version && kept->doubt_count == 0) {
        return kept;
    }
    return follow(scope, program, kept, now.version) ? kept : make(scope, program, policy, now.version);
}

/* ---- asking ---- */

/* Everything read until end_moment() is one moment of the database. */
static bool begin_moment(const Scope *scope) {
    bool is_first = !db_is_in_transaction(scope->db);
    if (is_first) {
        db_begin_read(scope->db);
    }
    return is_first;
}

static void end_moment(const Scope *scope, bool is_first) {
    if (is_first) {
        db_end_read(scope->db);
    }
}

const Pool *pool_of(const Scope *scope, ProgramId program, const MatchingPolicy *policy) {
    bool is_first = begin_moment(scope);
    const Pool *pool = bring_up_to_date(scope, program, policy)->pool;
    end_moment(scope, is_first);
    return pool;
}

MatchingResult pool_of_shortlist(const Scope *scope, ProgramId program, const MatchingPolicy *policy,
                                 const MatchingRequest *request, uint64_t seed, size_t most,
                                 const OfferId *own, size_t own_count) {
    bool is_first = begin_moment(scope);
    Kept *kept = bring_up_to_date(scope, program, policy);
    const size_t doubt_count = kept->doubt_count;
    MatchingOffer *before = NEW_MANY(scope->arena, own_count, MatchingOffer);
    size_t changed = 0;
    for (size_t at = 0; at < own_count && at < OWN_MOST; at++) {
        bool has_ended = false;
        MatchingOffer *offer = &before[changed];
        if (read_one(scope, scope->arena, program, own[at], offer, &has_ended) && !has_ended &&
            offer->listed > 0) {
            MatchingOffer without = *offer;
            without.listed--;
            doubt(kept, own[at]); /* in case of a fail() before it is laid back */
            changed += pool_change(kept->pool, &without) ? 1 : 0;
        }
    }
    MatchingResult result = pool_shortlist(scope->arena, kept->pool, request, seed, most);
    for (size_t at = 0; at < changed; at++) {
        (void)pool_change(kept->pool, &before[at]); /* nothing in it is new */
    }
    kept->doubt_count = doubt_count;
    end_moment(scope, is_first);
    return result;
}
