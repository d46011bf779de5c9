/* SPDX-License-Identifier: Apache-2.0 */
/* How consents come into the ledger, hold, and stop. */
#include "features/consent/consent.h"

#include "base/fail.h"
#include "consent_parts.h"
#include "features/audit/audit.h"
#include "features/program/program.h"
#include "features/signing/signing.h"
#include "platform/crypto/crypto.h"
#include "texts.h"

#include <assert.h>

/* Nothing is shared for ever: after two years the family is asked again. */
#define TERM (2 * 365 * TIME_DAY)
/* Hard days that were let go on and on: then whoever stands by is agreed to anew. */
#define BACKING_TERM (90 * TIME_DAY)

/* ---- the words ---- */

Str consent_paragraphs(Arena *arena, const Str *parts, size_t count) {
    Buf words = buf_new(arena, CONSENT_WORDS_MOST);
    for (size_t at = 0; at < count; at++) {
        buf_add(&words, at == 0 ? STR("") : STR("\n"));
        buf_add(&words, parts[at]);
    }
    return buf_str(&words);
}

unsigned consent_items_offered(ConsentTo to) {
    const unsigned walk = CONSENT_NAME | CONSENT_WORDS | CONSENT_REACH | CONSENT_CONTACTS;
    const unsigned program = walk | CONSENT_NOTES | CONSENT_PROGRESS;
    switch (to) {
    case CONSENT_TO_COORDINATORS:
        return program;
    case CONSENT_TO_PERSON:
        return walk;
    case CONSENT_TO_ORGANIZATION:
        return program | CONSENT_CHECKINS | CONSENT_CARD | CONSENT_SUBSTANCE;
    case CONSENT_TO_BACKUP:
        return CONSENT_NAME | CONSENT_REACH | CONSENT_CARD;
    }
    return 0; /* not covered: every value has its case */
}

unsigned consent_items_needed(ConsentTo to) {
    const bool is_asked_to_walk = to == CONSENT_TO_COORDINATORS || to == CONSENT_TO_PERSON;
    return is_asked_to_walk ? (unsigned)CONSENT_NEEDED : (unsigned)CONSENT_NAME;
}

/* What a consent carries: of what can be given, what was picked and what is needed. */
unsigned consent_items_of(ConsentTo to, unsigned picked) {
    const unsigned offered = consent_items_offered(to);
    return picked == 0 ? offered : (picked & offered) | consent_items_needed(to);
}

Str consent_items_sentence(const Scope *scope, unsigned items) {
    const Strs named = consent_item_words(scope, items);
    Buf words = buf_new(scope->arena, CONSENT_WORDS_MOST);
    for (size_t at = 0; at < named.count; at++) {
        buf_add(&words, at == 0 ? STR("") : STR("; "));
        buf_add(&words, named.items[at]);
    }
    buf_add_char(&words, '.');
    return buf_str(&words);
}

/* All of it in a sentence of its own; less is named item by item. */
static Str what_words(const Scope *scope, ConsentTo to, unsigned items) {
    if (consent_items_of(to, items) == consent_items_offered(to)) {
        return text_str(scope->lang,
                        to == CONSENT_TO_PERSON ? TEXT_CONSENT_CHOOSING_WHAT : TEXT_CONSENT_ASKING_WHAT);
    }
    return consent_items_sentence(scope, consent_items_of(to, items));
}

Str consent_asking_words(const Scope *scope, ProgramId program, unsigned items) {
    const Words words = scope_words(scope);
    const Str name = program_words(scope, program, PROGRAM_NAME);
    const Str parts[] = {
        text_consent_asking_whom(&words, name),         what_words(scope, CONSENT_TO_COORDINATORS, items),
        text_str(scope->lang, TEXT_CONSENT_ASKING_WHY), text_str(scope->lang, TEXT_CONSENT_UNTIL_WORDS),
        text_str(scope->lang, TEXT_CONSENT_STOP_WORDS),
    };
    return consent_paragraphs(scope->arena, parts, sizeof parts / sizeof parts[0]);
}

Str consent_choosing_words(const Scope *scope, Str called, unsigned items) {
    const Words words = scope_words(scope);
    const Str parts[] = {
        text_consent_choosing_whom(&words, called),       what_words(scope, CONSENT_TO_PERSON, items),
        text_str(scope->lang, TEXT_CONSENT_CHOOSING_WHY), text_str(scope->lang, TEXT_CONSENT_CHOOSING_UNTIL),
        text_str(scope->lang, TEXT_CONSENT_STOP_WORDS),
    };
    return consent_paragraphs(scope->arena, parts, sizeof parts / sizeof parts[0]);
}

Str consent_backing_words(const Scope *scope, Str called, unsigned items) {
    const Words words = scope_words(scope);
    const Str parts[] = {
        text_consent_backing_whom(&words, called),
        consent_items_sentence(scope, consent_items_of(CONSENT_TO_BACKUP, items)),
        text_str(scope->lang, TEXT_CONSENT_BACKING_WHY),
        text_str(scope->lang, TEXT_CONSENT_BACKING_UNTIL),
        text_str(scope->lang, TEXT_CONSENT_STOP_WORDS),
    };
    return consent_paragraphs(scope->arena, parts, sizeof parts / sizeof parts[0]);
}

/* The language belongs to what was read, so it is hashed with it. */
static Str hashed(const Scope *scope, Str words) {
    return str_print(scope->arena, "%.*s\n%.*s", STR_ARGS(lang_tag(scope->lang)), STR_ARGS(words));
}

Str consent_words_hash(const Scope *scope, Str words) {
    return crypto_hash_hex(scope->arena, NULL, STR("consent"), hashed(scope, words));
}

/* The bits of a consent's sides are those of a rule. */
_Static_assert((int)SIGNING_YOUNG == (int)CONSENT_SIGNS_PERSON &&
                   (int)SIGNING_PARENT == (int)CONSENT_SIGNS_PARENT &&
                   (int)SIGNING_BOTH == (int)CONSENT_SIGNS_BOTH &&
                   (int)CONSENT_SIDE_PERSON == (int)SIGNING_YOUNG &&
                   (int)CONSENT_SIDE_PARENT == (int)SIGNING_PARENT,
               "whose signatures are needed is said by the sides themselves");

static ConsentTextId text_keep(const Scope *scope, Tx *tx, Str words, Str hash) {
    ConsentTextByHash row;
    if (!consent_text_by_hash(scope->db, hash, &row)) {
        consent_text_insert(tx, (ConsentTextId){random_id(scope->random)}, hash, (int64_t)scope->lang, words);
    }
    /* not covered: what was written a line ago is there */
    if (!consent_text_by_hash(scope->db, hash, &row)) {
        fail(FAIL_DATABASE, "the words of a consent were not kept");
    }
    return row.id;
}

/* ---- giving ---- */

/* The person reads and gives it here, or it was said to whoever acts. */
static ConsentHow how_of(const Scope *scope, PersonId person) {
    return scope->actor.value == 0 || person_id_equal(scope->actor, person) ? CONSENT_READ : CONSENT_SAID;
}

static void share(Tx *tx, ConsentId id, const ConsentInsert *row) {
    sharing_put(tx, &(SharingPut){.request = row->request,
                                  .with_person = row->to_person,
                                  .items = row->items,
                                  .until_at = row->until_at,
                                  .consent = id});
}

/* A parent who signed once has signed for asking and for whomever the young person chooses, for as long as
 * that holds: true, and the signature stands beside this consent too. */
static bool parent_signed_before(const Scope *scope, Tx *tx, ConsentInsert *row) {
    const ConsentParentNowRows parents = consent_parent_now(scope->db, row->person, row->program);
    if (parents.count == 0 || !time_is_before(scope->now, time_after(parents.items[0].since, TERM))) {
        return false;
    }
    consent_signature_insert(tx, row->id, CONSENT_SIDE_PARENT, parents.items[0].parent,
                             parents.items[0].since);
    return true;
}

/* A consent about a request. In force at once, unless its person is young and a parent has to sign too. */
ConsentId consent_give(const Scope *scope, Tx *tx, const ConsentInsert *consent, Str words) {
    const Str hash = crypto_hash_raw(scope->arena, NULL, STR("consent"), hashed(scope, words));
    const SigningNeed need = signing_need(scope, consent->program, consent->person);
    ConsentInsert row = *consent;
    row.id = (ConsentId){random_id(scope->random)};
    if (time_is_none(row.until_at)) {
        row.until_at = time_after(scope->now, TERM);
    }
    row.lang = (int64_t)scope->lang;
    row.text = text_keep(scope, tx, words, hash);
    row.text_hash = hash;
    row.signs = (int64_t)need.who;
    if (need.is_asked) {
        row.rule = signing_rule_keep(scope, tx, consent->program, &need.rule);
    }
    row.witness = row.how == CONSENT_READ ? (PersonId){0} : scope->actor;
    row.now = scope->now;
    consent_insert(tx, &row);
    audit_add(scope, tx,
              &(AuditEntry){.action = row.how == CONSENT_READ ? STR("consent_given") : STR("consent_written"),
                            .kind = OBJECT_CONSENT,
                            .object = row.id.value,
                            .subject = row.person,
                            .program = row.program});
    /* What somebody wrote down is nobody's signature. */
    if (row.how == CONSENT_READ) {
        consent_signature_insert(tx, row.id, CONSENT_SIDE_PERSON, row.person, scope->now);
    }
    if (row.to_kind != CONSENT_TO_ORGANIZATION &&
        (need.who == SIGNING_YOUNG || parent_signed_before(scope, tx, &row))) {
        share(tx, row.id, &row);
    }
    return row.id;
}

ConsentId consent_on_asking(const Scope *scope, Tx *tx, const ConsentAsking *asking) {
    const Str words = asking->how == CONSENT_LISTED
                          ? text_str(scope->lang, TEXT_CONSENT_LISTED_WORDS)
                          : consent_asking_words(scope, asking->program, asking->items);
    return consent_give(scope, tx,
                        &(ConsentInsert){.person = asking->person,
                                         .program = asking->program,
                                         .request = asking->request,
                                         .items = consent_items_of(CONSENT_TO_COORDINATORS, asking->items),
                                         .to_kind = CONSENT_TO_COORDINATORS,
                                         .purpose = CONSENT_FOR_FINDING,
                                         .until_event = CONSENT_UNTIL_DAY,
                                         .how = asking->how},
                        words);
}

ConsentId consent_on_choosing(const Scope *scope, Tx *tx, const ConsentChoosing *choosing) {
    return consent_give(scope, tx,
                        &(ConsentInsert){.person = choosing->person,
                                         .program = choosing->program,
                                         .request = choosing->request,
                                         .items = consent_items_of(CONSENT_TO_PERSON, choosing->items),
                                         .to_kind = CONSENT_TO_PERSON,
                                         .to_person = choosing->to,
                                         .purpose = CONSENT_FOR_WALKING,
                                         .until_event = CONSENT_UNTIL_WALK_ENDS,
                                         .how = how_of(scope, choosing->person)},
                        consent_choosing_words(scope, CONSENT_NAME_MARK, choosing->items));
}

ConsentId consent_on_backing(const Scope *scope, Tx *tx, const ConsentChoosing *backing) {
    return consent_give(scope, tx,
                        &(ConsentInsert){.person = backing->person,
                                         .program = backing->program,
                                         .request = backing->request,
                                         .items = consent_items_of(CONSENT_TO_BACKUP, backing->items),
                                         .to_kind = CONSENT_TO_BACKUP,
                                         .to_person = backing->to,
                                         .purpose = CONSENT_FOR_BACKING,
                                         .until_event = CONSENT_UNTIL_HARD_DAYS_END,
                                         .until_at = time_after(scope->now, BACKING_TERM),
                                         .how = how_of(scope, backing->person)},
                        consent_backing_words(scope, CONSENT_NAME_MARK, backing->items));
}

/* ---- asking what holds ---- */

unsigned consent_items_shared(const Scope *scope, RequestId request, PersonId with) {
    SharingNow row;
    return sharing_now(scope->db, request, with, scope->now, &row) ? (unsigned)row.items : 0;
}

bool consent_shares(const Scope *scope, RequestId request, PersonId with, unsigned items) {
    SharingNow row;
    return sharing_now(scope->db, request, with, scope->now, &row) && ((unsigned)row.items & items) == items;
}

ContactPoints consent_reach(const Scope *scope, RequestId request, PersonId person, PersonId with) {
    return consent_shares(scope, request, with, CONSENT_REACH) ? account_contact_points(scope, person)
                                                               : (ContactPoints){0};
}

/* The kept words with the names that were read. One pass, so that no name is taken for a mark. */
static Str named(Arena *arena, Str words, const Consent *consent) {
    const struct {
        Str mark;
        Str said;
    } marks[] = {{CONSENT_NAME_MARK, consent->to_called},
                 {CONSENT_WHOM_MARK, consent->to_whom},
                 {CONSENT_WHY_MARK, consent->why}};
    Buf buf = buf_new(arena, 2 * CONSENT_WORDS_MOST);
    for (size_t at = 0; at < words.length;) {
        size_t known = 0;
        while (known < sizeof marks / sizeof marks[0] &&
               !str_starts_with(str_part(words, at, words.length), marks[known].mark)) {
            known++;
        }
        if (known < sizeof marks / sizeof marks[0]) {
            buf_add(&buf, marks[known].said);
            at += marks[known].mark.length;
        } else {
            buf_add_char(&buf, words.at[at++]);
        }
    }
    return buf_str(&buf);
}

static Str hex(Arena *arena, Str bytes) {
    static const char digits[] = "0123456789abcdef";
    char *text = arena_get(arena, bytes.length * 2);
    for (size_t at = 0; at < bytes.length; at++) {
        const unsigned char byte = (unsigned char)bytes.at[at];
        text[2 * at] = digits[byte >> 4];
        text[2 * at + 1] = digits[byte & 15];
    }
    return (Str){.at = text, .length = bytes.length * 2};
}

/* Who still has to sign: bits of enum ConsentSide. What was only written down is signed by nobody on the
 * person's side, and what a young person may sign alone meanwhile needs no parent. */
static int64_t unsigned_sides(const ConsentRow *row) {
    int64_t needed = row->signs;
    if (row->how != CONSENT_READ || row->signs == CONSENT_SIGNS_PARENT) {
        needed &= ~(int64_t)CONSENT_SIDE_PERSON;
    }
    if (row->is_alone) {
        needed &= ~(int64_t)CONSENT_SIDE_PARENT;
    }
    return needed & ~row->signed_sides;
}

static ConsentState state_of(const Scope *scope, const ConsentRow *row) {
    /* What stands in another's place was stopped with it, and only says so. */
    if (row->is_replaced && row->to_kind == CONSENT_TO_ORGANIZATION) {
        return CONSENT_REPLACED;
    }
    if (!time_is_none(row->stopped_at)) {
        return CONSENT_STOPPED;
    }
    if (!time_is_before(scope->now, row->until_at)) {
        return CONSENT_EXPIRED;
    }
    if (row->is_over) {
        return CONSENT_OVER;
    }
    if (unsigned_sides(row) != 0) {
        return CONSENT_PENDING;
    }
    return row->is_replaced ? CONSENT_REPLACED : CONSENT_LIVING;
}

bool consent_find(const Scope *scope, ConsentId id, Consent *ret_consent) {
    ConsentRow row;
    if (!consent_row(scope->db, id, &row)) {
        return false;
    }
    *ret_consent = (Consent){
        .id = row.id,
        .person = row.person,
        .called = row.called,
        .program = row.program,
        .request = row.request,
        .items = (unsigned)row.items,
        .to = (ConsentTo)row.to_kind,
        .to_person = row.to_person,
        .to_called = row.to_called,
        .purpose = (ConsentPurpose)row.purpose,
        .until_event = (ConsentUntil)row.until_event,
        .until_at = row.until_at,
        .how = (ConsentHow)row.how,
        .lang = (Lang)row.lang,
        .text_hash = hex(scope->arena, row.text_hash),
        .signs = (ConsentSigns)row.signs,
        .witness_called = row.witness_called,
        .given_at = row.given_at,
        .stopped_at = row.stopped_at,
        .state = state_of(scope, &row),
        .is_over = row.is_over,
        .is_replaced = row.is_replaced,
    };
    ConsentOrganizationOf organization;
    if (ret_consent->to == CONSENT_TO_ORGANIZATION && consent_organization_of(scope->db, id, &organization)) {
        ret_consent->to_called = organization.called;
        ret_consent->to_whom = organization.whom;
        ret_consent->why = organization.why;
    }
    ret_consent->words = str_is_none(row.words) ? STR("") : named(scope->arena, row.words, ret_consent);
    return true;
}

Consents consent_list(const Scope *scope, PersonId person) {
    ConsentListOfRows rows = consent_list_of(scope->db, person);
    Consent *items = NEW_MANY(scope->arena, rows.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += consent_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}

Consents consent_list_to_confirm(const Scope *scope, PersonId person) {
    SharingToConfirmRows rows = sharing_to_confirm(scope->db, person, scope->now);
    Consent *items = NEW_MANY(scope->arena, rows.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += consent_find(scope, rows.items[at].consent, &items[count]) ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}

Consents consent_list_ending(const Scope *scope, int64_t most) {
    const SharingEndingRows rows =
        sharing_ending(scope->db, time_after(scope->now, CONSENT_WARNED), scope->now, most);
    const ConsentOrganizationEndingRows papers = consent_organization_ending(
        scope->db, time_after(scope->now, CONSENT_PAPER_WARNED), scope->now, most - (int64_t)rows.count);
    Consent *items = NEW_MANY(scope->arena, rows.count + papers.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += consent_find(scope, rows.items[at].consent, &items[count]) ? 1 : 0;
    }
    for (size_t at = 0; at < papers.count; at++) {
        count += consent_find(scope, papers.items[at].consent, &items[count]) ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}

void consent_set_told(const Scope *scope, Tx *tx, ConsentId id) {
    (void)consent_ending_told_insert(tx, id, scope->now);
}

bool consent_is_ending(const Scope *scope, const Consent *consent) {
    const int64_t warned = consent->to == CONSENT_TO_ORGANIZATION ? CONSENT_PAPER_WARNED : CONSENT_WARNED;
    return consent->state == CONSENT_LIVING &&
           !time_is_before(time_after(scope->now, warned), consent->until_at);
}

ConsentSigneds consent_signatures(const Scope *scope, ConsentId id) {
    ConsentSignatureListRows rows = consent_signature_list(scope->db, id);
    ConsentSigned *items = NEW_MANY(scope->arena, rows.count, ConsentSigned);
    for (size_t at = 0; at < rows.count; at++) {
        items[at] = (ConsentSigned){.side = (ConsentSide)rows.items[at].side,
                                    .called = rows.items[at].called,
                                    .at = rows.items[at].at};
    }
    return (ConsentSigneds){.items = items, .count = rows.count};
}

/* ---- a parent's signature ---- */

Consents consent_list_waiting(const Scope *scope, ProgramId program, PersonId person) {
    const ConsentListUnsignedRows rows = consent_list_unsigned(scope->db, person, program, scope->now);
    Consent *items = NEW_MANY(scope->arena, rows.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        (void)consent_find(scope, rows.items[at].id, &items[count]);
        count += items[count].state == CONSENT_PENDING ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}

Consents consent_list_signed_by(const Scope *scope, ProgramId program, PersonId person, PersonId parent) {
    const ConsentListParentRows rows = consent_list_parent(scope->db, person, program, parent);
    Consent *items = NEW_MANY(scope->arena, rows.count, Consent);
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        count += consent_find(scope, rows.items[at].id, &items[count]) ? 1 : 0;
    }
    return (Consents){.items = items, .count = count};
}

/* The last signature that was missing may have come. */
static bool share_if_living(const Scope *scope, Tx *tx, ConsentId id) {
    Consent consent;
    const bool is_there = consent_find(scope, id, &consent);
    assert(is_there && "a row that refers to it was written a line ago");
    if (consent.state != CONSENT_LIVING) {
        return false;
    }
    if (consent.request.value != 0 && consent.to != CONSENT_TO_ORGANIZATION) {
        share(tx, id,
              &(ConsentInsert){.request = consent.request,
                               .to_person = consent.to_person,
                               .items = consent.items,
                               .until_at = consent.until_at});
    }
    return true;
}

bool consent_sign_as_parent(const Scope *scope, Tx *tx, ConsentId id, PersonId parent) {
    consent_signature_insert(tx, id, CONSENT_SIDE_PARENT, parent, scope->now);
    return share_if_living(scope, tx, id);
}

bool consent_need_no_parent(const Scope *scope, Tx *tx, ConsentId id) {
    (void)consent_alone_insert(tx, id, scope->now);
    return share_if_living(scope, tx, id);
}

/* ---- the switch ---- */

static bool may_be_stopped(const Consent *consent) {
    switch (consent->state) {
    case CONSENT_LIVING:
    case CONSENT_PENDING:
    case CONSENT_OVER:
        return true;
    case CONSENT_REPLACED:
        return consent->to != CONSENT_TO_ORGANIZATION;
    case CONSENT_STOPPED:
    case CONSENT_EXPIRED:
        return false;
    }
    return false;
}

ConsentResult consent_stop(const Scope *scope, Tx *tx, ConsentId id) {
    Consent consent;
    if (!consent_find(scope, id, &consent) || !may_be_stopped(&consent)) {
        return CONSENT_ELSEWHERE;
    }
    consent_set_stopped(tx, id, scope->now, scope->actor);
    /* What an organization is given stands on nothing else, and nothing else on that. */
    if (consent.request.value != 0 && consent.to != CONSENT_TO_ORGANIZATION) {
        consent_stop_like(tx, &(ConsentStopLike){.request = consent.request,
                                                 .to_kind = (int64_t)consent.to,
                                                 .to_person = consent.to_person,
                                                 .now = scope->now,
                                                 .by = scope->actor});
        sharing_drop(tx, consent.request, consent.to_person);
    }
    return CONSENT_DONE;
}

static ConsentResult give_like(const Scope *scope, Tx *tx, const Consent *like, unsigned items,
                               ConsentId *ret_consent) {
    switch (like->to) {
    case CONSENT_TO_COORDINATORS:
        *ret_consent = consent_on_asking(scope, tx,
                                         &(ConsentAsking){.program = like->program,
                                                          .items = items,
                                                          .person = like->person,
                                                          .request = like->request,
                                                          .how = CONSENT_READ});
        return CONSENT_DONE;
    case CONSENT_TO_PERSON:
    case CONSENT_TO_BACKUP:
        if (like->is_over) {
            return CONSENT_ELSEWHERE;
        }
        *ret_consent = (like->to == CONSENT_TO_PERSON ? consent_on_choosing : consent_on_backing)(
            scope, tx,
            &(ConsentChoosing){.program = like->program,
                               .items = items,
                               .person = like->person,
                               .request = like->request,
                               .to = like->to_person,
                               .to_called = like->to_called});
        return CONSENT_DONE;
    case CONSENT_TO_ORGANIZATION:
        return consent_paper_like(scope, tx, like, items, ret_consent);
    }
    return CONSENT_ELSEWHERE; /* not covered: every value has its case */
}

ConsentResult consent_give_again(const Scope *scope, Tx *tx, ConsentId id, ConsentId *ret_consent) {
    Consent consent;
    if (!consent_find(scope, id, &consent)) {
        return CONSENT_ELSEWHERE;
    }
    return consent.to == CONSENT_TO_ORGANIZATION ? consent_paper_again(scope, tx, &consent, ret_consent)
                                                 : give_like(scope, tx, &consent, consent.items, ret_consent);
}

ConsentResult consent_give_items(const Scope *scope, Tx *tx, ConsentId id, unsigned items,
                                 ConsentId *ret_consent) {
    Consent consent;
    if (!consent_find(scope, id, &consent) ||
        (consent.state != CONSENT_LIVING && consent.state != CONSENT_PENDING)) {
        return CONSENT_ELSEWHERE;
    }
    return give_like(scope, tx, &consent, items | consent_items_needed(consent.to), ret_consent);
}

Str consent_words_of(const Scope *scope, const Consent *consent, unsigned items) {
    switch (consent->to) {
    case CONSENT_TO_COORDINATORS:
        return consent_asking_words(scope, consent->program, items);
    case CONSENT_TO_PERSON:
        return consent_choosing_words(scope, consent->to_called, items);
    case CONSENT_TO_BACKUP:
        return consent_backing_words(scope, consent->to_called, items);
    case CONSENT_TO_ORGANIZATION:
        return consent_paper_words_of(scope, consent, items);
    }
    return STR(""); /* not covered: every value has its case */
}

Str consent_words_again(const Scope *scope, const Consent *consent) {
    return consent->to == CONSENT_TO_ORGANIZATION ? consent_paper_words_again(scope, consent)
                                                  : consent_words_of(scope, consent, consent->items);
}

void consent_forget(Tx *tx, RequestId request) {
    sharing_forget(tx, request);
    (void)consent_ending_told_forget(tx, request);
    (void)consent_organization_forget(tx, request);
    consent_alone_forget(tx, request);
    consent_signatures_forget(tx, request);
    consent_forget_rows(tx, request);
}

void consent_forget_name(Tx *tx, PersonId person, Str called) {
    (void)consent_text_forget(tx, person, called);
}
