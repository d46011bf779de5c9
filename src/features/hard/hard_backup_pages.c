/* SPDX-License-Identifier: Apache-2.0 */
/* Three people say yes to somebody who stands by: each on a page of their own, and in this order. */
#include "features/access/access.h"
#include "features/consent/consent_pick.h"
#include "features/hard/hard_backup_view.h"
#include "hard_backup_html.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

typedef enum Deed { DEED_WISH, DEED_UNWISH, DEED_AGREE, DEED_DROP } Deed;
static const char *const deeds[] = {
    [DEED_WISH] = "wish", [DEED_UNWISH] = "unwish", [DEED_AGREE] = "agree", [DEED_DROP] = "drop", NULL};
static const char *const shares[] = {"reach", "card", NULL};
static const Field fields[HARD_BACKUP_FIELDS] = {
    [HARD_BACKUP_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = deeds},
    [HARD_BACKUP_SHARE] = {.name = "share", .kind = FIELD_SET, .choices = shares},
    [HARD_BACKUP_CONSENT] = {.name = "consent", .kind = FIELD_LINE, .most_characters = 64},
};

enum { NAME_WHO, NAME_FIELDS };
static const Field name_fields[] = {
    [NAME_WHO] = {.name = "who", .kind = FIELD_ID, .is_required = true, .missing = TEXT_HARD_NAME_MISSING},
};

enum { BACK_DO, BACK_FIELDS };
static const char *const answers[] = {"yes", "no", NULL};
static const Field back_fields[] = {
    [BACK_DO] = {.name = "do", .kind = FIELD_CHOICE, .is_required = true, .choices = answers},
};

/* ---- the family's ---- */

/* Only the family's, of days that are on; else what the reader is told. */
static bool find_family_walk(const Scope *scope, Reply *reply, MatchId id, Match *ret_match) {
    Hard hard;
    if (!match_find(scope, id, ret_match) || !person_id_equal(scope->actor, ret_match->receiver)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return false;
    }
    if (!hard_find(scope, id, &hard) || hard.state != HARD_ON) {
        reply_sorry(reply, 409, TEXT_HARD_NOT_ON);
        return false;
    }
    return true;
}

void hard_backup_show(Get *get, MatchId id) {
    Scope *scope = get->scope;
    Match match;
    if (!find_family_walk(scope, get->reply, id, &match)) {
        return;
    }
    Form form = form_empty(scope, fields, HARD_BACKUP_FIELDS);
    consent_pick_set(scope, &form, HARD_BACKUP_SHARE, consent_items_offered(CONSENT_TO_BACKUP));
    HardBackupPage page = {
        .layout = layout_of(scope, get->reply, TEXT_HARD_BACKUP_TITLE),
        .form = &form,
        .match = id,
        .tells_coordinators = consent_shares(scope, match.request, (PersonId){0}, CONSENT_NEEDED),
        .is_wished = hard_backup_is_wished(scope, id),
    };
    page.has_backup = hard_backup_of(scope, id, &page.backup);
    if (page.has_backup) {
        page.picks = consent_pick_options(scope, CONSENT_TO_BACKUP);
        page.words = consent_backing_words(scope, page.backup.called, 0);
        page.hash = consent_words_hash(scope, page.words);
    }
    hard_backup_page(reply_html(get->reply, 200), &page);
}

/* The words on the page that was sent are those that are kept: a name or the language may have changed. */
static bool read_what_holds(const Post *post, MatchId match, const Form *form) {
    HardBackup backup;
    const Scope *scope = post->scope;
    return !hard_backup_of(scope, match, &backup) ||
           str_equal(form_str(form, HARD_BACKUP_CONSENT),
                     consent_words_hash(scope, consent_backing_words(scope, backup.called, 0)));
}

static void answer(Post *post, HardResult result, Url url, Text said) {
    switch (result) {
    case HARD_DONE:
        reply_redirect_saying(post->reply, url, said);
        return;
    case HARD_ELSEWHERE:
    case HARD_UNSAFE:
        reply_sorry(post->reply, 409, TEXT_UI_CONFLICT);
        return;
    }
}

static void agree(Post *post, MatchId match, const Form *form) {
    const Url url = url_hard_backup_show(post->scope->arena, match);
    if (!read_what_holds(post, match, form)) {
        reply_redirect_saying(post->reply, url, TEXT_CONSENT_CHANGED);
        return;
    }
    const unsigned items = consent_picked(form, HARD_BACKUP_SHARE, CONSENT_TO_BACKUP);
    answer(post, hard_backup_agree(post->scope, post->tx, match, items), url, TEXT_HARD_BACKUP_HAS_AGREED);
}

void hard_backup_do(Post *post, MatchId id) {
    const Form form = form_read(post->scope, post->input, fields, HARD_BACKUP_FIELDS);
    Match match;
    if (!find_family_walk(post->scope, post->reply, id, &match)) {
        return;
    }
    const Url url = url_hard_backup_show(post->scope->arena, id);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
    } else if (form_has(&form, HARD_BACKUP_DO, str_of(deeds[DEED_AGREE]))) {
        agree(post, id, &form);
    } else if (form_has(&form, HARD_BACKUP_DO, str_of(deeds[DEED_DROP]))) {
        answer(post, hard_backup_drop(post->scope, post->tx, id), url, TEXT_HARD_BACKUP_HAS_DROPPED);
    } else {
        const bool is_wished = form_has(&form, HARD_BACKUP_DO, str_of(deeds[DEED_WISH]));
        answer(post, hard_backup_wish(post->scope, post->tx, id, is_wished), url,
               is_wished ? TEXT_HARD_BACKUP_HAS_WISHED : TEXT_HARD_BACKUP_HAS_UNWISHED);
    }
}

/* ---- who coordinates names somebody ---- */

static Options candidates_of(const Scope *scope, MatchId match) {
    const HardCandidates list = hard_backup_candidates(scope, match);
    Option *items = NEW_MANY(scope->arena, list.count, Option);
    for (size_t at = 0; at < list.count; at++) {
        items[at] = (Option){.value = ui_id_value(scope->arena, list.items[at].offer.value),
                             .label = list.items[at].called};
    }
    return (Options){.items = items, .count = list.count};
}

static void show_name(Scope *scope, Reply *reply, MatchId id, const Form *form) {
    Match match;
    if (!match_find(scope, id, &match)) {
        reply_sorry(reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    if (!hard_backup_is_wished(scope, id)) {
        reply_sorry(reply, 409, TEXT_HARD_NAME_NOT_WISHED);
        return;
    }
    const Words words = scope_words(scope);
    HardNamePage page = {
        .layout = layout_titled(scope, reply, text_hard_name_title(&words, match.receiver_called)),
        .form = form,
        .program = match.program,
        .match = id,
        .called = match.receiver_called,
        .candidates = candidates_of(scope, id),
    };
    page.layout.has_error = !form->is_valid;
    hard_name_page(reply_html(reply, form->is_valid ? 200 : 422), &page);
}

void hard_name_show(Get *get, MatchId match) {
    const Form form = form_empty(get->scope, name_fields, NAME_FIELDS);
    show_name(get->scope, get->reply, match, &form);
}

void hard_name_do(Post *post, MatchId id) {
    const Form form = form_read(post->scope, post->input, name_fields, NAME_FIELDS);
    Match match;
    if (!form.is_valid || !match_find(post->scope, id, &match)) {
        show_name(post->scope, post->reply, id, &form);
        return;
    }
    answer(post, hard_backup_name(post->scope, post->tx, id, (OfferId){form_id(&form, NAME_WHO)}),
           url_board_show(post->scope->arena, match.program), TEXT_HARD_NAME_HAS_NAMED);
}

/* ---- of whoever is asked, or stands by ---- */

void hard_back_show(Get *get, HardBackupId id) {
    Scope *scope = get->scope;
    HardBackPage page = {0};
    if (!hard_backup_find(scope, id, &page.backup)) {
        reply_sorry(get->reply, 404, TEXT_UI_NOT_FOUND);
        return;
    }
    const HardBackup *backup = &page.backup;
    const Words words = scope_words(scope);
    page.stands = backup->state == HARD_BACKUP_STANDS;
    page.layout =
        page.stands ? layout_titled(scope, get->reply, text_hard_back_title(&words, backup->receiver_called))
                    : layout_of(scope, get->reply, TEXT_HARD_BACK_ASKED);
    page.until = zone_date(scope->zone, backup->until_at);
    page.has_missed = page.stands && !time_is_none(backup->missed_since);
    page.missed_on = page.has_missed ? zone_date(scope->zone, backup->missed_since) : (Date){0};
    if (page.stands) {
        page.not_reach = !consent_shares(scope, backup->request, backup->person, CONSENT_REACH);
        page.reach = consent_reach(scope, backup->request, backup->receiver, backup->person);
        page.may_read_card = access_may(scope, ACCESS_CARD_READ, backup->receiver.value);
    }
    hard_back_page(reply_html(get->reply, 200), &page);
}

void hard_back_do(Post *post, HardBackupId id) {
    const Form form = form_read(post->scope, post->input, back_fields, BACK_FIELDS);
    if (!form.is_valid) {
        reply_sorry(post->reply, 422, TEXT_UI_BAD_REQUEST);
        return;
    }
    const bool is_yes = form_has(&form, BACK_DO, str_of(answers[0]));
    const Url url = is_yes ? url_hard_back_show(post->scope->arena, id) : url_me_show(post->scope->arena);
    answer(post, hard_backup_answer(post->scope, post->tx, id, is_yes), url,
           is_yes ? TEXT_HARD_BACK_HAS_YES : TEXT_HARD_BACK_HAS_NO);
}
