/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a sheet: before the meeting, after it, and its steps. */
#include "features/sheet/sheet_pages.h"
#include "features/youth/youth.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "sheet_html.h"
#include "texts.h"

/* How far a day may lie away: meetings of years ago are worth writing down, too. */
enum { DAYS_BACK = 3650, DAYS_AHEAD = 730 };

enum {
    BEFORE_WANT,
    BEFORE_KIND,
    BEFORE_CALLED,
    BEFORE_DAY,
    BEFORE_PART2,
    FIRST_FIELDS, /* a new one has these */
    BEFORE_QUESTIONS = FIRST_FIELDS,
    BEFORE_SPEAK_ME,
    BEFORE_SPEAK_GIVER,
    BEFORE_SPEAK_KIN,
    BEFORE_SPEAK_OTHER,
    BEFORE_BRING,
    BEFORE_FIELDS
};
#define SPEAK_FIELD(whose)                                                                                   \
    { .name = "speak_" whose, .kind = FIELD_LINE, .most_characters = 200 }
static const Field before_fields[] = {
    [BEFORE_WANT] = {.name = "want",
                     .kind = FIELD_WORDS,
                     .is_required = true,
                     .most_characters = 1000,
                     .missing = TEXT_SHEET_WANT_MISSING},
    [BEFORE_KIND] = {.name = "kind",
                     .kind = FIELD_CHOICE,
                     .is_required = true,
                     .choices = sheet_kind_names,
                     .missing = TEXT_SHEET_KIND_MISSING},
    [BEFORE_CALLED] = {.name = "called", .kind = FIELD_LINE, .most_characters = 100},
    [BEFORE_DAY] = {.name = "day", .kind = FIELD_LINE, .most_characters = 10},
    [BEFORE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [BEFORE_QUESTIONS] = {.name = "questions", .kind = FIELD_WORDS, .most_characters = 2000},
    [BEFORE_SPEAK_ME] = SPEAK_FIELD("me"),
    [BEFORE_SPEAK_GIVER] = SPEAK_FIELD("supporter"),
    [BEFORE_SPEAK_KIN] = SPEAK_FIELD("family"),
    [BEFORE_SPEAK_OTHER] = SPEAK_FIELD("other"),
    [BEFORE_BRING] = {.name = "bring", .kind = FIELD_WORDS, .most_characters = SHEET_BRING_MOST},
};
/* Which field says which words; the rest are no words. */
static const struct {
    size_t field;
    SheetWords words;
} before_words[] = {
    {BEFORE_WANT, SHEET_WANT},
    {BEFORE_CALLED, SHEET_CALLED},
    {BEFORE_QUESTIONS, SHEET_QUESTIONS},
    {BEFORE_SPEAK_ME, SHEET_SPEAK_ME},
    {BEFORE_SPEAK_GIVER, SHEET_SPEAK_GIVER},
    {BEFORE_SPEAK_KIN, SHEET_SPEAK_KIN},
    {BEFORE_SPEAK_OTHER, SHEET_SPEAK_OTHER},
    {BEFORE_BRING, SHEET_BRING},
};
enum { BEFORE_WORDS = sizeof before_words / sizeof before_words[0] };

enum { AFTER_DECIDED, AFTER_LATER, AFTER_SEAT, AFTER_SAY, AFTER_UNSAID, AFTER_FIELDS };
static const Field after_fields[] = {
    [AFTER_DECIDED] = {.name = "decided", .kind = FIELD_WORDS, .most_characters = 2000},
    [AFTER_LATER] = {.name = "later", .kind = FIELD_WORDS, .most_characters = 2000},
    [AFTER_SEAT] = {.name = "seat", .kind = FIELD_CHOICE, .choices = sheet_was_names},
    [AFTER_SAY] = {.name = "say", .kind = FIELD_CHOICE, .choices = sheet_was_names},
    [AFTER_UNSAID] = {.name = "unsaid", .kind = FIELD_WORDS, .most_characters = 1000},
};

enum { STEP_WORDS, STEP_WHO, STEP_DAY, STEP_FIELDS };
static const Field step_fields[] = {
    [STEP_WORDS] = {.name = "words",
                    .kind = FIELD_LINE,
                    .is_required = true,
                    .most_characters = 200,
                    .missing = TEXT_SHEET_STEP_WORDS_MISSING},
    [STEP_WHO] = {.name = "who", .kind = FIELD_CHOICE, .is_required = true, .choices = sheet_who_names},
    [STEP_DAY] = {.name = "day", .kind = FIELD_LINE, .most_characters = 10},
};

enum { CAME_DONE, CAME_WORDS, CAME_FIELDS };
static const Field came_fields[] = {
    [CAME_DONE] = {.name = "done", .kind = FIELD_SWITCH},
    [CAME_WORDS] = {.name = "came", .kind = FIELD_WORDS, .most_characters = 1000},
};

/* ---- days and choices ---- */

static Str day_from_today(const Scope *scope, int64_t days) {
    return date_write(scope->arena, calendar_date(date_days(zone_date(scope->zone, scope->now)) + days));
}

/* What was typed as a day; what is wrong with it stands beside it. */
static Date read_day(const Scope *scope, Form *form, size_t field) {
    const Str typed = form_str(form, field);
    if (str_is_empty(typed)) {
        return (Date){0};
    }
    const Date day = date_read(typed);
    if (date_is_none(day)) {
        form_error(form, field, TEXT_SHEET_DAY_WRONG);
        return day;
    }
    const int64_t away = date_days(day) - date_days(zone_date(scope->zone, scope->now));
    if (away < -DAYS_BACK || away > DAYS_AHEAD) {
        form_error(form, field, TEXT_SHEET_DAY_FAR);
    }
    return day;
}

/* Which of the names was chosen, from 1; 0: none. */
static int chosen(const Form *form, size_t field, const char *const *names) {
    for (int at = 0; names[at] != NULL; at++) {
        if (form_has(form, field, str_of(names[at]))) {
            return at + 1;
        }
    }
    return 0;
}

static Options kinds_of(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, SHEET_OTHER, Option);
    for (SheetKind kind = SHEET_SCHOOL; kind <= SHEET_OTHER; kind++) {
        items[kind - 1] = (Option){.value = str_of(sheet_kind_names[kind - 1]),
                                   .label = text_str(scope->lang, sheet_kind_text(kind))};
    }
    return (Options){.items = items, .count = SHEET_OTHER};
}

static Options whos_of(const Scope *scope) {
    const SheetNames names = {.person = text_str(scope->lang, TEXT_SHEET_ME),
                              .giver = text_str(scope->lang, TEXT_SHEET_GIVER),
                              .is_young = youth_is(scope, scope->actor)};
    Option *items = NEW_MANY(scope->arena, SHEET_ELSE, Option);
    for (SheetWho who = SHEET_ME; who <= SHEET_ELSE; who++) {
        items[who - 1] =
            (Option){.value = str_of(sheet_who_names[who - 1]), .label = sheet_who_words(scope, &names, who)};
    }
    return (Options){.items = items, .count = SHEET_ELSE};
}

static Options was_of(const Scope *scope) {
    Option *items = NEW_MANY(scope->arena, SHEET_NO, Option);
    for (SheetWas was = SHEET_YES; was <= SHEET_NO; was++) {
        items[was - 1] = (Option){.value = str_of(sheet_was_names[was - 1]),
                                  .label = text_str(scope->lang, sheet_was_text(was))};
    }
    return (Options){.items = items, .count = SHEET_NO};
}

/* ---- before the meeting ---- */

static SheetBeforePage before_page(const Scope *scope, Reply *reply, Text title, const Form *form) {
    SheetBeforePage page = {.layout = layout_of(scope, reply, title),
                            .form = form,
                            .kinds = kinds_of(scope),
                            .is_young = youth_is(scope, scope->actor),
                            .first_day = day_from_today(scope, -DAYS_BACK),
                            .last_day = day_from_today(scope, DAYS_AHEAD)};
    page.layout.has_error = !form->is_valid;
    return page;
}

static void show_new(const Scope *scope, Reply *reply, const Form *form) {
    const SheetBeforePage page = before_page(scope, reply, TEXT_SHEET_ADD, form);
    sheet_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

static void show_before(const Scope *scope, Reply *reply, SheetId id, const Form *form, SheetKind kind) {
    SheetBeforePage page = before_page(scope, reply, TEXT_SHEET_BEFORE_TITLE, form);
    page.id = id;
    page.kind = kind;
    sheet_before_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* The form has the first fields, or all of them. */
static SheetBefore before_of(const Scope *scope, Form *form) {
    SheetBefore before = {.kind = (SheetKind)chosen(form, BEFORE_KIND, sheet_kind_names),
                          .day = read_day(scope, form, BEFORE_DAY),
                          .is_part2 = form_is_on(form, BEFORE_PART2)};
    for (size_t at = 0; at < SHEET_WORDS; at++) {
        before.words[at] = STR("");
    }
    for (size_t at = 0; at < BEFORE_WORDS; at++) {
        if (before_words[at].field < form->count) {
            before.words[before_words[at].words] = form_str(form, before_words[at].field);
        }
    }
    return before;
}

void sheet_new_show(Get *get) {
    const Form form = form_empty(get->scope, before_fields, FIRST_FIELDS);
    show_new(get->scope, get->reply, &form);
}

void sheet_new_do(Post *post) {
    Form form = form_read(post->scope, post->input, before_fields, FIRST_FIELDS);
    const SheetBefore before = before_of(post->scope, &form);
    SheetId sheet = {0};
    if (form.is_valid && sheet_add(post->scope, post->tx, &before, &sheet) == SHEET_FULL) {
        form_error(&form, BEFORE_WANT, TEXT_SHEET_FULL);
    }
    if (!form.is_valid) {
        show_new(post->scope, post->reply, &form);
        return;
    }
    sheet_back(post, SHEET_DONE, sheet, TEXT_SHEET_SAVED);
}

void sheet_before_show(Get *get, SheetId id) {
    Form form = form_empty(get->scope, before_fields, BEFORE_FIELDS);
    SheetShown sheet;
    Layout layout = layout_of(get->scope, get->reply, TEXT_SHEET_BEFORE_TITLE);
    if (!sheet_own(get->scope, get->reply, &layout, id, &sheet)) {
        return;
    }
    for (size_t at = 0; at < BEFORE_WORDS; at++) {
        form_set_str(&form, before_words[at].field, sheet.words[before_words[at].words]);
    }
    form_set_str(&form, BEFORE_KIND, str_of(sheet_kind_names[sheet.kind - 1]));
    form_set_str(&form, BEFORE_DAY, sheet.has_day ? date_write(get->scope->arena, sheet.day) : STR(""));
    form_set_on(&form, BEFORE_PART2, sheet.is_part2);
    show_before(get->scope, get->reply, id, &form, sheet.kind);
}

void sheet_before_do(Post *post, SheetId id) {
    Form form = form_read(post->scope, post->input, before_fields, BEFORE_FIELDS);
    const SheetBefore before = before_of(post->scope, &form);
    if (!form.is_valid) {
        show_before(post->scope, post->reply, id, &form, before.kind == 0 ? SHEET_OTHER : before.kind);
        return;
    }
    sheet_back(post, sheet_change(post->scope, post->tx, id, &before), id, TEXT_SHEET_SAVED);
}

/* ---- after it ---- */

static void show_after(const Scope *scope, Reply *reply, SheetId id, Form *form, bool is_first) {
    SheetAfterPage page = {.layout = layout_of(scope, reply, TEXT_SHEET_AFTER_TITLE),
                           .id = id,
                           .form = form,
                           .was = was_of(scope)};
    page.layout.has_error = !form->is_valid;
    SheetShown sheet;
    if (!sheet_own(scope, reply, &page.layout, id, &sheet)) {
        return;
    }
    page.title = sheet.title;
    if (is_first) {
        form_set_str(form, AFTER_DECIDED, sheet.words[SHEET_DECIDED]);
        form_set_str(form, AFTER_LATER, sheet.words[SHEET_LATER]);
        form_set_str(form, AFTER_UNSAID, sheet.words[SHEET_UNSAID]);
        if (sheet.had_seat != SHEET_NOT_SAID) {
            form_set_str(form, AFTER_SEAT, str_of(sheet_was_names[sheet.had_seat - 1]));
        }
        if (sheet.had_say != SHEET_NOT_SAID) {
            form_set_str(form, AFTER_SAY, str_of(sheet_was_names[sheet.had_say - 1]));
        }
    }
    sheet_after_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sheet_after_show(Get *get, SheetId id) {
    Form form = form_empty(get->scope, after_fields, AFTER_FIELDS);
    show_after(get->scope, get->reply, id, &form, true);
}

void sheet_after_do(Post *post, SheetId id) {
    Form form = form_read(post->scope, post->input, after_fields, AFTER_FIELDS);
    if (!form.is_valid) {
        show_after(post->scope, post->reply, id, &form, false);
        return;
    }
    const SheetAfter after = {.decided = form_str(&form, AFTER_DECIDED),
                              .later = form_str(&form, AFTER_LATER),
                              .had_seat = (SheetWas)chosen(&form, AFTER_SEAT, sheet_was_names),
                              .had_say = (SheetWas)chosen(&form, AFTER_SAY, sheet_was_names),
                              .unsaid = form_str(&form, AFTER_UNSAID)};
    sheet_back(post, sheet_close(post->scope, post->tx, id, &after), id, TEXT_SHEET_SAVED);
}

/* ---- steps ---- */

static void show_step_new(const Scope *scope, Reply *reply, SheetId id, const Form *form) {
    SheetStepPage page = {.layout = layout_of(scope, reply, TEXT_SHEET_STEP_ADD),
                          .id = id,
                          .form = form,
                          .whos = whos_of(scope),
                          .first_day = day_from_today(scope, -DAYS_BACK),
                          .last_day = day_from_today(scope, DAYS_AHEAD)};
    page.layout.has_error = !form->is_valid;
    SheetShown sheet;
    if (sheet_own(scope, reply, &page.layout, id, &sheet)) {
        page.title = sheet.title;
        sheet_step_new_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
    }
}

void sheet_step_new_show(Get *get, SheetId id) {
    Form form = form_empty(get->scope, step_fields, STEP_FIELDS);
    form_set_str(&form, STEP_WHO, STR("me"));
    show_step_new(get->scope, get->reply, id, &form);
}

void sheet_step_new_do(Post *post, SheetId id) {
    Form form = form_read(post->scope, post->input, step_fields, STEP_FIELDS);
    const SheetStepNew step = {.sheet = id,
                               .words = form_str(&form, STEP_WORDS),
                               .who = (SheetWho)chosen(&form, STEP_WHO, sheet_who_names),
                               .day = read_day(post->scope, &form, STEP_DAY)};
    const SheetResult result = form.is_valid ? sheet_step_add(post->scope, post->tx, &step) : SHEET_DONE;
    if (result == SHEET_FULL) {
        form_error(&form, STEP_WORDS, TEXT_SHEET_FULL);
    }
    if (!form.is_valid) {
        show_step_new(post->scope, post->reply, id, &form);
        return;
    }
    sheet_back(post, result, id, TEXT_SHEET_STEP_SAVED);
}

/* False: told the reader that it is not there. */
static bool find_step(const Scope *scope, Reply *reply, SheetStepPage *page, SheetStepId step) {
    SheetShown sheet;
    if (!sheet_own(scope, reply, &page->layout, page->id, &sheet)) {
        return false;
    }
    for (size_t at = 0; at < sheet.steps.count; at++) {
        if (sheet_step_id_equal(sheet.steps.items[at].id, step)) {
            page->step = sheet.steps.items[at];
            page->title = sheet.title;
            return true;
        }
    }
    reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
    return false;
}

static void show_step(const Scope *scope, Reply *reply, SheetId id, SheetStepId step, Form *form,
                      bool is_first) {
    SheetStepPage page = {.layout = layout_of(scope, reply, TEXT_SHEET_STEP_TELL), .id = id, .form = form};
    page.layout.has_error = !form->is_valid;
    if (!find_step(scope, reply, &page, step)) {
        return;
    }
    if (is_first) {
        form_set_on(form, CAME_DONE, page.step.is_done);
        form_set_str(form, CAME_WORDS, page.step.came_of);
    }
    sheet_step_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void sheet_step_show(Get *get, SheetId id, SheetStepId step) {
    Form form = form_empty(get->scope, came_fields, CAME_FIELDS);
    show_step(get->scope, get->reply, id, step, &form, true);
}

void sheet_step_do(Post *post, SheetId id, SheetStepId step) {
    Form form = form_read(post->scope, post->input, came_fields, CAME_FIELDS);
    if (!form.is_valid) {
        show_step(post->scope, post->reply, id, step, &form, false);
        return;
    }
    sheet_back(post,
               sheet_step_mark(post->scope, post->tx, id, step, form_is_on(&form, CAME_DONE),
                               form_str(&form, CAME_WORDS)),
               id, TEXT_SHEET_SAVED);
}

void sheet_step_drop_do(Post *post, SheetId id, SheetStepId step) {
    sheet_back(post, sheet_step_drop(post->scope, post->tx, id, step), id, TEXT_SHEET_STEP_IS_OFF);
}
