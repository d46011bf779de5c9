/* SPDX-License-Identifier: Apache-2.0 */
/* Which question of progress stands open, and the answers to it. */
#include "features/progress/progress.h"

#include "progress_sql.h"
#include "texts.h"

#include <assert.h>

/* True when that day of the match has come and nothing was answered since. */
static bool is_open(const Scope *scope, const ProgressMatch *match, ClockKind clock, Time newest) {
    Time day = program_due(scope, match->program, clock, match->began_at);
    return !time_is_before(scope->now, day) && time_is_before(newest, day);
}

ProgressOccasion progress_due(const Scope *scope, RequestId request) {
    ProgressNewest newest;
    if (!progress_newest(scope->db, request, &newest) || time_is_none(newest.at)) {
        return PROGRESS_START;
    }
    ProgressMatchRows matches = progress_match(scope->db, request);
    if (matches.count == 0) {
        return PROGRESS_WHENEVER;
    }
    if (is_open(scope, &matches.items[0], CLOCK_CHECKIN_SECOND, newest.at)) {
        return PROGRESS_WEEK_8;
    }
    return is_open(scope, &matches.items[0], CLOCK_CHECKIN_FIRST, newest.at) ? PROGRESS_WEEK_2
                                                                             : PROGRESS_WHENEVER;
}

void progress_add(const Scope *scope, Tx *tx, RequestId request, int64_t value, Str words, bool is_part2) {
    assert(value >= PROGRESS_LEAST && value <= PROGRESS_MOST);
    const ProgressId id = {random_id(scope->random)};
    progress_insert(tx, &(ProgressInsert){
                            .request = request,
                            .at = scope->now,
                            .id = id,
                            .person = scope->actor,
                            .value = value,
                            .occasion = progress_due(scope, request),
                            .words = words,
                        });
    if (is_part2) {
        progress_mark_part2(tx, id);
    }
}

ProgressList progress_list(const Scope *scope, RequestId request) {
    ProgressRowsRows rows = progress_rows(scope->db, request);
    Progress *items = NEW_MANY(scope->arena, rows.count, Progress);
    for (size_t at = 0; at < rows.count; at++) {
        const ProgressRows *row = &rows.items[rows.count - 1 - at];
        items[at] = (Progress){.at = row->at,
                               .value = row->value,
                               .occasion = (ProgressOccasion)row->occasion,
                               .words = row->words};
    }
    return (ProgressList){.items = items, .count = rows.count};
}

Text progress_occasion_text(ProgressOccasion occasion) {
    switch (occasion) {
    case PROGRESS_START:
        return TEXT_PROGRESS_AT_START;
    case PROGRESS_WEEK_2:
        return TEXT_PROGRESS_AT_WEEK_2;
    case PROGRESS_WEEK_8:
        return TEXT_PROGRESS_AT_WEEK_8;
    case PROGRESS_WHENEVER:
        return TEXT_PROGRESS_AT_WHENEVER;
    }
    assert(false && "an occasion that the schema does not know");
    return TEXT_NONE;
}
