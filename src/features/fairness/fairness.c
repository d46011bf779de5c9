/* SPDX-License-Identifier: Apache-2.0 */
/* Counts families by what they said and how far they came, hides what is few, and counts lists by
 * supporter. */
#include "features/fairness/fairness.h"

#include "base/small_cells.h"
#include "fairness_sql.h"
#include "features/request/request.h"

#include <stdlib.h>

enum { FAMILIES_MOST = 1000000, WISHES_MOST = 10000000, SUPPORTERS_MOST = 100000 };

static const ListKind lists[FAIRNESS_SIDES] = {
    [FAIRNESS_LANGUAGE] = LIST_LANGUAGE,
    [FAIRNESS_REGION] = LIST_REGION,
    [FAIRNESS_ROLE] = LIST_ROLE,
    [FAIRNESS_CULTURE] = LIST_CULTURE,
};

Time fairness_since(const Scope *scope, FairnessSpan span) {
    switch (span) {
    case FAIRNESS_QUARTER:
        return time_before(scope->now, 90 * TIME_DAY);
    case FAIRNESS_YEAR:
        return time_before(scope->now, 365 * TIME_DAY);
    case FAIRNESS_EVER:
        break;
    }
    return TIME_NONE;
}

/* ---- groups ---- */

/* Items of one list from 0 on, then those two. */
typedef struct Groups {
    ListItems items;
    uint16_t several;
    uint16_t not_stated;
    uint16_t count;
} Groups;

/* Which group of which side an item stands for; by item. */
typedef struct ItemGroup {
    int64_t item;
    uint16_t side;
    uint16_t group;
} ItemGroup;
typedef struct ItemGroups {
    ItemGroup *items;
    size_t count;
} ItemGroups;

static int compare_items(const void *left, const void *right) {
    int64_t one = ((const ItemGroup *)left)->item;
    int64_t other = ((const ItemGroup *)right)->item;
    return one < other ? -1 : one > other;
}

static ItemGroups read_groups(const Scope *scope, ProgramId program, Groups *groups) {
    size_t most = 0;
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        groups[side].items = program_items_all(scope, program, lists[side]);
        groups[side].several = (uint16_t)groups[side].items.count;
        groups[side].not_stated = (uint16_t)(groups[side].items.count + 1);
        groups[side].count = (uint16_t)(groups[side].items.count + 2);
        most += groups[side].items.count;
    }
    ItemGroups all = {.items = NEW_MANY(scope->arena, most, ItemGroup)};
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        for (size_t at = 0; at < groups[side].items.count; at++) {
            all.items[all.count++] = (ItemGroup){
                .item = groups[side].items.items[at].id.value, .side = (uint16_t)side, .group = (uint16_t)at};
        }
    }
    qsort(all.items, all.count, sizeof all.items[0], compare_items);
    return all;
}

/* ---- families ---- */

typedef struct Family {
    uint16_t groups[FAIRNESS_SIDES];
    uint8_t step;
    int32_t days; /* waited */
} Family;

typedef struct Families {
    Family *items;
    size_t count;
} Families;

static FairnessStep step_of(const FairnessRowFamilies *row) {
    if (!time_is_none(row->accepted_at)) {
        return FAIRNESS_ACCEPTED;
    }
    return row->is_chosen ? FAIRNESS_CHOSEN : row->is_listed ? FAIRNESS_LISTED : FAIRNESS_NO_LIST;
}

static int32_t days_of(const Scope *scope, const FairnessRowFamilies *row) {
    Time end = scope->now;
    if (!time_is_none(row->accepted_at)) {
        end = row->accepted_at;
    } else if (row->state > REQUEST_MATCHED) {
        end = row->state_at; /* paused, withdrawn or ended */
    }
    int64_t days = time_between(row->asked_at, end) / TIME_DAY;
    return days < 0 ? 0 : days > INT32_MAX ? INT32_MAX : (int32_t)days;
}

/* Both lists are in the same order: each family's wishes follow those of the one before. */
static Families read_families(const Scope *scope, ProgramId program, Time since, const Groups *groups,
                              const ItemGroups *items) {
    FairnessRowFamiliesRows rows =
        fairness_row_families(scope->db, program, scope->now, since, FAMILIES_MOST);
    FairnessRowWishesRows wishes = fairness_row_wishes(scope->db, program, scope->now, since, WISHES_MOST);
    Families families = {.items = NEW_MANY(scope->arena, rows.count, Family), .count = rows.count};
    size_t next = 0;
    for (size_t at = 0; at < rows.count; at++) {
        Family *family = &families.items[at];
        family->step = (uint8_t)step_of(&rows.items[at]);
        family->days = days_of(scope, &rows.items[at]);
        for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
            family->groups[side] = groups[side].not_stated;
        }
        for (; next < wishes.count && request_id_equal(wishes.items[next].request, rows.items[at].id);
             next++) {
            const ItemGroup key = {.item = wishes.items[next].item.value};
            const ItemGroup *found = bsearch(&key, items->items, items->count, sizeof key, compare_items);
            if (found != NULL) {
                uint16_t *group = &family->groups[found->side];
                *group =
                    *group == groups[found->side].not_stated ? found->group : groups[found->side].several;
            }
        }
    }
    return families;
}

static int compare_days(const void *left, const void *right) {
    int32_t one = ((const Family *)left)->days;
    int32_t other = ((const Family *)right)->days;
    return one < other ? -1 : one > other;
}

/* ---- waits ---- */

/* The least number of days that at least `percent` of 100 of them waited at most; they are sorted. */
static int64_t days_within(const int32_t *days, size_t count, size_t percent) {
    const size_t place = (count * percent + 99) / 100;
    return count == 0 ? 0 : days[place == 0 ? 0 : place - 1];
}

/* The days of each group side by side, sorted, because the families are: where each begins, and one more. */
static int32_t *days_by_group(const Scope *scope, const Families *families, size_t side, size_t group_count,
                              size_t *ret_starts) {
    for (size_t at = 0; at < families->count; at++) {
        ret_starts[families->items[at].groups[side] + 1]++;
    }
    for (size_t group = 0; group < group_count; group++) {
        ret_starts[group + 1] += ret_starts[group];
    }
    size_t *next = NEW_MANY(scope->arena, group_count, size_t);
    memcpy(next, ret_starts, group_count * sizeof *next);
    int32_t *days = NEW_MANY(scope->arena, families->count, int32_t);
    for (size_t at = 0; at < families->count; at++) {
        days[next[families->items[at].groups[side]]++] = families->items[at].days;
    }
    return days;
}

/* ---- tables ---- */

static SmallCells count_cells(const Scope *scope, const Families *families, size_t side, size_t group_count) {
    SmallCells cells = small_cells_new(scope->arena, group_count, FAIRNESS_STEPS);
    for (size_t at = 0; at < families->count; at++) {
        small_cells_add(&cells, families->items[at].groups[side], families->items[at].step, 1);
    }
    small_cells_sum(&cells);
    return cells;
}

/* The sums of the steps, and of all, are the same in every table. */
static bool share_sums(SmallCells *cells) {
    bool has_hidden = false;
    for (size_t column = 0; column <= FAIRNESS_STEPS; column++) {
        bool is_hidden = false;
        for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
            is_hidden =
                is_hidden || cells[side].hidden[small_cells_at(&cells[side], cells[side].rows, column)];
        }
        for (size_t side = 0; side < FAIRNESS_SIDES && is_hidden; side++) {
            bool *hidden = &cells[side].hidden[small_cells_at(&cells[side], cells[side].rows, column)];
            has_hidden = has_hidden || !*hidden;
            *hidden = true;
        }
    }
    return has_hidden;
}

static void hide(SmallCells *cells) {
    do {
        for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
            (void)small_cells_hide(&cells[side]);
        }
    } while (share_sums(cells));
}

static FairnessCount count_at(const SmallCells *cells, size_t row, size_t column) {
    const size_t at = small_cells_at(cells, row, column);
    return (FairnessCount){.people = cells->hidden[at] ? 0 : cells->counts[at],
                           .is_hidden = cells->hidden[at]};
}

static FairnessRow row_of(const SmallCells *cells, size_t row, const int32_t *days, size_t count) {
    FairnessRow made = {.all = count_at(cells, row, FAIRNESS_STEPS)};
    for (size_t step = 0; step < FAIRNESS_STEPS; step++) {
        made.steps[step] = count_at(cells, row, step);
    }
    made.has_waits = !made.all.is_hidden && count > 0;
    if (made.has_waits) {
        made.days_half = days_within(days, count, 50);
        made.days_most = days_within(days, count, 90);
    }
    return made;
}

static FairnessTable table_of(const Scope *scope, const Families *families, size_t side, const Groups *groups,
                              const SmallCells *cells) {
    size_t *starts = NEW_MANY(scope->arena, groups->count + 1U, size_t);
    const int32_t *days = days_by_group(scope, families, side, groups->count, starts);
    FairnessRow *rows = NEW_MANY(scope->arena, groups->count, FairnessRow);
    FairnessTable table = {.items = rows};
    for (size_t group = 0; group < groups->count; group++) {
        const size_t count = starts[group + 1] - starts[group];
        if (count == 0) {
            continue;
        }
        FairnessRow *row = &rows[table.count++];
        *row = row_of(cells, group, days + starts[group], count);
        row->kind = group == groups->several      ? FAIRNESS_SEVERAL
                    : group == groups->not_stated ? FAIRNESS_NOT_STATED
                                                  : FAIRNESS_ITEM;
        if (row->kind == FAIRNESS_ITEM) {
            row->item = groups->items.items[group].id;
            row->label = groups->items.items[group].label;
        }
        table.has_hidden = table.has_hidden || row->all.is_hidden;
        for (size_t step = 0; step < FAIRNESS_STEPS; step++) {
            table.has_hidden = table.has_hidden || row->steps[step].is_hidden;
        }
    }
    return table;
}

FairnessFamilies fairness_families_of(const Scope *scope, ProgramId program, Time since) {
    Groups groups[FAIRNESS_SIDES];
    const ItemGroups items = read_groups(scope, program, groups);
    Families families = read_families(scope, program, since, groups, &items);
    if (families.count > 0) {
        qsort(families.items, families.count, sizeof families.items[0], compare_days);
    }
    SmallCells cells[FAIRNESS_SIDES];
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        cells[side] = count_cells(scope, &families, side, groups[side].count);
    }
    hide(cells);
    int32_t *days = NEW_MANY(scope->arena, families.count, int32_t);
    for (size_t at = 0; at < families.count; at++) {
        days[at] = families.items[at].days;
    }
    FairnessFamilies all = {.all = row_of(&cells[0], cells[0].rows, days, families.count)};
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        all.by[side] = table_of(scope, &families, side, &groups[side], &cells[side]);
    }
    return all;
}

/* ---- who offers ---- */

const int64_t fairness_bins[FAIRNESS_BINS] = {0, 1, 3, 6, 11, 21};

static size_t bin_of(int64_t listed) {
    size_t bin = 0;
    while (bin + 1 < FAIRNESS_BINS && listed >= fairness_bins[bin + 1]) {
        bin++;
    }
    return bin;
}

static int compare_most(const void *left, const void *right) {
    int64_t one = *(const int64_t *)left;
    int64_t other = *(const int64_t *)right;
    return one > other ? -1 : one < other;
}

FairnessSupporters fairness_supporters_of(const Scope *scope, ProgramId program, Time since) {
    FairnessRowSupportersRows rows = fairness_row_supporters(scope->db, program, since, SUPPORTERS_MOST);
    FairnessSupporter *items = NEW_MANY(scope->arena, rows.count, FairnessSupporter);
    int64_t *listed = NEW_MANY(scope->arena, rows.count, int64_t);
    FairnessSupporters supporters = {.items = items, .count = rows.count, .all = rows.count};
    for (size_t at = 0; at < rows.count; at++) {
        const FairnessRowSupporters *row = &rows.items[at];
        items[at] = (FairnessSupporter){.offer = row->id,
                                        .called = row->called,
                                        .listed = row->listed,
                                        .chosen = row->chosen,
                                        .accepted = row->accepted};
        supporters.most = row->listed > supporters.most ? row->listed : supporters.most;
        listed[at] = row->listed;
        supporters.bins[bin_of(row->listed)]++;
        supporters.places += row->listed;
    }
    if (rows.count > 0) {
        qsort(listed, rows.count, sizeof listed[0], compare_most);
    }
    for (int64_t held = 0; held * 2 < supporters.places; supporters.half++) {
        held += listed[supporters.half];
    }
    return supporters;
}
