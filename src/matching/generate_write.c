/* SPDX-License-Identifier: Apache-2.0 */
/* Writes made-up people as lines of numbers. */
#include "matching/generate.h"

static void write_offer(Records *records, const MatchingOffer *offer) {
    records_line(records, 'o', 8,
                 (int64_t[]){offer->key, offer->person, offer->is_cleared, offer->is_paused, offer->capacity,
                             offer->load, offer->listed, offer->pending});
    for (size_t at = 0; at < offer->has.count; at++) {
        const MatchingItem item = offer->has.items[at];
        records_line(records, 'h', 3, (int64_t[]){offer->key, item.facet, item.item});
    }
    for (size_t at = 0; at < offer->rather_not.count; at++) {
        records_line(records, 'n', 2, (int64_t[]){offer->key, offer->rather_not.items[at].item});
    }
}

static void write_keys(Records *records, char letter, int64_t request, MatchingKeys keys) {
    for (size_t at = 0; at < keys.count; at++) {
        records_line(records, letter, 2, (int64_t[]){request, keys.items[at]});
    }
}

static void write_request(Records *records, const MatchingRequest *request) {
    records_line(records, 'r', 6,
                 (int64_t[]){request->key, request->person, request->waiting_days, request->is_urgent,
                             request->is_in_floor_group, request->unlike});
    for (size_t at = 0; at < request->wishes.count; at++) {
        const MatchingWish wish = request->wishes.items[at];
        records_line(records, 'w', 5,
                     (int64_t[]){request->key, wish.facet, wish.item, wish.kind, wish.is_required});
    }
    write_keys(records, 'a', request->key, request->apart);
    write_keys(records, 'x', request->key, request->passed);
    write_keys(records, 'k', request->key, request->known);
}

void generate_write_pool(Arena *scratch, const RecordsSink *sink, const GeneratePool *pool) {
    Records records = records_new(scratch, sink);
    for (size_t at = 0; at < pool->offer_count; at++) {
        write_offer(&records, &pool->offers[at]);
    }
    for (size_t at = 0; at < pool->request_count; at++) {
        write_request(&records, &pool->requests[at]);
    }
    records_flush(&records);
}
