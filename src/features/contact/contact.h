/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts of a match, and tries: what the giver logs in half a minute, and what either person writes beside
 * it.
 *
 * The receiver reads every contact. Nobody changes one: whoever remembers it differently sets an answer
 * beside it, and both stand. */
#ifndef CONTACT_H
#define CONTACT_H

#include "features/contact/contact_flow.h"
#include "features/match/match.h"
#include "features/program/program.h"
#include "features/promise/promise.h"
#include "platform/part2.h"
#include "platform/scope.h"

typedef enum ContactKind {
    CONTACT_CALL = 1,
    CONTACT_TEXT = 2,
    CONTACT_VISIT = 3,
    CONTACT_VIDEO = 4,
    CONTACT_MAIL = 5,
} ContactKind;

typedef enum ContactOutcome {
    CONTACT_TALKED = 1, /* someone was reached */
    CONTACT_NO_ANSWER = 2,
    CONTACT_LEFT_MESSAGE = 3,
    CONTACT_WRONG_NUMBER = 4,
} ContactOutcome;

/* The four kinds of support, as bits. */
typedef enum ContactSupport {
    CONTACT_EMOTIONAL = 1 << 0,     /* listening, encouraging */
    CONTACT_INFORMATIONAL = 1 << 1, /* knowing how things work */
    CONTACT_INSTRUMENTAL = 1 << 2,  /* a hand with something concrete */
    CONTACT_AFFILIATIONAL = 1 << 3, /* company, and meeting others */
} ContactSupport;

/* Where they met, if anybody said. */
typedef enum ContactVenue {
    CONTACT_VENUE_NONE = 0, /* nothing was said */
    CONTACT_VENUE_HOME = 1,
    CONTACT_VENUE_SCHOOL = 2,
    CONTACT_VENUE_PROGRAM = 3, /* where the program is */
    CONTACT_VENUE_OUT = 4,     /* a park, a shop, on the way */
    CONTACT_VENUE_OFFICE = 5,  /* a court, a clinic, a meeting */
} ContactVenue;

/* What was done, each an item of LIST_ACTIVITY. */
typedef struct ContactDone {
    const ListItemId *items;
    size_t count; /* at most CONTACT_DONE_MOST */
} ContactDone;

typedef struct ContactNew {
    MatchId match;
    ContactKind kind;
    ContactOutcome outcome;
    int64_t minutes;  /* 0 when nobody was reached */
    unsigned support; /* ContactSupport bits; 0 when nobody was reached */
    ContactDone done; /* what is not of the walk's program is not written; nothing when nobody was reached */
    ContactVenue venue;
    int64_t travel_minutes; /* there and back, also of a try */
    Str line;               /* may be empty */
    bool is_part2;          /* the line may tell of substance use */
    ContactFlow flow;       /* as the giver says it; nothing where both do not wish it */
    Time at;                /* TIME_NONE: now; a later moment counts as now */
    /* CONTACT_CAPTURE_BYTES random bytes, drawn where it was written down: whoever sends the same again,
     * because no answer came, logs it once. STR_NONE: sent only once. */
    Str capture;
} ContactNew;

enum { CONTACT_CAPTURE_BYTES = 16, CONTACT_OTHERS_MOST = 20, CONTACT_DONE_MOST = 20 };

/* Logs a contact by the actor. When someone was reached the match moves on (match_reached()). With a capture
 * that was logged before, that contact. */
ContactId contact_add(const Scope *scope, Tx *tx, const ContactNew *contact);

/* Walks of the same giver. */
typedef struct ContactOthers {
    const MatchId *items;
    size_t count; /* at most CONTACT_OTHERS_MOST */
} ContactOthers;

/* What the page of the log asks: a contact, and with it perhaps what was promised. */
typedef struct ContactLog {
    ContactNew contact;
    /* Who else was in it: it is written in each one's walk, there without the line, the promise and the way,
     * and says to nobody who the others were. Only where somebody was reached. */
    ContactOthers others;
    Str promise; /* empty: nothing */
    PromiseDay promise_day;
    Time written_at; /* when it was written down: the promise's day counts from it; TIME_NONE: now */
} ContactLog;

typedef enum ContactResult {
    CONTACT_LOGGED,
    CONTACT_NOT_SHARED, /* a receiver shares nothing with the giver now; nothing was written */
    CONTACT_OVER,       /* the walk has ended; nothing was written */
    CONTACT_ELSEWHERE,  /* a match in which the actor does not give, or named twice; nothing was written */
    CONTACT_TOO_EARLY,  /* one of the others did not walk with the actor yet; nothing was written */
} ContactResult;
/* Logs it, by the actor: all of it or nothing. A capture that was logged before is CONTACT_LOGGED, and
 * promises nothing again. */
ContactResult contact_log(const Scope *scope, Tx *tx, const Match *match, const ContactLog *log);

/* The actor's other walks that such a contact could be written in now, by name; `count` at most
 * CONTACT_OTHERS_MOST. */
typedef struct ContactOther {
    MatchId match;
    Str called;
} ContactOther;
typedef struct ContactOtherList {
    const ContactOther *items;
    size_t count;
} ContactOtherList;
ContactOtherList contact_others(const Scope *scope, const Match *match);

/* Whether it was said to be safe that the giver leaves words on the receiver's phone. */
bool contact_may_leave_message(const Scope *scope, const Match *match);

typedef struct ContactAnswer {
    ContactAnswerId id;
    PersonId by;
    Str by_called;
    Part2Words words;
    bool is_kept; /* between the two alone */
    Time at;
} ContactAnswer;
typedef struct ContactAnswers {
    const ContactAnswer *items;
    size_t count;
} ContactAnswers;

/* What was done, as the program calls it now, retired words too. */
typedef struct ContactActivities {
    const Part2Words *items;
    size_t count;
} ContactActivities;

typedef struct Contact {
    ContactId id;
    MatchId match;
    PersonId by;
    Str by_called;
    ContactKind kind;
    ContactOutcome outcome;
    int64_t minutes;
    unsigned support;
    ContactActivities activities;
    ContactVenue venue;
    int64_t travel_minutes;
    bool has_others; /* it was one with several people: of whom, stands nowhere */
    /* What the reader said of their side and, while both wish it, what the other did. */
    ContactFlow flow_mine;
    ContactFlow flow_theirs;
    Part2Words line;
    PersonId receiver; /* whom it is about */
    Time at;
    Time logged_at;
    ContactAnswers answers; /* oldest first */
} Contact;
typedef struct Contacts {
    const Contact *items;
    size_t count;
    bool has_older; /* ask again with the last one's id */
} Contacts;

enum { CONTACT_PAGE = 20 };

/* The newest CONTACT_PAGE contacts of a match that stand before that one (0: the newest of all), newest
 * first, with what was set beside them; none that is not shared with the actor. */
Contacts contact_list(const Scope *scope, MatchId match, ContactId before);

/* One contact, without its answers and what flowed; false also when the actor is none of those with whom it
 * is shared. */
bool contact_find(const Scope *scope, ContactId id, Contact *ret_contact);

/* Sets the actor's words beside a contact. The words must not be empty. Only the receiver can keep them
 * between the two: nobody who coordinates is given them then. `is_part2`: they may tell of substance use;
 * words beside a line that does, do as well. */
void contact_answer(const Scope *scope, Tx *tx, ContactId contact, Str words, bool is_kept, bool is_part2);
/* The receiver's own answer; false when it is none of the actor's. */
bool contact_answer_keep(const Scope *scope, Tx *tx, ContactId contact, ContactAnswerId answer, bool is_kept);

/* What a giver has logged in a stretch of time, in all walks: a sum that tells of nobody. A contact with
 * several people counts once. */
typedef struct ContactTime {
    int64_t talks; /* contacts that reached somebody */
    int64_t minutes;
    int64_t travel_minutes;
} ContactTime;
/* `until`: TIME_NONE: without an end. */
ContactTime contact_time(const Scope *scope, PersonId giver, Time since, Time until);

/* What was done with this person in their walks is gone: they are forgotten. */
void contact_forget(Tx *tx, PersonId person);

Text contact_kind_text(ContactKind kind);
/* "At home"; TEXT_NONE for CONTACT_VENUE_NONE. */
Text contact_venue_text(ContactVenue venue);
/* "Nobody answered", "Left a message", "Wrong number"; TEXT_NONE for a contact that reached someone. */
Text contact_outcome_text(ContactOutcome outcome);
/* One bit's word: "Listening", "Information", "Practical help", "Company". */
Text contact_support_text(ContactSupport support);

#endif
