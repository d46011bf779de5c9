/* SPDX-License-Identifier: Apache-2.0 */
/* Turning around: somebody who was walked with gives something back, when they say that they are ready.
 *
 * A word of hope is a few sentences for families who wait. Its person sees it as it will stand, and under
 * which name; somebody who coordinates the program reads it before it shows, and may ask for a change or
 * decline, with a sentence. What is shown is what was read: other words have to be read again. The person
 * takes it back at any time, and it is gone with the next page that anybody opens.
 *
 * A wish (to join the welcome calls, to train as a supporter) is answered by a person. Nothing of what
 * somebody received goes along with either: who coordinates sees the name, the words and the wish. Nobody is
 * asked to turn around, nothing is counted, and a young person is not offered it: their words would be public
 * before the law lets them decide that alone. */
#ifndef HOPE_H
#define HOPE_H

#include "features/program/program.h"

/* Words, in characters; shown to a family, at most; waiting for somebody who coordinates, at most. */
enum { HOPE_CHARACTERS = 400, HOPE_SAID_CHARACTERS = 300, HOPE_SHOWN_MOST = 3, HOPE_OPEN_MOST = 50 };

/* May the actor turn around here? They received in this program, and are no young person. */
bool hope_may(const Scope *scope, ProgramId program);

/* ---- a word of hope ---- */

/* Stored: never renumber. */
typedef enum HopeState {
    HOPE_DRAFT = 1, /* read by its person alone */
    HOPE_SENT = 2,  /* waits for somebody who coordinates */
    HOPE_ASKED = 3, /* that one asks for a change */
    HOPE_DECLINED = 4,
    HOPE_SHOWN = 5,
} HopeState;

typedef struct Hope {
    HopeId id;
    ProgramId program;
    PersonId person;
    Str called; /* the person's name */
    Str words;
    Lang lang;
    bool is_named; /* shown under that name */
    HopeState state;
    Str said;      /* what who read it said; may be empty */
    Str by_called; /* who read it; empty: nobody yet */
    Time written_at;
    Time state_at;
} Hope;
typedef struct Hopes {
    const Hope *items;
    size_t count;
} Hopes;

typedef enum HopeResult {
    HOPE_DONE,
    HOPE_UNFIT,     /* empty, or longer than it may be; nothing was written */
    HOPE_ELSEWHERE, /* the actor may not, or it stands differently by now; likewise */
} HopeResult;

/* The actor's own here. False: there is none. */
bool hope_find(const Scope *scope, ProgramId program, Hope *ret_hope);
/* In the place of what was there: a draft, and nobody else reads either any more. */
HopeResult hope_write(const Scope *scope, Tx *tx, ProgramId program, Str words, bool is_named);
/* The draft goes to those who coordinate. */
HopeResult hope_send(const Scope *scope, Tx *tx, ProgramId program);
/* It is gone, with its words. */
HopeResult hope_take_back(const Scope *scope, Tx *tx, ProgramId program);

/* For those who coordinate the program: what waits to be read, the longest first, and what is shown, the
 * newest first. */
Hopes hope_list_sent(const Scope *scope, ProgramId program);
Hopes hope_list_shown(const Scope *scope, ProgramId program);
/* One that waits or is shown. False: it does neither. */
bool hope_find_read(const Scope *scope, HopeId id, Hope *ret_hope);

typedef enum HopeAnswer { HOPE_SHOW, HOPE_ASK, HOPE_DECLINE } HopeAnswer;
/* By somebody who coordinates; `written_at` is that of the words they read. HOPE_UNFIT: asking and declining
 * want a sentence. The person gets a neutral mail where that is possible. */
HopeResult hope_answer(const Scope *scope, Tx *tx, HopeId id, Time written_at, HopeAnswer answer, Str said);

/* As a family reads it that waits. */
typedef struct HopeWord {
    Str words;
    Lang lang;
    Str called; /* empty: without a name */
} HopeWord;
typedef struct HopeWords {
    const HopeWord *items;
    size_t count;
} HopeWords;
/* The newest HOPE_SHOWN_MOST of the program. */
HopeWords hope_words(const Scope *scope, ProgramId program);

/* ---- a wish ---- */

/* Stored: never renumber. */
typedef enum HopeWishKind { HOPE_WISH_CALLS = 1, HOPE_WISH_TRAIN = 2 } HopeWishKind;
enum { HOPE_WISH_KINDS = 2 };
Text hope_wish_text(HopeWishKind kind);

typedef struct HopeWish {
    HopeWishId id; /* 0: not wished */
    ProgramId program;
    PersonId person;
    Str called;
    HopeWishKind kind;
    Time since;
    Str answer;
    Str by_called;    /* empty: nobody answered yet */
    Time answered_at; /* TIME_NONE likewise */
} HopeWish;
typedef struct HopeWishes {
    const HopeWish *items;
    size_t count;
} HopeWishes;

/* The actor's own here, those that are wished. */
HopeWishes hope_wishes(const Scope *scope, ProgramId program);
/* The actor's own that were answered, in whatever program, the newest answer first; at most 10. */
HopeWishes hope_wishes_answered(const Scope *scope);
/* The actor wishes it, or no longer: as it is already, nothing changes. */
HopeResult hope_wish_set(const Scope *scope, Tx *tx, ProgramId program, HopeWishKind kind, bool is_on);
/* For those who coordinate: what nobody answered yet, the longest first. */
HopeWishes hope_wishes_open(const Scope *scope, ProgramId program);
bool hope_wish_find(const Scope *scope, HopeWishId id, HopeWish *ret_wish);
/* Once. The person gets a neutral mail where that is possible. */
HopeResult hope_wish_answer(const Scope *scope, Tx *tx, HopeWishId id, Str answer);

/* How many words and wishes wait for those who coordinate, no further than HOPE_OPEN_MOST. */
int64_t hope_waiting(const Scope *scope, ProgramId program);

/* Everything of this person's is gone, also where it was shown. */
void hope_forget(Tx *tx, PersonId person);

#endif
