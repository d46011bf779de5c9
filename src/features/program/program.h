/* SPDX-License-Identifier: Apache-2.0 */
/* A program of support: its words, its lists and its clocks, all of them data that its coordinators edit.
 *
 * Several programs can live in one installation and share nothing but people. Every list item and text exists
 * in both languages; what a program has not written in one language is shown in the other, and a text it has
 * not written at all falls back to our starting text, so that a page is never empty.
 * Retired list items are no longer offered, and stay readable where they were chosen. A list with nothing in
 * it is asked about nowhere. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "platform/part2.h"
#include "platform/scope.h"

typedef enum DutyKind {
    DUTY_COORDINATOR = 1, /* reads the requests and works on them, and keeps these settings */
    DUTY_SUPERVISOR = 2,
    DUTY_LEADER = 3,    /* signs off what the program holds to be a good fit; reads no request */
    DUTY_EMERGENCY = 4, /* may open a person's record in an emergency: with a reason, in front of them */
} DutyKind;

typedef enum ProgramWords {
    PROGRAM_NAME = 1,    /* "Family Support of ..." */
    PROGRAM_WELCOME = 2, /* what this is, in plain words, on the home page */
    PROGRAM_WHO = 3,     /* who we are */
    PROGRAM_TITLE = 4,   /* what a supporter is called here: parent partner, family navigator... */
    PROGRAM_ROLE = 5, /* the role card: what such a person does, and what a therapist or case manager does */
    PROGRAM_AGREEMENT = 6,       /* what both agree to before walking together */
    PROGRAM_MUST_TELL = 7,       /* what a supporter must pass on, told beforehand */
    PROGRAM_REACH = 8,           /* how to reach the program: phone, hours */
    PROGRAM_MUST_TELL_YOUNG = 9, /* the same for a young person, in words for one of twelve */
    PROGRAM_AFTER_HOURS = 10,    /* whom to turn to while the one who walks along rests */
    PROGRAM_STORY = 11,          /* for whoever walks with a family: how much of one's own story to tell */
    PROGRAM_WORDS_COUNT = 12,
} ProgramWords;

typedef enum ListKind {
    LIST_EXPERIENCE = 1, /* what families live through: school refusal, hospital stay, court... never a
                            diagnosis asked for */
    LIST_LANGUAGE = 2,   /* languages spoken with families */
    LIST_RELATION = 3,   /* mother, father, grandparent, foster parent, young person... */
    LIST_AGE = 4,        /* the child's age bands */
    LIST_TIME = 5,       /* times of the week: weekday mornings, evenings, weekends... */
    LIST_SYSTEM = 6,     /* what families find their way through: IEP meetings, court, child welfare... */
    LIST_ROLE = 7,       /* walks with caregivers, with young people */
    LIST_CHANNEL = 8,    /* by phone, by text, by video, in person */
    LIST_REGION = 9,     /* counties or parts of town */
    LIST_CULTURE = 10,   /* said by who wishes to, never guessed */
    LIST_GENDER = 11,    /* the same */
    LIST_FUNDING = 12,   /* who may be paid for walking with a family; only coordinators choose from it */
    LIST_ACTIVITY = 13,  /* what two who walk together do: went to a meeting, filled in a form, just talked */
    LIST_COUNT = 14,
} ListKind;
/* The lists before this one are what requests and offers choose from. */
enum { LIST_ASKED_COUNT = 13 };

typedef enum ClockKind {
    CLOCK_REPLY = 1,              /* request to a human reply: 1 business day */
    CLOCK_SHORTLIST = 2,          /* request to shortlist: 24 hours; */
    CLOCK_SHORTLIST_LATE = 3,     /* ... and alarm: 5 days */
    CLOCK_CHOICE = 4,             /* a shortlist or invitation without an answer is looked at after: 5 days */
    CLOCK_FIRST_CONTACT = 5,      /* match to first contact: 24 hours; */
    CLOCK_FIRST_CONTACT_LATE = 6, /* ... and alarm: 72 hours */
    CLOCK_RHYTHM = 7,             /* between contacts in the first 8 weeks: 2 weeks */
    CLOCK_CHECKIN_FIRST = 8,      /* coordinator asks both sides: week 2 */
    CLOCK_CHECKIN_SECOND = 9,     /* ... week 8 */
    CLOCK_CHECKIN_LATER = 10,     /* ... then every 13 weeks */
    CLOCK_LOAD_VOLUNTEER = 11,    /* a count: 3 families at the same time */
    CLOCK_LOAD_EMPLOYED = 12,     /* a count: 10 */
    CLOCK_REMINDER = 13,          /* before a meeting its two are reminded: 1 day; 0: they are not */
    CLOCK_COUNT = 14,
} ClockKind;

typedef enum ClockUnit {
    UNIT_HOURS = 1,
    UNIT_DAYS = 2,
    UNIT_BUSINESS_DAYS = 3,
    UNIT_WEEKS = 4,
    UNIT_COUNT_OF = 5, /* a plain number */
} ClockUnit;

typedef struct Program {
    ProgramId id;
    Str slug;
    Str name; /* in the scope's language */
    const Zone *zone;
    bool takes_requests;
} Program;

/* A new program with the starting lists, clocks and texts in both languages. The slug must be free. */
ProgramId program_add(const Scope *scope, Tx *tx, Str slug, Str name, Str zone);
/* Fit to stand in public addresses: 2 to 40 of a-z 0-9 -, from a letter to a letter or digit, no two -
 * in a row. */
bool program_slug_is_valid(Str slug);

bool program_find(const Scope *scope, ProgramId id, Program *ret_program);
bool program_find_by_slug(const Scope *scope, Str slug, Program *ret_program);
typedef struct Programs {
    const Program *items;
    size_t count;
} Programs;
/* In the order in which they began; at most 200. */
Programs program_list(const Scope *scope);
/* Whether the public form takes new requests. */
void program_set_takes_requests(Tx *tx, ProgramId program, bool takes_requests);

/* What the program says, in the scope's language, or the other, or our starting text. Never none. */
Str program_words(const Scope *scope, ProgramId program, ProgramWords key);
/* The same with the language it is in, so that a page can say so where that is not the reader's. */
typedef struct Said {
    Str words;
    Lang lang;
} Said;
Said program_said(const Scope *scope, ProgramId program, ProgramWords key);
/* Exactly what was written in that language; "" when nothing was. */
Str program_words_written(const Scope *scope, ProgramId program, ProgramWords key, Lang lang);
/* Empty words count as not written. */
void program_set_words(Tx *tx, ProgramId program, ProgramWords key, Lang lang, Str words);

/* ---- lists ---- */

typedef struct ListItem {
    ListItemId id;
    Str label; /* in the scope's language, or the other */
    bool is_retired;
} ListItem;
typedef struct ListItems {
    const ListItem *items;
    size_t count;
} ListItems;

/* What is offered to choose from now, in the program's order. At most 200. */
ListItems program_items(const Scope *scope, ProgramId program, ListKind list);
/* One item's words; "" when there is no such item. Cheap to call in a loop: one query by key. */
Str program_item_label(const Scope *scope, ListItemId item);
/* The same of a family that chose it or was given it. Of families never use the one above: tools/lint.py. */
Part2Words program_item_words(const Scope *scope, ListItemId item);
/* True when the item is of this program and list, retired or not. Check every id that a form sent. */
bool program_has_item(const Scope *scope, ProgramId program, ListKind list, ListItemId item);
/* The list of this program, among those that requests and offers choose from, in which the item stands,
 * retired or not; 0 when it is in none. */
ListKind program_item_list(const Scope *scope, ProgramId program, ListItemId item);
ListItemId program_item_add(const Scope *scope, Tx *tx, ProgramId program, ListKind list, Str english,
                            Str spanish);

/* What a coordinator can change about an item. */
typedef struct ListItemEdit {
    Str words[LANG_COUNT]; /* "" where it is not written in that language */
    int64_t place;         /* from 1, among those that are offered; past the end means last; 0 once retired */
    bool is_retired;
    bool is_part2; /* said of a family, it tells of substance use */
} ListItemEdit;

/* Retired ones too, after those that are offered. */
ListItems program_items_all(const Scope *scope, ProgramId program, ListKind list);
/* False when there is no such item in this program and list. */
bool program_item_read(const Scope *scope, ProgramId program, ListKind list, ListItemId item,
                       ListItemEdit *ret_edit);

/* The item for one of the interface's languages, found by the language's own name; 0: there is none. */
ListItemId program_language(const Scope *scope, ProgramId program, Lang lang);

typedef enum ItemResult {
    ITEM_FINE,
    ITEM_WITHOUT_WORDS, /* it must be written in one language at least */
    ITEM_TWICE,         /* another item that is offered says the same */
    ITEM_LIST_FULL,     /* 200 are offered already */
} ItemResult;
/* Whether an item may read so; item 0: a new one. Ask before program_item_add() and program_item_change(). */
ItemResult program_item_check(const Scope *scope, ProgramId program, ListKind list, ListItemId item,
                              const ListItemEdit *edit);
/* Renames, moves, retires, or offers again. The item must be of this program and list. */
void program_item_change(const Scope *scope, Tx *tx, ProgramId program, ListKind list, ListItemId item,
                         const ListItemEdit *edit);

/* ---- clocks ---- */

typedef struct Clock {
    int64_t amount;
    ClockUnit unit;
} Clock;
/* What the program set or, where it has set nothing, what we start with. */
Clock program_clock(const Scope *scope, ProgramId program, ClockKind clock);
void program_set_clock(Tx *tx, ProgramId program, ClockKind kind, Clock clock);
/* When something that begins at `from` is due by this clock, in the program's own zone. */
Time program_due(const Scope *scope, ProgramId program, ClockKind clock, Time from);
/* The same for a clock that has been read already, hanging in this zone. */
Time program_clock_due(const Zone *zone, Clock clock, Time from);

/* ---- duties ---- */

/* From now on, by the actor (nobody: by the operator's command). Who holds it already keeps it as it is. Open
 * sessions of theirs get no longer than the duty allows. */
void program_duty_give(const Scope *scope, Tx *tx, ProgramId program, PersonId person, DutyKind kind);
/* Now. Nothing happens when the person does not hold it. */
void program_duty_end(const Scope *scope, Tx *tx, ProgramId program, PersonId person, DutyKind kind);

typedef struct DutyHolder {
    PersonId person;
    Str called;
    Time since;
} DutyHolder;
typedef struct DutyHolders {
    const DutyHolder *items;
    size_t count;
} DutyHolders;
/* Who holds the duty now, the longest first; at most 200. */
DutyHolders program_duty_holders(const Scope *scope, ProgramId program, DutyKind kind);
/* How long whoever holds a duty stays signed in. */
typedef struct DutySession {
    int64_t idle_us;    /* without use */
    int64_t longest_us; /* in any event */
} DutySession;
/* What the program set or, where it has set nothing, what we start with. */
DutySession program_duty_session(const Scope *scope, ProgramId program, DutyKind kind);
/* Holds at once, also for those who hold the duty and are signed in. */
void program_set_duty_session(const Scope *scope, Tx *tx, ProgramId program, DutyKind kind,
                              DutySession session);
/* For how long a new duty counts with a code to the mailbox alone. */
int64_t program_grace(const Scope *scope, ProgramId program);
void program_set_grace(Tx *tx, ProgramId program, int64_t grace_us);

/* Everyone who holds one of the duties now, each once, by name; at most 200. */
DutyHolders program_duty_everyone(const Scope *scope, ProgramId program);
/* Does this person hold any? False for nobody. *ret_called is then how they are called. */
bool program_has_duty(const Scope *scope, ProgramId program, PersonId person, Str *ret_called);

/* The programs in which the actor holds the duty now. */
Programs program_list_with_duty(const Scope *scope, DutyKind kind);

#endif
