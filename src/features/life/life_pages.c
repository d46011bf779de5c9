/* SPDX-License-Identifier: Apache-2.0 */
/* A person's life here on one page, and the whole record to take home, as a page and as data. */
#include "features/goal/goal.h"
#include "features/hope/hope.h"
#include "features/life/life_record.h"
#include "features/life/life_view.h"
#include "features/request/request.h"
#include "life_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { BAR_LEAST = 6, MINUTES = 60, TOP = 24, WORD_MOST = 24 };

/* ---- the picture ---- */

typedef struct Span {
    Time from;
    Time to;
} Span;

static int x_of(const Span *span, Time time) {
    const int64_t all = time_between(span->from, span->to);
    const int64_t part = time_between(span->from, time);
    return LIFE_LEFT + (all <= 0 ? 0 : (int)(part / (all / LIFE_WIDTH + 1)));
}

static LifeBars bars_of(const Scope *scope, const Span *span, const LifeWalksRows *walks) {
    const size_t first = walks->count > LIFE_ROWS_MOST ? walks->count - LIFE_ROWS_MOST : 0;
    LifeBar *items = NEW_MANY(scope->arena, walks->count - first, LifeBar);
    for (size_t at = first; at < walks->count; at++) {
        const LifeWalks *row = &walks->items[at];
        const bool lasts = time_is_none(row->ended_at);
        const int x = x_of(span, row->began_at);
        const int width = x_of(span, lasts ? span->to : row->ended_at) - x;
        items[at - first] = (LifeBar){
            .id = row->id,
            .receives = row->receives,
            .called = row->other_called,
            .began_on = zone_date(scope->zone, row->began_at),
            .ended_on = lasts ? (Date){0} : zone_date(scope->zone, row->ended_at),
            .state = (MatchState)row->state,
            .talks = row->talks,
            .hours = (row->minutes + MINUTES / 2) / MINUTES,
            .x = x,
            .width = width < BAR_LEAST ? BAR_LEAST : width,
            .y = TOP + (int)(at - first) * LIFE_ROW,
        };
    }
    return (LifeBars){.items = items, .count = walks->count - first};
}

static LifeYears years_of(const Scope *scope, const Span *span) {
    const int from = zone_date(scope->zone, span->from).year;
    const int to = zone_date(scope->zone, span->to).year;
    LifeYear *items = NEW_MANY(scope->arena, LIFE_YEARS_MOST, LifeYear);
    size_t count = 0;
    for (int year = from + 1; year <= to && count < LIFE_YEARS_MOST; year++) {
        const LocalTime first = {.date = {.year = (int16_t)year, .month = 1, .day = 1}};
        items[count++] = (LifeYear){.year = year, .x = x_of(span, zone_moment(scope->zone, first))};
    }
    return (LifeYears){.items = items, .count = count};
}

static LifeAskeds asked_of_actor(const Scope *scope) {
    const LifeRequestsRows rows = life_requests(scope->db, scope->actor);
    LifeAsked *items = NEW_MANY(scope->arena, rows.count, LifeAsked);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        Request request;
        if (request_find(scope, rows.items[at].id, &request) && request.kind == REQUEST_SUPPORT) {
            items[count++] = (LifeAsked){
                .id = request.id,
                .need = part2_open_own(scope, scope->actor, request.need),
                .lang = request.lang,
                .asked_on = zone_date(scope->zone, request.created_at),
                .state = request.state,
                .progress = progress_figure_of(scope, request.id),
            };
        }
    }
    return (LifeAskeds){.items = items, .count = count};
}

static void add_goals(const Scope *scope, Reply *reply, LifePage *page) {
    const Part2Notice *none = part2_notice(reply, &page->layout.part2, STR(""));
    const GoalNames names = {.person = STR(""), .giver = STR("")};
    page->open = goals_shown(scope, none, names, goal_list(scope));
    page->over = goals_shown(scope, none, names, goal_list_over(scope));
}

static Programs ready_in(const Scope *scope) {
    const Programs programs = program_list(scope);
    Program *items = NEW_MANY(scope->arena, programs.count, Program);
    size_t count = 0;
    for (size_t at = 0; at < programs.count; at++) {
        if (hope_may(scope, programs.items[at].id)) {
            items[count++] = programs.items[at];
        }
    }
    return (Programs){.items = items, .count = count};
}

void life_show(Get *get) {
    const Scope *scope = get->scope;
    LifeSince since;
    if (!life_since(scope->db, scope->actor, &since)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const LifeWalksRows walks = life_walks(scope->db, scope->actor, scope->now);
    const bool has_earlier = walks.count > 0 && time_is_before(walks.items[0].began_at, since.at);
    const Span span = {.from = has_earlier ? walks.items[0].began_at : since.at, .to = scope->now};
    LifePage page = {
        .layout = layout_of(scope, get->reply, TEXT_LIFE_TITLE),
        .since = zone_date(scope->zone, span.from),
        .bars = bars_of(scope, &span, &walks),
        .years = years_of(scope, &span),
        .asked = asked_of_actor(scope),
    };
    page.height = TOP + (int)page.bars.count * LIFE_ROW;
    for (size_t at = 0; at < walks.count; at++) {
        page.received += walks.items[at].receives;
        page.given += !walks.items[at].receives;
    }
    page.ready = ready_in(scope);
    add_goals(scope, get->reply, &page);
    life_page(reply_html(get->reply, 200), &page);
}

/* ---- to take home ---- */

static Str words_of(const Scope *scope, const LifeField *field) {
    const Words words = scope_words(scope);
    switch (field->kind) {
    case LIFE_WORDS:
        return field->words;
    case LIFE_TIME:
        return text_life_moment(&words, field->time);
    case LIFE_DAY:
        return text_life_on(&words, field->day);
    case LIFE_NUMBER:
        return str_print(scope->arena, "%lld", (long long)field->number);
    case LIFE_CODE:
        return text_str(scope->lang, field->text);
    }
    return STR("");
}

/* What is longer without a space, a control number or an address, may break here and there: the file has no
 * stylesheet. */
static Strs pieces_of(const Scope *scope, Str words) {
    Str *items = NEW_MANY(scope->arena, words.length / WORD_MOST + 1, Str);
    size_t count = 0;
    size_t from = 0;
    size_t run = 0;
    for (size_t at = 0; at < words.length; at++) {
        const bool is_inside = ((unsigned char)words.at[at] & 0xC0U) == 0x80U; /* of a character in UTF-8 */
        run = words.at[at] == ' ' || words.at[at] == '\n' ? 0 : run + !is_inside;
        if (run > WORD_MOST && !is_inside) {
            items[count++] = str_part(words, from, at - from);
            from = at;
            run = 1;
        }
    }
    items[count++] = str_part(words, from, words.length - from);
    return (Strs){.items = items, .count = count};
}

static LifeItem item_of(const Scope *scope, const LifeRecord *record) {
    LifeLine *lines = NEW_MANY(scope->arena, record->count, LifeLine);
    for (size_t at = 0; at < record->count; at++) {
        lines[at] = (LifeLine){.label = record->items[at].label,
                               .pieces = pieces_of(scope, words_of(scope, &record->items[at]))};
    }
    return (LifeItem){.items = lines, .count = record->count};
}

static LifeParts parts_of(const Scope *scope, const Life *life) {
    LifePart *parts = NEW_MANY(scope->arena, life->count, LifePart);
    size_t count = 0;
    for (size_t at = 0; at < life->count; at++) {
        const LifeSection *section = &life->items[at];
        LifeItem *items = NEW_MANY(scope->arena, section->count, LifeItem);
        for (size_t row = 0; row < section->count; row++) {
            items[row] = item_of(scope, &section->items[row]);
        }
        if (section->count > 0) {
            parts[count++] = (LifePart){.title = section->title, .items = items, .count = section->count};
        }
    }
    return (LifeParts){.items = parts, .count = count};
}

void life_page_file(Get *get) {
    const Scope *scope = get->scope;
    const Life *life = life_of_actor(scope);
    const LifeFile file = {
        .lang = scope->lang,
        .made_at = scope->now,
        .has_part2 = life_has_part2(life),
        .parts = parts_of(scope, life),
    };
    Html html = html_new(scope, STR(""));
    life_file(&html, &file);
    reply_file(get->reply, STR("text/html; charset=utf-8"), STR("my-life-here.html"), buf_str(&html.out));
}

void life_data_file(Get *get) {
    const Scope *scope = get->scope;
    reply_file(get->reply, STR("application/json"), STR("my-life-here.json"),
               life_json(life_of_actor(scope), scope->now));
}
