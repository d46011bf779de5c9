/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts of a match, and tries: what the giver logs in half a minute, and what either person writes beside
 * it.
 *
 * The receiver reads every contact. Nobody changes one: whoever remembers it differently sets an answer
 * beside it, and both stand. */
#ifndef CONTACT_H
#define CONTACT_H

#include "features/match/match.h"
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

typedef struct ContactNew {
    MatchId match;
    ContactKind kind;
    ContactOutcome outcome;
    int64_t minutes;  /* 0 when nobody was reached */
    unsigned support; /* ContactSupport bits; 0 when nobody was reached */
    ContactVenue venue;
    int64_t travel_minutes; /* there and back, also of a try */
    Str line;               /* may be empty */
    bool is_part2;          /* the line may tell of substance use */
    Time at;                /* TIME_NONE: now; a later moment counts as now */
} ContactNew;

/* Logs a contact by the actor. When someone was reached the match moves on (match_reached()). */
ContactId contact_add(const Scope *scope, Tx *tx, const ContactNew *contact);

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

typedef struct Contact {
    ContactId id;
    MatchId match;
    PersonId by;
    Str by_called;
    ContactKind kind;
    ContactOutcome outcome;
    int64_t minutes;
    unsigned support;
    ContactVenue venue;
    int64_t travel_minutes;
    Part2Words line;
    PersonId receiver; /* whom it is about */
    Time at;
    Time logged_at;
    ContactAnswers answers; /* oldest first */
} Contact;
typedef struct Contacts {
    const Contact *items;
    size_t count;
    bool has_older; /* ask again with the last one's `at` */
} Contacts;

enum { CONTACT_PAGE = 20 };

/* The newest CONTACT_PAGE contacts of a match that happened before that moment (TIME_NONE: the newest of
 * all), newest first, with what was set beside them; none that is not shared with the actor. */
Contacts contact_list(const Scope *scope, MatchId match, Time before);

/* One contact, without its answers; false also when the actor is none of those with whom it is shared. */
bool contact_find(const Scope *scope, ContactId id, Contact *ret_contact);

/* Sets the actor's words beside a contact. The words must not be empty. Only the receiver can keep them
 * between the two: nobody who coordinates is given them then. `is_part2`: they may tell of substance use;
 * words beside a line that does, do as well. */
void contact_answer(const Scope *scope, Tx *tx, ContactId contact, Str words, bool is_kept, bool is_part2);
/* The receiver's own answer; false when it is none of the actor's. */
bool contact_answer_keep(const Scope *scope, Tx *tx, ContactId contact, ContactAnswerId answer, bool is_kept);

/* What a giver has logged since that moment, in all walks: a sum that tells of nobody. */
typedef struct ContactTime {
    int64_t minutes;
    int64_t travel_minutes;
} ContactTime;
ContactTime contact_time_since(const Scope *scope, PersonId giver, Time since);

Text contact_kind_text(ContactKind kind);
/* "At home"; TEXT_NONE for CONTACT_VENUE_NONE. */
Text contact_venue_text(ContactVenue venue);
/* "Nobody answered", "Left a message", "Wrong number"; TEXT_NONE for a contact that reached someone. */
Text contact_outcome_text(ContactOutcome outcome);
/* One bit's word: "Listening", "Information", "Practical help", "Company". */
Text contact_support_text(ContactSupport support);

#endif
