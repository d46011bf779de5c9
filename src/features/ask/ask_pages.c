/* SPDX-License-Identifier: Apache-2.0 */
/* The public form: start, one question a page, check, receipt. */
#include "ask_html.h"
#include "features/consent/consent_pick.h"
#include "features/ask/ask_form_pages.h"
#include "features/ask/ask_view.h"
#include "features/draft/draft.h"
#include "features/guardian/guardian.h"
#include "features/youth/youth.h"
#include "platform/config.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

/* The words of the pages in addresses. */
static const char *const step_words[] = {
    [ASK_NEED] = "need",   [ASK_ABOUT] = "about", [ASK_HOPES] = "hopes",   [ASK_SAFE] = "safe",
    [ASK_REACH] = "reach", [ASK_CHECK] = "check", [ASK_WISHES] = "wishes",
};
static const Text step_titles[] = {
    [ASK_NEED] = TEXT_ASK_NEED_TITLE,     [ASK_ABOUT] = TEXT_ASK_ABOUT_TITLE,
    [ASK_HOPES] = TEXT_ASK_HOPES_TITLE,   [ASK_SAFE] = TEXT_ASK_SAFE_TITLE,
    [ASK_REACH] = TEXT_ASK_REACH_TITLE,   [ASK_CHECK] = TEXT_ASK_CHECK_TITLE,
    [ASK_WISHES] = TEXT_ASK_WISHES_TITLE,
};

static Str step_word(AskStep step) {
    return str_of(step_words[step]);
}

/* 0 when there is no such page, or this visitor does not see it. */
static AskStep step_of(const Scope *scope, Str word) {
    for (int step = ASK_NEED; step <= ASK_WISHES; step++) {
        if (str_equal(word, step_word((AskStep)step)) && ask_has_step(scope, (AskStep)step)) {
            return (AskStep)step;
        }
    }
    return (AskStep)0;
}

static bool program_of(Scope *scope, Reply *reply, Str slug, Program *ret_program) {
    if (!program_find_by_slug(scope, slug, ret_program)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    scope->zone = ret_program->zone;
    return true;
}

static Url step_url(const Scope *scope, const Program *program, AskStep step) {
    return url_ask_show(scope->arena, program->slug, step_word(step));
}

static Url sent_url(const Scope *scope, const Program *program) {
    return url_ask_show(scope->arena, program->slug, STR("sent"));
}

/* ---- start ---- */

static void show_start(Scope *scope, Reply *reply, const Program *program) {
    AskDraft draft = ask_draft(scope, reply_visit(reply), program->id);
    bool has_receipt = draft.receipt.code.length > 0 && program_id_equal(draft.receipt.program, program->id);
    AskStartPage page = {
        .layout = layout_of(scope, reply, program->takes_requests ? TEXT_ASK_TITLE : TEXT_ASK_CLOSED_TITLE),
        .program = *program,
        .has_begun = !draft.is_sent && draft.answers.answered != 0,
        .was_sent = draft.is_sent && has_receipt,
        .next = step_word(ask_next(scope, &draft.answers)),
    };
    Html *html = reply_html(reply, 200);
    if (program->takes_requests) {
        ask_start_page(html, &page);
    } else {
        ask_closed_page(html, &page);
    }
}

void ask_start_show(Get *get) {
    Programs programs = program_list(get->scope);
    if (programs.count == 0) {
        reply_sorry(get->reply, 404, TEXT_ASK_NONE);
        return;
    }
    if (programs.count == 1) {
        get->scope->zone = programs.items[0].zone;
        show_start(get->scope, get->reply, &programs.items[0]);
        return;
    }
    AskChoosePage page = {.layout = layout_of(get->scope, get->reply, TEXT_ASK_TITLE), .programs = programs};
    ask_choose_page(reply_html(get->reply, 200), &page);
}

/* ---- questions ---- */

AskWishes ask_wish_lists(const Scope *scope, ProgramId program) {
    AskWish *items = NEW_MANY(scope->arena, ASK_WISH_SETS, AskWish);
    size_t count = 0;
    for (size_t at = 0; at < ASK_WISH_SETS; at++) {
        const Options options = ask_options(scope, program, ask_wish_sets[at].list, TEXT_NONE);
        if (options.count > 0) {
            items[count++] = (AskWish){.set = &ask_wish_sets[at], .options = options};
        }
    }
    return (AskWishes){.items = items, .count = count};
}

/* Has a young person read what goes before their questions? Such a person may be signed in by now, too. */
static bool is_young(const Scope *scope, Reply *reply, const Program *program) {
    return scope->actor.value != 0
               ? youth_is(scope, scope->actor)
               : !str_is_empty(ask_draft(scope, reply_visit(reply), program->id).answers.young);
}

static void show_question(Scope *scope, Reply *reply, const Program *program, AskStep step,
                          const Form *form) {
    AskQuestionPage page = {
        .layout = layout_of(scope, reply, step_titles[step]),
        .program = *program,
        .step = step_word(step),
        .number = ask_number(scope, step),
        .count = ask_count(scope),
        .has_before = ask_before(scope, step) != 0,
        .form = form,
    };
    page.layout.has_error = !form->is_valid;
    Html *html = reply_html(reply, form->is_valid ? 200 : 422);
    switch (step) {
    case ASK_NEED:
        page.is_young = is_young(scope, reply, program);
        page.must_tell = page.is_young ? program_words(scope, program->id, PROGRAM_MUST_TELL_YOUNG) : STR("");
        ask_need_page(html, &page);
        break;
    case ASK_ABOUT:
        page.first = ask_options(scope, program->id, LIST_RELATION, TEXT_ASK_RATHER_NOT);
        page.second = ask_options(scope, program->id, LIST_AGE, TEXT_ASK_RATHER_NOT);
        ask_about_page(html, &page);
        break;
    case ASK_HOPES:
        page.first = ask_options(scope, program->id, LIST_EXPERIENCE, TEXT_NONE);
        page.second = ask_options(scope, program->id, LIST_LANGUAGE, TEXT_NONE);
        page.has_wishes = ask_has_wishes(scope, program->id);
        ask_hopes_page(html, &page);
        break;
    case ASK_SAFE:
        page.first = ask_yes_no(scope);
        page.second = ask_options(scope, program->id, LIST_TIME, TEXT_NONE);
        ask_safe_page(html, &page);
        break;
    case ASK_REACH:
        ask_reach_page(html, &page);
        break;
    case ASK_WISHES:
        page.wishes = ask_wish_lists(scope, program->id);
        page.first = ask_unlike_options(scope, program->id);
        ask_wishes_page(html, &page);
        break;
    case ASK_CHECK:
        break;
    }
}

/* ---- check ---- */

typedef struct LineList {
    AskLine *items;
    size_t count;
} LineList;

static void add_line(LineList *list, Text label, Str words, AskStep step) {
    list->items[list->count++] = (AskLine){.label = label, .words = words, .step = step_word(step)};
}

static Str joined(const Scope *scope, Str words, Str more) {
    return str_is_empty(words) ? more
                               : str_print(scope->arena, "%.*s; %.*s", STR_ARGS(words), STR_ARGS(more));
}

static Str labels_of(const Scope *scope, ItemIds ids, Str words) {
    for (size_t at = 0; at < ids.count; at++) {
        words = joined(scope, words, program_item_label(scope, ids.items[at]));
    }
    return words;
}

static Str hopes_of(const Scope *scope, const AskAnswers *answers) {
    Str words = answers->has_no_preference ? text_str(scope->lang, TEXT_ASK_CHECK_ANY) : STR("");
    words = labels_of(scope, answers->experiences, words);
    words = labels_of(scope, answers->languages, words);
    return str_is_empty(answers->hopes) ? words : joined(scope, words, answers->hopes);
}

/* What was said on the page of wishes, in its order. */
static Str wishes_of(const Scope *scope, const AskAnswers *answers) {
    const Words in = scope_words(scope);
    Str words = STR("");
    for (size_t at = 0; at < answers->wishes.count; at++) {
        const ListItemId item = answers->wishes.items[at];
        const ListKind list = program_item_list(scope, answers->program, item);
        Str label = program_item_label(scope, item);
        bool is_required = (answers->required & 1U << list) != 0;
        words = joined(scope, words, is_required ? text_ask_check_only(&in, label) : label);
    }
    for (size_t at = 0; at < REQUEST_UNLIKES; at++) {
        if ((answers->unlike & 1U << request_unlike_lists[at]) != 0) {
            Str what = text_str(scope->lang, request_unlike_text(request_unlike_lists[at]));
            words = joined(scope, words, text_ask_check_unlike(&in, what));
        }
    }
    return words;
}

static Str safe_words(const Scope *scope, Safe safe) {
    switch (safe) {
    case SAFE_YES:
        return text_str(scope->lang, TEXT_UI_YES);
    case SAFE_NO:
        return text_str(scope->lang, TEXT_UI_NO);
    case SAFE_NOT_SAID:
        break;
    }
    return text_str(scope->lang, TEXT_ASK_CHECK_WILL_NOT);
}

static Str or_left_open(const Scope *scope, Str words) {
    return str_is_empty(words) ? text_str(scope->lang, TEXT_ASK_CHECK_LEFT_OPEN) : words;
}

static AskLines lines_of(const Scope *scope, const AskAnswers *answers) {
    LineList list = {.items = NEW_MANY(scope->arena, 13, AskLine)};
    if (!str_is_empty(answers->need)) {
        add_line(&list, TEXT_ASK_CHECK_NEED, answers->need, ASK_NEED);
    }
    if (answers->is_kept) {
        add_line(&list, TEXT_KEPT_MINE, text_str(scope->lang, TEXT_UI_YES), ASK_NEED);
    }
    if (answers->would_talk) {
        add_line(&list, TEXT_ASK_CHECK_TALK, text_str(scope->lang, TEXT_UI_YES), ASK_NEED);
    }
    if (answers->is_part2) {
        add_line(&list, TEXT_ASK_CHECK_PART2, text_str(scope->lang, TEXT_UI_YES), ASK_NEED);
    }
    Str relation = program_item_label(scope, answers->relation);
    add_line(&list, TEXT_ASK_CHECK_RELATION, or_left_open(scope, relation), ASK_ABOUT);
    add_line(&list, TEXT_ASK_CHECK_AGE, or_left_open(scope, program_item_label(scope, answers->age)),
             ASK_ABOUT);
    add_line(&list, TEXT_ASK_CHECK_HOPES, or_left_open(scope, hopes_of(scope, answers)), ASK_HOPES);
    Str wishes = wishes_of(scope, answers);
    if (!str_is_empty(wishes)) {
        add_line(&list, TEXT_ASK_CHECK_WISHES, wishes, ASK_WISHES);
    }
    if (scope->actor.value == 0) {
        add_line(&list, TEXT_ASK_CHECK_VOICEMAIL, safe_words(scope, answers->voicemail), ASK_SAFE);
        add_line(&list, TEXT_ASK_CHECK_TEXT, safe_words(scope, answers->text), ASK_SAFE);
        add_line(&list, TEXT_ASK_CHECK_WHEN, or_left_open(scope, ask_safe_times(scope, answers)), ASK_SAFE);
        add_line(&list, TEXT_ASK_CHECK_CALLED, answers->called, ASK_REACH);
        add_line(&list, TEXT_ASK_CHECK_REACH, answers->reach, ASK_REACH);
    }
    return (AskLines){.items = list.items, .count = list.count};
}

enum { CHECK_FIRST, CHECK_CONSENT, CHECK_SHARE, CHECK_FIELDS };
static const Field check_fields[] = {
    [CHECK_FIRST] = {.name = "first", .kind = FIELD_ID},
    [CHECK_CONSENT] = {.name = "consent", .kind = FIELD_LINE, .most_characters = 64},
    [CHECK_SHARE] = {.name = "share", .kind = FIELD_SET, .choices = consent_pick_values},
};

/* Which of the experiences matters most is only a question when there are several. */
static Options first_options(const Scope *scope, const AskAnswers *answers) {
    const ItemIds ids = answers->experiences;
    if (ids.count < 2) {
        return (Options){0};
    }
    Option *options = NEW_MANY(scope->arena, ids.count + 1, Option);
    for (size_t at = 0; at < ids.count; at++) {
        options[at] = (Option){.value = ui_id_value(scope->arena, ids.items[at].value),
                               .label = program_item_label(scope, ids.items[at])};
    }
    options[ids.count] =
        (Option){.value = STR(""), .label = text_str(scope->lang, TEXT_ASK_CHECK_FIRST_NONE)};
    return (Options){.items = options, .count = ids.count + 1};
}

static void show_check(Scope *scope, Reply *reply, const Program *program, const AskAnswers *answers) {
    Form form = form_empty(scope, check_fields, CHECK_FIELDS);
    if (answers->first.value != 0) {
        form_set_id(&form, CHECK_FIRST, answers->first.value);
    }
    AskCheckPage page = {
        .layout = layout_of(scope, reply, TEXT_ASK_CHECK_TITLE),
        .program = *program,
        .number = ask_number(scope, ASK_CHECK),
        .count = ask_count(scope),
        .lines = lines_of(scope, answers),
        .form = &form,
        .firsts = first_options(scope, answers),
        .is_known = scope->actor.value != 0,
        .must_tell = program_said(scope, program->id, PROGRAM_MUST_TELL),
    };
    consent_pick_set(scope, &form, CHECK_SHARE, ~answers->left_out);
    page.picks = consent_pick_options(scope, CONSENT_TO_COORDINATORS);
    page.consent = consent_asking_words(scope, program->id, 0);
    page.consent_hash = consent_words_hash(scope, page.consent);
    page.signs = ask_need(scope, answers).who;
    ask_check_page(reply_html(reply, 200), &page);
}

/* ---- receipt ---- */

static void show_sent(Scope *scope, Reply *reply, const Program *program, const AskReceipt *receipt) {
    if (str_is_empty(receipt->code) || !program_id_equal(receipt->program, program->id)) {
        reply_redirect(reply, url_ask_show(scope->arena, program->slug, STR("start")));
        return;
    }
    bool is_call = receipt->kind == REQUEST_INFORMATION_CALL;
    AskSentPage page = {
        .layout = layout_of(scope, reply, is_call ? TEXT_ASK_SENT_TITLE_CALL : TEXT_ASK_SENT_TITLE),
        .program = *program,
        .receipt = *receipt,
        .due = zone_date(program->zone, program_due(scope, program->id, CLOCK_REPLY, receipt->asked_at)),
        .reach = program_said(scope, program->id, PROGRAM_REACH),
        .sign_at = str_is_empty(receipt->sign_code)
                       ? STR("")
                       : str_print(scope->arena, "%.*s%.*s", STR_ARGS(scope->config->origin),
                                   STR_ARGS(url_sign_show(scope->arena, receipt->sign_code).text)),
    };
    GuardianLink link;
    page.sign_is_over = !str_is_empty(receipt->sign_code) &&
                        guardian_link_find(scope, receipt->sign_code, &link) != GUARDIAN_LINK_OPEN;
    ask_sent_page(reply_html(reply, 200), &page);
}

/* ---- the routes ---- */

void ask_show(Get *get, Str program, Str step) {
    Scope *scope = get->scope;
    Program found;
    if (!program_of(scope, get->reply, program, &found)) {
        return;
    }
    AskDraft draft = ask_draft(scope, reply_visit(get->reply), found.id);
    if (str_equal(step, STR("sent"))) {
        show_sent(scope, get->reply, &found, &draft.receipt);
        return;
    }
    if (str_equal(step, STR("start")) || !found.takes_requests) {
        show_start(scope, get->reply, &found);
        return;
    }
    AskStep at = step_of(scope, step);
    if (at == 0) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
    } else if (draft.is_sent) {
        reply_redirect(get->reply, sent_url(scope, &found));
    } else if (at != ASK_CHECK) {
        Form form = ask_form(scope, at, &draft.answers);
        show_question(scope, get->reply, &found, at, &form);
    } else if (ask_next(scope, &draft.answers) != ASK_CHECK) {
        reply_redirect(get->reply, step_url(scope, &found, ask_next(scope, &draft.answers)));
    } else {
        show_check(scope, get->reply, &found, &draft.answers);
    }
}

/* The words on the page that was sent are those that are kept: a program's name or the language may have
 * changed meanwhile. */
static bool read_what_holds(const Scope *scope, const Program *program, Str hash) {
    return str_is_empty(hash) ||
           str_equal(hash, consent_words_hash(scope, consent_asking_words(scope, program->id, 0)));
}

static void send(Post *post, const Program *program, AskDraft *draft) {
    Form form = form_read(post->scope, post->input, check_fields, CHECK_FIELDS);
    draft->answers.first = (ListItemId){form.is_valid ? form_id(&form, CHECK_FIRST) : 0};
    /* The boxes count only where their words were read. */
    if (form.is_valid && !str_is_empty(form_str(&form, CHECK_CONSENT))) {
        draft->answers.left_out = consent_items_offered(CONSENT_TO_COORDINATORS) &
                                  ~consent_picked(&form, CHECK_SHARE, CONSENT_TO_COORDINATORS);
    }
    ask_draft_keep(post->scope, post->tx, reply_visit(post->reply), draft);
    if (!read_what_holds(post->scope, program, form.is_valid ? form_str(&form, CHECK_CONSENT) : STR(""))) {
        reply_redirect_saying(post->reply, step_url(post->scope, program, ASK_CHECK), TEXT_CONSENT_CHANGED);
        return;
    }
    switch (ask_send(post->scope, post->tx, reply_visit(post->reply), program)) {
    case ASK_SENT:
    case ASK_SENT_BEFORE:
        reply_redirect(post->reply, sent_url(post->scope, program));
        return;
    case ASK_INCOMPLETE:
    case ASK_CLOSED: /* the pages themselves say what is missing, or that it is closed */
        reply_redirect(post->reply, step_url(post->scope, program, ASK_CHECK));
        return;
    }
}

/* Keeps the answers of one page and goes on; back, nothing has to be complete. */
static void answer(Post *post, const Program *program, AskStep step, AskDraft *draft) {
    Form form = ask_form_read(post->scope, step, post->input);
    AskStep before = ask_before(post->scope, step);
    bool goes_back = ask_form_goes_back(&form) && before != 0;
    bool goes_to_wishes = step == ASK_HOPES && ask_form_goes_to_wishes(&form);
    if (!form.is_valid && !goes_back) {
        show_question(post->scope, post->reply, program, step, &form);
        return;
    }
    ask_form_take(post->scope, step, &form, &draft->answers);
    if (!goes_back) {
        draft->answers.answered |= 1U << step;
    }
    ask_draft_keep(post->scope, post->tx, reply_visit(post->reply), draft);
    AskStep next = goes_back ? before : goes_to_wishes ? ASK_WISHES : ask_next(post->scope, &draft->answers);
    reply_redirect(post->reply, step_url(post->scope, program, next));
}

void ask_answer(Post *post, Str program, Str step) {
    Scope *scope = post->scope;
    Program found;
    if (!program_of(scope, post->reply, program, &found)) {
        return;
    }
    Str visit = reply_visit(post->reply);
    if (str_equal(step, STR("start"))) {
        draft_delete(scope, post->tx, visit);
        reply_redirect(post->reply, step_url(scope, &found, ASK_NEED));
        return;
    }
    AskStep at = step_of(scope, step);
    AskDraft draft = ask_draft(scope, visit, found.id);
    if (at == 0) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
    } else if (draft.is_sent) {
        reply_redirect(post->reply, sent_url(scope, &found));
    } else if (at == ASK_CHECK) {
        send(post, &found, &draft);
    } else {
        answer(post, &found, at, &draft);
    }
}
