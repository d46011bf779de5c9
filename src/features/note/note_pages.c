/* SPDX-License-Identifier: Apache-2.0 */
/* Notes: the program's mode, writing one, reading it, and setting words beside it. */
#include "base/buf.h"
#include "features/consent/consent.h"
#include "features/note/note_payer.h"
#include "features/note/note_view.h"
#include "features/program/program.h"
#include "features/youth/youth.h"
#include "note_html.h"
#include "platform/http/part2.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { WORDS_MOST = 2000, LABELS_BYTES = 3 * (WORDS_MOST * 4 + 1) };

/* ---- the program's mode ---- */

enum { MODE_MODE, MODE_WRITE_DAYS, MODE_SIGN_DAYS, MODE_FIELDS };
static const char *const mode_values[] = {"count", "together", "peer", "payer", NULL};
static const Field mode_fields[] = {
    [MODE_MODE] = {.name = "mode", .kind = FIELD_CHOICE, .is_required = true, .choices = mode_values},
    [MODE_WRITE_DAYS] = {.name = "write_days", .kind = FIELD_NUMBER, .least = 1, .most = NOTE_DAYS_MOST},
    [MODE_SIGN_DAYS] = {.name = "sign_days", .kind = FIELD_NUMBER, .least = 1, .most = NOTE_DAYS_MOST},
};

static void show_mode(Scope *scope, Reply *reply, ProgramId program, const Form *form) {
    static const Text labels[] = {TEXT_NOTE_MODE_COUNT, TEXT_NOTE_MODE_TOGETHER, TEXT_NOTE_MODE_PEER,
                                  TEXT_NOTE_MODE_PAYER};
    Option *modes = NEW_MANY(scope->arena, NOTE_PAYER, Option);
    for (size_t at = 0; at < NOTE_PAYER; at++) {
        modes[at] = (Option){.value = str_of(mode_values[at]), .label = text_str(scope->lang, labels[at])};
    }
    NoteModePage page = {.layout = layout_of(scope, reply, TEXT_NOTE_MODE_TITLE),
                         .form = form,
                         .program = program,
                         .modes = {.items = modes, .count = NOTE_PAYER}};
    page.layout.has_error = !form->is_valid;
    note_mode_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void note_mode_show(Get *get, ProgramId program) {
    Form form = form_empty(get->scope, mode_fields, MODE_FIELDS);
    form_set_str(&form, MODE_MODE, str_of(mode_values[note_mode(get->scope, program) - NOTE_COUNT_ONLY]));
    const NoteDays days = note_days(get->scope, program);
    form_set_int(&form, MODE_WRITE_DAYS, days.write);
    form_set_int(&form, MODE_SIGN_DAYS, days.sign);
    show_mode(get->scope, get->reply, program, &form);
}

void note_mode_do(Post *post, ProgramId program) {
    const Form form = form_read(post->scope, post->input, mode_fields, MODE_FIELDS);
    if (!form.is_valid) {
        show_mode(post->scope, post->reply, program, &form);
        return;
    }
    NoteMode mode = NOTE_COUNT_ONLY;
    while (!form_has(&form, MODE_MODE, str_of(mode_values[mode - NOTE_COUNT_ONLY]))) {
        mode++;
    }
    note_set_mode(post->scope, post->tx, program, mode);
    note_set_days(post->scope, post->tx, program,
                  (NoteDays){.write = form_int(&form, MODE_WRITE_DAYS, NOTE_WRITE_DAYS),
                             .sign = form_int(&form, MODE_SIGN_DAYS, NOTE_SIGN_DAYS)});
    reply_redirect_saying(post->reply, url_note_mode_show(post->scope->arena, program), TEXT_UI_SAVED);
}

/* ---- the notes of a walk ---- */

void note_list_show(Get *get, MatchId id) {
    const Scope *scope = get->scope;
    NoteListPage page = {.layout = layout_of(get->scope, get->reply, TEXT_NOTE_LIST_TITLE)};
    if (!match_find(scope, id, &page.match)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Match *match = &page.match;
    page.is_receiver = person_id_equal(scope->actor, match->receiver);
    const bool is_giver = person_id_equal(scope->actor, match->giver) && match->state != MATCH_ENDED;
    page.not_shared =
        !page.is_receiver &&
        !consent_shares(scope, match->request, is_giver ? match->giver : (PersonId){0}, CONSENT_CONTACTS);
    page.notes = note_list(scope, id);
    page.may_write = note_may_write(scope, match);
    page.is_payers = note_mode(scope, match->program) == NOTE_PAYER;
    page.dues = page.may_write && page.is_payers ? note_due_list(scope, id, 20) : (NoteDues){0};
    page.is_waived = note_is_waived(scope, id);
    page.has_drafts = note_mode(scope, match->program) == NOTE_CO_WRITTEN || note_drafts(scope, id) > 0;
    note_list_page(reply_html(get->reply, 200), &page);
}

enum { WAIVE_WAIVE, WAIVE_FIELDS };
static const char *const waive_values[] = {"yes", "no", NULL};
static const Field waive_fields[] = {
    [WAIVE_WAIVE] = {.name = "waive", .kind = FIELD_CHOICE, .is_required = true, .choices = waive_values},
};

void note_waive_do(Post *post, MatchId match) {
    const Form form = form_read(post->scope, post->input, waive_fields, WAIVE_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    note_waive(post->scope, post->tx, match, form_has(&form, WAIVE_WAIVE, STR("yes")));
    reply_redirect_saying(post->reply, url_note_list_show(post->scope->arena, match), TEXT_UI_SAVED);
}

/* ---- writing ---- */

enum { WRITE_STRENGTHS, WRITE_TALKED, WRITE_NEXT, WRITE_PART2, WRITE_VERSION, WRITE_CONTACT, WRITE_FIELDS };
static const Field write_fields[] = {
    [WRITE_STRENGTHS] = {.name = "strengths",
                         .kind = FIELD_WORDS,
                         .is_required = true,
                         .most_characters = WORDS_MOST,
                         .missing = TEXT_NOTE_STRENGTHS_MISSING},
    [WRITE_TALKED] = {.name = "talked", .kind = FIELD_WORDS, .most_characters = WORDS_MOST},
    [WRITE_NEXT] = {.name = "next", .kind = FIELD_WORDS, .most_characters = WORDS_MOST},
    [WRITE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [WRITE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 1, .most = INT32_MAX},
    [WRITE_CONTACT] = {.name = "contact", .kind = FIELD_ID},
};

static NoteWords words_of(const Form *form) {
    return (NoteWords){.strengths = form_str(form, WRITE_STRENGTHS),
                       .talked = form_str(form, WRITE_TALKED),
                       .next = form_str(form, WRITE_NEXT),
                       .is_part2 = form_is_on(form, WRITE_PART2),
                       .contact = {form_id(form, WRITE_CONTACT)}};
}

/* `note`: what is changed; NULL: nothing yet. */
static void show_write(Scope *scope, Reply *reply, const Match *match, const Note *note, const Form *form) {
    NoteWritePage page = {
        .layout = layout_of(scope, reply, note == NULL ? TEXT_NOTE_NEW_TITLE : TEXT_NOTE_CHANGE_TITLE),
        .form = form,
        .match = *match,
        .note = note == NULL ? (NoteId){0} : note->id,
        .version = form_int(form, WRITE_VERSION, 0),
        .is_draft = note_mode(scope, match->program) == NOTE_CO_WRITTEN && !note_is_waived(scope, match->id),
        .stands = note != NULL && note->state != NOTE_DRAFT,
    };
    const ContactId about = note == NULL ? (ContactId){form_id(form, WRITE_CONTACT)} : note->contact;
    page.has_contact =
        contact_find(scope, about, &page.contact) && match_id_equal(page.contact.match, match->id);
    if (note != NULL) { /* what is in the form are words that may be marked */
        const Part2Notice *notice =
            part2_notice(reply, &page.layout.part2, consent_scope_words(scope, match->request, match->giver));
        (void)part2_open_about(notice, match->receiver, note->strengths);
    }
    page.layout.has_error = !form->is_valid;
    note_write_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

/* The walk in which the actor may write notes now; else answered, and false. */
static bool find_open(const Scope *scope, Reply *reply, MatchId id, Match *ret_match) {
    if (!match_find(scope, id, ret_match) || !note_may_write(scope, ret_match)) {
        reply_sorry(reply, 409, TEXT_NOTE_NONE_HERE);
        return false;
    }
    return true;
}

void note_new_show(Get *get, MatchId id) {
    Match match;
    if (find_open(get->scope, get->reply, id, &match)) {
        const Form asked = form_read(get->scope, get->input, &write_fields[WRITE_CONTACT], 1);
        if (note_mode(get->scope, match.program) == NOTE_PAYER && form_id(&asked, 0) == 0) {
            reply_redirect(get->reply, url_note_list_show(get->scope->arena, id)); /* about which contact? */
            return;
        }
        Form form = form_empty(get->scope, write_fields, WRITE_FIELDS);
        if (asked.is_valid && form_id(&asked, 0) != 0) {
            form_set_id(&form, WRITE_CONTACT, form_id(&asked, 0));
        }
        show_write(get->scope, get->reply, &match, NULL, &form);
    }
}

static void answer_written(Post *post, NoteResult result, NoteId note, NoteState state) {
    switch (result) {
    case NOTE_DONE:
        reply_redirect_saying(post->reply, url_note_show(post->scope->arena, note),
                              state == NOTE_DRAFT ? TEXT_NOTE_DRAFT_SAVED : TEXT_UI_SAVED);
        return;
    case NOTE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

void note_new_do(Post *post, MatchId id) {
    Match match;
    const Form form = form_read(post->scope, post->input, write_fields, WRITE_FIELDS);
    if (!find_open(post->scope, post->reply, id, &match)) {
        return;
    }
    if (!form.is_valid) {
        show_write(post->scope, post->reply, &match, NULL, &form);
        return;
    }
    const NoteWords words = words_of(&form);
    NoteId note = {0};
    const bool is_draft =
        note_mode(post->scope, match.program) == NOTE_CO_WRITTEN && !note_is_waived(post->scope, match.id);
    answer_written(post, note_write(post->scope, post->tx, &match, &words, &note), note,
                   is_draft ? NOTE_DRAFT : NOTE_WRITTEN);
}

/* A note that the actor wrote and may change now: a draft, or what stands in a walk that lasts. */
static bool find_own(const Scope *scope, Reply *reply, NoteId id, Note *ret_note, Match *ret_match) {
    if (!note_find(scope, id, ret_note) || !match_find(scope, ret_note->match, ret_match) ||
        !person_id_equal(ret_note->by, scope->actor)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    if (!note_id_is_none(ret_note->replaced_by) ||
        (ret_note->state != NOTE_DRAFT && !note_may_write(scope, ret_match))) {
        reply_sorry(reply, 409, TEXT_UI_CONFLICT);
        return false;
    }
    return true;
}

void note_change_show(Get *get, NoteId id) {
    Note note;
    Match match;
    if (!find_own(get->scope, get->reply, id, &note, &match)) {
        return;
    }
    Part2Frame frame = {0};
    const Part2Notice *notice =
        part2_notice(get->reply, &frame, consent_scope_words(get->scope, match.request, match.giver));
    if (part2_is_withheld(notice, match.receiver, note.strengths)) {
        reply_sorry(get->reply, 409, TEXT_UI_PART2_WITHHELD);
        return;
    }
    Form form = form_empty(get->scope, write_fields, WRITE_FIELDS);
    form_set_str(&form, WRITE_STRENGTHS, part2_open_about(notice, match.receiver, note.strengths));
    form_set_str(&form, WRITE_TALKED, part2_open_about(notice, match.receiver, note.talked));
    form_set_str(&form, WRITE_NEXT, part2_open_about(notice, match.receiver, note.next));
    form_set_on(&form, WRITE_PART2, note.strengths.is_marked);
    form_set_int(&form, WRITE_VERSION, note.version);
    show_write(get->scope, get->reply, &match, &note, &form);
}

void note_change_do(Post *post, NoteId id) {
    Note note;
    Match match;
    if (!find_own(post->scope, post->reply, id, &note, &match)) {
        return;
    }
    const Form form = form_read(post->scope, post->input, write_fields, WRITE_FIELDS);
    if (!form.is_valid) {
        show_write(post->scope, post->reply, &match, &note, &form);
        return;
    }
    const NoteWords words = words_of(&form);
    note.version = form_int(&form, WRITE_VERSION, 0);
    NoteId written = {0};
    answer_written(post, note_change(post->scope, post->tx, &match, &note, &words, &written), written,
                   note.state);
}

/* ---- reading, and words beside ---- */

enum { BESIDE_WORDS, BESIDE_KEPT, BESIDE_PART2, BESIDE_VERSION, BESIDE_DEED, BESIDE_FIELDS };
static const char *const deed_values[] = {"add", "agree", "differ", NULL};
static const Field beside_fields[] = {
    [BESIDE_WORDS] = {.name = "words", .kind = FIELD_WORDS, .most_characters = WORDS_MOST},
    [BESIDE_KEPT] = {.name = "kept", .kind = FIELD_SWITCH},
    [BESIDE_PART2] = {.name = "part2", .kind = FIELD_SWITCH},
    [BESIDE_VERSION] = {.name = "version", .kind = FIELD_NUMBER, .least = 1, .most = INT32_MAX},
    [BESIDE_DEED] = {.name = "deed", .kind = FIELD_CHOICE, .is_required = true, .choices = deed_values},
};

static NoteSaids saids_of(const Scope *scope, const Note *note, const Part2Notice *notice) {
    NoteSaid *items = NEW_MANY(scope->arena, note->besides.count, NoteSaid);
    for (size_t at = 0; at < note->besides.count; at++) {
        const NoteBeside *one = &note->besides.items[at];
        items[at] = (NoteSaid){.id = one->id,
                               .by = one->by,
                               .words = part2_open_about(notice, note->receiver, one->words),
                               .by_called = one->by_called,
                               .is_otherwise = one->is_otherwise,
                               .is_kept = one->is_kept,
                               .at = one->at};
    }
    return (NoteSaids){.items = items, .count = note->besides.count};
}

static NoteLabels labels_of(const Scope *scope, const NotePage *page) {
    Buf all = buf_new(scope->arena, LABELS_BYTES);
    const Str parts[] = {page->strengths, page->talked, page->next};
    for (size_t at = 0; at < sizeof parts / sizeof parts[0]; at++) {
        buf_add(&all, parts[at]);
        buf_add_char(&all, '\n');
    }
    return note_labels(scope->arena, buf_str(&all));
}

static void show_note(Scope *scope, Reply *reply, NoteId id, const Form *form) {
    NotePage page = {.layout = layout_of(scope, reply, TEXT_NOTE_TITLE), .form = form};
    if (!note_find(scope, id, &page.note) || !match_find(scope, page.note.match, &page.match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const Note *note = &page.note;
    const Match *match = &page.match;
    const bool is_receiver = person_id_equal(scope->actor, match->receiver);
    const bool is_giver = person_id_equal(scope->actor, match->giver) && match->state != MATCH_ENDED;
    const Part2Notice *notice =
        part2_notice(reply, &page.layout.part2,
                     consent_scope_words(scope, match->request, is_giver ? match->giver : (PersonId){0}));
    page.strengths = part2_open_about(notice, note->receiver, note->strengths);
    page.talked = part2_open_about(notice, note->receiver, note->talked);
    page.next = part2_open_about(notice, note->receiver, note->next);
    page.besides = saids_of(scope, note, notice);
    page.has_contact = contact_find(scope, note->contact, &page.contact);
    page.sign_due_on =
        time_is_none(note->sign_due_at) ? (Date){0} : zone_date(scope->zone, note->sign_due_at);
    page.may_sign = !is_receiver && !is_giver && note_may_sign(scope, note);
    page.receiver = is_receiver ? note->receiver : (PersonId){0};
    page.may_answer = is_receiver || is_giver;
    page.may_change = is_giver && person_id_equal(note->by, scope->actor) &&
                      note_id_is_none(note->replaced_by) &&
                      (note->state == NOTE_DRAFT || note_may_write(scope, match));
    if (person_id_equal(note->by, scope->actor)) {
        page.labels = labels_of(scope, &page);
    }
    page.must_tell =
        program_words(scope, match->program,
                      youth_is(scope, match->receiver) ? PROGRAM_MUST_TELL_YOUNG : PROGRAM_MUST_TELL);
    page.layout.has_error = !form->is_valid;
    note_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void note_show(Get *get, NoteId note) {
    const Form form = form_empty(get->scope, beside_fields, BESIDE_FIELDS);
    show_note(get->scope, get->reply, note, &form);
}

void note_answer_do(Post *post, NoteId id) {
    Form form = form_read(post->scope, post->input, beside_fields, BESIDE_FIELDS);
    const NoteDeed deed = form_has(&form, BESIDE_DEED, STR("agree"))    ? NOTE_AGREE
                          : form_has(&form, BESIDE_DEED, STR("differ")) ? NOTE_DIFFER
                                                                        : NOTE_ADD;
    const Str words = str_trim(form_str(&form, BESIDE_WORDS));
    if (deed != NOTE_AGREE && str_is_empty(words)) {
        form_error(&form, BESIDE_WORDS, TEXT_NOTE_BESIDE_MISSING);
    }
    Note note;
    if (!form.is_valid || !note_find(post->scope, id, &note)) {
        show_note(post->scope, post->reply, id, &form);
        return;
    }
    switch (note_answer(post->scope, post->tx, &note,
                        &(NoteAnswer){.deed = deed,
                                      .words = words,
                                      .is_kept = form_is_on(&form, BESIDE_KEPT),
                                      .is_part2 = form_is_on(&form, BESIDE_PART2),
                                      .version = form_int(&form, BESIDE_VERSION, 0)})) {
    case NOTE_DONE:
        reply_redirect_saying(post->reply, url_note_show(post->scope->arena, id), TEXT_UI_SAVED);
        return;
    case NOTE_ELSEWHERE:
        reply_sorry(post->reply, 409, TEXT_NOTE_CHANGED_MEANWHILE);
        return;
    }
}

enum { KEEP_KEEP, KEEP_FIELDS };
static const char *const keep_values[] = {"yes", "no", NULL};
static const Field keep_fields[] = {
    [KEEP_KEEP] = {.name = "keep", .kind = FIELD_CHOICE, .is_required = true, .choices = keep_values},
};

void note_beside_keep_do(Post *post, NoteId note, NoteBesideId beside) {
    const Form form = form_read(post->scope, post->input, keep_fields, KEEP_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    if (!note_beside_keep(post->scope, post->tx, note, beside, form_has(&form, KEEP_KEEP, STR("yes")))) {
        reply_sorry(post->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    reply_redirect_saying(post->reply, url_note_show(post->scope->arena, note), TEXT_UI_SAVED);
}
