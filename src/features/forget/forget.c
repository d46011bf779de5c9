/* SPDX-License-Identifier: Apache-2.0 */
/* In what order everything about a person goes. */
#include "features/forget/forget.h"

#include "base/fail.h"
#include "base/log.h"
#include "features/account/account.h"
#include "features/audit/audit.h"
#include "features/barrier/barrier.h"
#include "features/capture/capture.h"
#include "features/document/document.h"
#include "features/carry/carry.h"
#include "features/circle/circle.h"
#include "features/consent/consent.h"
#include "features/gathering/gathering.h"
#include "features/goal/goal.h"
#include "features/contact/contact.h"
#include "features/bridge/bridge.h"
#include "features/callout/callout.h"
#include "features/debrief/debrief.h"
#include "features/goodbye/goodbye.h"
#include "features/heard/heard.h"
#include "features/handing/handing.h"
#include "features/hard/hard.h"
#include "features/help/help.h"
#include "features/hope/hope.h"
#include "features/hours/hours.h"
#include "features/match/match.h"
#include "features/message/message.h"
#include "features/note/note.h"
#include "features/offer/offer.h"
#include "features/reader/reader.h"
#include "features/request/request.h"
#include "features/sheet/sheet.h"
#include "features/textline/textline.h"
#include "features/toolbox/toolbox.h"
#include "features/youth/youth.h"
#include "forget_sql.h"
#include "platform/again.h"
#include "platform/command/command.h"
#include "platform/config.h"
#include "platform/db/person_key.h"
#include "platform/url.h"

enum { ANSWER_MOST = 512 };

ForgetState forget_state(const Scope *scope, PersonId person) {
    ForgetRow row;
    if (!forget_row(scope->db, person, &row)) {
        return (ForgetState){.step = FORGET_NOT_ASKED};
    }
    return (ForgetState){.step = time_is_none(row.done_at) ? FORGET_WAITS : FORGET_DONE,
                         .due_at = row.due_at};
}

void forget_ask(const Scope *scope, Tx *tx, PersonId person) {
    (void)forget_insert(tx, person, scope->now, time_after(scope->now, FORGET_DAYS * TIME_DAY));
}

bool forget_call_off(const Scope *scope, Tx *tx, PersonId person) {
    (void)scope;
    return forget_delete(tx, person) == 1;
}

ForgetCounts forget_counts(const Scope *scope, PersonId person) {
    ForgetCountsRow row = {0};
    (void)forget_counts_row(scope->db, person, &row);
    return (ForgetCounts){.requests = row.requests,
                          .walks = row.walks,
                          .contact_points = row.contact_points,
                          .imports = row.imports};
}

/* By the rules that hold when the person does each of these: the others learn that it is over, no more. */
static void let_go(Scope *scope, Tx *tx, PersonId person) {
    Scope own = *scope;
    own.actor = person;
    const ForgetMatchesRows matches = forget_matches(scope->db, person);
    for (size_t at = 0; at < matches.count; at++) {
        (void)match_end(&own, tx, matches.items[at].id, MATCH_END_FOR_NOW);
    }
    const ForgetRequestsRows requests = forget_requests(scope->db, person);
    for (size_t at = 0; at < requests.count; at++) {
        (void)request_withdraw(&own, tx, requests.items[at].id);
    }
    const Consents given = consent_list(&own, person);
    for (size_t at = 0; at < given.count; at++) {
        if (given.items[at].to == CONSENT_TO_ORGANIZATION || given.items[at].to == CONSENT_TO_BACKUP) {
            (void)consent_stop(&own, tx, given.items[at].id);
        }
    }
    const ForgetOffersRows offers = forget_offers(scope->db, person);
    for (size_t at = 0; at < offers.count; at++) {
        offer_end(&own, tx, offers.items[at].id);
    }
}

/* How the person showed who they are. */
static void proofs_delete(Tx *tx, PersonId person) {
    (void)forget_passkeys(tx, person);
    (void)forget_passphrase(tx, person);
    (void)forget_authenticator(tx, person);
    (void)forget_recovery_codes(tx, person);
    (void)forget_devices(tx, person);
    youth_forget(tx, person);
}

bool forget_person(Scope *scope, Tx *tx, PersonId person) {
    Person known;
    if (!account_person_find(scope, person, &known)) {
        return false;
    }
    (void)forget_insert(tx, person, scope->now, scope->now);
    if (forget_set_done(tx, person, scope->now) != 1) {
        return false;
    }
    let_go(scope, tx, person);
    heard_forget(tx, person);
    (void)forget_offer_words(tx, person);
    carry_forget(tx, person);
    message_forget(tx, person);
    gathering_forget(tx, person);
    reader_forget(tx, person);
    goal_forget(tx, person);
    goodbye_forget(tx, person);
    hope_forget(tx, person);
    hard_forget(scope, tx, person);
    debrief_forget(tx, person);
    bridge_forget(tx, person);
    handing_forget(tx, person);
    callout_forget(tx, person);
    help_forget(tx, person);
    note_forget(tx, person);
    capture_forget(tx, person);
    textline_close(tx, person);
    circle_forget(tx, person);
    toolbox_forget(tx, person);
    hours_forget(tx, person);
    contact_forget(tx, person);
    contact_flow_forget(tx, person);
    sheet_forget(tx, person);
    barrier_forget(tx, person);
    document_forget(tx, person);
    (void)audit_forget(scope, tx, person);
    proofs_delete(tx, person);
    consent_forget_name(tx, person, known.called);
    account_person_forget(scope, tx, person);
    (void)person_key_forget(tx, person, scope->now);
    return true;
}

typedef struct Lost {
    PersonsLost people;
    int64_t done;
} Lost;

static void lost_write(Scope *scope, Tx *tx, void *context) {
    Lost *lost = context;
    lost->done = 0;
    /* The ways to reach them first, of all: nothing can be sealed for them any more, so nobody must write to
     * one because another one's walk ends. */
    for (size_t at = 0; at < lost->people.count; at++) {
        account_person_forget(scope, tx, lost->people.items[at]);
    }
    for (size_t at = 0; at < lost->people.count; at++) {
        lost->done += forget_person(scope, tx, lost->people.items[at]);
    }
}

int64_t forget_again(Scope *scope) {
    db_begin_read(scope->db);
    Lost lost = {.people = person_keys_lost(scope->db, scope->arena)};
    db_end_read(scope->db);
    if (lost.people.count > 0) {
        again_write(scope, lost_write, &lost);
    }
    return lost.done;
}

/* Who is due is asked once more here: it may have been called off a moment ago. */
static void due_write(Scope *scope, Tx *tx, void *context) {
    (void)context;
    const ForgetDueRows due = forget_due(scope->db, scope->now);
    if (due.count > 0) {
        (void)forget_person(scope, tx, due.items[0].person);
    }
}

void forget_watch(Scope *scope) {
    db_begin_read(scope->db);
    const bool is_due = forget_due(scope->db, scope->now).count > 0;
    db_end_read(scope->db);
    if (is_due) {
        again_write(scope, due_write, NULL);
    }
    db_begin_read(scope->db);
    const size_t punctured = person_keys_puncture(scope->db, scope->arena, scope->config->keys);
    db_end_read(scope->db);
    if (punctured > 0) {
        /* Copy the key file anew: the older copy still opens what was forgotten. */
        log_line(LOG_INFO, "keys_punctured", "slots=%zu", punctured);
    }
}

/* ---- the command ---- */

static const char *token_of(const Scope *scope, PersonId person) {
    Buf token = buf_new(scope->arena, 64);
    url_add_id(&token, person.value);
    return str_c(scope->arena, buf_str(&token));
}

static bool find(const Scope *scope, const ForgetOrder *order, Person *ret_person) {
    PersonId id = {0};
    if (!str_is_empty(order->mail)) {
        const Str key =
            account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_MAIL, order->mail);
        const ForgetNamedRows people = forget_named(scope->db, key);
        if (people.count > 1) {
            fputs("beenthere forget: several people have this address; name one of them:\n", stderr);
            for (size_t at = 0; at < people.count; at++) {
                fprintf(stderr, "  %s  %.*s\n", token_of(scope, people.items[at].id),
                        STR_ARGS(people.items[at].called));
            }
            return false;
        }
        id = people.count == 1 ? people.items[0].id : id;
    } else {
        (void)url_read_id(order->person, &id.value);
    }
    if (!account_person_find(scope, id, ret_person)) {
        fputs("beenthere forget: there is no such person\n", stderr);
        return false;
    }
    return true;
}

static bool is_confirmed(const Scope *scope, const Person *person) {
    const ForgetCounts counts = forget_counts(scope, person->id);
    char typed[ANSWER_MOST] = "";
    printf("Everything about %.*s goes for good: %lld requests, %lld walks, %lld ways to reach them.\n"
           "No backup brings it back. Type the name to go on: ",
           STR_ARGS(person->called), (long long)counts.requests, (long long)counts.walks,
           (long long)counts.contact_points);
    (void)fflush(stdout);
    return fgets(typed, sizeof typed, stdin) != NULL &&
           str_equal(str_trim(str_of(typed)), str_trim(person->called));
}

typedef struct Order {
    PersonId person;
    bool is_done;
} Order;

static void forget_write(Scope *scope, Tx *tx, void *context) {
    Order *order = context;
    order->is_done = forget_person(scope, tx, order->person);
}

int forget_command(Scope *scope, const ForgetOrder *order) {
    Person person;
    db_begin_read(scope->db);
    const bool is_found = find(scope, order, &person);
    const bool is_sure = is_found && (order->is_sure || is_confirmed(scope, &person));
    db_end_read(scope->db);
    if (!is_found) {
        return 1;
    }
    if (!is_sure) {
        fputs("beenthere forget: that is not the name; nothing has changed\n", stderr);
        return 1;
    }
    Order whom = {.person = person.id};
    again_write(scope, forget_write, &whom);
    db_begin_read(scope->db);
    (void)person_keys_puncture(scope->db, scope->arena, scope->config->keys);
    db_end_read(scope->db);
    puts(
        whom.is_done
            ? "Forgotten. Copy the key file anew, and delete its older copies: they still open older backups."
            : "Nothing is left of this person; it was done before.");
    return 0;
}
