/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of a program, for its coordinators: words, lists, open or closed, and who coordinates. */
#include "features/account/account.h"
#include "features/program/program_settings_pages.h"
#include "features/program/program_view.h"
#include "platform/crypto/crypto.h"
#include "program_html.h"
#include "routes.h"
#include "texts.h"

typedef struct Named {
    const char *key;
    Text label;
    bool is_line;
} Named;

static const Named word_names[PROGRAM_WORDS_COUNT] = {
    [PROGRAM_NAME] = {"name", TEXT_PROGRAM_WORDS_1, true},
    [PROGRAM_WELCOME] = {"welcome", TEXT_PROGRAM_WORDS_2, false},
    [PROGRAM_WHO] = {"who", TEXT_PROGRAM_WORDS_3, false},
    [PROGRAM_TITLE] = {"title", TEXT_PROGRAM_WORDS_4, true},
    [PROGRAM_ROLE] = {"role", TEXT_PROGRAM_WORDS_5, false},
    [PROGRAM_AGREEMENT] = {"agreement", TEXT_PROGRAM_WORDS_6, false},
    [PROGRAM_MUST_TELL] = {"must-tell", TEXT_PROGRAM_WORDS_7, false},
    [PROGRAM_REACH] = {"reach", TEXT_PROGRAM_WORDS_8, false},
    [PROGRAM_MUST_TELL_YOUNG] = {"must-tell-young", TEXT_PROGRAM_WORDS_9, false},
    [PROGRAM_AFTER_HOURS] = {"after-hours", TEXT_PROGRAM_WORDS_10, false},
    [PROGRAM_STORY] = {"story", TEXT_PROGRAM_WORDS_11, false},
};

static const Named list_names[LIST_COUNT] = {
    [LIST_EXPERIENCE] = {"experience", TEXT_PROGRAM_LIST_1, true},
    [LIST_LANGUAGE] = {"language", TEXT_PROGRAM_LIST_2, true},
    [LIST_RELATION] = {"relation", TEXT_PROGRAM_LIST_3, true},
    [LIST_AGE] = {"age", TEXT_PROGRAM_LIST_4, true},
    [LIST_TIME] = {"time", TEXT_PROGRAM_LIST_5, true},
    [LIST_SYSTEM] = {"system", TEXT_PROGRAM_LIST_6, true},
    [LIST_ROLE] = {"role", TEXT_PROGRAM_LIST_7, true},
    [LIST_CHANNEL] = {"channel", TEXT_PROGRAM_LIST_8, true},
    [LIST_REGION] = {"region", TEXT_PROGRAM_LIST_9, true},
    [LIST_CULTURE] = {"culture", TEXT_PROGRAM_LIST_10, true},
    [LIST_GENDER] = {"gender", TEXT_PROGRAM_LIST_11, true},
    [LIST_FUNDING] = {"funding", TEXT_PROGRAM_LIST_12, true},
    [LIST_ACTIVITY] = {"activity", TEXT_PROGRAM_LIST_13, true},
};

/* The number of a name, from 1; 0 when there is none such. */
static int named(const Named *names, int count, Str key) {
    for (int at = 1; at < count; at++) {
        if (str_equal(str_of(names[at].key), key)) {
            return at;
        }
    }
    return 0;
}

/* What every settings page begins with; false (and sorry is said) when the program is gone. */
static bool settings_begin(Scope *scope, Reply *reply, ProgramId program, Text title,
                           SettingsPage *ret_page) {
    Program found;
    if (!program_find(scope, program, &found)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = found.zone;
    *ret_page = (SettingsPage){.layout = layout_of(scope, reply, title), .program = found};
    return true;
}

/* ---- changed just now: the page before says it in the address, by numbers ---- */

Url settings_changed(Arena *arena, Url url, Str numbers) {
    return url_with(arena, url, STR("changed"), str_is_empty(numbers) ? STR("none") : numbers);
}

Str settings_changed_words(const Get *get, const Text *labels, int count) {
    static const Field fields[] = {{.name = "changed", .kind = FIELD_LINE}};
    Form form = form_read(get->scope, get->input, fields, 1);
    Str rest = form_str(&form, 0);
    if (str_is_empty(rest)) {
        return STR_NONE;
    }
    if (str_equal(rest, STR("none"))) {
        return text_str(get->scope->lang, TEXT_PROGRAM_UNCHANGED);
    }
    Buf names = buf_new(get->scope->arena, 4096);
    while (!str_is_empty(rest) && names.length < 2048) {
        Str number = STR_NONE;
        (void)str_cut(rest, '.', &number, &rest);
        int64_t at = 0;
        if (str_to_int(number, 1, count - 1, &at)) {
            buf_add(&names, names.length == 0 ? STR("") : STR("; "));
            buf_add(&names, text_str(get->scope->lang, labels[at]));
        }
    }
    Words words = scope_words(get->scope);
    return names.length == 0 ? STR_NONE : text_program_changed(&words, buf_str(&names));
}

/* ---- all settings ---- */

void program_settings_show(Get *get, ProgramId program) {
    SettingsPage page;
    if (!settings_begin(get->scope, get->reply, program, TEXT_PROGRAM_SETTINGS, &page)) {
        return;
    }
    SettingsLink *lists = NEW_MANY(get->scope->arena, LIST_COUNT - 1, SettingsLink);
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        lists[list - 1] =
            (SettingsLink){.key = str_of(list_names[list].key), .label = list_names[list].label};
    }
    page.links = (SettingsLinks){.items = lists, .count = LIST_COUNT - 1};
    program_settings_page(reply_html(get->reply, 200), &page);
}

static const char *const open_words[] = {"yes", "no", NULL};
enum { OPEN_OPEN, OPEN_FIELDS };
static const Field open_fields[] = {
    [OPEN_OPEN] = {.name = "open", .kind = FIELD_CHOICE, .is_required = true, .choices = open_words},
};

void program_settings_save(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, open_fields, OPEN_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    bool is_open = form_has(&form, OPEN_OPEN, STR("yes"));
    program_set_takes_requests(post->tx, program, is_open);
    reply_redirect_saying(post->reply, url_program_settings_show(post->scope->arena, program),
                          is_open ? TEXT_PROGRAM_SETTINGS_OPENED : TEXT_PROGRAM_SETTINGS_CLOSED);
}

/* ---- words ---- */

/* The first line, or as much of it as tells which text it is. */
static Str preview(Arena *arena, Str words) {
    Str line = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(words, '\n', &line, &rest);
    Str start = str_first_characters(line, 120);
    bool is_whole = start.length == words.length;
    return is_whole ? start : str_print(arena, "%.*s ...", STR_ARGS(start));
}

void program_words_show(Get *get, ProgramId program) {
    SettingsPage page;
    if (!settings_begin(get->scope, get->reply, program, TEXT_PROGRAM_SETTINGS_WORDS, &page)) {
        return;
    }
    Text labels[PROGRAM_WORDS_COUNT];
    SettingsLink *links = NEW_MANY(get->scope->arena, PROGRAM_WORDS_COUNT - 1, SettingsLink);
    for (int key = PROGRAM_NAME; key < PROGRAM_WORDS_COUNT; key++) {
        labels[key] = word_names[key].label;
        links[key - 1] = (SettingsLink){
            .key = str_of(word_names[key].key),
            .label = word_names[key].label,
            .words = preview(get->scope->arena, program_words(get->scope, program, (ProgramWords)key))};
    }
    page.links = (SettingsLinks){.items = links, .count = PROGRAM_WORDS_COUNT - 1};
    page.changed = settings_changed_words(get, labels, PROGRAM_WORDS_COUNT);
    program_words_page(reply_html(get->reply, 200), &page);
}

void program_story_show(Get *get, ProgramId program) {
    StoryPage page = {.layout = layout_of(get->scope, get->reply, TEXT_PROGRAM_STORY_TITLE)};
    if (!program_find(get->scope, program, &page.program)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    page.guide = program_said(get->scope, program, PROGRAM_STORY);
    program_story_page(reply_html(get->reply, 200), &page);
}

/* Both languages, and a mark of what stood there when the page was opened. */
enum { WORD_ENGLISH, WORD_SPANISH, WORD_WAS, WORD_FIELDS };
static const Field line_fields[] = {
    [WORD_ENGLISH] = {.name = "english", .kind = FIELD_LINE, .most_characters = 100},
    [WORD_SPANISH] = {.name = "spanish", .kind = FIELD_LINE, .most_characters = 100},
    [WORD_WAS] = {.name = "was", .kind = FIELD_LINE},
};
static const Field word_fields[] = {
    [WORD_ENGLISH] = {.name = "english", .kind = FIELD_WORDS},
    [WORD_SPANISH] = {.name = "spanish", .kind = FIELD_WORDS},
    [WORD_WAS] = {.name = "was", .kind = FIELD_LINE},
};

static Str word_mark(const Scope *scope, ProgramId program, ProgramWords key) {
    Str english = program_words_written(scope, program, key, LANG_EN);
    Str spanish = program_words_written(scope, program, key, LANG_ES);
    Str both = str_print(scope->arena, "%zu %.*s%.*s", english.length, STR_ARGS(english), STR_ARGS(spanish));
    return crypto_hash_hex(scope->arena, NULL, STR("program words"), both);
}

static void show_word(Scope *scope, Reply *reply, ProgramId program, ProgramWords key, const Form *form,
                      Text sorry) {
    SettingsPage page;
    if (!settings_begin(scope, reply, program, word_names[key].label, &page)) {
        return;
    }
    page.layout.has_error = !form->is_valid;
    page.form = form;
    page.key = str_of(word_names[key].key);
    page.label = word_names[key].label;
    page.is_line = word_names[key].is_line;
    page.sorry = sorry;
    page.was = word_mark(scope, program, key);
    page.now_english = program_words_written(scope, program, key, LANG_EN);
    page.now_spanish = program_words_written(scope, program, key, LANG_ES);
    int status = sorry == TEXT_NONE ? 200 : 409;
    program_word_page(reply_html(reply, form->is_valid ? status : 422), &page);
}

void program_word_show(Get *get, ProgramId program, Str key) {
    ProgramWords word = (ProgramWords)named(word_names, PROGRAM_WORDS_COUNT, key);
    if (word < PROGRAM_NAME) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, word_names[word].is_line ? line_fields : word_fields, WORD_FIELDS);
    form_set_str(&form, WORD_ENGLISH, program_words_written(get->scope, program, word, LANG_EN));
    form_set_str(&form, WORD_SPANISH, program_words_written(get->scope, program, word, LANG_ES));
    show_word(get->scope, get->reply, program, word, &form, TEXT_NONE);
}

void program_word_save(Post *post, ProgramId program, Str key) {
    ProgramWords word = (ProgramWords)named(word_names, PROGRAM_WORDS_COUNT, key);
    if (word < PROGRAM_NAME) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Field *fields = word_names[word].is_line ? line_fields : word_fields;
    Form form = form_read(post->scope, post->input, fields, WORD_FIELDS);
    /* A name has to stand in headings and links; other words may be left out. */
    if (word_names[word].is_line && str_is_empty(str_trim(form_str(&form, WORD_ENGLISH))) &&
        str_is_empty(str_trim(form_str(&form, WORD_SPANISH)))) {
        form_error(&form, WORD_ENGLISH, TEXT_PROGRAM_ITEM_WITHOUT_WORDS);
    }
    if (!form.is_valid) {
        show_word(post->scope, post->reply, program, word, &form, TEXT_NONE);
        return;
    }
    /* What was typed stays in the form, beside what someone else has saved meanwhile. */
    if (!str_equal(form_str(&form, WORD_WAS), word_mark(post->scope, program, word))) {
        show_word(post->scope, post->reply, program, word, &form, TEXT_UI_CONFLICT);
        return;
    }
    bool is_changed = false;
    const size_t field_of[LANG_COUNT] = {[LANG_EN] = WORD_ENGLISH, [LANG_ES] = WORD_SPANISH};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        Str typed = str_trim(form_str(&form, field_of[lang]));
        if (!str_equal(typed, program_words_written(post->scope, program, word, (Lang)lang))) {
            program_set_words(post->tx, program, word, (Lang)lang, typed);
            is_changed = true;
        }
    }
    Arena *arena = post->scope->arena;
    Str number = is_changed ? str_print(arena, "%d", (int)word) : STR("");
    reply_redirect(post->reply, settings_changed(arena, url_program_words_show(arena, program), number));
}

/* ---- lists ---- */

enum { ADD_ENGLISH, ADD_SPANISH, ADD_FIELDS };
static const Field add_fields[] = {
    [ADD_ENGLISH] = {.name = "english", .kind = FIELD_LINE, .most_characters = 100},
    [ADD_SPANISH] = {.name = "spanish", .kind = FIELD_LINE, .most_characters = 100},
};

enum { ITEM_ENGLISH, ITEM_SPANISH, ITEM_PLACE, ITEM_RETIRED, ITEM_PART2, ITEM_FIELDS };
static const Field item_fields[] = {
    [ITEM_ENGLISH] = {.name = "english", .kind = FIELD_LINE, .most_characters = 100},
    [ITEM_SPANISH] = {.name = "spanish", .kind = FIELD_LINE, .most_characters = 100},
    [ITEM_PLACE] = {.name = "place", .kind = FIELD_NUMBER, .least = 1, .most = 1000},
    [ITEM_RETIRED] = {.name = "retired", .kind = FIELD_SWITCH},
    [ITEM_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
};

/* Writes the refusal beside the field it is about; true when there is none. */
static bool item_is_fine(Form *form, ItemResult result) {
    switch (result) {
    case ITEM_FINE:
        return true;
    case ITEM_WITHOUT_WORDS:
        form_error(form, ADD_ENGLISH, TEXT_PROGRAM_ITEM_WITHOUT_WORDS);
        break;
    case ITEM_TWICE:
        form_error(form, ADD_ENGLISH, TEXT_PROGRAM_ITEM_TWICE);
        break;
    case ITEM_LIST_FULL:
        form_error(form, ADD_ENGLISH, TEXT_PROGRAM_ITEM_LIST_FULL);
        break;
    }
    return false;
}

static void show_list(Scope *scope, Reply *reply, ProgramId program, ListKind list, const Form *form) {
    SettingsPage page;
    if (!settings_begin(scope, reply, program, list_names[list].label, &page)) {
        return;
    }
    page.layout.has_error = !form->is_valid;
    page.form = form;
    page.key = str_of(list_names[list].key);
    page.label = list_names[list].label;
    page.items = program_items_all(scope, program, list);
    program_list_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_list_show(Get *get, ProgramId program, Str list) {
    ListKind kind = (ListKind)named(list_names, LIST_COUNT, list);
    if (kind < LIST_EXPERIENCE) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, add_fields, ADD_FIELDS);
    show_list(get->scope, get->reply, program, kind, &form);
}

void program_list_add(Post *post, ProgramId program, Str list) {
    ListKind kind = (ListKind)named(list_names, LIST_COUNT, list);
    if (kind < LIST_EXPERIENCE) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_read(post->scope, post->input, add_fields, ADD_FIELDS);
    ListItemEdit edit = {
        .words = {[LANG_EN] = form_str(&form, ADD_ENGLISH), [LANG_ES] = form_str(&form, ADD_SPANISH)}};
    if (!form.is_valid ||
        !item_is_fine(&form, program_item_check(post->scope, program, kind, (ListItemId){0}, &edit))) {
        show_list(post->scope, post->reply, program, kind, &form);
        return;
    }
    (void)program_item_add(post->scope, post->tx, program, kind, edit.words[LANG_EN], edit.words[LANG_ES]);
    reply_redirect_saying(post->reply, url_program_list_show(post->scope->arena, program, list),
                          TEXT_PROGRAM_LIST_ADDED);
}

static void show_item(Scope *scope, Reply *reply, ProgramId program, ListKind list, ListItemId item,
                      const Form *form) {
    SettingsPage page;
    if (!settings_begin(scope, reply, program, TEXT_NONE, &page)) {
        return;
    }
    Words words = scope_words(scope);
    page.layout.title_words = text_program_item(&words, program_item_label(scope, item));
    page.layout.has_error = !form->is_valid;
    page.form = form;
    page.key = str_of(list_names[list].key);
    page.label = list_names[list].label;
    page.item = item;
    program_item_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_item_show(Get *get, ProgramId program, Str list, ListItemId item) {
    ListKind kind = (ListKind)named(list_names, LIST_COUNT, list);
    ListItemEdit edit;
    if (kind < LIST_EXPERIENCE || !program_item_read(get->scope, program, kind, item, &edit)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_empty(get->scope, item_fields, ITEM_FIELDS);
    form_set_str(&form, ITEM_ENGLISH, edit.words[LANG_EN]);
    form_set_str(&form, ITEM_SPANISH, edit.words[LANG_ES]);
    if (edit.place > 0) {
        form_set_int(&form, ITEM_PLACE, edit.place);
    }
    form_set_on(&form, ITEM_RETIRED, edit.is_retired);
    form_set_on(&form, ITEM_PART2, edit.is_part2);
    show_item(get->scope, get->reply, program, kind, item, &form);
}

void program_item_save(Post *post, ProgramId program, Str list, ListItemId item) {
    ListKind kind = (ListKind)named(list_names, LIST_COUNT, list);
    if (kind < LIST_EXPERIENCE || !program_has_item(post->scope, program, kind, item)) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    Form form = form_read(post->scope, post->input, item_fields, ITEM_FIELDS);
    ListItemEdit edit = {
        .words = {[LANG_EN] = form_str(&form, ITEM_ENGLISH), [LANG_ES] = form_str(&form, ITEM_SPANISH)},
        .place = form_int(&form, ITEM_PLACE, 0),
        .is_retired = form_is_on(&form, ITEM_RETIRED),
        .is_part2 = form_is_on(&form, ITEM_PART2),
    };
    if (!form.is_valid || !item_is_fine(&form, program_item_check(post->scope, program, kind, item, &edit))) {
        show_item(post->scope, post->reply, program, kind, item, &form);
        return;
    }
    program_item_change(post->scope, post->tx, program, kind, item, &edit);
    reply_redirect_saying(post->reply, url_program_list_show(post->scope->arena, program, list),
                          TEXT_UI_SAVED);
}

/* ---- who coordinates and who leads ---- */

static const char *const duty_words[] = {"coordinator", "leader", "emergency", NULL};
enum { PEOPLE_MAIL, PEOPLE_CALLED, PEOPLE_DUTY, PEOPLE_FIELDS };
static const Field people_fields[] = {
    [PEOPLE_CALLED] = {.name = "called", .kind = FIELD_LINE, .most_characters = 100},
    [PEOPLE_MAIL] = {.name = "mail",
                     .kind = FIELD_MAIL,
                     .is_required = true,
                     .missing = TEXT_PROGRAM_PEOPLE_MAIL_MISSING},
    [PEOPLE_DUTY] = {.name = "duty", .kind = FIELD_CHOICE, .is_required = true, .choices = duty_words},
};

static Options duty_options(const Scope *scope) {
    Option *options = NEW_MANY(scope->arena, 3, Option);
    options[0] = (Option){.value = str_of(duty_words[0]),
                          .label = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_COORDINATOR),
                          .hint = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_COORDINATOR_HINT)};
    options[1] = (Option){.value = str_of(duty_words[1]),
                          .label = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_LEADER),
                          .hint = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_LEADER_HINT)};
    options[2] = (Option){.value = str_of(duty_words[2]),
                          .label = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_EMERGENCY),
                          .hint = text_str(scope->lang, TEXT_PROGRAM_PEOPLE_EMERGENCY_HINT)};
    return (Options){.items = options, .count = 3};
}

static DutyKind duty_chosen(const Form *form, size_t field) {
    return form_has(form, field, str_of(duty_words[1]))   ? DUTY_LEADER
           : form_has(form, field, str_of(duty_words[2])) ? DUTY_EMERGENCY
                                                          : DUTY_COORDINATOR;
}

static void show_people(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    SettingsPage page;
    if (!settings_begin(scope, reply, program, TEXT_PROGRAM_SETTINGS_PEOPLE, &page)) {
        return;
    }
    page.layout.has_error = !form->is_valid;
    page.form = form;
    page.holders = program_duty_holders(scope, program, DUTY_COORDINATOR);
    page.leaders = program_duty_holders(scope, program, DUTY_LEADER);
    page.rescuers = program_duty_holders(scope, program, DUTY_EMERGENCY);
    page.duties = duty_options(scope);
    program_people_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void program_people_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, people_fields, PEOPLE_FIELDS);
    form_set_str(&form, PEOPLE_DUTY, str_of(duty_words[0]));
    show_people(get->scope, get->reply, program, &form);
}

void program_people_add(Post *post, ProgramId program) {
    Form form = form_read(post->scope, post->input, people_fields, PEOPLE_FIELDS);
    if (form.is_valid) {
        Str mail = form_str(&form, PEOPLE_MAIL);
        if (!str_is_empty(form_str(&form, PEOPLE_CALLED))) {
            account_person_meet(post->scope, post->tx, form_str(&form, PEOPLE_CALLED), mail);
        }
        Household people = account_find_by_mail(post->scope, mail);
        const DutyKind kind = duty_chosen(&form, PEOPLE_DUTY);
        /* Who may open what is not shared is never decided by that person alone. */
        if (people.count == 1 && kind == DUTY_EMERGENCY &&
            person_id_equal(people.items[0].id, post->scope->actor)) {
            form_error(&form, PEOPLE_MAIL, TEXT_PROGRAM_PEOPLE_NOT_ONESELF);
            show_people(post->scope, post->reply, program, &form);
            return;
        }
        if (people.count == 1) {
            program_duty_give(post->scope, post->tx, program, people.items[0].id, kind);
            reply_redirect_saying(post->reply, url_program_people_show(post->scope->arena, program),
                                  TEXT_PROGRAM_PEOPLE_ADDED);
            return;
        }
        form_error(&form, PEOPLE_MAIL,
                   people.count == 0 ? TEXT_PROGRAM_PEOPLE_UNKNOWN : TEXT_PROGRAM_PEOPLE_SHARED);
    }
    show_people(post->scope, post->reply, program, &form);
}

static const Field end_fields[] = {
    {.name = "duty", .kind = FIELD_CHOICE, .is_required = true, .choices = duty_words},
};

void program_people_end(Post *post, ProgramId program, PersonId person) {
    Form form = form_read(post->scope, post->input, end_fields, 1);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    DutyKind kind = duty_chosen(&form, 0);
    /* A program without a coordinator would be a letter box that nobody opens. */
    if (kind == DUTY_COORDINATOR && program_duty_holders(post->scope, program, DUTY_COORDINATOR).count < 2) {
        reply_sorry(post->reply, 409, TEXT_PROGRAM_PEOPLE_LAST);
        return;
    }
    program_duty_end(post->scope, post->tx, program, person, kind);
    bool is_self = kind == DUTY_COORDINATOR && person_id_equal(person, post->scope->actor);
    Arena *arena = post->scope->arena;
    reply_redirect_saying(post->reply, is_self ? url_me_show(arena) : url_program_people_show(arena, program),
                          TEXT_PROGRAM_PEOPLE_ENDED);
}
