/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of asking: which pages there are, what belongs to what, and how a draft becomes a request
 * once. */
#include "features/ask/ask.h"

#include "features/audit/audit.h"
#include "features/consent/consent.h"
#include "features/guardian/guardian.h"
#include "features/youth/youth.h"

/* ---- the way through the pages ---- */

bool ask_has_step(const Scope *scope, AskStep step) {
    switch (step) {
    case ASK_SAFE:
    case ASK_REACH:
        return scope->actor.value == 0;
    case ASK_NEED:
    case ASK_ABOUT:
    case ASK_HOPES:
    case ASK_CHECK:
    case ASK_WISHES:
        return true;
    }
    return false;
}

bool ask_has_wishes(const Scope *scope, ProgramId program) {
    static const ListKind lists[] = {LIST_ROLE,   LIST_CHANNEL, LIST_SYSTEM,
                                     LIST_REGION, LIST_CULTURE, LIST_GENDER};
    for (size_t at = 0; at < sizeof lists / sizeof lists[0]; at++) {
        if (program_items(scope, program, lists[at]).count > 0) {
            return true;
        }
    }
    return false;
}

AskStep ask_next(const Scope *scope, const AskAnswers *answers) {
    for (int step = ASK_NEED; step < ASK_CHECK; step++) {
        if (ask_has_step(scope, (AskStep)step) && (answers->answered & 1U << step) == 0) {
            return (AskStep)step;
        }
    }
    return ASK_CHECK;
}

AskStep ask_before(const Scope *scope, AskStep step) {
    if (step == ASK_WISHES) {
        return ASK_HOPES;
    }
    for (int before = (int)step - 1; before >= ASK_NEED; before--) {
        if (ask_has_step(scope, (AskStep)before)) {
            return (AskStep)before;
        }
    }
    return (AskStep)0;
}

int64_t ask_number(const Scope *scope, AskStep step) {
    int64_t number = 0;
    const AskStep last = step == ASK_WISHES ? ASK_HOPES : step; /* a part of that question */
    for (int at = ASK_NEED; at <= (int)last; at++) {
        number += ask_has_step(scope, (AskStep)at);
    }
    return number;
}

int64_t ask_count(const Scope *scope) {
    return ask_number(scope, ASK_CHECK);
}

/* ---- what was answered ---- */

static bool is_mail(Str reach) {
    Str name = STR_NONE;
    Str host = STR_NONE;
    if (!str_cut(reach, '@', &name, &host) || str_contains(host, STR("@")) || str_contains(reach, STR(" "))) {
        return false;
    }
    Str label = STR_NONE;
    Str rest = STR_NONE;
    return name.length > 0 && str_cut(host, '.', &label, &rest) && label.length > 0 && rest.length > 1 &&
           !str_ends_with(rest, STR("."));
}

static bool is_phone(Str reach) {
    size_t digits = 0;
    for (size_t at = 0; at < reach.length; at++) {
        char byte = reach.at[at];
        if (byte >= '0' && byte <= '9') {
            digits++;
        } else if (memchr("+()-./ xX", byte, 9) == NULL) {
            return false;
        }
    }
    return digits >= 10 && digits <= 20;
}

bool ask_reach_kind(Str reach, ContactPointKind *ret_kind) {
    Str value = str_trim(reach);
    if (is_mail(value)) {
        *ret_kind = CONTACT_POINT_MAIL;
        return true;
    }
    if (is_phone(value)) {
        *ret_kind = CONTACT_POINT_PHONE;
        return true;
    }
    return false;
}

Str ask_safe_times(const Scope *scope, const AskAnswers *answers) {
    Buf words = buf_new(scope->arena, 65536);
    for (size_t at = 0; at < answers->times.count; at++) {
        if (program_has_item(scope, answers->program, LIST_TIME, answers->times.items[at])) {
            buf_add(&words, words.length == 0 ? STR("") : STR("; "));
            buf_add(&words, program_item_label(scope, answers->times.items[at]));
        }
    }
    if (!str_is_empty(answers->when)) {
        buf_add(&words, words.length == 0 ? STR("") : STR("; "));
        buf_add(&words, answers->when);
    }
    return buf_str(&words);
}

/* ---- sending ---- */

/* A young person who asks for themselves has read what an adult must be told; which words is kept. */
static void begin_young(const Scope *scope, Tx *tx, PersonId person, const AskAnswers *answers) {
    if (!str_is_empty(answers->young)) {
        (void)youth_begin(scope, tx, person, answers->program, answers->young, answers->is_apart);
        if (!str_is_empty(answers->word)) {
            youth_word_set(scope, tx, person, answers->word);
        }
        signing_born_keep(scope, tx, person, answers->born);
    }
}

SigningNeed ask_need(const Scope *scope, const AskAnswers *answers) {
    return scope->actor.value == 0 && !str_is_empty(answers->young)
               ? signing_need_at(scope, answers->program, answers->born)
               : signing_need(scope, answers->program, scope->actor);
}

/* Whoever is signed in; or somebody new, with the one way to be reached. */
static PersonId person_of(const Scope *scope, Tx *tx, const AskAnswers *answers) {
    if (scope->actor.value != 0) {
        return scope->actor;
    }
    ContactPoint point = {
        .value = str_trim(answers->reach),
        .voicemail = answers->voicemail,
        .text = answers->text,
        .safe_times = ask_safe_times(scope, answers),
    };
    PersonId person = account_person_add(scope, tx, answers->called, scope->lang);
    if (ask_reach_kind(answers->reach, &point.kind)) {
        (void)account_contact_point_add(scope, tx, person, &point);
    }
    return person;
}

static RequestNew request_of(const Scope *scope, PersonId person, const AskAnswers *answers) {
    size_t most = answers->experiences.count + answers->languages.count + answers->wishes.count;
    ListItemId *wishes = NEW_MANY(scope->arena, most, ListItemId);
    size_t count = 0;
    for (size_t at = 0; at < answers->experiences.count; at++) {
        wishes[count++] = answers->experiences.items[at];
    }
    for (size_t at = 0; at < answers->languages.count; at++) {
        wishes[count++] = answers->languages.items[at];
    }
    for (size_t at = 0; at < answers->wishes.count; at++) {
        wishes[count++] = answers->wishes.items[at];
    }
    return (RequestNew){
        .program = answers->program,
        .person = person,
        .kind = REQUEST_SUPPORT,
        .source = REQUEST_FROM_FORM,
        .lang = scope->lang,
        .need = answers->need,
        .is_kept = answers->is_kept,
        .hopes = answers->hopes,
        .is_part2 = answers->is_part2,
        .relation = answers->relation,
        .age = answers->age,
        .has_no_preference = answers->has_no_preference,
        .wishes = wishes,
        .wish_count = count,
        .first = answers->first,
        .required = answers->required,
        .unlike = answers->unlike,
        .shared = consent_items_offered(CONSENT_TO_COORDINATORS) & ~answers->left_out,
    };
}

/* The public form is open to visitors, whose drafts the boundary does not record. */
static void asked_record(const Scope *scope, Tx *tx, const RequestNew *request, RequestId id) {
    audit_add(scope, tx,
              &(AuditEntry){.action = STR("request_asked"),
                            .kind = OBJECT_REQUEST,
                            .object = id.value,
                            .subject = request->person,
                            .program = request->program});
}

AskResult ask_send(const Scope *scope, Tx *tx, Str visit, const Program *program) {
    AskDraft draft = ask_draft(scope, visit, program->id);
    if (draft.is_sent) {
        return ASK_SENT_BEFORE;
    }
    if (!program->takes_requests) {
        return ASK_CLOSED;
    }
    if (ask_next(scope, &draft.answers) != ASK_CHECK) {
        return ASK_INCOMPLETE;
    }
    PersonId person = person_of(scope, tx, &draft.answers);
    begin_young(scope, tx, person, &draft.answers);
    RequestNew request = request_of(scope, person, &draft.answers);
    AskDraft sent = ask_draft_read(scope->arena, STR(""));
    sent.answers.program = program->id;
    sent.is_sent = true;
    sent.receipt = (AskReceipt){.program = program->id, .kind = REQUEST_SUPPORT, .asked_at = scope->now};
    asked_record(scope, tx, &request, request_add(scope, tx, &request, &sent.receipt.code));
    if (consent_list_waiting(scope, program->id, person).count > 0) {
        sent.receipt.sign_code = guardian_link_make(scope, tx, program->id, person, false).code;
    }
    ask_draft_keep(scope, tx, visit, &sent);
    return ASK_SENT;
}

void ask_information(const Scope *scope, Tx *tx, Str visit, const Program *program,
                     const AskAnswers *answers) {
    AskDraft draft = ask_draft(scope, visit, program->id);
    RequestNew request = {
        .program = program->id,
        .person = person_of(scope, tx, answers),
        .kind = REQUEST_INFORMATION_CALL,
        .source = REQUEST_FROM_FORM,
        .lang = scope->lang,
        .need = STR(""),
        .hopes = STR(""),
    };
    draft.receipt =
        (AskReceipt){.program = program->id, .kind = REQUEST_INFORMATION_CALL, .asked_at = scope->now};
    asked_record(scope, tx, &request, request_add(scope, tx, &request, &draft.receipt.code));
    ask_draft_keep(scope, tx, visit, &draft);
}

/* ---- status ---- */

bool ask_status(const Scope *scope, Str code, Str reach, Request *ret_request) {
    ContactPointKind kind = CONTACT_POINT_MAIL;
    (void)ask_reach_kind(reach, &kind); /* nonsense is looked up as a mail address that nobody has */
    Str value_key = account_value_index(db_keys(scope->db), scope->arena, kind, reach);
    return request_find_by_receipt(scope, code, value_key, ret_request);
}
