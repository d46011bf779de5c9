/* SPDX-License-Identifier: Apache-2.0 */
/* What works for me: short cards in a person's own words and their own order. "When it gets loud I sit on the
 * stairs and count." Something not tried yet may stand there too, marked as that.
 *
 * A card is its person's alone, and read by whom they open it to (features/reader/reader.h). Nobody else
 * writes one, nothing is suggested but beginnings of a sentence, and nothing is counted. */
#ifndef TOOLBOX_H
#define TOOLBOX_H

#include "features/reader/reader.h"
#include "platform/part2.h"
#include "platform/scope.h"

/* Stored: never renumber. */
typedef enum ToolboxKind {
    TOOLBOX_CALMS = 1,
    TOOLBOX_STRENGTH = 2,
    TOOLBOX_CHILD = 3,
    TOOLBOX_HOME = 4,
    TOOLBOX_PEOPLE = 5, /* people and places */
} ToolboxKind;
Text toolbox_kind_text(ToolboxKind kind);

enum { TOOLBOX_MOST = 40, TOOLBOX_WORDS_MOST = 160 };

typedef enum ToolboxResult {
    TOOLBOX_DONE,
    TOOLBOX_FULL,      /* TOOLBOX_MOST are there; nothing was written */
    TOOLBOX_ELSEWHERE, /* none of the actor's; nothing was written */
} ToolboxResult;

typedef struct ToolboxNew {
    Str words; /* not empty */
    ToolboxKind kind;
    bool is_trial; /* not tried yet */
    bool is_part2; /* the words may tell of substance use */
} ToolboxNew;
/* All by the actor, about their own cards. A new one stands below the others. */
ToolboxResult toolbox_add(const Scope *scope, Tx *tx, const ToolboxNew *card);
ToolboxResult toolbox_change(const Scope *scope, Tx *tx, ToolboxCardId id, const ToolboxNew *card);
/* Changes places with the next one above or below; none there: it stays. */
ToolboxResult toolbox_move(const Scope *scope, Tx *tx, ToolboxCardId id, bool is_up);
/* It leaves the box, with its words. */
ToolboxResult toolbox_drop(const Scope *scope, Tx *tx, ToolboxCardId id);

typedef struct ToolboxCard {
    ToolboxCardId id;
    PersonId person;
    Part2Words words;
    ToolboxKind kind;
    bool is_trial;
    Time made_at;
} ToolboxCard;
typedef struct ToolboxCards {
    const ToolboxCard *items;
    size_t count;
} ToolboxCards;

/* The actor's, in their own order. */
ToolboxCards toolbox_list(const Scope *scope);
/* False: none of the actor's. */
bool toolbox_find(const Scope *scope, ToolboxCardId id, ToolboxCard *ret_card);
/* Those that the actor was let read in this walk. */
ToolboxCards toolbox_list_opened(const Scope *scope, const ReaderLet *let);

/* Takes all of it out. */
void toolbox_forget(Tx *tx, PersonId person);

#endif
