/* SPDX-License-Identifier: Apache-2.0 */
/* Asking for support without an account: one question a page, kept as a draft on our side until it is
 * sent.
 *
 * Answers belong to a browser (features/draft), go back and forward without loss, and live for a day.
 * Sending makes one person and one request in one transaction and uses the draft up: sending twice
 * makes one request. What is left of a sent draft is its receipt, so that the last page can be opened
 * again for a day.
 *
 * Whoever is signed in asks as that person, and is not asked again how to be reached. Whoever is not
 * becomes a new person each time: nobody is ever merged with someone who gave the same name or number. */
#ifndef ASK_H
#define ASK_H

#include "features/account/account.h"
#include "features/program/program.h"
#include "features/request/request.h"
#include "features/signing/signing.h"

/* The question pages, in order. */
typedef enum AskStep {
    ASK_NEED = 1,   /* the need, in one's own words, or "I would rather talk" */
    ASK_ABOUT = 2,  /* who it is about: relation and age band */
    ASK_HOPES = 3,  /* what one hopes for in a person */
    ASK_SAFE = 4,   /* how and when it is safe to be contacted */
    ASK_REACH = 5,  /* a name, and one mail address or phone number */
    ASK_CHECK = 6,  /* everything once more, and send */
    ASK_WISHES = 7, /* more about the person hoped for: beside ASK_HOPES, only for whoever opens it */
} AskStep;

typedef struct ItemIds {
    const ListItemId *items;
    size_t count;
} ItemIds;

/* All that a visitor may answer. Texts are never none, ids are 0 when not said. Lives in the scope's
 * arena. */
typedef struct AskAnswers {
    ProgramId program;
    unsigned answered; /* 1 << AskStep of the pages that were left with Continue */
    Str need;
    bool is_kept;    /* need and hopes are for whoever will walk with them alone */
    bool would_talk; /* rather than write */
    bool is_part2;   /* need and hopes tell of alcohol or drug use */
    Str young;     /* a young person asks for themselves, and has read these words (youth_words_keep()); "" */
    bool is_apart; /* ... and is not to be shown to whoever shares the mailbox */
    Str word;      /* what stands for a young person's word (youth_word_make()), never the word itself */
    SigningBorn born; /* ... and was born then */
    ListItemId relation;
    ListItemId age;
    ItemIds experiences;
    ItemIds languages;
    ItemIds wishes;    /* of the lists of ASK_WISHES */
    unsigned required; /* bits 1 << ListKind: what is wished there must be so */
    unsigned unlike;   /* the same bits: someone unlike me in these */
    unsigned left_out; /* bits of ConsentItem that are not to be shared with those who coordinate */
    ListItemId first;  /* the experience that matters most; asked on ASK_CHECK when there are several */
    Str hopes;
    bool has_no_preference;
    Safe voicemail;
    Safe text;
    ItemIds times;
    Str when; /* anything else about when it is safe */
    Str called;
    Str reach; /* a mail address or a phone number, as typed */
} AskAnswers;

/* What is left of a request that was sent from this browser today. */
typedef struct AskReceipt {
    ProgramId program;
    RequestKind kind;
    Str code;
    Str sign_code; /* for a parent who has to sign too; "": nobody has to */
    Time asked_at;
} AskReceipt;

typedef struct AskDraft {
    AskAnswers answers;
    bool is_sent;       /* the answers were sent and are gone from here */
    AskReceipt receipt; /* code "": none */
} AskDraft;

/* This browser's draft, or an empty one for the program. Begun for another program, it keeps what
 * every program asks and drops what came from the other's lists. */
AskDraft ask_draft(const Scope *scope, Str visit, ProgramId program);
/* The same without a program in mind; false when there is none. */
bool ask_draft_find(const Scope *scope, Str visit, AskDraft *ret_draft);
void ask_draft_keep(const Scope *scope, Tx *tx, Str visit, const AskDraft *draft);

/* Written for a draft's column, and read back. Reading takes whatever it is given: what it cannot read
 * is left out. */
Str ask_draft_write(Arena *arena, const AskDraft *draft);
AskDraft ask_draft_read(Arena *arena, Str text);

/* Does this visitor see this page? Signed-in people are not asked how to be reached. */
bool ask_has_step(const Scope *scope, AskStep step);
/* Does the program have anything in the lists of ASK_WISHES? */
bool ask_has_wishes(const Scope *scope, ProgramId program);
/* The first page that is not answered yet; ASK_CHECK when all are. */
AskStep ask_next(const Scope *scope, const AskAnswers *answers);
/* The page before; 0 before the first. */
AskStep ask_before(const Scope *scope, AskStep step);
/* "Question 2 of 6": where this page stands among those that this visitor sees. */
int64_t ask_number(const Scope *scope, AskStep step);
int64_t ask_count(const Scope *scope);

/* Is this a mail address or a phone number with its area code? False: neither. */
bool ask_reach_kind(Str reach, ContactPointKind *ret_kind);

/* When it is safe, as one sentence in the visitor's words: the times chosen, and anything else. */
Str ask_safe_times(const Scope *scope, const AskAnswers *answers);

typedef enum AskResult {
    ASK_SENT,
    ASK_SENT_BEFORE, /* these answers made a request already: show its receipt */
    ASK_INCOMPLETE,  /* a page is not answered: ask_next() */
    ASK_CLOSED,      /* the program takes no requests now */
} AskResult;

/* Makes the request from this browser's draft, and leaves the receipt in the draft's place. */
AskResult ask_send(const Scope *scope, Tx *tx, Str visit, const Program *program);

/* Who has to sign what is shared by asking: of a young person by age and rule, of others only they. */
SigningNeed ask_need(const Scope *scope, const AskAnswers *answers);

/* Asks for a call with information; of the answers only name, contact and what is safe are read. The
 * receipt is left in the draft, beside the answers of a request that is on its way. */
void ask_information(const Scope *scope, Tx *tx, Str visit, const Program *program,
                     const AskAnswers *answers);

/* A request by its receipt code and the contact given with it. Unknown code, wrong contact and
 * nonsense cost the same work and say the same. */
bool ask_status(const Scope *scope, Str code, Str reach, Request *ret_request);

#endif
