/* SPDX-License-Identifier: Apache-2.0 */
/* A plan around a day: coming home from a hospital or a program, or the first meeting at a clinic.
 *
 * Four stages hang on the day: the week before, the day itself, 30 and 90 days after; the first meeting at a
 * clinic has the first two. At each stands a short list of what helps, which either of the two writes and
 * marks done; whoever wrote a line, or the family, takes it out. A plan begins with a few lines that helped
 * others. Only the two read it; the giver while they walk and the other shares contacts with them. */
#ifndef BRIDGE_H
#define BRIDGE_H

#include "features/match/match.h"
#include "platform/part2.h"

enum { BRIDGE_WORDS_MOST = 200, BRIDGE_STEPS_MOST = 40 };

typedef enum BridgeKind { BRIDGE_DISCHARGE = 1, BRIDGE_CLINIC = 2 } BridgeKind;

typedef enum BridgeStage {
    BRIDGE_BEFORE = 1, /* from a week before on */
    BRIDGE_THE_DAY = 2,
    BRIDGE_DAY_30 = 3,
    BRIDGE_DAY_90 = 4,
} BridgeStage;
enum { BRIDGE_STAGES = 4 };
/* The last stage that this kind has. */
BridgeStage bridge_last_stage(BridgeKind kind);

typedef struct Bridge {
    BridgeId id;
    MatchId match;
    BridgeKind kind;
    Date day;
} Bridge;
typedef struct Bridges {
    const Bridge *items;
    size_t count;
} Bridges;

typedef struct BridgeStep {
    BridgeStepId id;
    BridgeStage stage;
    PersonId by;
    Part2Words words; /* of the family, whoever wrote them */
    bool is_done;
    Str done_by_called; /* none while it is open */
} BridgeStep;
typedef struct BridgeSteps {
    const BridgeStep *items;
    size_t count;
} BridgeSteps;

typedef enum BridgeResult {
    BRIDGE_DONE,
    BRIDGE_ELSEWHERE, /* not possible as it stands, or somebody else's; nothing was written */
} BridgeResult;

/* The actor, one of the two, begins one, or moves the day of the one there is: its stages move with it. */
BridgeResult bridge_set(const Scope *scope, Tx *tx, const Match *match, BridgeKind kind, Date day);
/* Puts it away. */
BridgeResult bridge_end(const Scope *scope, Tx *tx, const Match *match, BridgeId id);
typedef struct BridgeStepNew {
    BridgeStage stage;
    Str words;
    bool is_part2; /* the words may tell of substance use */
} BridgeStepNew;
BridgeResult bridge_add(const Scope *scope, Tx *tx, const Match *match, BridgeId id,
                        const BridgeStepNew *step);
/* Done, or open again. */
BridgeResult bridge_mark(const Scope *scope, Tx *tx, const Match *match, BridgeStepId id, bool is_done);
BridgeResult bridge_take_out(const Scope *scope, Tx *tx, const Match *match, BridgeStepId id);

/* Those of this match that last and the actor may read; at most 2. */
Bridges bridge_list(const Scope *scope, MatchId match);
BridgeSteps bridge_steps(const Scope *scope, BridgeId bridge);

typedef struct BridgeDue {
    MatchId match;
    Str other_called;
    BridgeKind kind;
    Date day;
    int64_t open; /* lines whose stage has come and that nobody marked */
} BridgeDue;
typedef struct BridgeDues {
    const BridgeDue *items;
    size_t count;
} BridgeDues;
/* The actor's plans with something due, in every walk that lasts; at most 10. */
BridgeDues bridge_list_due(const Scope *scope);

Text bridge_kind_text(BridgeKind kind);
Text bridge_stage_text(BridgeStage stage);
/* The day of a stage. */
Date bridge_stage_day(Date day, BridgeStage stage);

/* Nothing is left about this person. */
void bridge_forget(Tx *tx, PersonId person);

#endif
