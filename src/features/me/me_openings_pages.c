/* SPDX-License-Identifier: Apache-2.0 */
/* The person's own slice of the audit, in plain words. Whoever holds a duty is named; of families who were
 * choosing it is not said who they were, because they choose without having to explain themselves; nor of a
 * family that once walked with the person and shares nothing with them any more. */
#include "features/audit/audit.h"
#include "features/me/me_openings.h"
#include "features/me/me_view.h"
#include "me_openings_html.h"
#include "platform/http/page.h"
#include "platform/zone/zone.h"
#include "routes.h"
#include "texts.h"

enum { LINES_MOST = 100, CLOCK_MOST = 32 };

/* What stands behind a kind of thing. */
static const struct {
    const char *object;
    Text text;
} things[] = {
    {"request", TEXT_ME_OPENINGS_REQUEST},       {"offer", TEXT_ME_OPENINGS_OFFER},
    {"invitation", TEXT_ME_OPENINGS_INVITATION}, {"match", TEXT_ME_OPENINGS_MATCH},
    {"contact", TEXT_ME_OPENINGS_CONTACT},       {"checkin", TEXT_ME_OPENINGS_CHECKIN},
    {"session", TEXT_ME_OPENINGS_SESSION},       {"consent", TEXT_ME_OPENINGS_CONSENT},
    {"help", TEXT_ME_OPENINGS_HELP_ROW},         {"note", TEXT_ME_OPENINGS_NOTE_ROW},
    {"debrief", TEXT_ME_OPENINGS_DEBRIEF},       {"hard_backup", TEXT_ME_OPENINGS_HARD_BACKUP},
    {"sheet", TEXT_ME_OPENINGS_SHEET_ROW},       {"hope", TEXT_ME_OPENINGS_HOPE},
    {"hope_wish", TEXT_ME_OPENINGS_HOPE_WISH},
};

/* What has words of its own; all else is said by what was done to which kind of thing. */
static const struct {
    const char *action;
    Text text;
} deeds[] = {
    {"emergency_opened", TEXT_ME_OPENINGS_EMERGENCY},
    {"consent_given", TEXT_ME_OPENINGS_CONSENT_GIVEN},
    {"sharing_stop_do", TEXT_ME_OPENINGS_CONSENT_STOPPED},
    {"handover_show", TEXT_ME_OPENINGS_HANDOVER},
    {"guardian_link_made", TEXT_ME_OPENINGS_GUARDIAN_LINK},
    {"guardian_link_opened", TEXT_ME_OPENINGS_GUARDIAN_OPENED},
    {"guardian_signed", TEXT_ME_OPENINGS_GUARDIAN_SIGNED},
    {"guardian_said_no", TEXT_ME_OPENINGS_GUARDIAN_NO},
    {"guardian_stopped", TEXT_ME_OPENINGS_GUARDIAN_STOPPED},
    {"guardian_of_age", TEXT_ME_OPENINGS_GUARDIAN_OF_AGE},
    {"request_note_do", TEXT_ME_OPENINGS_NOTE},
    {"request_take_do", TEXT_ME_OPENINGS_TAKE},
    {"shortlist_make_do", TEXT_ME_OPENINGS_SHORTLIST},
    {"message_send_do", TEXT_ME_OPENINGS_MESSAGE},
    {"message_seen_do", TEXT_ME_OPENINGS_MESSAGE_SEEN},
    {"message_take_back_do", TEXT_ME_OPENINGS_MESSAGE_BACK},
    {"help_ask_do", TEXT_ME_OPENINGS_HELP_ASKED},
    {"capture_send_do", TEXT_ME_OPENINGS_CAPTURE_SENT},
    {"capture_drop_do", TEXT_ME_OPENINGS_CAPTURE_DROPPED},
    {"contact_log_save", TEXT_ME_OPENINGS_LOG},
    {"note_new_do", TEXT_ME_OPENINGS_NOTE_WRITTEN},
    {"note_sign_do", TEXT_ME_OPENINGS_NOTE_SIGNED},
    {"note_answer_do", TEXT_ME_OPENINGS_NOTE_ANSWERED},
    {"sheet_with_do", TEXT_ME_OPENINGS_SHEET_SUGGESTED},
    {"sheet_idea_back_do", TEXT_ME_OPENINGS_SHEET_BACK},
    {"goal_propose_do", TEXT_ME_OPENINGS_GOAL_PROPOSED},
    {"goal_proposal_back_do", TEXT_ME_OPENINGS_GOAL_BACK},
    {"checkin_save", TEXT_ME_OPENINGS_ASKED},
    {"request_asked", TEXT_ME_OPENINGS_ASKED_FOR},
    {"offer_woken", TEXT_ME_OPENINGS_WOKEN},
    {"sign_in_link_printed", TEXT_ME_OPENINGS_LINK_MADE},
    {"account_save", TEXT_ME_OPENINGS_ACCOUNT},
    {"contact_point_save", TEXT_ME_OPENINGS_REACH},
    {"signed_in_passkey", TEXT_ME_OPENINGS_SIGNED_IN_PASSKEY},
    {"signed_in_passphrase", TEXT_ME_OPENINGS_SIGNED_IN_PASSPHRASE},
    {"signed_in_mail", TEXT_ME_OPENINGS_SIGNED_IN_MAIL},
    {"signed_in_text", TEXT_ME_OPENINGS_SIGNED_IN_TEXT},
    {"signed_in_link", TEXT_ME_OPENINGS_SIGNED_IN_LINK},
    {"signed_in", TEXT_ME_OPENINGS_SIGNED_IN},
    {"signed_out", TEXT_ME_OPENINGS_SIGNED_OUT_HERE},
    {"account_session_end", TEXT_ME_OPENINGS_SESSION_ENDED},
    {"account_sessions_end", TEXT_ME_OPENINGS_SESSIONS_ENDED},
    {"sessions_ended", TEXT_ME_OPENINGS_SIGNED_YOU_OUT},
    {"device_new", TEXT_ME_OPENINGS_DEVICE_NEW},
    {"passphrase_set", TEXT_ME_OPENINGS_PASSPHRASE_SET},
    {"passphrase_removed", TEXT_ME_OPENINGS_PASSPHRASE_GONE},
    {"app_set", TEXT_ME_OPENINGS_APP_SET},
    {"app_removed", TEXT_ME_OPENINGS_APP_GONE},
    {"passkey_added", TEXT_ME_OPENINGS_PASSKEY_ADDED},
    {"passkey_removed", TEXT_ME_OPENINGS_PASSKEY_GONE},
    {"passkey_stopped", TEXT_ME_OPENINGS_PASSKEY_STOPPED},
    {"recovery_codes_made", TEXT_ME_OPENINGS_CODES_MADE},
    {"recovery_code_used", TEXT_ME_OPENINGS_CODE_USED},
    {"prove_passkey_do", TEXT_ME_OPENINGS_PROVED},
    {"prove_passphrase_do", TEXT_ME_OPENINGS_PROVED},
    {"prove_code_do", TEXT_ME_OPENINGS_PROVED},
    {"prove_recovery_do", TEXT_ME_OPENINGS_PROVED},
    {"way_back_do", TEXT_ME_OPENINGS_WAY_BACK},
    {"texts_stopped", TEXT_ME_OPENINGS_TEXTS_STOPPED},
    {"texts_started", TEXT_ME_OPENINGS_TEXTS_STARTED},
    {"textline_opened", TEXT_ME_OPENINGS_TEXTLINE_OPENED},
    {"textline_closed", TEXT_ME_OPENINGS_TEXTLINE_CLOSED},
    {"textline_close_do", TEXT_ME_OPENINGS_TEXTLINE_CLOSED},
    {"young_word_chosen", TEXT_ME_OPENINGS_WORD_CHOSEN},
};

static Text thing_text(Str object) {
    for (size_t at = 0; at < sizeof things / sizeof things[0]; at++) {
        if (str_equal(object, str_of(things[at].object))) {
            return things[at].text;
        }
    }
    return TEXT_ME_OPENINGS_SOMETHING;
}

/* Forms about one's own ways to sign in, and about what one shares: what came of each has a line of
 * its own, by a lasting word. */
static const char *const said_otherwise[] = {
    "way_passphrase_do", "way_passphrase_remove_do", "way_app_do",       "way_app_confirm_do",
    "way_app_remove_do", "way_recovery_do",          "passkey_add_do",   "passkey_remove_do",
    "prove_send_do",     "account_change_person_do", "sharing_start_do", "sharing_items_do",
};

static bool is_said_otherwise(const AuditOpening *opening) {
    for (size_t at = 0; at < sizeof said_otherwise / sizeof said_otherwise[0]; at++) {
        if (str_equal(opening->action, str_of(said_otherwise[at]))) {
            return true;
        }
    }
    return false;
}

/* What was counted at the door (account/sign_in_record.h): who it was is not known. */
static bool is_counted(const AuditOpening *opening) {
    return str_equal(opening->action, STR("sign_in_asked")) ||
           str_equal(opening->action, STR("sign_in_refused")) ||
           str_equal(opening->action, STR("proof_refused"));
}

static Str counted_words(const Words *words, const AuditOpening *opening) {
    if (str_equal(opening->action, STR("sign_in_asked"))) {
        return text_me_openings_code_asked(words, opening->number);
    }
    return str_equal(opening->action, STR("proof_refused"))
               ? text_me_openings_not_proved(words, opening->number)
               : text_me_openings_refused(words, opening->number);
}

Str me_opening_words(const Words *words, const AuditOpening *opening) {
    if (is_counted(opening)) {
        return counted_words(words, opening);
    }
    if (opening->outcome == AUDIT_REFUSED) {
        return text_me_openings_turned_away(words, thing_text(opening->object));
    }
    for (size_t at = 0; at < sizeof deeds / sizeof deeds[0]; at++) {
        if (str_equal(opening->action, str_of(deeds[at].action))) {
            return text_str(words->lang, deeds[at].text);
        }
    }
    return opening->outcome == AUDIT_READ ? text_me_openings_read(words, thing_text(opening->object))
                                          : text_me_openings_changed(words, thing_text(opening->object));
}

static Text duty_text(int64_t duty) {
    switch ((DutyKind)duty) {
    case DUTY_COORDINATOR:
        return TEXT_ME_OPENINGS_COORDINATOR;
    case DUTY_SUPERVISOR:
        return TEXT_ME_OPENINGS_SUPERVISOR;
    case DUTY_LEADER:
        return TEXT_ME_OPENINGS_LEADER;
    case DUTY_EMERGENCY:
        return TEXT_ME_OPENINGS_RESCUER;
    }
    return TEXT_NONE;
}

static Text nobody_text(const AuditOpening *opening) {
    switch (opening->via) {
    case SCOPE_WEB:
        return TEXT_ME_OPENINGS_SIGNED_OUT;
    case SCOPE_COMMAND:
        return TEXT_ME_OPENINGS_OPERATOR;
    case SCOPE_JOB:
        return TEXT_ME_OPENINGS_ITSELF;
    case SCOPE_TEXT:
        return TEXT_ME_OPENINGS_PHONE;
    }
    return TEXT_ME_OPENINGS_ITSELF;
}

Str me_opening_who(const Scope *scope, const AuditOpening *opening) {
    if (person_id_is_none(opening->actor) && is_counted(opening)) {
        return text_str(scope->lang, TEXT_ME_OPENINGS_SOMEONE);
    }
    if (person_id_is_none(opening->actor)) {
        return text_str(scope->lang, nobody_text(opening));
    }
    if (person_id_equal(opening->actor, scope->actor)) {
        return text_str(scope->lang, TEXT_ME_OPENINGS_YOU);
    }
    if (str_is_none(opening->called)) {
        return text_str(scope->lang, TEXT_ME_OPENINGS_GONE);
    }
    if (opening->duty != 0 || opening->walk == AUDIT_WALK_KNOWN) {
        return opening->called;
    }
    if (opening->walk == AUDIT_WALK_FAMILY) {
        return text_str(scope->lang, TEXT_LIFE_A_FAMILY);
    }
    return text_str(scope->lang, opening->outcome == AUDIT_REFUSED ? TEXT_ME_OPENINGS_STRANGER
                                                                   : TEXT_ME_OPENINGS_COULD_WALK);
}

static MeOpening line_of(const Scope *scope, const AuditOpening *opening) {
    const Words words = scope_words(scope);
    const LocalTime local = zone_local(scope->zone, opening->at);
    Buf clock = buf_new(scope->arena, CLOCK_MOST);
    const bool is_sign_in = str_starts_with(opening->action, STR("signed_in"));
    text_add_clock(&clock, scope->lang, local.hour, local.minute);
    return (MeOpening){.clock = buf_str(&clock),
                       .times = 1,
                       .who = me_opening_who(scope, opening),
                       .duty = duty_text(opening->duty),
                       .did = me_opening_words(&words, opening),
                       .is_emergency = str_starts_with(opening->action, AUDIT_EMERGENCY),
                       .device = is_sign_in ? opening->reason : STR(""),
                       .reason = is_sign_in ? STR("") : opening->reason};
}

static bool is_same_day(Date left, Date right) {
    return left.year == right.year && left.month == right.month && left.day == right.day;
}

/* The same by the same, and nothing that was said about one of them. */
static bool is_same_again(const MeOpening *later, const MeOpening *earlier) {
    return str_equal(later->who, earlier->who) && later->duty == earlier->duty &&
           str_equal(later->did, earlier->did) && !earlier->is_emergency && str_is_empty(later->device) &&
           str_is_empty(earlier->device) && str_is_empty(later->reason) && str_is_empty(earlier->reason);
}

/* The lines stand side by side; a day is a range of them. */
static MeOpeningDays days_of(const Scope *scope, const AuditOpenings *openings, size_t count) {
    MeOpening *lines = NEW_MANY(scope->arena, count, MeOpening);
    MeOpeningDay *days = NEW_MANY(scope->arena, count, MeOpeningDay);
    size_t used = 0;
    size_t shown = 0;
    for (size_t at = 0; at < count; at++) {
        if (is_said_otherwise(&openings->items[at])) {
            continue;
        }
        const Date day = zone_date(scope->zone, openings->items[at].at);
        lines[shown] = line_of(scope, &openings->items[at]);
        if (used == 0 || !is_same_day(days[used - 1].day, day)) {
            days[used++] = (MeOpeningDay){.day = day, .items = &lines[shown]};
        } else if (is_same_again(&lines[shown - 1], &lines[shown])) {
            lines[shown - 1].since = lines[shown].clock;
            lines[shown - 1].times++;
            continue;
        }
        shown++;
        days[used - 1].count++;
    }
    return (MeOpeningDays){.items = days, .count = used};
}

/* "TIME-ID", as this page wrote it; anything else begins at the newest. */
static bool before_read(Str text, Time *ret_before, AuditId *ret_id) {
    Str time = STR_NONE;
    Str id = STR_NONE;
    return str_cut(text, '-', &time, &id) && str_to_int(time, 1, INT64_MAX, &ret_before->us) &&
           str_to_int(id, 1, INT64_MAX, &ret_id->value);
}

void me_openings_show(Get *get) {
    const Scope *scope = get->scope;
    Time before = {INT64_MAX};
    AuditId before_id = {INT64_MAX};
    const bool is_first = !before_read(input_only(get->input, STR("before")), &before, &before_id);
    const AuditOpenings openings = audit_openings_before(
        scope, scope->actor, is_first ? (Time){INT64_MAX} : before, before_id, LINES_MOST + 1);
    const bool has_more = openings.count > LINES_MOST;
    const size_t count = has_more ? LINES_MOST : openings.count;
    MeOpeningsPage page = {.layout = layout_of(scope, get->reply, TEXT_ME_OPENINGS_TITLE),
                           .is_first = is_first,
                           .days = days_of(scope, &openings, count)};
    if (has_more) {
        const AuditOpening *last = &openings.items[count - 1];
        page.older = str_print(scope->arena, "%lld-%lld", (long long)last->at.us, (long long)last->id.value);
    }
    me_openings_page(reply_html(get->reply, 200), &page);
}
