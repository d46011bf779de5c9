/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps the counts of large programs, and reads them back as if they had been counted now. */
#include "features/fairness/fairness_ahead.h"

#include "fairness_sql.h"
#include "platform/again.h"

static const size_t ARENA_MOST = (size_t)1 << 30; /* of counting one program */
static const FairnessSpan spans[] = {FAIRNESS_QUARTER, FAIRNESS_YEAR, FAIRNESS_EVER};
enum { SPANS = sizeof spans / sizeof spans[0], ALL_SIDE = FAIRNESS_SIDES, HIDDEN = -1 };

/* ---- keeping ---- */

static int64_t kept_count(const FairnessCount *count) {
    return count->is_hidden ? HIDDEN : count->people;
}

static void keep_row(Tx *tx, ProgramId program, FairnessSpan span, int64_t side, int64_t place,
                     const FairnessRow *row) {
    fairness_group_put(tx, &(FairnessGroupPut){
                               .program = program,
                               .span = span,
                               .side = side,
                               .place = place,
                               .kind = row->kind,
                               .item = row->item,
                               .asked = kept_count(&row->all),
                               .no_list = kept_count(&row->steps[FAIRNESS_NO_LIST]),
                               .listed = kept_count(&row->steps[FAIRNESS_LISTED]),
                               .chosen = kept_count(&row->steps[FAIRNESS_CHOSEN]),
                               .accepted = kept_count(&row->steps[FAIRNESS_ACCEPTED]),
                               .days_half = row->has_waits ? row->days_half : HIDDEN,
                               .days_most = row->has_waits ? row->days_most : HIDDEN,
                           });
}

typedef struct Counted {
    FairnessFamilies families;
    FairnessSupporters supporters;
} Counted;

static void keep_span(Tx *tx, ProgramId program, FairnessSpan span, Time now, const Counted *counted) {
    const FairnessSupporters *supporters = &counted->supporters;
    fairness_count_put(tx, &(FairnessCountPut){
                               .program = program,
                               .span = span,
                               .now = now,
                               .supporters = (int64_t)supporters->all,
                               .places = supporters->places,
                               .half = supporters->half,
                               .most = supporters->most,
                           });
    keep_row(tx, program, span, ALL_SIDE, 0, &counted->families.all);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        const FairnessTable *table = &counted->families.by[side];
        for (size_t at = 0; at < table->count; at++) {
            keep_row(tx, program, span, (int64_t)side, (int64_t)at, &table->items[at]);
        }
    }
    for (size_t bin = 0; bin < FAIRNESS_BINS; bin++) {
        fairness_bin_put(tx, program, span, (int64_t)bin, supporters->bins[bin]);
    }
    for (size_t at = 0; at < supporters->count; at++) {
        const FairnessSupporter *person = &supporters->items[at];
        fairness_person_put(tx, &(FairnessPersonPut){
                                    .program = program,
                                    .span = span,
                                    .place = (int64_t)at,
                                    .offer = person->offer,
                                    .listed = person->listed,
                                    .chosen = person->chosen,
                                    .accepted = person->accepted,
                                });
    }
}

static void drop(Tx *tx, ProgramId program) {
    fairness_group_drop(tx, program);
    fairness_bin_drop(tx, program);
    fairness_person_drop(tx, program);
    fairness_count_drop(tx, program);
}

static void drop_write(Scope *scope, Tx *tx, void *context) {
    const ProgramId *program = context;
    (void)scope;
    drop(tx, *program);
}

typedef struct Counting {
    ProgramId program;
    Counted counted[SPANS];
} Counting;

static void keep_write(Scope *scope, Tx *tx, void *context) {
    const Counting *counting = context;
    drop(tx, counting->program);
    for (size_t at = 0; at < SPANS; at++) {
        keep_span(tx, counting->program, spans[at], scope->now, &counting->counted[at]);
    }
}

/* All spans are of one moment. */
static void count_program(const Scope *from, Arena *arena, ProgramId program) {
    Scope scope = *from;
    scope.arena = arena;
    db_use(scope.db, arena);
    Counting counting = {.program = program};
    db_begin_read(scope.db);
    for (size_t at = 0; at < SPANS; at++) {
        const Time since = fairness_since(&scope, spans[at]);
        counting.counted[at] = (Counted){.families = fairness_families_of(&scope, program, since),
                                         .supporters = fairness_supporters_of(&scope, program, since)};
    }
    db_end_read(scope.db);
    again_write(&scope, keep_write, &counting);
    db_use(from->db, from->arena);
}

void fairness_count_ahead_from(Scope *scope, int64_t least) {
    db_begin_read(scope->db);
    FairnessAheadProgramsRows rows = fairness_ahead_programs(scope->db);
    db_end_read(scope->db);
    Arena *arena = arena_new_within(scope->arena, ARENA_MOST);
    for (size_t at = 0; at < rows.count; at++) {
        if (rows.items[at].asked >= least) {
            count_program(scope, arena, rows.items[at].program);
            arena_reset(arena);
        } else if (rows.items[at].is_counted) {
            ProgramId program = rows.items[at].program;
            again_write(scope, drop_write, &program);
        }
    }
}

void fairness_count_ahead(Scope *scope) {
    fairness_count_ahead_from(scope, FAIRNESS_AHEAD_LEAST);
}

/* ---- reading ---- */

static FairnessCount count_of(int64_t kept) {
    return (FairnessCount){.people = kept == HIDDEN ? 0 : kept, .is_hidden = kept == HIDDEN};
}

static FairnessRow row_of(const FairnessGroupKept *kept) {
    return (FairnessRow){
        .kind = (FairnessGroup)kept->kind,
        .item = kept->item,
        .all = count_of(kept->asked),
        .steps = {[FAIRNESS_NO_LIST] = count_of(kept->no_list),
                  [FAIRNESS_LISTED] = count_of(kept->listed),
                  [FAIRNESS_CHOSEN] = count_of(kept->chosen),
                  [FAIRNESS_ACCEPTED] = count_of(kept->accepted)},
        .has_waits = kept->days_half != HIDDEN,
        .days_half = kept->days_half == HIDDEN ? 0 : kept->days_half,
        .days_most = kept->days_most == HIDDEN ? 0 : kept->days_most,
    };
}

static bool has_hidden(const FairnessRow *row) {
    bool is_hidden = row->all.is_hidden;
    for (size_t step = 0; step < FAIRNESS_STEPS; step++) {
        is_hidden = is_hidden || row->steps[step].is_hidden;
    }
    return is_hidden;
}

/* The rows of one side, which stand side by side. */
static FairnessTable table_of(const Scope *scope, const FairnessGroupKeptRows *kept, size_t side) {
    FairnessRow *rows = NEW_MANY(scope->arena, kept->count, FairnessRow);
    FairnessTable table = {.items = rows};
    for (size_t at = 0; at < kept->count; at++) {
        if (kept->items[at].side == (int64_t)side) {
            FairnessRow *row = &rows[table.count++];
            *row = row_of(&kept->items[at]);
            row->label = row->kind == FAIRNESS_ITEM ? program_item_label(scope, row->item) : STR_NONE;
            table.has_hidden = table.has_hidden || has_hidden(row);
        }
    }
    return table;
}

FairnessFamilies fairness_families_look(const Scope *scope, ProgramId program, FairnessSpan span,
                                        Time *ret_as_of) {
    FairnessCountKept found;
    if (!fairness_count_kept(scope->db, program, span, &found)) {
        *ret_as_of = TIME_NONE;
        return fairness_families_of(scope, program, fairness_since(scope, span));
    }
    *ret_as_of = found.counted_at;
    const FairnessGroupKeptRows kept = fairness_group_kept(scope->db, program, span);
    FairnessFamilies families = {0};
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        families.by[side] = table_of(scope, &kept, side);
    }
    const FairnessTable all = table_of(scope, &kept, ALL_SIDE);
    families.all = all.count == 0 ? families.all : all.items[0];
    return families;
}

FairnessSupporters fairness_supporters_look(const Scope *scope, ProgramId program, FairnessSpan span,
                                            size_t from, size_t most, Time *ret_as_of) {
    FairnessCountKept found;
    if (!fairness_count_kept(scope->db, program, span, &found)) {
        *ret_as_of = TIME_NONE;
        FairnessSupporters all = fairness_supporters_of(scope, program, fairness_since(scope, span));
        const size_t first = from < all.count ? from : all.count;
        all.items += first;
        all.count = all.count - first < most ? all.count - first : most;
        return all;
    }
    *ret_as_of = found.counted_at;
    const FairnessPersonKeptRows kept =
        fairness_person_kept(scope->db, program, span, (int64_t)from, (int64_t)most);
    FairnessSupporter *items = NEW_MANY(scope->arena, kept.count, FairnessSupporter);
    for (size_t at = 0; at < kept.count; at++) {
        items[at] = (FairnessSupporter){.offer = kept.items[at].offer,
                                        .called = kept.items[at].called,
                                        .listed = kept.items[at].listed,
                                        .chosen = kept.items[at].chosen,
                                        .accepted = kept.items[at].accepted};
    }
    FairnessSupporters supporters = {.items = items,
                                     .count = kept.count,
                                     .all = (size_t)found.supporters,
                                     .most = found.most,
                                     .places = found.places,
                                     .half = found.half};
    const FairnessBinKeptRows bins = fairness_bin_kept(scope->db, program, span);
    for (size_t at = 0; at < bins.count && at < FAIRNESS_BINS; at++) {
        supporters.bins[at] = bins.items[at].supporters;
    }
    return supporters;
}
