/* SPDX-License-Identifier: Apache-2.0 */
/* Finding the row that something came from. */
#include "features/origin/origin.h"

#include "origin_sql.h"

static Strs lines_of(Arena *arena, Str text) {
    size_t count = 1;
    for (size_t at = 0; at < text.length; at++) {
        count += text.at[at] == '\n' ? 1 : 0;
    }
    Str *lines = NEW_MANY(arena, count, Str);
    size_t found = 0;
    while (text.length > 0) {
        (void)str_cut(text, '\n', &lines[found], &text);
        found++;
    }
    return (Strs){.items = lines, .count = found};
}

OriginLines origin_lines(Arena *arena, Str original, Str unparsed) {
    return (OriginLines){.original = lines_of(arena, original), .unparsed = lines_of(arena, unparsed)};
}

static Origin origin_new(Str filename, Time done_at, bool is_kept, Part2Words original, Part2Words unparsed) {
    return (Origin){
        .is_there = true,
        .filename = filename,
        .taken_in_at = done_at,
        .is_kept = is_kept,
        .original = original,
        .unparsed = unparsed,
    };
}

Origin origin_of_request(const Scope *scope, RequestId request) {
    const OriginByRequestRows rows = origin_by_request(scope->db, request, scope->actor, scope->now);
    if (rows.count == 0) {
        return (Origin){.is_there = false};
    }
    const OriginByRequest *row = &rows.items[0];
    return origin_new(row->filename, row->done_at, row->is_kept, row->original, row->unparsed);
}

Origin origin_of_offer(const Scope *scope, OfferId offer) {
    const OriginByOfferRows rows = origin_by_offer(scope->db, offer, scope->actor);
    if (rows.count == 0) {
        return (Origin){.is_there = false};
    }
    const OriginByOffer *row = &rows.items[0];
    return origin_new(row->filename, row->done_at, row->is_kept, row->original, row->unparsed);
}
