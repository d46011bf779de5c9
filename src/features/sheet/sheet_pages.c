/* SPDX-License-Identifier: Apache-2.0 */
/* A person's own sheets: the list, one of them, and what changes it. */
#include "features/sheet/sheet_pages.h"

#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "sheet_html.h"
#include "texts.h"

/* Every other form is a few buttons. */
static const char *const takes[] = {"take", "leave", NULL};
static const Field bring_fields[] = {{.name = "document", .kind = FIELD_ID, .is_required = true}};
static const Field take_fields[] = {
    {.name = "how", .kind = FIELD_CHOICE, .is_required = true, .choices = takes}};

/* ---- the list ---- */

static Str title_of(const Scope *scope, const Part2Notice *notice, PersonId person, Part2Words called,
                    SheetKind kind) {
    const Str words = part2_open_about(notice, person, called);
    return str_is_empty(words) ? text_str(scope->lang, sheet_kind_text(kind)) : words;
}

SheetLinesShown sheet_lines_shown(const Scope *scope, const Part2Notice *notice, SheetLines lines) {
    SheetLineShown *items = NEW_MANY(scope->arena, lines.count, SheetLineShown);
    for (size_t at = 0; at < lines.count; at++) {
        const SheetLine *line = &lines.items[at];
        items[at] = (SheetLineShown){.id = line->id,
                                     .title = title_of(scope, notice, line->person, line->called, line->kind),
                                     .kind = line->kind,
                                     .has_day = !date_is_none(line->day),
                                     .day = line->day,
                                     .ideas = line->ideas};
    }
    return (SheetLinesShown){.items = items, .count = lines.count};
}

SheetsAskedShown sheets_asked_shown(const Scope *scope) {
    const SheetAskedList list = sheet_list_asked(scope);
    SheetAskedShown *items = NEW_MANY(scope->arena, list.count, SheetAskedShown);
    for (size_t at = 0; at < list.count; at++) {
        const SheetAsked *one = &list.items[at];
        const Str called = part2_open_own(scope, scope->actor, one->called);
        const Text kind = sheet_kind_text(one->kind);
        items[at] = (SheetAskedShown){.id = one->id,
                                      .title = str_is_empty(called) ? text_str(scope->lang, kind) : called,
                                      .by_called = one->by_called,
                                      .count = one->count};
    }
    return (SheetsAskedShown){.items = items, .count = list.count};
}

static bool is_past(const Scope *scope, Date day) {
    return !date_is_none(day) && date_days(day) < date_days(zone_date(scope->zone, scope->now));
}

/* Those to come by day, and behind them those that were, the last one first. */
static void split(const Scope *scope, SheetLinesShown lines, SheetListPage *page) {
    SheetLineShown *ahead = NEW_MANY(scope->arena, lines.count, SheetLineShown);
    SheetLineShown *earlier = NEW_MANY(scope->arena, lines.count, SheetLineShown);
    size_t to_come = 0;
    size_t over = 0;
    for (size_t at = 0; at < lines.count; at++) {
        if (!is_past(scope, lines.items[at].day)) {
            ahead[to_come++] = lines.items[at];
        }
    }
    for (size_t at = lines.count; at > 0; at--) {
        if (is_past(scope, lines.items[at - 1].day)) {
            earlier[over++] = lines.items[at - 1];
        }
    }
    page->ahead = (SheetLinesShown){.items = ahead, .count = to_come};
    page->earlier = (SheetLinesShown){.items = earlier, .count = over};
}

void sheet_list_show(Get *get) {
    const Scope *scope = get->scope;
    SheetListPage page = {.layout = layout_of(scope, get->reply, TEXT_SHEET_TITLE)};
    const Part2Notice *own = part2_notice(get->reply, &page.layout.part2, STR(""));
    split(scope, sheet_lines_shown(scope, own, sheet_list(scope)), &page);
    sheet_list_page(reply_html(get->reply, 200), &page);
}

/* ---- one sheet ---- */

Str sheet_who_words(const Scope *scope, const SheetNames *names, SheetWho who) {
    switch (who) {
    case SHEET_ME:
        return names->person;
    case SHEET_GIVER:
        return names->giver;
    case SHEET_KIN:
        return text_str(scope->lang, names->is_young ? TEXT_SHEET_PARENT : TEXT_SHEET_CHILD);
    case SHEET_ELSE:
        break;
    }
    return text_str(scope->lang, TEXT_SHEET_ELSE);
}

static Strs lines_of(Arena *arena, Str text) {
    size_t most = 1;
    for (size_t at = 0; at < text.length; at++) {
        most += text.at[at] == '\n';
    }
    Str *items = NEW_MANY(arena, most, Str);
    size_t count = 0;
    Str rest = text;
    while (!str_is_empty(rest)) {
        Str line = STR_NONE;
        (void)str_cut(rest, '\n', &line, &rest);
        line = str_trim(line);
        if (!str_is_empty(line)) {
            items[count++] = line;
        }
    }
    return (Strs){.items = items, .count = count};
}

static SheetVoices voices_of(const Scope *scope, const SheetNames *names, const Str *words) {
    SheetVoice *items = NEW_MANY(scope->arena, SHEET_ELSE, SheetVoice);
    size_t count = 0;
    for (SheetWho who = SHEET_ME; who <= SHEET_ELSE; who++) {
        const Str said = words[SHEET_SPEAK_ME + (int)who - SHEET_ME];
        if (!str_is_empty(said)) {
            items[count++] = (SheetVoice){.who = sheet_who_words(scope, names, who), .words = said};
        }
    }
    return (SheetVoices){.items = items, .count = count};
}

static SheetStepShown step_shown(const Scope *scope, const Part2Notice *notice, const SheetNames *names,
                                 PersonId person, const SheetStep *step) {
    const bool is_done = !time_is_none(step->done_at);
    return (SheetStepShown){.id = step->id,
                            .words = part2_open_about(notice, person, step->words),
                            .who = sheet_who_words(scope, names, step->who),
                            .has_day = !date_is_none(step->day),
                            .day = step->day,
                            .is_done = is_done,
                            .done_on = is_done ? zone_date(scope->zone, step->done_at) : (Date){0},
                            .came_of = part2_open_about(notice, person, step->came_of)};
}

static SheetIdeasShown ideas_shown(const Scope *scope, const Part2Notice *notice, const Sheet *sheet) {
    SheetIdeaShown *items = NEW_MANY(scope->arena, sheet->ideas.count, SheetIdeaShown);
    size_t taken = 0;
    for (size_t at = 0; at < sheet->ideas.count; at++) {
        const SheetIdea *idea = &sheet->ideas.items[at];
        items[at] = (SheetIdeaShown){.id = idea->id,
                                     .by_called = idea->by_called,
                                     .words = part2_open_about(notice, sheet->person, idea->words),
                                     .is_taken = idea->is_taken};
        taken += idea->is_taken;
    }
    return (SheetIdeasShown){
        .items = items, .count = sheet->ideas.count, .waiting = sheet->ideas.count - taken, .taken = taken};
}

SheetShown sheet_shown(const Scope *scope, const Part2Notice *notice, const SheetNames *names,
                       const Sheet *sheet) {
    SheetShown shown = {.id = sheet->id,
                        .kind = sheet->kind,
                        .title =
                            title_of(scope, notice, sheet->person, sheet->words[SHEET_CALLED], sheet->kind),
                        .has_day = !date_is_none(sheet->day),
                        .day = sheet->day,
                        .is_part2 = sheet->words[SHEET_WANT].is_marked,
                        .had_seat = sheet->had_seat,
                        .had_say = sheet->had_say,
                        .ideas = ideas_shown(scope, notice, sheet)};
    for (size_t field = 0; field < SHEET_WORDS; field++) {
        shown.words[field] = part2_open_about(notice, sheet->person, sheet->words[field]);
    }
    shown.questions = lines_of(scope->arena, shown.words[SHEET_QUESTIONS]);
    shown.bring = lines_of(scope->arena, shown.words[SHEET_BRING]);
    shown.voices = voices_of(scope, names, shown.words);
    SheetStepShown *steps = NEW_MANY(scope->arena, sheet->steps.count, SheetStepShown);
    for (size_t at = 0; at < sheet->steps.count; at++) {
        steps[at] = step_shown(scope, notice, names, sheet->person, &sheet->steps.items[at]);
    }
    shown.steps = (SheetStepsShown){.items = steps, .count = sheet->steps.count};
    shown.is_over = is_past(scope, sheet->day) || sheet_says(&shown, SHEET_DECIDED);
    return shown;
}

/* On a page of its person, who needs no notice. */
bool sheet_own(const Scope *scope, Reply *reply, Layout *layout, SheetId id, SheetShown *ret_shown) {
    Sheet sheet;
    if (!sheet_find(scope, id, &sheet)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    const SheetNames names = {.person = text_str(scope->lang, TEXT_SHEET_ME),
                              .giver = text_str(scope->lang, TEXT_SHEET_GIVER),
                              .is_young = youth_is(scope, scope->actor)};
    *ret_shown = sheet_shown(scope, part2_notice(reply, &layout->part2, STR("")), &names, &sheet);
    return true;
}

void sheet_show(Get *get, SheetId id) {
    const Scope *scope = get->scope;
    SheetPage page = {.layout = layout_of(scope, get->reply, TEXT_SHEET_ONE),
                      .readers = reader_list(scope, READER_THING(id)),
                      .documents = document_list(scope)};
    if (sheet_own(scope, get->reply, &page.layout, id, &page.sheet)) {
        page.layout.title_words = page.sheet.title;
        sheet_page(reply_html(get->reply, 200), &page);
    }
}

void sheet_back(Post *post, SheetResult result, SheetId sheet, Text said) {
    switch (result) {
    case SHEET_DONE:
        reply_redirect_saying(post->reply, url_sheet_show(post->scope->arena, sheet), said);
        return;
    case SHEET_FULL:
        reply_sorry(post->reply, 409, TEXT_SHEET_FULL);
        return;
    case SHEET_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void sheet_drop_do(Post *post, SheetId id) {
    if (sheet_drop(post->scope, post->tx, id) == SHEET_DONE) {
        reply_redirect_saying(post->reply, url_sheet_list_show(post->scope->arena), TEXT_SHEET_IS_DROPPED);
    } else {
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
    }
}

/* ---- what to bring ---- */

static bool has_line(Strs lines, Str wanted) {
    for (size_t at = 0; at < lines.count; at++) {
        if (str_equal(lines.items[at], wanted)) {
            return true;
        }
    }
    return false;
}

/* The name of a document of one's own, on a line of its own; it is named already: so it was wanted. */
void sheet_bring_do(Post *post, SheetId id) {
    const Scope *scope = post->scope;
    const Form form = form_read(scope, post->input, bring_fields, 1);
    Layout layout = layout_of(scope, post->reply, TEXT_SHEET_ONE);
    SheetShown sheet;
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (!sheet_own(scope, post->reply, &layout, id, &sheet)) {
        return;
    }
    const Documents documents = document_list(scope);
    for (size_t at = 0; at < documents.count; at++) {
        const Document *one = &documents.items[at];
        if (one->id.value != form_id(&form, 0)) {
            continue;
        }
        const Str before = sheet.words[SHEET_BRING];
        Str bring = before;
        if (str_is_empty(before)) {
            bring = one->called;
        } else if (!has_line(sheet.bring, one->called)) {
            bring = str_print(scope->arena, "%.*s\n%.*s", STR_ARGS(before), STR_ARGS(one->called));
        }
        if (str_characters(bring) > SHEET_BRING_MOST) {
            reply_sorry(post->reply, 409, TEXT_SHEET_FULL);
            return;
        }
        sheet_back(post, sheet_bring(scope, post->tx, id, bring), id, TEXT_SHEET_SAVED);
        return;
    }
    reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
}

/* ---- who else reads it ---- */

void sheet_reader_do(Post *post, SheetId sheet, MatchId match) {
    reader_switch_do(post, READER_THING(sheet), match,
                     &(ReaderSaid){.back = url_sheet_show(post->scope->arena, sheet),
                                   .opened = TEXT_SHEET_IS_OPENED,
                                   .closed = TEXT_SHEET_IS_CLOSED});
}

void sheet_idea_do(Post *post, SheetId sheet, SheetIdeaId idea) {
    const Form form = form_read(post->scope, post->input, take_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (form_has(&form, 0, STR("take"))) {
        sheet_back(post, sheet_idea_take(post->scope, post->tx, sheet, idea), sheet, TEXT_SHEET_IDEA_TAKEN);
    } else {
        sheet_back(post, sheet_idea_leave(post->scope, post->tx, sheet, idea), sheet, TEXT_SHEET_IDEA_LEFT);
    }
}

static const struct {
    Text tips;
    Text law;
} helps[] = {
    [SHEET_SCHOOL] = {TEXT_SHEET_TIPS_SCHOOL, TEXT_SHEET_LAW_SCHOOL},
    [SHEET_COURT] = {TEXT_SHEET_TIPS_COURT, TEXT_SHEET_LAW_COURT},
    [SHEET_WELFARE] = {TEXT_SHEET_TIPS_WELFARE, TEXT_SHEET_LAW_WELFARE},
    [SHEET_TEAM] = {TEXT_SHEET_TIPS_TEAM, TEXT_SHEET_LAW_TEAM},
    [SHEET_OTHER] = {TEXT_SHEET_TIPS_OTHER, TEXT_NONE},
};

Text sheet_tips_text(SheetKind kind) {
    return helps[kind].tips;
}

Text sheet_law_text(SheetKind kind) {
    return helps[kind].law;
}

Text sheet_was_text(SheetWas was) {
    static const Text texts[] = {[SHEET_NOT_SAID] = TEXT_NONE,
                                 [SHEET_YES] = TEXT_SHEET_YES,
                                 [SHEET_PARTLY] = TEXT_SHEET_PARTLY_SO,
                                 [SHEET_NO] = TEXT_SHEET_NO_SO};
    return texts[was];
}
