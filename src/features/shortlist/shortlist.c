/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of shortlists and invitations: the pool, the list as it was shown, the choice and the answer. */
#include "features/shortlist/shortlist.h"

#include "base/fail.h"
#include "platform/config.h"
#include "platform/mail/mail.h"
#include "shortlist_sql.h"
#include "texts.h"

#include <assert.h>

static_assert(sizeof(ListItemId) == sizeof(int64_t), "ids of items stand in the matcher's sets as they are");

/* Breaks ties for one look at one request. Few numbers, to write on paper; the same for the preview and its
 * list, and another one after every change, so that equals take turns. */
static uint64_t seed_of(const Request *request) {
    return (uint64_t)(request->id.value ^ (request->id.value >> 32)) + (uint64_t)request->version * 40503U;
}
static const uint64_t SEEDS = 1 << 16;

/* ---- the pool ---- */

/* The words of one offer and kind: they stand side by side in the rows, which are ordered. */
static MatchingItems items_of(const ShortlistPoolItemsRows *rows, const int64_t *keys, size_t *at,
                              OfferId offer, OfferItemKind kind) {
    size_t first = *at;
    while (*at < rows->count && offer_id_equal(rows->items[*at].offer, offer) &&
           rows->items[*at].kind == (int64_t)kind) {
        (*at)++;
    }
    return (MatchingItems){.items = keys + first, .count = *at - first};
}

/* Everyone who offers in the program: two queries, whatever their number. */
static MatchingPool load_pool(const Scope *scope, ProgramId program) {
    ShortlistPoolRows rows = shortlist_pool(scope->db, program);
    ShortlistPoolItemsRows items = shortlist_pool_items(scope->db, program);
    int64_t *keys = NEW_MANY(scope->arena, items.count, int64_t);
    for (size_t at = 0; at < items.count; at++) {
        keys[at] = items.items[at].item.value;
    }
    MatchingOffer *offers = NEW_MANY(scope->arena, rows.count, MatchingOffer);
    size_t next = 0;
    for (size_t at = 0; at < rows.count; at++) {
        const ShortlistPool *row = &rows.items[at];
        offers[at] = (MatchingOffer){
            .key = row->id.value,
            .person = row->person.value,
            .relation = row->relation.value,
            .is_cleared = row->is_cleared,
            .is_paused = row->standing == OFFER_PAUSED || row->standing == OFFER_ENDED,
            .capacity = row->capacity,
            .load = row->load,
            .listed = row->listed,
        };
        offers[at].lived = items_of(&items, keys, &next, row->id, OFFER_LIVED);
        offers[at].speaks = items_of(&items, keys, &next, row->id, OFFER_SPEAKS);
        offers[at].free_then = items_of(&items, keys, &next, row->id, OFFER_FREE_THEN);
        offers[at].rather_not = items_of(&items, keys, &next, row->id, OFFER_RATHER_NOT);
    }
    assert(next == items.count);
    return (MatchingPool){.items = offers, .count = rows.count};
}

/* ---- the request, as the matcher reads it ---- */

static void add_key(MatchingItems *set, int64_t *room, int64_t key) {
    for (size_t at = 0; at < set->count; at++) {
        if (room[at] == key) {
            return;
        }
    }
    room[set->count++] = key;
    set->items = room;
}

/* The family's choices and what was coded, each into its set. A relation or age that a coordinator coded only
 * counts where the family said nothing itself. */
static void sort_items(const Scope *scope, const Request *request, MatchingRequest *asked) {
    RequestItems wishes = request_wishes(scope, request->id);
    RequestItems codes = request_codes(scope, request->id);
    size_t most = wishes.count + codes.count + 1;
    int64_t *chosen = NEW_MANY(scope->arena, most, int64_t);
    int64_t *coded = NEW_MANY(scope->arena, most, int64_t);
    int64_t *languages = NEW_MANY(scope->arena, most, int64_t);
    int64_t *times = NEW_MANY(scope->arena, most, int64_t);
    for (size_t at = 0; at < wishes.count + codes.count; at++) {
        bool is_wish = at < wishes.count;
        const RequestItem *one = is_wish ? &wishes.items[at] : &codes.items[at - wishes.count];
        int64_t key = one->item.value;
        switch (one->list) {
        case LIST_EXPERIENCE:
            add_key(is_wish ? &asked->chosen : &asked->coded, is_wish ? chosen : coded, key);
            break;
        case LIST_LANGUAGE:
            add_key(&asked->languages, languages, key);
            break;
        case LIST_TIME:
            add_key(&asked->times, times, key);
            break;
        case LIST_RELATION:
            asked->relation = asked->relation == 0 ? key : asked->relation;
            break;
        case LIST_AGE:
            asked->age = asked->age == 0 ? key : asked->age;
            break;
        case LIST_COUNT:
            break;
        }
    }
    /* Whoever named no language is taken to speak the one they wrote in. */
    if (asked->languages.count == 0 && asked->language != 0) {
        add_key(&asked->languages, languages, asked->language);
    }
}

static unsigned unlike_bits(const Scope *scope, RequestId request) {
    static const unsigned bits[LIST_COUNT] = {
        [LIST_EXPERIENCE] = MATCHING_UNLIKE_EXPERIENCE,
        [LIST_LANGUAGE] = MATCHING_UNLIKE_LANGUAGE,
        [LIST_RELATION] = MATCHING_UNLIKE_RELATION,
        [LIST_AGE] = MATCHING_UNLIKE_AGE,
        [LIST_TIME] = MATCHING_UNLIKE_TIME,
    };
    unsigned lists = request_unlike(scope, request);
    unsigned unlike = 0;
    for (int list = LIST_EXPERIENCE; list < LIST_COUNT; list++) {
        unlike |= (lists & (1U << list)) != 0 ? bits[list] : 0;
    }
    return unlike;
}

static MatchingRequest load_request(const Scope *scope, const Request *request) {
    ShortlistLanguageRows language =
        shortlist_language(scope->db, request->program, lang_name(request->lang));
    MatchingRequest asked = {
        .person = request->person.value,
        .language = language.count == 0 ? 0 : language.items[0].item.value,
        .relation = request->relation.value,
        .age = request->age.value,
        .unlike = unlike_bits(scope, request->id),
    };
    sort_items(scope, request, &asked);
    ShortlistApartRows apart = shortlist_apart(scope->db, request->person);
    int64_t *persons = NEW_MANY(scope->arena, apart.count, int64_t);
    for (size_t at = 0; at < apart.count; at++) {
        persons[at] = apart.items[at].other.value;
    }
    asked.apart = (MatchingItems){.items = persons, .count = apart.count};
    ShortlistPassedRows passed = shortlist_passed(scope->db, request->id);
    int64_t *offers = NEW_MANY(scope->arena, passed.count, int64_t);
    for (size_t at = 0; at < passed.count; at++) {
        offers[at] = passed.items[at].offer.value;
    }
    asked.passed = (MatchingItems){.items = offers, .count = passed.count};
    return asked;
}

static MatchingResult match_now(const Scope *scope, const Request *request, uint64_t seed) {
    MatchingPool pool = load_pool(scope, request->program);
    MatchingRequest asked = load_request(scope, request);
    return matching_shortlist(scope->arena, &pool, &asked, &matching_policy_plain, seed, SHORTLIST_MOST);
}

MatchingResult shortlist_preview(const Scope *scope, const Request *request) {
    return match_now(scope, request, seed_of(request) % SEEDS);
}

/* ---- mail ---- */

/* There is news behind the sign-in: nothing in the mail says what, or from whom. */
static void tell(Scope *scope, Tx *tx, PersonId person, Text subject) {
    ShortlistPersonMailRows rows = shortlist_person_mail(scope->db, person);
    if (rows.count == 0) {
        return; /* no mailbox: the coordinator calls */
    }
    Words words = {.arena = scope->arena, .lang = (Lang)rows.items[0].lang, .zone = scope->zone};
    Str link = str_print(scope->arena, "%.*s/me", STR_ARGS(scope->config->origin));
    mail_add(scope, tx, rows.items[0].value, text_str(words.lang, subject),
             text_shortlist_mail_body(&words, link));
}

/* ---- making ---- */

static void keep_list(Tx *tx, ShortlistId id, const MatchingResult *result) {
    for (size_t at = 0; at < result->count; at++) {
        const MatchingChoice *choice = &result->choices[at];
        int64_t position = (int64_t)at + 1;
        shortlist_entry_insert(tx, id, position, (OfferId){choice->offer}, choice->score);
        for (size_t reason = 0; reason < choice->reason_count; reason++) {
            shortlist_reason_insert(tx, &(ShortlistReasonInsert){
                                            .shortlist = id,
                                            .position = position,
                                            .reason = (int64_t)choice->reasons[reason].kind,
                                            .item = {choice->reasons[reason].item},
                                            .points = choice->reasons[reason].points,
                                        });
        }
    }
}

/* Brings the request to where a list can be made; the actor takes it when nobody has. */
static ShortlistResult make_ready(const Scope *scope, Tx *tx, Request *request) {
    switch (request->state) {
    case REQUEST_NEW:
        if (request_take(scope, tx, request->id, request->version) != REQUEST_DONE ||
            !request_find(scope, request->id, request)) {
            return SHORTLIST_STALE;
        }
        return SHORTLIST_DONE;
    case REQUEST_TAKEN:
    case REQUEST_LISTED:
        return SHORTLIST_DONE;
    case REQUEST_INVITED:
    case REQUEST_MATCHED:
    case REQUEST_PAUSED:
    case REQUEST_WITHDRAWN:
    case REQUEST_ENDED:
        break;
    }
    return SHORTLIST_ELSEWHERE;
}

ShortlistResult shortlist_make(Scope *scope, Tx *tx, RequestId id, int64_t version,
                               ShortlistId *ret_shortlist) {
    Request request;
    if (!request_find(scope, id, &request)) {
        return SHORTLIST_ELSEWHERE;
    }
    if (request.version != version) {
        return SHORTLIST_STALE;
    }
    if (request.kind != REQUEST_SUPPORT) {
        return SHORTLIST_ELSEWHERE;
    }
    uint64_t seed = seed_of(&request) % SEEDS;
    MatchingResult result = match_now(scope, &request, seed);
    if (result.count == 0) {
        return SHORTLIST_NOBODY;
    }
    ShortlistResult ready = make_ready(scope, tx, &request);
    if (ready != SHORTLIST_DONE) {
        return ready;
    }
    shortlist_replace_open(tx, id);
    ShortlistId shortlist = {random_id(scope->random)};
    shortlist_insert(tx, &(ShortlistInsert){
                             .id = shortlist,
                             .request = id,
                             .made_by = scope->actor,
                             .policy = str_of(matching_policy_plain.name),
                             .seed = (int64_t)seed,
                             .now = scope->now,
                         });
    keep_list(tx, shortlist, &result);
    if (request_move(scope, tx, id, request.state, REQUEST_LISTED) != REQUEST_DONE) {
        fail(FAIL_DATABASE, "a request could not get its shortlist");
    }
    tell(scope, tx, request.person, TEXT_SHORTLIST_MAIL_SUBJECT);
    *ret_shortlist = shortlist;
    return SHORTLIST_DONE;
}

/* ---- choosing ---- */

/* The open list of this request; false when none is with the family. */
static bool find_open(const Scope *scope, RequestId request, ShortlistId *ret_shortlist) {
    ShortlistNewestRows rows = shortlist_newest(scope->db, request);
    if (rows.count == 0 || rows.items[0].state != SHORTLIST_OPEN) {
        return false;
    }
    *ret_shortlist = rows.items[0].id;
    return true;
}

static bool find_entry(const Scope *scope, ShortlistId shortlist, OfferId offer,
                       ShortlistEntries *ret_entry) {
    ShortlistEntriesRows rows = shortlist_entries(scope->db, shortlist);
    for (size_t at = 0; at < rows.count; at++) {
        if (offer_id_equal(rows.items[at].offer, offer) && rows.items[at].answer == ENTRY_UNANSWERED) {
            *ret_entry = rows.items[at];
            return true;
        }
    }
    return false;
}

ChoiceResult shortlist_choose(Scope *scope, Tx *tx, RequestId request, OfferId offer,
                              InvitationId *ret_invitation) {
    ShortlistId shortlist;
    ShortlistEntries entry;
    Request found;
    if (!request_find(scope, request, &found) || !find_open(scope, request, &shortlist) ||
        !find_entry(scope, shortlist, offer, &entry)) {
        return CHOICE_ELSEWHERE;
    }
    if (entry.standing != OFFER_FREE || !entry.is_cleared) {
        return CHOICE_FULL;
    }
    if (request_move(scope, tx, request, REQUEST_LISTED, REQUEST_INVITED) != REQUEST_DONE) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answer(tx, shortlist, offer, ENTRY_UNANSWERED, ENTRY_CHOSEN);
    shortlist_set_state(tx, shortlist, SHORTLIST_ANSWERED, scope->now);
    InvitationId id = {random_id(scope->random)};
    invitation_insert(tx, &(InvitationInsert){
                              .id = id,
                              .request = request,
                              .offer = offer,
                              .shortlist = shortlist,
                              .now = scope->now,
                              .due_at = program_due(scope, found.program, CLOCK_CHOICE, scope->now),
                          });
    offer_load_changed(scope, tx, offer);
    tell(scope, tx, entry.person, TEXT_SHORTLIST_MAIL_SUBJECT);
    *ret_invitation = id;
    return CHOICE_DONE;
}

/* With nobody left to choose, the list is answered and the coordinator looks again. */
static void give_back_when_empty(const Scope *scope, Tx *tx, RequestId request, ShortlistId shortlist) {
    ShortlistCountLeft left;
    if (shortlist_count_left(scope->db, shortlist, &left) && left.entries == 0) {
        shortlist_set_state(tx, shortlist, SHORTLIST_ANSWERED, scope->now);
        request_note(scope, tx, request, REQUEST_NOTE_NONE, STR(""));
        request_move(scope, tx, request, REQUEST_LISTED, REQUEST_TAKEN);
    }
}

ChoiceResult shortlist_not_this_person(const Scope *scope, Tx *tx, RequestId request, OfferId offer) {
    ShortlistId shortlist;
    ShortlistEntries entry;
    Request found;
    if (!request_find(scope, request, &found) || !find_open(scope, request, &shortlist) ||
        !find_entry(scope, shortlist, offer, &entry)) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answer(tx, shortlist, offer, ENTRY_UNANSWERED, ENTRY_NOT_THIS_PERSON);
    shortlist_apart_add(tx, found.person, entry.person, scope->actor, scope->now);
    shortlist_apart_add(tx, entry.person, found.person, scope->actor, scope->now);
    give_back_when_empty(scope, tx, request, shortlist);
    return CHOICE_DONE;
}

ChoiceResult shortlist_none_of_these(const Scope *scope, Tx *tx, RequestId request) {
    ShortlistId shortlist;
    if (!find_open(scope, request, &shortlist)) {
        return CHOICE_ELSEWHERE;
    }
    shortlist_set_answers(tx, shortlist, ENTRY_UNANSWERED, ENTRY_NONE_OF_THESE);
    give_back_when_empty(scope, tx, request, shortlist);
    return CHOICE_DONE;
}

/* Opens the list of a withdrawn or declined invitation again. */
static void open_again(const Scope *scope, Tx *tx, RequestId request, ShortlistId shortlist) {
    request_move(scope, tx, request, REQUEST_INVITED, REQUEST_LISTED);
    shortlist_set_state(tx, shortlist, SHORTLIST_OPEN, TIME_NONE);
}

ChoiceResult shortlist_take_back(const Scope *scope, Tx *tx, RequestId request) {
    InvitationWaitingRows rows = invitation_waiting(scope->db, request);
    if (rows.count == 0) {
        return CHOICE_ELSEWHERE;
    }
    const InvitationWaiting *row = &rows.items[0];
    shortlist_set_answer(tx, row->shortlist, row->offer, ENTRY_CHOSEN, ENTRY_UNANSWERED);
    open_again(scope, tx, request,
               row->shortlist); /* the move withdraws the invitation and counts the load */
    return CHOICE_DONE;
}

/* ---- invitations ---- */

bool invitation_find(const Scope *scope, InvitationId id, Invitation *ret_invitation) {
    InvitationById row;
    if (!invitation_by_id(scope->db, id, &row)) {
        return false;
    }
    *ret_invitation = (Invitation){
        .id = row.id,
        .request = row.request,
        .offer = row.offer,
        .program = row.program,
        .receiver = row.receiver,
        .giver = row.giver,
        .state = (InvitationState)row.state,
        .words = row.words,
        .created_at = row.created_at,
        .due_at = row.due_at,
        .answered_at = row.answered_at,
    };
    return true;
}

/* The supporter said no: the family goes on with who is left, or the coordinator looks again. */
static void after_no(const Scope *scope, Tx *tx, const InvitationById *row) {
    shortlist_set_answer(tx, row->shortlist, row->offer, ENTRY_CHOSEN, ENTRY_SAID_NO);
    request_note(scope, tx, row->request, REQUEST_NOTE_SAID_NO, STR(""));
    ShortlistCountLeft left;
    if (shortlist_count_left(scope->db, row->shortlist, &left) && left.entries > 0) {
        open_again(scope, tx, row->request, row->shortlist);
    } else {
        request_move(scope, tx, row->request, REQUEST_INVITED, REQUEST_TAKEN);
    }
}

InvitationResult invitation_answer(Scope *scope, Tx *tx, InvitationId id, InvitationState answer, Str words) {
    InvitationById row;
    assert(answer == INVITATION_ACCEPTED || answer == INVITATION_DECLINED ||
           answer == INVITATION_ANOTHER_TIME);
    bool is_another_time = answer == INVITATION_ANOTHER_TIME;
    Str kept = is_another_time && !str_is_none(words) ? words : STR("");
    if (!invitation_by_id(scope->db, id, &row) ||
        invitation_set_state(tx, id, (int64_t)answer, kept, is_another_time ? TIME_NONE : scope->now) != 1) {
        return INVITATION_OVER;
    }
    if (answer == INVITATION_ACCEPTED &&
        request_move(scope, tx, row.request, REQUEST_INVITED, REQUEST_MATCHED) != REQUEST_DONE) {
        fail(FAIL_DATABASE, "an invitation waited for a request that was not waiting");
    }
    if (answer == INVITATION_DECLINED) {
        after_no(scope, tx, &row);
        offer_load_changed(scope, tx, row.offer);
    }
    tell(scope, tx, row.receiver, TEXT_SHORTLIST_MAIL_SUBJECT);
    return INVITATION_DONE;
}
