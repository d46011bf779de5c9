/* SPDX-License-Identifier: Apache-2.0 */
/* What is said by text: each answer ends with what can be sent next. */
#include "features/textline/textline_say.h"

#include "features/access/access.h"
#include "features/consent/consent.h"
#include "features/meeting/meeting.h"
#include "features/notice/notice.h"
#include "textline_sql.h"
#include "texts.h"

enum {
    CODE_LEAST = 10, /* two digits, and so many behind it that those of all choices have two */
    CODES = 80,
    THINGS_MOST = 100,
    SHOWN_MOST = 400,
    SHARING_MOST = 10,
    WALKS_SAID_MOST = 5,
    WORDS_SHOWN_MOST = 900, /* characters of others' words in one answer */
    ANSWER_BYTES = 8 * 1024,
};

static int64_t code_draw(const Scope *scope) {
    return CODE_LEAST + (int64_t)random_below(scope->random, CODES);
}

static Str ended(Buf *answer) {
    return str_first_characters(buf_str(answer), TEXTLINE_ANSWER_MOST);
}

/* Words for a text, where no notice can stand beside them: what is marked is withheld with a sentence. */
static Str open_words(const Scope *scope, Part2Words said) {
    const Words words = scope_words(scope);
    return part2_open_noted(&words, STR_NONE, said);
}

/* ---- what waits ---- */

typedef struct ThingList {
    TextlineThing items[THINGS_MOST];
    size_t count;
} ThingList;

static void thing_add(ThingList *list, TextlineThing thing) {
    if (list->count < THINGS_MOST) {
        list->items[list->count++] = thing;
    }
}

static void add_lists(Scope *scope, ThingList *list) {
    const TextlineListsRows rows = textline_lists(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count; at++) {
        const RequestId request = rows.items[at].id;
        if (access_may(scope, ACCESS_REQUEST_CHANGE, request.value) &&
            shortlist_people(scope, request).count > 0) {
            thing_add(list, (TextlineThing){.kind = TEXTLINE_OF_LIST, .request = request});
        }
    }
}

static void add_meetings(Scope *scope, ThingList *list) {
    const MeetingAskeds asked = meeting_asked(scope);
    for (size_t at = 0; at < asked.count; at++) {
        const MeetingAsked *one = &asked.items[at];
        if (access_may(scope, ACCESS_MATCH_CHANGE, one->match.value)) {
            thing_add(list, (TextlineThing){.kind = TEXTLINE_OF_MEETING,
                                            .match = one->match,
                                            .meeting = one->meeting,
                                            .called = one->called});
        }
    }
}

static void add_heard(Scope *scope, ThingList *list) {
    const HeardAskedList asked = heard_list_asked(scope);
    for (size_t at = 0; at < asked.count; at++) {
        if (access_may(scope, ACCESS_MATCH_CHANGE, asked.items[at].match.value)) {
            thing_add(list, (TextlineThing){.kind = TEXTLINE_OF_HEARD,
                                            .match = asked.items[at].match,
                                            .called = asked.items[at].other_called});
        }
    }
}

static void add_messages(Scope *scope, ThingList *list) {
    const MessageNewsList news = message_news(scope);
    for (size_t at = 0; at < news.count; at++) {
        Match match;
        if (access_may(scope, ACCESS_MESSAGE, news.items[at].match.value) &&
            match_find(scope, news.items[at].match, &match)) {
            thing_add(list, (TextlineThing){.kind = TEXTLINE_OF_MESSAGES,
                                            .match = match.id,
                                            .called = match_other_called(&match, scope->actor)});
        }
    }
}

TextlineThings textline_things(Scope *scope) {
    ThingList *list = NEW(scope->arena, ThingList);
    add_lists(scope, list);
    add_meetings(scope, list);
    add_messages(scope, list);
    add_heard(scope, list);
    return (TextlineThings){.items = list->items, .count = list->count};
}

/* ---- choosing somebody ---- */

Str textline_say_agree(const Scope *scope, TextlineQuestion *ret_question) {
    const Words words = scope_words(scope);
    *ret_question = (TextlineQuestion){.step = TEXTLINE_AGREE, .code = code_draw(scope)};
    return text_textline_agree(&words, ret_question->code);
}

Str textline_say_list(const Scope *scope, RequestId request, TextlineQuestion *ret_question) {
    const ShortlistPeople people = shortlist_people(scope, request);
    if (people.count == 0) {
        return STR_NONE;
    }
    const Words words = scope_words(scope);
    const int64_t code = code_draw(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    Buf shown = buf_new(scope->arena, SHOWN_MOST);
    buf_add(&answer, text_str(scope->lang, TEXT_TEXTLINE_LIST));
    for (size_t at = 0; at < people.count; at++) {
        buf_print(&answer, "\n%lld %.*s", (long long)code + (long long)at, STR_ARGS(people.items[at].called));
        buf_print(&shown, "%s%lld", at == 0 ? "" : " ", (long long)people.items[at].offer.value);
    }
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_textline_list_none(&words, code + (int64_t)people.count));
    *ret_question =
        (TextlineQuestion){.step = TEXTLINE_LIST, .code = code, .request = request, .shown = buf_str(&shown)};
    return ended(&answer);
}

static const ShortlistPerson *person_of(const ShortlistPeople *people, OfferId offer) {
    for (size_t at = 0; at < people->count; at++) {
        if (offer_id_equal(people->items[at].offer, offer)) {
            return &people->items[at];
        }
    }
    return NULL;
}

Str textline_say_person(const Scope *scope, RequestId request, OfferId offer,
                        TextlineQuestion *ret_question) {
    const ShortlistPeople people = shortlist_people(scope, request);
    const ShortlistPerson *person = person_of(&people, offer);
    if (person == NULL) {
        return STR_NONE;
    }
    const Words words = scope_words(scope);
    const int64_t code = code_draw(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    buf_add(&answer, person->called);
    const Str relation = program_item_label(scope, person->relation);
    if (!str_is_empty(relation)) {
        buf_print(&answer, " (%.*s)", STR_ARGS(relation));
    }
    buf_print(&answer, ": %.*s", STR_ARGS(str_excerpt(scope->arena, person->about, WORDS_SHOWN_MOST)));
    const Strs why = shortlist_why(scope, people.list, person->position);
    for (size_t at = 0; at < why.count; at++) {
        buf_print(&answer, "\n- %.*s", STR_ARGS(why.items[at]));
    }
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_textline_person_next(&words, person->called, code));
    *ret_question =
        (TextlineQuestion){.step = TEXTLINE_PERSON, .code = code, .request = request, .offer = offer};
    return ended(&answer);
}

Str textline_say_consent(const Scope *scope, RequestId request, OfferId offer,
                         TextlineQuestion *ret_question) {
    const ShortlistPeople people = shortlist_people(scope, request);
    const ShortlistPerson *person = person_of(&people, offer);
    Request asked;
    if (person == NULL || !request_find(scope, request, &asked)) {
        return STR_NONE;
    }
    const Words words = scope_words(scope);
    const int64_t code = code_draw(scope);
    const Str consent = consent_choosing_words(scope, person->called, 0);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    buf_add(&answer, consent);
    buf_add_char(&answer, '\n');
    buf_add(&answer, program_words(scope, asked.program, PROGRAM_MUST_TELL));
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_textline_consent_next(&words, person->called, code));
    if (str_characters(buf_str(&answer)) > TEXTLINE_ANSWER_MOST) {
        /* A consent is read whole, or not given. */
        *ret_question = (TextlineQuestion){0};
        return text_textline_too_long(&words, notice_link(scope));
    }
    *ret_question = (TextlineQuestion){.step = TEXTLINE_CONSENT,
                                       .code = code,
                                       .request = request,
                                       .offer = offer,
                                       .shown = consent_words_hash(scope, consent)};
    return buf_str(&answer);
}

/* ---- walking ---- */

/* The actor's meeting that waits for their answer. */
static bool find_waiting(const Scope *scope, MatchId match, MeetingId id, MeetingWalk *ret_walk,
                         Meeting *ret_meeting) {
    return meeting_walk(scope, match, ret_walk) && ret_walk->may_meet &&
           meeting_find(scope, match, id, ret_meeting) && ret_meeting->waiting.count > 0 &&
           !person_id_equal(ret_meeting->waiting_by, scope->actor);
}

Str textline_say_meeting(const Scope *scope, MatchId match, MeetingId id, TextlineQuestion *ret_question) {
    MeetingWalk walk;
    Meeting meeting;
    if (!find_waiting(scope, match, id, &walk, &meeting)) {
        return STR_NONE;
    }
    const Words words = scope_words(scope);
    const int64_t code = code_draw(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    Buf shown = buf_new(scope->arena, SHOWN_MOST);
    buf_add(&answer,
            text_textline_meeting(&words, walk.other_called, meeting_how_text(meeting.how), meeting.minutes));
    const Str place = open_words(scope, meeting.place);
    if (!str_is_empty(place)) {
        buf_print(&answer, "\n%.*s", STR_ARGS(place));
    }
    for (size_t at = 0; at < meeting.waiting.count; at++) {
        const Str when = meeting_when(&words, walk.clock, meeting.waiting.at[at]);
        buf_print(&answer, "\n%lld %.*s", (long long)code + (long long)at, STR_ARGS(when));
        buf_print(&shown, "%s%lld", at == 0 ? "" : " ", (long long)meeting.waiting.at[at].us);
    }
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_textline_meeting_none(&words, code + (int64_t)meeting.waiting.count));
    *ret_question = (TextlineQuestion){
        .step = TEXTLINE_MEETING, .code = code, .match = match, .meeting = id, .shown = buf_str(&shown)};
    return ended(&answer);
}

Str textline_say_heard(const Scope *scope, MatchId match, int question, int64_t answers,
                       TextlineQuestion *ret_question) {
    Match walk;
    if (!match_find(scope, match, &walk)) {
        return STR_NONE;
    }
    const Words words = scope_words(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    if (question == 0) {
        buf_add(&answer, text_textline_heard(&words, match_other_called(&walk, scope->actor)));
        buf_add_char(&answer, '\n');
    }
    buf_add(&answer, text_str(scope->lang, heard_question_text((HeardQuestion)question)));
    for (int one = HEARD_YES; one <= HEARD_NO; one++) {
        buf_print(
            &answer, "\n%d %.*s", one,
            STR_ARGS(text_str(scope->lang, heard_answer_text((HeardQuestion)question, (HeardAnswer)one))));
    }
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_str(scope->lang, TEXT_TEXTLINE_HEARD_NEXT));
    *ret_question =
        (TextlineQuestion){.step = TEXTLINE_HEARD, .code = question, .match = match, .answers = answers};
    return ended(&answer);
}

Str textline_say_messages(const Scope *scope, Tx *tx, MatchId match, Str called,
                          TextlineQuestion *ret_question) {
    const Words words = scope_words(scope);
    const Messages messages = message_list(scope, match, (MessageId){0});
    Buf answer = buf_new(scope->arena, 2 * ANSWER_BYTES);
    Time read = TIME_NONE;
    bool is_cut = false;
    for (size_t at = 0; at < messages.count && !is_cut; at++) {
        const Message *message = &messages.items[at];
        if (!message->is_new) {
            continue;
        }
        const Str said = open_words(scope, message->words);
        const size_t length = str_characters(buf_str(&answer)) + str_characters(said);
        if (!time_is_none(read) && length > WORDS_SHOWN_MOST) {
            break; /* the next answer has them */
        }
        is_cut = length > WORDS_SHOWN_MOST;
        buf_print(&answer, "%.*s: %.*s\n", STR_ARGS(called),
                  STR_ARGS(str_excerpt(scope->arena, said, WORDS_SHOWN_MOST)));
        read = message->reaches_at;
    }
    if (time_is_none(read)) {
        return STR_NONE;
    }
    if (is_cut) {
        buf_add(&answer, text_textline_message_cut(&words, notice_link(scope)));
        buf_add_char(&answer, '\n');
    }
    message_seen(scope, tx, match, read);
    *ret_question = (TextlineQuestion){.step = TEXTLINE_MESSAGE, .code = code_draw(scope), .match = match};
    buf_add(&answer, text_textline_message_next(&words, called, ret_question->code));
    return ended(&answer);
}

Str textline_say_write(Scope *scope, MatchId after, TextlineQuestion *ret_question) {
    const TextlineWalksRows rows = textline_walks(scope->db, scope->actor);
    const Words words = scope_words(scope);
    Match first = {0};
    Match next = {0};
    size_t count = 0;
    for (size_t at = 0; at < rows.count; at++) {
        Match match;
        if (!access_may(scope, ACCESS_MESSAGE, rows.items[at].id.value) ||
            !match_find(scope, rows.items[at].id, &match)) {
            continue;
        }
        first = count++ == 0 ? match : first;
        next = next.id.value == 0 && match.id.value > after.value ? match : next;
    }
    if (count == 0) {
        return STR_NONE;
    }
    const Match *to = next.id.value != 0 ? &next : &first;
    const Str called = match_other_called(to, scope->actor);
    *ret_question = (TextlineQuestion){.step = TEXTLINE_MESSAGE, .code = code_draw(scope), .match = to->id};
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    buf_add(&answer, text_textline_message_next(&words, called, ret_question->code));
    if (count > 1) {
        buf_add_char(&answer, ' ');
        buf_add(&answer, text_str(scope->lang, TEXT_TEXTLINE_WRITE_OTHER));
    }
    return ended(&answer);
}

Str textline_say_sharing(const Scope *scope, TextlineQuestion *ret_question) {
    const Consents all = consent_list(scope, scope->actor);
    const int64_t code = code_draw(scope);
    const Words words = scope_words(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    Buf shown = buf_new(scope->arena, SHOWN_MOST);
    int64_t count = 0;
    for (size_t at = 0; at < all.count && count < SHARING_MOST; at++) {
        const Consent *one = &all.items[at];
        if (one->state != CONSENT_LIVING) {
            continue;
        }
        const Str with =
            one->to == CONSENT_TO_COORDINATORS
                ? text_textline_sharing_program(&words, program_words(scope, one->program, PROGRAM_NAME))
                : one->to_called;
        buf_print(&answer, "\n%lld %.*s", (long long)(code + count), STR_ARGS(with));
        buf_print(&shown, "%s%lld", count++ == 0 ? "" : " ", (long long)one->id.value);
    }
    if (count == 0) {
        return STR_NONE;
    }
    *ret_question = (TextlineQuestion){.step = TEXTLINE_SHARING, .code = code, .shown = buf_str(&shown)};
    return str_print(scope->arena, "%.*s%.*s", STR_ARGS(text_str(scope->lang, TEXT_TEXTLINE_SHARING)),
                     STR_ARGS(buf_str(&answer)));
}

static void add_walks(Scope *scope, Buf *answer) {
    const Words words = scope_words(scope);
    const TextlineWalksRows rows = textline_walks(scope->db, scope->actor);
    for (size_t at = 0; at < rows.count && at < WALKS_SAID_MOST; at++) {
        Match match;
        if (access_may(scope, ACCESS_MATCH_CHANGE, rows.items[at].id.value) &&
            match_find(scope, rows.items[at].id, &match) && match.state != MATCH_PAUSED) {
            buf_add_char(answer, '\n');
            buf_add(answer, text_textline_walk(&words, match_other_called(&match, scope->actor)));
        }
    }
}

Str textline_say_standing(Scope *scope) {
    const Words words = scope_words(scope);
    Buf answer = buf_new(scope->arena, ANSWER_BYTES);
    buf_add(&answer, text_str(scope->lang, TEXT_TEXTLINE_NOTHING));
    const TextlineRequestsRows requests = textline_requests(scope->db, scope->actor);
    Request request;
    if (requests.count > 0 && access_may(scope, ACCESS_REQUEST_CHANGE, requests.items[0].id.value) &&
        request_find(scope, requests.items[0].id, &request)) {
        buf_print(&answer, "\n%.*s. %.*s",
                  STR_ARGS(text_str(scope->lang, request_standing_text(scope, &request))),
                  STR_ARGS(request_next_words(scope, &request)));
    }
    add_walks(scope, &answer);
    const MeetingNext meeting = meeting_next(scope);
    if (!meeting_id_is_none(meeting.id)) {
        buf_add_char(&answer, '\n');
        buf_add(&answer, text_textline_meeting_is(&words, meeting.called, meeting_how_text(meeting.how),
                                                  meeting_when(&words, meeting.clock, meeting.starts_at)));
    }
    buf_add_char(&answer, '\n');
    buf_add(&answer, text_str(scope->lang, TEXT_TEXTLINE_WORDS));
    return ended(&answer);
}
