/* SPDX-License-Identifier: Apache-2.0 */
/* Fairness by group and by supporter, as pages and as files with the same numbers. */
#include "features/access/access.h"
#include "features/fairness/fairness_ahead.h"
#include "features/fairness/fairness_view.h"
#include "fairness_html.h"
#include "platform/csv/csv.h"
#include "routes.h"
#include "texts.h"

enum { PEOPLE_ON_PAGE = 100, PEOPLE_MOST = 100000, FILE_MOST = 16 << 20 };

/* ---- the time that is looked at ---- */

typedef struct Period {
    const char *word;
    FairnessSpan span;
    Text label;
} Period;

static const Period periods[] = {
    {"quarter", FAIRNESS_QUARTER, TEXT_FAIRNESS_PERIOD_QUARTER},
    {"year", FAIRNESS_YEAR, TEXT_FAIRNESS_PERIOD_YEAR},
    {"all", FAIRNESS_EVER, TEXT_FAIRNESS_PERIOD_ALL},
};
enum { PERIODS = sizeof periods / sizeof periods[0] };

static const char *const period_words[] = {"quarter", "year", "all", NULL};
enum { VIEW_PERIOD, VIEW_FROM, VIEW_FIELDS };
static const Field view_fields[] = {
    [VIEW_PERIOD] = {.name = "period", .kind = FIELD_CHOICE, .choices = period_words},
    [VIEW_FROM] = {.name = "from", .kind = FIELD_NUMBER, .least = 0, .most = 1000000},
};

typedef struct View {
    const Period *period;
    size_t from;
} View;

/* What the address says, and what it does not say well is as if it were not said. */
static View view_of(const Get *get) {
    Form form = form_read(get->scope, get->input, view_fields, VIEW_FIELDS);
    View view = {.period = &periods[0]};
    for (size_t at = 0; at < PERIODS; at++) {
        if (form_has(&form, VIEW_PERIOD, str_of(periods[at].word))) {
            view.period = &periods[at];
        }
    }
    view.from = form.is_valid ? (size_t)form_int(&form, VIEW_FROM, 0) : 0;
    return view;
}

static Url in_period(Arena *arena, Url url, const Period *period) {
    return url_with(arena, url, STR("period"), str_of(period->word));
}

static FairnessPeriods periods_of(const Scope *scope, Url url, const View *view) {
    FairnessPeriod *items = NEW_MANY(scope->arena, PERIODS, FairnessPeriod);
    for (size_t at = 0; at < PERIODS; at++) {
        items[at] = (FairnessPeriod){.url = in_period(scope->arena, url, &periods[at]),
                                     .label = periods[at].label,
                                     .is_chosen = view->period == &periods[at]};
    }
    return (FairnessPeriods){.items = items, .count = PERIODS};
}

/* ---- groups ---- */

typedef struct Side {
    const char *word;
    Text title;
} Side;

static const Side sides[FAIRNESS_SIDES] = {
    [FAIRNESS_LANGUAGE] = {"language", TEXT_FAIRNESS_BY_LANGUAGE},
    [FAIRNESS_REGION] = {"region", TEXT_FAIRNESS_BY_REGION},
    [FAIRNESS_ROLE] = {"role", TEXT_FAIRNESS_BY_ROLE},
    [FAIRNESS_CULTURE] = {"culture", TEXT_FAIRNESS_BY_CULTURE},
};

static Str label_of(const Scope *scope, const FairnessRow *row) {
    switch (row->kind) {
    case FAIRNESS_ITEM:
        return row->label;
    case FAIRNESS_SEVERAL:
        return text_str(scope->lang, TEXT_FAIRNESS_SEVERAL);
    case FAIRNESS_NOT_STATED:
        break;
    }
    return text_str(scope->lang, TEXT_FAIRNESS_NOT_STATED);
}

/* How many said nothing, of how many. */
static Str missing_words(const Scope *scope, const FairnessTable *table, const FairnessRow *all) {
    Words words = scope_words(scope);
    const FairnessRow *last = table->count == 0 ? NULL : &table->items[table->count - 1];
    if (last == NULL || last->kind != FAIRNESS_NOT_STATED) {
        return text_str(scope->lang, TEXT_FAIRNESS_MISSING_NONE);
    }
    if (last->all.is_hidden || all->all.is_hidden) {
        return text_str(scope->lang, TEXT_FAIRNESS_MISSING_FEW);
    }
    return text_fairness_missing(&words, last->all.people, all->all.people);
}

/* Which of the groups that are told waits longest, and which shortest. */
static Str spread_words(const Scope *scope, const FairnessTable *table) {
    const FairnessRow *longest = NULL;
    const FairnessRow *shortest = NULL;
    for (size_t at = 0; at < table->count; at++) {
        const FairnessRow *row = &table->items[at];
        if (!row->has_waits || row->kind != FAIRNESS_ITEM) {
            continue;
        }
        longest = longest == NULL || row->days_half > longest->days_half ? row : longest;
        shortest = shortest == NULL || row->days_half < shortest->days_half ? row : shortest;
    }
    if (longest == shortest) {
        return STR_NONE;
    }
    Words words = scope_words(scope);
    return text_fairness_spread(&words, longest->label, longest->days_half, shortest->label,
                                shortest->days_half);
}

static int64_t longest_half(const FairnessTable *table, const FairnessRow *all) {
    int64_t longest = all->has_waits ? all->days_half : 0;
    for (size_t at = 0; at < table->count; at++) {
        const FairnessRow *row = &table->items[at];
        longest = row->has_waits && row->days_half > longest ? row->days_half : longest;
    }
    return longest;
}

static FairnessSections sections_of(const Scope *scope, const FairnessFamilies *families) {
    FairnessSection *items = NEW_MANY(scope->arena, FAIRNESS_SIDES, FairnessSection);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        const FairnessTable *table = &families->by[side];
        FairnessRow *rows = NEW_MANY(scope->arena, table->count, FairnessRow);
        for (size_t at = 0; at < table->count; at++) {
            rows[at] = table->items[at];
            rows[at].label = label_of(scope, &table->items[at]);
        }
        items[side] = (FairnessSection){
            .id = str_of(sides[side].word),
            .title = sides[side].title,
            .missing = missing_words(scope, table, &families->all),
            .spread = spread_words(scope, table),
            .table = {.items = rows, .count = table->count, .has_hidden = table->has_hidden},
            .days_most = longest_half(table, &families->all)};
    }
    return (FairnessSections){.items = items, .count = FAIRNESS_SIDES};
}

static FairnessBinRows bins_of(const Scope *scope, const FairnessSupporters *supporters, int64_t *ret_most) {
    FairnessBin *items = NEW_MANY(scope->arena, FAIRNESS_BINS, FairnessBin);
    Words words = scope_words(scope);
    *ret_most = 0;
    for (size_t bin = 0; bin < FAIRNESS_BINS; bin++) {
        const int64_t least = fairness_bins[bin];
        const int64_t most = bin + 1 < FAIRNESS_BINS ? fairness_bins[bin + 1] - 1 : 0;
        items[bin] = (FairnessBin){.label = bin + 1 == FAIRNESS_BINS ? text_fairness_bin_more(&words, least)
                                            : least == most          ? text_fairness_bin_one(&words, least)
                                                                     : text_fairness_bin(&words, least, most),
                                   .supporters = supporters->bins[bin]};
        *ret_most = supporters->bins[bin] > *ret_most ? supporters->bins[bin] : *ret_most;
    }
    return (FairnessBinRows){.items = items, .count = FAIRNESS_BINS};
}

void fairness_show(Get *get, ProgramId program) {
    const Scope *scope = get->scope;
    FairnessPage page = {0};
    if (!program_find(scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const View view = view_of(get);
    page.layout = layout_of(scope, get->reply, TEXT_FAIRNESS_TITLE);
    page.layout.is_wide = true;
    page.is_coordinator = access_may(get->scope, ACCESS_PROGRAM_EDIT, program.value);
    page.periods = periods_of(scope, url_fairness_show(scope->arena, program), &view);
    const FairnessFamilies families = fairness_families_look(scope, program, view.period->span, &page.as_of);
    page.all = families.all;
    page.sections = sections_of(scope, &families);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        page.has_hidden = page.has_hidden || families.by[side].has_hidden;
    }
    page.supporters = fairness_supporters_look(scope, program, view.period->span, 0, 0, &page.as_of);
    page.bins = bins_of(scope, &page.supporters, &page.most);
    page.groups_file = in_period(scope->arena, url_fairness_groups_file(scope->arena, program), view.period);
    page.supporters_page =
        in_period(scope->arena, url_fairness_supporters_show(scope->arena, program), view.period);
    fairness_page(reply_html(get->reply, 200), &page);
}

/* ---- supporters, by name ---- */

static Url page_from(const Scope *scope, ProgramId program, const View *view, size_t from) {
    Url url = in_period(scope->arena, url_fairness_supporters_show(scope->arena, program), view->period);
    return url_with(scope->arena, url, STR("from"), str_print(scope->arena, "%zu", from));
}

void fairness_supporters_show(Get *get, ProgramId program) {
    const Scope *scope = get->scope;
    FairnessSupportersPage page = {0};
    if (!program_find(scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const View view = view_of(get);
    FairnessSupporters people =
        fairness_supporters_look(scope, program, view.period->span, view.from, PEOPLE_ON_PAGE, &page.as_of);
    const size_t from = view.from < people.all ? view.from : 0;
    if (from != view.from) {
        people = fairness_supporters_look(scope, program, view.period->span, 0, PEOPLE_ON_PAGE, &page.as_of);
    }
    page.layout = layout_of(scope, get->reply, TEXT_FAIRNESS_SUPPORTERS);
    page.periods = periods_of(scope, url_fairness_supporters_show(scope->arena, program), &view);
    page.people = (FairnessPeople){.items = people.items, .count = people.count};
    page.count = people.all;
    page.most = people.most;
    page.back = in_period(scope->arena, url_fairness_show(scope->arena, program), view.period);
    page.file = in_period(scope->arena, url_fairness_supporters_file(scope->arena, program), view.period);
    if (from > 0) {
        page.earlier = page_from(scope, program, &view, from < PEOPLE_ON_PAGE ? 0 : from - PEOPLE_ON_PAGE);
    }
    if (people.all - from > PEOPLE_ON_PAGE) {
        page.later = page_from(scope, program, &view, from + PEOPLE_ON_PAGE);
    }
    fairness_supporters_page(reply_html(get->reply, 200), &page);
}

/* ---- files ---- */

static void add_number(Buf *file, int64_t number) {
    buf_add_char(file, ',');
    buf_add_int(file, number);
}

static void add_count(Buf *file, const FairnessCount *count, Str hidden) {
    if (count->is_hidden) {
        buf_add_char(file, ',');
        csv_add_words(file, hidden);
    } else {
        add_number(file, count->people);
    }
}

static void add_row(Buf *file, const Scope *scope, Str side, Str label, const FairnessRow *row) {
    Str hidden = text_str(scope->lang, TEXT_FAIRNESS_HIDDEN);
    csv_add_words(file, side);
    buf_add_char(file, ',');
    csv_add_words(file, label);
    add_count(file, &row->all, hidden);
    for (size_t step = 0; step < FAIRNESS_STEPS; step++) {
        add_count(file, &row->steps[step], hidden);
    }
    if (row->has_waits) {
        add_number(file, row->days_half);
        add_number(file, row->days_most);
    } else {
        buf_add_char(file, ',');
        csv_add_words(file, hidden);
        buf_add_char(file, ',');
        csv_add_words(file, hidden);
    }
    buf_add(file, STR("\r\n"));
}

static void add_head(Buf *file, const Scope *scope, const Text *columns, size_t count) {
    for (size_t at = 0; at < count; at++) {
        if (at > 0) {
            buf_add_char(file, ',');
        }
        csv_add_words(file, text_str(scope->lang, columns[at]));
    }
    buf_add(file, STR("\r\n"));
}

void fairness_groups_file(Get *get, ProgramId program) {
    static const Text columns[] = {
        TEXT_FAIRNESS_COLUMN_SIDE,   TEXT_FAIRNESS_COLUMN_GROUP, TEXT_FAIRNESS_COLUMN_FAMILIES,
        TEXT_FAIRNESS_STEP_NO_LIST,  TEXT_FAIRNESS_STEP_LISTED,  TEXT_FAIRNESS_STEP_CHOSEN,
        TEXT_FAIRNESS_STEP_ACCEPTED, TEXT_FAIRNESS_COLUMN_HALF,  TEXT_FAIRNESS_COLUMN_MOST,
    };
    const Scope *scope = get->scope;
    const View view = view_of(get);
    Time as_of;
    const FairnessFamilies families = fairness_families_look(scope, program, view.period->span, &as_of);
    Buf file = buf_new(scope->arena, FILE_MOST);
    add_head(&file, scope, columns, sizeof columns / sizeof columns[0]);
    Str all = text_str(scope->lang, TEXT_FAIRNESS_ALL);
    add_row(&file, scope, all, all, &families.all);
    for (size_t side = 0; side < FAIRNESS_SIDES; side++) {
        for (size_t at = 0; at < families.by[side].count; at++) {
            const FairnessRow *row = &families.by[side].items[at];
            add_row(&file, scope, text_str(scope->lang, sides[side].title), label_of(scope, row), row);
        }
    }
    reply_file(get->reply, STR("text/csv; charset=utf-8"), STR("fairness-groups.csv"), buf_str(&file));
}

void fairness_supporters_file(Get *get, ProgramId program) {
    static const Text columns[] = {TEXT_FAIRNESS_COLUMN_NAME, TEXT_FAIRNESS_COLUMN_LISTED,
                                   TEXT_FAIRNESS_COLUMN_CHOSEN, TEXT_FAIRNESS_COLUMN_ACCEPTED};
    const Scope *scope = get->scope;
    const View view = view_of(get);
    Time as_of;
    const FairnessSupporters all =
        fairness_supporters_look(scope, program, view.period->span, 0, PEOPLE_MOST, &as_of);
    Buf file = buf_new(scope->arena, FILE_MOST);
    add_head(&file, scope, columns, sizeof columns / sizeof columns[0]);
    for (size_t at = 0; at < all.count; at++) {
        csv_add_words(&file, all.items[at].called);
        add_number(&file, all.items[at].listed);
        add_number(&file, all.items[at].chosen);
        add_number(&file, all.items[at].accepted);
        buf_add(&file, STR("\r\n"));
    }
    reply_file(get->reply, STR("text/csv; charset=utf-8"), STR("fairness-supporters.csv"), buf_str(&file));
}
