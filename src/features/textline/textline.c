/* SPDX-License-Identifier: Apache-2.0 */
/* Whose line it is, and what follows from each text. */
#include "features/textline/textline.h"

#include "features/access/proof.h"
#include "features/audit/audit.h"
#include "features/consent/consent.h"
#include "features/meeting/meeting.h"
#include "features/notice/notice.h"
#include "features/sharing/sharing.h"
#include "features/textline/textline_say.h"
#include "features/youth/youth.h"
#include "textline_sql.h"
#include "texts.h"

#include <assert.h>

/* ---- whose line ---- */

typedef struct Line {
    Str phone_key;
    TextlineOf row; /* step TEXTLINE_NOTHING where there is none yet */
    bool is_open;   /* at this phone */
    bool holds;     /* the question that was asked */
} Line;

static bool is_safe_phone(const Scope *scope, PersonId person, Str phone_key) {
    const NoticePhones phones = notice_phones(scope, person);
    for (size_t at = 0; at < phones.count; at++) {
        const Str key = account_value_index(db_keys(scope->db), scope->arena, CONTACT_POINT_PHONE,
                                            phones.items[at].value);
        if (str_equal(key, phone_key)) {
            return true;
        }
    }
    return false;
}

/* The one person whose line this phone is; 0: nobody's. */
static PersonId person_of(const Scope *scope, Str phone_key) {
    const PersonIds people = account_with_phone(scope, phone_key);
    const bool is_one = people.count == 1 && !youth_has_door(scope, people.items[0]) &&
                        !youth_is_apart(scope, people.items[0]) &&
                        is_safe_phone(scope, people.items[0], phone_key);
    return is_one ? people.items[0] : (PersonId){0};
}

static Line line_of(const Scope *scope, Str phone_key) {
    Line line = {.phone_key = phone_key};
    if (textline_of(scope->db, scope->actor, &line.row) && str_equal(line.row.phone_key, phone_key)) {
        line.is_open = !time_is_none(line.row.open_since);
        line.holds = time_is_before(scope->now, time_after(line.row.step_at, TEXTLINE_HOLDS));
    } else {
        line.row = (TextlineOf){.shown = STR("")};
    }
    return line;
}

Time textline_open_since(const Scope *scope) {
    TextlineOf row;
    return textline_of(scope->db, scope->actor, &row) ? row.open_since : TIME_NONE;
}

void textline_close(Tx *tx, PersonId person) {
    (void)textline_delete(tx, person);
}

/* ---- asking ---- */

static void asked(const Scope *scope, Tx *tx, Str phone_key, const TextlineQuestion *question) {
    textline_ask(tx, &(TextlineAsk){.person = scope->actor,
                                    .phone_key = phone_key,
                                    .step = question->step,
                                    .now = scope->now,
                                    .code = question->code,
                                    .request = question->request,
                                    .offer = question->offer,
                                    .match = question->match,
                                    .meeting = question->meeting,
                                    .shown = str_is_none(question->shown) ? STR("") : question->shown,
                                    .answers = question->answers});
}

static Str say_thing(const Scope *scope, Tx *tx, const TextlineThing *thing, TextlineQuestion *ret_question) {
    switch (thing->kind) {
    case TEXTLINE_OF_LIST:
        return textline_say_list(scope, thing->request, ret_question);
    case TEXTLINE_OF_MEETING:
        return textline_say_meeting(scope, thing->match, thing->meeting, ret_question);
    case TEXTLINE_OF_HEARD:
        return textline_say_heard(scope, thing->match, 0, 0, ret_question);
    case TEXTLINE_OF_MESSAGES:
        return textline_say_messages(scope, tx, thing->match, thing->called, ret_question);
    }
    assert(false && "a kind of thing that nobody says");
    return STR_NONE;
}

/* Is this what the person was asked last? */
static bool is_asked(const Line *line, const TextlineThing *thing) {
    switch (thing->kind) {
    case TEXTLINE_OF_LIST:
        return request_id_equal(line->row.request, thing->request);
    case TEXTLINE_OF_MEETING:
        return meeting_id_equal(line->row.meeting, thing->meeting);
    case TEXTLINE_OF_HEARD:
        return line->row.step == TEXTLINE_HEARD && match_id_equal(line->row.match, thing->match);
    case TEXTLINE_OF_MESSAGES:
        return line->row.step == TEXTLINE_MESSAGE && match_id_equal(line->row.match, thing->match);
    }
    return false;
}

/* The first thing that waits; `is_next`: the one behind what was asked last. */
static Str say_news(Scope *scope, Tx *tx, const Line *line, bool is_next) {
    const TextlineThings things = textline_things(scope);
    size_t from = 0;
    for (size_t at = 0; is_next && line->holds && at < things.count; at++) {
        from = is_asked(line, &things.items[at]) ? at + 1 : from;
    }
    for (size_t at = from; at < things.count; at++) {
        TextlineQuestion question = {0};
        const Str said = say_thing(scope, tx, &things.items[at], &question);
        if (!str_is_none(said)) {
            asked(scope, tx, line->phone_key, &question);
            return said;
        }
    }
    asked(scope, tx, line->phone_key, &(TextlineQuestion){0});
    return textline_say_standing(scope);
}

/* What was done, and what waits behind it. */
static Str say_done(Scope *scope, Tx *tx, const Line *line, Str done) {
    const Str behind = say_news(scope, tx, line, false); /* once: it marks what it says as read */
    return str_print(scope->arena, "%.*s\n%.*s", STR_ARGS(done), STR_ARGS(behind));
}

/* A question that follows from an answer; when there is nothing to ask, the person is told so. */
static Str say_following(Scope *scope, Tx *tx, const Line *line, Str said, const TextlineQuestion *question) {
    if (str_is_none(said)) {
        return say_done(scope, tx, line, text_str(scope->lang, TEXT_TEXTLINE_OVER));
    }
    asked(scope, tx, line->phone_key, question);
    return said;
}

/* ---- answering ---- */

/* The number at that place of what was shown. */
static bool shown_number(const TextlineOf *row, int64_t place, int64_t *ret_number) {
    Str left = row->shown;
    Str one = STR_NONE;
    do {
        (void)str_cut(left, ' ', &one, &left);
    } while (place-- > 0 && !str_is_empty(left));
    return place < 0 && str_to_int(one, INT64_MIN, INT64_MAX, ret_number);
}

/* How many numbers stand in what was shown. */
static int64_t shown_count(const TextlineOf *row) {
    int64_t count = row->shown.length > 0;
    for (size_t at = 0; at < row->shown.length; at++) {
        count += row->shown.at[at] == ' ';
    }
    return count;
}

/* The page that does the same is `page`: it stands in the audit by that name. */
static bool may(Scope *scope, Tx *tx, AccessAction rule, int64_t object, Str page) {
    if (!access_may(scope, rule, object)) {
        return false;
    }
    const AccessObject kind = access_object(rule);
    const AccessSubjects subjects = access_subjects(scope, kind, object);
    audit_add_about(scope, tx,
                    &(AuditEntry){.action = page,
                                  .kind = kind,
                                  .object = object,
                                  .program = subjects.program,
                                  .outcome = AUDIT_CHANGED},
                    &subjects);
    return true;
}

static Str choice_said(ChoiceResult result, Lang lang, Text done) {
    switch (result) {
    case CHOICE_DONE:
        return text_str(lang, done);
    case CHOICE_FULL:
        return text_str(lang, TEXT_TEXTLINE_FULL);
    case CHOICE_ELSEWHERE:
        return text_str(lang, TEXT_TEXTLINE_OVER);
    }
    assert(false && "a result that nobody says");
    return STR_NONE;
}

static Str answer_list(Scope *scope, Tx *tx, const Line *line, int64_t place) {
    const TextlineOf *row = &line->row;
    int64_t offer = 0;
    TextlineQuestion question = {0};
    if (place < shown_count(row) && shown_number(row, place, &offer)) {
        const Str said = textline_say_person(scope, row->request, (OfferId){offer}, &question);
        return say_following(scope, tx, line, said, &question);
    }
    if (!may(scope, tx, ACCESS_REQUEST_CHANGE, row->request.value, STR("choose_none_do"))) {
        return say_done(scope, tx, line, text_str(scope->lang, TEXT_TEXTLINE_OVER));
    }
    const ChoiceResult result = shortlist_none_of_these(scope, tx, row->request);
    return say_done(scope, tx, line, choice_said(result, scope->lang, TEXT_TEXTLINE_NONE_DONE));
}

static Str answer_consent(Scope *scope, Tx *tx, const Line *line) {
    const TextlineOf *row = &line->row;
    Offer offer;
    TextlineQuestion question = {0};
    if (!offer_find(scope, row->offer, &offer)) {
        return say_done(scope, tx, line, text_str(scope->lang, TEXT_TEXTLINE_OVER));
    }
    /* The words that were read are those that are kept: a name or the language may have changed. */
    const Str words = consent_choosing_words(scope, offer.called, 0);
    if (!str_equal(consent_words_hash(scope, words), row->shown)) {
        const Str said = textline_say_consent(scope, row->request, row->offer, &question);
        return say_following(scope, tx, line, said, &question);
    }
    if (!may(scope, tx, ACCESS_REQUEST_CHANGE, row->request.value, STR("choose_one_do"))) {
        return say_done(scope, tx, line, text_str(scope->lang, TEXT_TEXTLINE_OVER));
    }
    InvitationId invitation;
    const ChoiceResult result = shortlist_choose(scope, tx, row->request, row->offer, 0, &invitation);
    return say_done(scope, tx, line, choice_said(result, scope->lang, TEXT_TEXTLINE_CHOSEN));
}

static Str meeting_said(MeetingResult result, Lang lang, Text done) {
    switch (result) {
    case MEETING_DONE:
        return text_str(lang, done);
    case MEETING_TAKEN:
        return text_str(lang, TEXT_TEXTLINE_TIME_TAKEN);
    case MEETING_FULL:
    case MEETING_NOT_NOW:
    case MEETING_ELSEWHERE:
        return text_str(lang, TEXT_TEXTLINE_OVER);
    }
    assert(false && "a result that nobody says");
    return STR_NONE;
}

static Str answer_meeting(Scope *scope, Tx *tx, const Line *line, int64_t place) {
    const TextlineOf *row = &line->row;
    if (!may(scope, tx, ACCESS_MATCH_CHANGE, row->match.value, STR("meeting_answer_do"))) {
        return say_done(scope, tx, line, text_str(scope->lang, TEXT_TEXTLINE_OVER));
    }
    int64_t us = 0;
    if (place == shown_count(row)) {
        const MeetingResult result = meeting_let_be(scope, tx, row->match, row->meeting);
        return say_done(scope, tx, line, meeting_said(result, scope->lang, TEXT_TEXTLINE_TIME_NONE));
    }
    const bool is_shown = shown_number(row, place, &us);
    assert(is_shown && "only a number that stands for something comes here");
    const MeetingResult result = meeting_accept(scope, tx, row->match, row->meeting, (Time){us});
    return say_done(scope, tx, line, meeting_said(result, scope->lang, TEXT_TEXTLINE_TIME_SET));
}

static Str answer_heard(Scope *scope, Tx *tx, const Line *line, HeardAnswer answer) {
    const TextlineOf *row = &line->row;
    const int question = (int)row->code;
    int64_t answers = answer;
    for (int at = 0; at < question; at++) {
        answers *= HEARD_ANSWERS;
    }
    answers += row->answers;
    if (question + 1 < HEARD_QUESTIONS) {
        TextlineQuestion next = {0};
        const Str said = textline_say_heard(scope, row->match, question + 1, answers, &next);
        return say_following(scope, tx, line, said, &next);
    }
    HeardAnswers all = {0};
    for (int at = 0; at < HEARD_QUESTIONS; at++) {
        all.of[at] = (HeardAnswer)(answers % HEARD_ANSWERS);
        answers /= HEARD_ANSWERS;
    }
    const bool is_saved =
        may(scope, tx, ACCESS_MATCH_CHANGE, row->match.value, STR("heard_do")) &&
        heard_save(scope, tx, row->match, heard_is_empty(&all) ? NULL : &all) == HEARD_SAVED;
    return say_done(scope, tx, line,
                    text_str(scope->lang, is_saved ? TEXT_TEXTLINE_HEARD_DONE : TEXT_TEXTLINE_OVER));
}

/* What was written behind the number. */
static Str behind_number(Str body) {
    size_t at = 0;
    while (at < body.length && (body.at[at] < '0' || body.at[at] > '9')) {
        at++;
    }
    while (at < body.length && body.at[at] >= '0' && body.at[at] <= '9') {
        at++;
    }
    while (at < body.length && (body.at[at] == ':' || body.at[at] == '.' || body.at[at] == ')')) {
        at++;
    }
    return str_trim(str_part(body, at, body.length));
}

static Str message_said(const Scope *scope, const Match *match, MessageResult result, Time reaches_at) {
    const Words words = scope_words(scope);
    switch (result) {
    case MESSAGE_SENT:
        return text_textline_sent(&words, match_other_called(match, scope->actor));
    case MESSAGE_WAITS:
        return text_textline_waits(&words, match_other_called(match, scope->actor), reaches_at);
    case MESSAGE_UNFIT:
        return text_str(scope->lang, TEXT_TEXTLINE_NO_WORDS);
    case MESSAGE_NOT_SHARED:
    case MESSAGE_OVER:
    case MESSAGE_ELSEWHERE:
        return text_str(scope->lang, TEXT_TEXTLINE_NOT_SENT);
    }
    assert(false && "a result that nobody says");
    return STR_NONE;
}

/* The number stays good: a talk goes back and forth. */
static Str answer_message(Scope *scope, Tx *tx, const Line *line, const TextlineIn *in) {
    const TextlineOf *row = &line->row;
    Match match;
    Request request;
    if (!match_find(scope, row->match, &match) || !request_find(scope, match.request, &request) ||
        !may(scope, tx, ACCESS_MESSAGE, match.id.value, STR("message_send_do"))) {
        return text_str(scope->lang, TEXT_TEXTLINE_NOT_SENT);
    }
    MessageSent sent = {0};
    const MessageNew message = {.words = behind_number(in->body),
                                .is_part2 = request.is_part2,
                                .capture = str_part(in->name, 0, MESSAGE_CAPTURE_BYTES),
                                .captured_at = scope->now};
    const MessageResult result = message_send(scope, tx, match.id, &message, &sent);
    return str_print(scope->arena, "%.*s %.*s",
                     STR_ARGS(message_said(scope, &match, result, sent.reaches_at)),
                     STR_ARGS(text_str(scope->lang, TEXT_TEXTLINE_NEWS_NEXT)));
}

static Str answer_sharing(Scope *scope, Tx *tx, const Line *line, int64_t place) {
    int64_t id = 0;
    const bool is_shown = shown_number(&line->row, place, &id);
    assert(is_shown && "only a number that stands for something comes here");
    const bool is_stopped = may(scope, tx, ACCESS_CONSENT_CHANGE, id, STR("sharing_stop_do")) &&
                            sharing_stop(scope, tx, (ConsentId){id}) == CONSENT_DONE;
    return say_done(scope, tx, line,
                    text_str(scope->lang, is_stopped ? TEXT_TEXTLINE_STOPPED : TEXT_TEXTLINE_OVER));
}

/* How many numbers the question takes, from its first one on. */
static int64_t numbers_of(const TextlineOf *row) {
    switch ((TextlineStep)row->step) {
    case TEXTLINE_NOTHING:
        return 0;
    case TEXTLINE_AGREE:
    case TEXTLINE_PERSON:
    case TEXTLINE_CONSENT:
    case TEXTLINE_MESSAGE:
        return 1;
    case TEXTLINE_LIST:
    case TEXTLINE_MEETING:
        return shown_count(row) + 1;
    case TEXTLINE_SHARING:
        return shown_count(row);
    case TEXTLINE_HEARD:
        return HEARD_ANSWERS;
    }
    return 0;
}

/* `place`: counted from the question's first number. */
static Str answer_place(Scope *scope, Tx *tx, const Line *line, int64_t place, const TextlineIn *in) {
    TextlineQuestion question = {0};
    switch ((TextlineStep)line->row.step) {
    case TEXTLINE_NOTHING:
        break;
    case TEXTLINE_AGREE:
        (void)textline_set_open(tx, scope->actor, scope->now);
        audit_add(scope, tx,
                  &(AuditEntry){
                      .action = STR("textline_opened"), .subject = scope->actor, .outcome = AUDIT_CHANGED});
        return say_news(scope, tx, line, false);
    case TEXTLINE_LIST:
        return answer_list(scope, tx, line, place);
    case TEXTLINE_PERSON: {
        const Str said = textline_say_consent(scope, line->row.request, line->row.offer, &question);
        return say_following(scope, tx, line, said, &question);
    }
    case TEXTLINE_CONSENT:
        return answer_consent(scope, tx, line);
    case TEXTLINE_MEETING:
        return answer_meeting(scope, tx, line, place);
    case TEXTLINE_HEARD:
        return answer_heard(scope, tx, line, (HeardAnswer)place);
    case TEXTLINE_MESSAGE:
        return answer_message(scope, tx, line, in);
    case TEXTLINE_SHARING:
        return answer_sharing(scope, tx, line, place);
    }
    assert(false && "a question that has no numbers");
    return STR_NONE;
}

static Str answer_number(Scope *scope, Tx *tx, const Line *line, int64_t number, const TextlineIn *in) {
    const int64_t first = line->row.step == TEXTLINE_HEARD ? 0 : line->row.code;
    const int64_t place = number - first;
    if (line->holds && place >= 0 && place < numbers_of(&line->row)) {
        return answer_place(scope, tx, line, place, in);
    }
    (void)textline_count_wrong(tx, scope->actor);
    if (!line->holds || line->row.wrong + 1 >= TEXTLINE_WRONG_MOST) {
        (void)textline_drop_question(tx, scope->actor);
    }
    return text_str(scope->lang, TEXT_TEXTLINE_WRONG_NUMBER);
}

/* ---- words ---- */

typedef enum Keyword {
    KEYWORD_NONE,
    KEYWORD_NEWS,
    KEYWORD_NEXT,
    KEYWORD_WRITE,
    KEYWORD_SHARE,
    KEYWORD_CLOSE
} Keyword;
static const struct {
    const char *word;
    Keyword means;
} keywords[] = {
    {"news", KEYWORD_NEWS},      {"new", KEYWORD_NEWS},      {"nuevo", KEYWORD_NEWS},
    {"novedades", KEYWORD_NEWS}, {"noticias", KEYWORD_NEWS}, {"next", KEYWORD_NEXT},
    {"siguiente", KEYWORD_NEXT}, {"otro", KEYWORD_NEXT},     {"write", KEYWORD_WRITE},
    {"escribir", KEYWORD_WRITE}, {"share", KEYWORD_SHARE},   {"comparto", KEYWORD_SHARE},
    {"close", KEYWORD_CLOSE},    {"cerrar", KEYWORD_CLOSE},
};

static Keyword keyword_of(Str plain) {
    for (size_t at = 0; at < sizeof keywords / sizeof keywords[0]; at++) {
        if (str_equal(plain, str_of(keywords[at].word))) {
            return keywords[at].means;
        }
    }
    return KEYWORD_NONE;
}

/* The number that a text begins with; only in front of a message may words follow. */
static bool number_of(const Line *line, Str plain, int64_t *ret_number) {
    Str first = STR_NONE;
    Str rest = STR_NONE;
    (void)str_cut(plain, ' ', &first, &rest);
    const bool may_follow = line->row.step == TEXTLINE_MESSAGE;
    return str_to_int(first, 0, 999, ret_number) && (may_follow || str_is_empty(rest));
}

static Str answer_keyword(Scope *scope, Tx *tx, const Line *line, Keyword keyword) {
    TextlineQuestion question = {0};
    switch (keyword) {
    case KEYWORD_NONE:
        break;
    case KEYWORD_NEWS:
        return say_news(scope, tx, line, false);
    case KEYWORD_NEXT:
        return say_news(scope, tx, line, true);
    case KEYWORD_WRITE: {
        const bool is_again = line->holds && line->row.step == TEXTLINE_MESSAGE;
        const Str said = textline_say_write(scope, is_again ? line->row.match : (MatchId){0}, &question);
        if (str_is_none(said)) {
            return text_str(scope->lang, TEXT_TEXTLINE_NOBODY_YET);
        }
        asked(scope, tx, line->phone_key, &question);
        return said;
    }
    case KEYWORD_SHARE: {
        const Str said = textline_say_sharing(scope, &question);
        if (str_is_none(said)) {
            return text_str(scope->lang, TEXT_TEXTLINE_SHARES_NOTHING);
        }
        asked(scope, tx, line->phone_key, &question);
        return said;
    }
    case KEYWORD_CLOSE:
        textline_close(tx, scope->actor);
        audit_add(scope, tx,
                  &(AuditEntry){
                      .action = STR("textline_closed"), .subject = scope->actor, .outcome = AUDIT_CHANGED});
        return text_str(scope->lang, TEXT_TEXTLINE_CLOSED);
    }
    assert(false && "only words that mean something come here");
    return STR_NONE;
}

TextlineResult textline_take(const Scope *scope, Tx *tx, const TextlineIn *in, Str *ret_answer) {
    assert(in->name.length >= TEXTLINE_NAME_BYTES);
    Scope own = *scope;
    Person person;
    own.actor = person_of(scope, in->phone_key);
    own.proofs = PROOF_PHONE; /* whatever is said goes to that phone */
    if (own.actor.value == 0 || !account_person_find(scope, own.actor, &person)) {
        return TEXTLINE_NOBODYS;
    }
    own.lang = person.lang;
    const Line line = line_of(&own, in->phone_key);
    const Keyword keyword = keyword_of(in->plain);
    int64_t number = 0;
    const bool is_number = number_of(&line, in->plain, &number);
    const bool agrees = is_number && line.row.step == TEXTLINE_AGREE;
    if (!line.is_open && !agrees) {
        if (keyword != KEYWORD_NEWS) {
            return TEXTLINE_NOBODYS;
        }
        TextlineQuestion question;
        *ret_answer = textline_say_agree(&own, &question);
        asked(&own, tx, in->phone_key, &question);
        return TEXTLINE_ANSWERED;
    }
    if (keyword != KEYWORD_NONE) {
        *ret_answer = answer_keyword(&own, tx, &line, keyword);
        return TEXTLINE_ANSWERED;
    }
    if (is_number) {
        *ret_answer = answer_number(&own, tx, &line, number, in);
        return TEXTLINE_ANSWERED;
    }
    return TEXTLINE_NOT_UNDERSTOOD;
}
