/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of programs: words and their fallbacks, lists, clocks in the program's own zone, duties. */
#include "features/program/program.h"

#include "features/account/account.h"

#include "features/program/program_start.h"
#include "platform/zone/zone.h"
#include "program_sql.h"

#include <assert.h>

enum { MOST_OFFERED = 200 };

bool program_slug_is_valid(Str slug) {
    if (slug.length < 2 || slug.length > 40 || str_contains(slug, STR("--"))) {
        return false;
    }
    for (size_t at = 0; at < slug.length; at++) {
        char byte = slug.at[at];
        bool is_letter = byte >= 'a' && byte <= 'z';
        bool is_inner = (byte >= '0' && byte <= '9') || (byte == '-' && at + 1 < slug.length);
        if (!is_letter && (at == 0 || !is_inner)) {
            return false;
        }
    }
    return true;
}

ProgramId program_add(const Scope *scope, Tx *tx, Str slug, Str name, Str zone) {
    assert(program_slug_is_valid(slug));
    ProgramId program = {random_id(scope->random)};
    program_insert(tx, program, slug, zone, scope->now);
    for (int key = PROGRAM_NAME; key < PROGRAM_WORDS_COUNT; key++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            Str start = text_str((Lang)lang, program_start_words((ProgramWords)key));
            program_text_put(tx, program, key, lang, key == PROGRAM_NAME ? name : start);
        }
    }
    size_t count = 0;
    const StartItem *items = program_start_items(&count);
    for (size_t at = 0; at < count; at++) {
        ListItemId item = {random_id(scope->random)};
        list_item_insert(tx, item, program, items[at].list, (int64_t)at + 1);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            list_item_put_text(tx, item, lang, text_str((Lang)lang, items[at].words));
        }
        if (items[at].is_part2) {
            list_item_mark(tx, item);
        }
    }
    for (int clock = CLOCK_REPLY; clock < CLOCK_COUNT; clock++) {
        program_set_clock(tx, program, (ClockKind)clock, program_start_clock((ClockKind)clock));
    }
    return program;
}

/* ---- finding ---- */

static Program program_of(const Scope *scope, const ProgramRow *row) {
    const Zone *zone = zone_find(row->zone);
    return (Program){
        .id = row->id,
        .slug = row->slug,
        .name =
            str_is_empty(row->name) ? text_str(scope->lang, program_start_words(PROGRAM_NAME)) : row->name,
        .zone = zone == NULL ? zone_find(STR("UTC")) : zone,
        .takes_requests = row->takes_requests,
    };
}

bool program_find(const Scope *scope, ProgramId id, Program *ret_program) {
    ProgramRow row;
    if (!program_row(scope->db, id, scope->lang, &row)) {
        return false;
    }
    *ret_program = program_of(scope, &row);
    return true;
}

bool program_find_by_slug(const Scope *scope, Str slug, Program *ret_program) {
    ProgramRowBySlug row;
    if (!program_row_by_slug(scope->db, slug, scope->lang, &row)) {
        return false;
    }
    *ret_program = program_of(scope, &(ProgramRow){row.id, row.slug, row.zone, row.takes_requests, row.name});
    return true;
}

Programs program_list(const Scope *scope) {
    ProgramRowsRows rows = program_rows(scope->db, scope->lang);
    Program *items = NEW_MANY(scope->arena, rows.count, Program);
    for (size_t at = 0; at < rows.count; at++) {
        const ProgramRows *row = &rows.items[at];
        items[at] =
            program_of(scope, &(ProgramRow){row->id, row->slug, row->zone, row->takes_requests, row->name});
    }
    return (Programs){.items = items, .count = rows.count};
}

Programs program_list_with_duty(const Scope *scope, DutyKind kind) {
    ProgramRowsWithDutyRows rows =
        program_rows_with_duty(scope->db, scope->actor, kind, scope->now, scope->lang);
    Program *items = NEW_MANY(scope->arena, rows.count, Program);
    for (size_t at = 0; at < rows.count; at++) {
        const ProgramRowsWithDuty *row = &rows.items[at];
        items[at] =
            program_of(scope, &(ProgramRow){row->id, row->slug, row->zone, row->takes_requests, row->name});
    }
    return (Programs){.items = items, .count = rows.count};
}

void program_set_takes_requests(Tx *tx, ProgramId program, bool takes_requests) {
    program_row_set_takes_requests(tx, program, takes_requests);
}

/* ---- words ---- */

Said program_said(const Scope *scope, ProgramId program, ProgramWords key) {
    ProgramTextListRows rows = program_text_list(scope->db, program, key);
    Said said = {.words = text_str(scope->lang, program_start_words(key)), .lang = scope->lang};
    for (size_t at = 0; at < rows.count; at++) {
        const ProgramTextList *row = &rows.items[at];
        if (!str_is_empty(row->words) && row->lang >= 0 && row->lang < LANG_COUNT) {
            said = (Said){.words = row->words, .lang = (Lang)row->lang};
            if (said.lang == scope->lang) {
                break;
            }
        }
    }
    return said;
}

Str program_words(const Scope *scope, ProgramId program, ProgramWords key) {
    return program_said(scope, program, key).words;
}

Str program_words_written(const Scope *scope, ProgramId program, ProgramWords key, Lang lang) {
    ProgramTextListRows rows = program_text_list(scope->db, program, key);
    for (size_t at = 0; at < rows.count; at++) {
        if (rows.items[at].lang == (int64_t)lang) {
            return rows.items[at].words;
        }
    }
    return STR("");
}

void program_set_words(Tx *tx, ProgramId program, ProgramWords key, Lang lang, Str words) {
    program_text_put(tx, program, key, lang, words);
}

/* ---- lists ---- */

ListItems program_items(const Scope *scope, ProgramId program, ListKind list) {
    ListItemOfferedRows rows = list_item_offered(scope->db, program, list, scope->lang);
    ListItem *items = NEW_MANY(scope->arena, rows.count, ListItem);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (ListItem){.id = rows.items[at].id, .label = rows.items[at].label};
    }
    return (ListItems){.items = items, .count = rows.count};
}

ListItems program_items_all(const Scope *scope, ProgramId program, ListKind list) {
    ListItemEveryRows rows = list_item_every(scope->db, program, list, scope->lang);
    ListItem *items = NEW_MANY(scope->arena, rows.count, ListItem);
    for (size_t at = 0; at < rows.count; at++) {
        const ListItemEvery *row = &rows.items[at];
        items[at] =
            (ListItem){.id = row->id, .label = row->label, .is_retired = !time_is_none(row->retired_at)};
    }
    return (ListItems){.items = items, .count = rows.count};
}

Str program_item_label(const Scope *scope, ListItemId item) {
    ListItemLabel row;
    return list_item_label(scope->db, item, scope->lang, &row) ? row.label : STR("");
}

Part2Words program_item_words(const Scope *scope, ListItemId item) {
    ListItemWords row = {0};
    (void)list_item_words(scope->db, item, scope->lang, &row);
    return row.label;
}

bool program_has_item(const Scope *scope, ProgramId program, ListKind list, ListItemId item) {
    ListItemRow row;
    return list_item_row(scope->db, item, &row) && program_id_equal(row.program, program) &&
           row.list == (int64_t)list;
}

ListKind program_item_list(const Scope *scope, ProgramId program, ListItemId item) {
    ListItemRow row;
    bool is_here = list_item_row(scope->db, item, &row) && program_id_equal(row.program, program) &&
                   row.list >= LIST_EXPERIENCE && row.list < LIST_ASKED_COUNT;
    return is_here ? (ListKind)row.list : (ListKind)0;
}

ListItemId program_item_add(const Scope *scope, Tx *tx, ProgramId program, ListKind list, Str english,
                            Str spanish) {
    ListItemLast last = {0};
    list_item_last(tx_db(tx), program, list, &last);
    ListItemId item = {random_id(scope->random)};
    list_item_insert(tx, item, program, list, last.position + 1);
    list_item_put_text(tx, item, LANG_EN, english);
    list_item_put_text(tx, item, LANG_ES, spanish);
    return item;
}

bool program_item_read(const Scope *scope, ProgramId program, ListKind list, ListItemId item,
                       ListItemEdit *ret_edit) {
    ListItems all = program_items_all(scope, program, list);
    for (size_t at = 0; at < all.count; at++) {
        if (!list_item_id_equal(all.items[at].id, item)) {
            continue;
        }
        bool is_retired = all.items[at].is_retired;
        /* Those that are offered stand first, so the row number is the place. */
        *ret_edit = (ListItemEdit){.place = is_retired ? 0 : (int64_t)at + 1, .is_retired = is_retired};
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            ret_edit->words[lang] = STR("");
        }
        ListItemIsMarked mark;
        ret_edit->is_part2 = list_item_is_marked(scope->db, item, &mark) && mark.marks > 0;
        ListItemTextsRows rows = list_item_texts(scope->db, item);
        for (size_t row = 0; row < rows.count; row++) {
            if (rows.items[row].lang < LANG_COUNT) {
                ret_edit->words[rows.items[row].lang] = rows.items[row].words;
            }
        }
        return true;
    }
    return false;
}

ListItemId program_language(const Scope *scope, ProgramId program, Lang lang) {
    ProgramLanguageItemRows rows = program_language_item(scope->db, program, lang_name(lang));
    return rows.count == 0 ? (ListItemId){0} : rows.items[0].item;
}

ItemResult program_item_check(const Scope *scope, ProgramId program, ListKind list, ListItemId item,
                              const ListItemEdit *edit) {
    bool has_words = false;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (str_is_empty(edit->words[lang])) {
            continue;
        }
        has_words = true;
        ListItemTwin row;
        ListItemTwinIn in = {
            .program = program, .list = list, .lang = lang, .words = edit->words[lang], .except = item};
        if (!edit->is_retired && list_item_twin(scope->db, &in, &row) && row.twins > 0) {
            return ITEM_TWICE;
        }
    }
    if (!has_words) {
        return ITEM_WITHOUT_WORDS;
    }
    ListItemRow now = {0};
    bool is_offered = list_item_row(scope->db, item, &now) && time_is_none(now.retired_at);
    ListItemLast last;
    if (!edit->is_retired && !is_offered && list_item_last(scope->db, program, list, &last) &&
        last.offered >= MOST_OFFERED) {
        return ITEM_LIST_FULL;
    }
    return ITEM_FINE;
}

/* Numbers the offered items anew, with this one at its place. */
static void item_move(const Scope *scope, Tx *tx, ProgramId program, ListKind list, ListItemId item,
                      int64_t place) {
    ListItemEveryRows rows = list_item_every(tx_db(tx), program, list, scope->lang);
    int64_t position = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const ListItemEvery *row = &rows.items[at];
        if (list_item_id_equal(row->id, item)) {
            continue;
        }
        position++;
        if (position == place) {
            position++;
        }
        if (row->position != position) {
            list_item_set_position(tx, row->id, position);
        }
    }
    list_item_set_position(tx, item, place < 1 || place > position ? position + 1 : place);
}

void program_item_change(const Scope *scope, Tx *tx, ProgramId program, ListKind list, ListItemId item,
                         const ListItemEdit *edit) {
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        list_item_put_text(tx, item, lang, edit->words[lang]);
    }
    if (edit->is_part2) {
        list_item_mark(tx, item);
    } else {
        list_item_unmark(tx, item);
    }
    ListItemRow row = {0};
    bool was_retired = list_item_row(tx_db(tx), item, &row) && !time_is_none(row.retired_at);
    if (edit->is_retired != was_retired) {
        list_item_set_retired(tx, item, edit->is_retired ? scope->now : TIME_NONE);
    }
    if (!edit->is_retired) {
        item_move(scope, tx, program, list, item, edit->place);
    }
}

/* ---- clocks ---- */

Clock program_clock(const Scope *scope, ProgramId program, ClockKind clock) {
    ProgramClockRow row;
    if (!program_clock_row(scope->db, program, clock, &row)) {
        return program_start_clock(clock);
    }
    return (Clock){.amount = row.amount, .unit = (ClockUnit)row.unit};
}

void program_set_clock(Tx *tx, ProgramId program, ClockKind kind, Clock clock) {
    program_clock_put(tx, program, kind, clock.amount, clock.unit);
}

/* The same time of day, so many days later: a day is not always 24 hours. */
static Time days_after(const Zone *zone, Time from, int64_t days) {
    LocalTime local = zone_local(zone, from);
    int64_t left = days;
    Time moment = from;
    while (left > 0) {
        /* A month has room for 90 more days in its one byte; longer waits are taken in strides. */
        int64_t stride = left < 90 ? left : 90;
        local.date.day = (int8_t)(local.date.day + stride);
        moment = zone_moment(zone, local);
        Date date = zone_date(zone, moment);
        local.date = date;
        left -= stride;
    }
    return moment;
}

Time program_clock_due(const Zone *zone, Clock clock, Time from) {
    switch (clock.unit) {
    case UNIT_HOURS:
        return time_after(from, clock.amount * TIME_HOUR);
    case UNIT_DAYS:
        return days_after(zone, from, clock.amount);
    case UNIT_WEEKS:
        return days_after(zone, from, 7 * clock.amount);
    case UNIT_BUSINESS_DAYS:
        return zone_after_business_days(zone, from, (int)clock.amount);
    case UNIT_COUNT_OF:
        break;
    }
    return from; /* a plain number says nothing about time */
}

Time program_due(const Scope *scope, ProgramId program, ClockKind clock, Time from) {
    const Clock set = program_clock(scope, program, clock);
    Program found;
    const Zone *zone = program_find(scope, program, &found) ? found.zone : zone_find(STR("UTC"));
    return program_clock_due(zone, set, from);
}

/* ---- duties ---- */

void program_duty_give(const Scope *scope, Tx *tx, ProgramId program, PersonId person, DutyKind kind) {
    DutyHeld row;
    if (duty_held(tx_db(tx), program, person, kind, scope->now, &row) && row.held > 0) {
        return;
    }
    duty_insert(tx, &(DutyInsert){
                        .id = {random_id(scope->random)},
                        .program = program,
                        .person = person,
                        .kind = kind,
                        .now = scope->now,
                        .given_by = scope->actor,
                    });
    session_shorten(scope, tx, person);
}

void program_duty_end(const Scope *scope, Tx *tx, ProgramId program, PersonId person, DutyKind kind) {
    duty_end(tx, program, person, kind, scope->now);
}

DutyHolders program_duty_everyone(const Scope *scope, ProgramId program) {
    const DutyListEveryoneRows rows = duty_list_everyone(scope->db, program, scope->now);
    DutyHolder *items = NEW_MANY(scope->arena, rows.count, DutyHolder);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (DutyHolder){rows.items[at].person, rows.items[at].called, rows.items[at].since};
    }
    return (DutyHolders){.items = items, .count = rows.count};
}

bool program_has_duty(const Scope *scope, ProgramId program, PersonId person, Str *ret_called) {
    const DutyOfAnyoneRows rows = duty_of_anyone(scope->db, program, person, scope->now);
    if (rows.count == 0) {
        return false;
    }
    *ret_called = rows.items[0].called;
    return true;
}

DutySession program_duty_session(const Scope *scope, ProgramId program, DutyKind kind) {
    DutySessionRow row;
    return duty_session_row(scope->db, program, kind, &row)
               ? (DutySession){.idle_us = row.idle_us, .longest_us = row.longest_us}
               : (DutySession){.idle_us = SESSION_IDLE_US, .longest_us = SESSION_LONGEST_US};
}

void program_set_duty_session(const Scope *scope, Tx *tx, ProgramId program, DutyKind kind,
                              DutySession session) {
    duty_session_put(tx, program, kind, session.idle_us, session.longest_us);
    const DutyHolders holders = program_duty_holders(scope, program, kind);
    for (size_t at = 0; at < holders.count; at++) {
        session_shorten(scope, tx, holders.items[at].person);
    }
}

int64_t program_grace(const Scope *scope, ProgramId program) {
    ProgramGraceRow row;
    return program_grace_row(scope->db, program, &row) ? row.grace_us : 0;
}

void program_set_grace(Tx *tx, ProgramId program, int64_t grace_us) {
    program_grace_put(tx, program, grace_us);
}

DutyHolders program_duty_holders(const Scope *scope, ProgramId program, DutyKind kind) {
    DutyListHoldersRows rows = duty_list_holders(scope->db, program, kind, scope->now);
    DutyHolder *items = NEW_MANY(scope->arena, rows.count, DutyHolder);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (DutyHolder){rows.items[at].person, rows.items[at].called, rows.items[at].since};
    }
    return (DutyHolders){.items = items, .count = rows.count};
}
