/* SPDX-License-Identifier: Apache-2.0 */
/* What follows when a parent signs, says no, stops, or is needed no more. */
#include "features/signature/signature.h"

#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/notice/notice.h"
#include "features/program/program.h"
#include "features/sharing/sharing.h"
#include "features/signing/signing.h"
#include "platform/zone/zone.h"
#include "texts.h"

enum { WORDS_MOST = 8192 };

/* ---- what is signed ---- */

static Str items_named(const Scope *scope, unsigned items) {
    const Strs named = consent_item_words(scope, items);
    Buf buf = buf_new(scope->arena, WORDS_MOST);
    for (size_t at = 0; at < named.count; at++) {
        buf_add(&buf, at == 0 ? STR("") : STR("; "));
        buf_add(&buf, named.items[at]);
    }
    return buf_str(&buf);
}

/* One paragraph for each that waits. Two kinds have words of their own; what goes to an organization is named
 * with its purpose and its day. */
static void add_consent(const Scope *scope, Buf *buf, const Consent *consent) {
    const Words words = scope_words(scope);
    buf_add_char(buf, '\n');
    switch (consent->to) {
    case CONSENT_TO_COORDINATORS:
        buf_add(buf, text_signature_words_asking(&words, program_words(scope, consent->program, PROGRAM_NAME),
                                                 consent->called));
        return;
    case CONSENT_TO_PERSON:
        buf_add(buf, text_signature_words_choosing(&words, consent->to_called, consent->called));
        return;
    case CONSENT_TO_BACKUP:
        buf_add(buf, text_signature_words_backing(&words, consent->called, consent->to_called,
                                                  items_named(scope, consent->items),
                                                  zone_date(scope->zone, consent->until_at)));
        return;
    case CONSENT_TO_ORGANIZATION:
        buf_add(buf, text_signature_words_organization(
                         &words, consent->called, program_words(scope, consent->program, PROGRAM_NAME),
                         consent_to_words(scope, consent), items_named(scope, consent->items),
                         text_str(scope->lang, consent_purpose_text(consent->purpose)),
                         zone_date(scope->zone, consent->until_at)));
        return;
    }
}

Str signature_words(const Scope *scope, const GuardianLink *link) {
    const Words words = scope_words(scope);
    const Consents waiting = consent_list_waiting(scope, link->program, link->person);
    Person person;
    if (waiting.count == 0 || !account_person_find(scope, link->person, &person)) {
        return STR("");
    }
    Buf buf = buf_new(scope->arena, WORDS_MOST);
    buf_add(&buf, text_signature_words_agree(&words, person.called,
                                             program_words(scope, link->program, PROGRAM_NAME)));
    for (size_t at = 0; at < waiting.count && buf.length < WORDS_MOST / 2; at++) {
        add_consent(scope, &buf, &waiting.items[at]);
    }
    buf_add_char(&buf, '\n');
    buf_add(&buf, text_signature_words_whoever(&words, person.called));
    buf_add_char(&buf, '\n');
    buf_add(&buf, text_signature_words_private(&words, person.called));
    buf_add_char(&buf, '\n');
    buf_add(&buf, text_signature_words_stop(&words, person.called));
    return buf_str(&buf);
}

/* ---- signing, and not ---- */

SignatureResult signature_give(Scope *scope, Tx *tx, const GuardianLink *link, PersonId parent, Str words) {
    const Consents waiting = consent_list_waiting(scope, link->program, link->person);
    if (person_id_equal(parent, link->person)) {
        return SIGNATURE_OWN;
    }
    if (waiting.count == 0) {
        return SIGNATURE_NOTHING;
    }
    /* One at a time: whoever signed before has no say over what is signed now. */
    const Guardians before = guardian_list_of(scope, link->person);
    for (size_t at = 0; at < before.count; at++) {
        if (program_id_equal(before.items[at].program, link->program)) {
            (void)guardian_end(scope, tx, before.items[at].id, GUARDIAN_STOPPED);
        }
    }
    (void)guardian_begin(scope, tx, link, parent, words);
    for (size_t at = 0; at < waiting.count; at++) {
        if (consent_sign_as_parent(scope, tx, waiting.items[at].id, parent)) {
            sharing_go_on(scope, tx, &waiting.items[at]);
        }
    }
    notice_send(scope, tx, link->person);
    return SIGNATURE_DONE;
}

void signature_say_no(Scope *scope, Tx *tx, const GuardianLink *link) {
    guardian_link_close(scope, tx, link->program, link->person, GUARDIAN_CLOSED_NO);
    audit_add(
        scope, tx,
        &(AuditEntry){.action = STR("guardian_said_no"), .subject = link->person, .program = link->program});
    notice_send(scope, tx, link->person);
}

bool signature_stop(Scope *scope, Tx *tx, GuardianId id) {
    Guardian guardian;
    if (!guardian_find(scope, id, &guardian) || !guardian_end(scope, tx, id, GUARDIAN_STOPPED)) {
        return false;
    }
    const Consents all = consent_list_signed_by(scope, guardian.program, guardian.person, guardian.parent);
    for (size_t at = 0; at < all.count; at++) {
        (void)sharing_stop(scope, tx, all.items[at].id);
    }
    return true;
}

/* ---- needed no more ---- */

/* What was signed with a parent stays signed; what waited for one holds from here on. */
static void let_alone(Scope *scope, Tx *tx, ProgramId program, PersonId person) {
    const Guardians guardians = guardian_list_of(scope, person);
    for (size_t at = 0; at < guardians.count; at++) {
        const Guardian *one = &guardians.items[at];
        if (program_id_equal(one->program, program) && guardian_end(scope, tx, one->id, GUARDIAN_OF_AGE)) {
            const Consents signed_by = consent_list_signed_by(scope, program, person, one->parent);
            for (size_t index = 0; index < signed_by.count; index++) {
                (void)consent_need_no_parent(scope, tx, signed_by.items[index].id);
            }
        }
    }
    const Consents waiting = consent_list_waiting(scope, program, person);
    for (size_t at = 0; at < waiting.count; at++) {
        if (consent_need_no_parent(scope, tx, waiting.items[at].id)) {
            sharing_go_on(scope, tx, &waiting.items[at]);
        }
    }
    guardian_link_close(scope, tx, program, person, GUARDIAN_CLOSED_BACK);
    notice_send(scope, tx, person);
}

void signature_come_of_age(Scope *scope, Tx *tx) {
    PersonId after = {0};
    for (;;) {
        const GuardianWaits waits = guardian_waits(scope, after);
        for (size_t at = 0; at < waits.count; at++) {
            const GuardianWait *wait = &waits.items[at];
            Program program;
            if (program_find(scope, wait->program, &program)) {
                scope->zone = program.zone;
                if (signing_need(scope, wait->program, wait->person).who == SIGNING_YOUNG) {
                    let_alone(scope, tx, wait->program, wait->person);
                }
            }
        }
        if (waits.count < GUARDIAN_WAITS_MOST) {
            return;
        }
        /* The last one may stand in further programs. */
        after.value = waits.items[waits.count - 1].person.value - 1;
    }
}
