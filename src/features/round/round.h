/* SPDX-License-Identifier: Apache-2.0 */
/* A round: the best plan for everyone who waits at one moment, kept as it was worked out, changed by hand,
 * and sent.
 *
 * A round proposes and never assigns. What is sent to a family is a short list that begins with the person
 * the plan has for it; the family chooses, or not, and the supporter says yes or no, as with every other
 * list. Who is sent nothing goes on waiting and loses nothing by it.
 *
 * A round keeps the policy and the seed it was made with, what it was worth (objective) and what the best
 * plan of all could be worth (bound); both are equal, which is the proof. Changing a proposal by hand
 * plans the others anew around it, and the round keeps what that costs. */
#ifndef ROUND_H
#define ROUND_H

#include "features/shortlist/shortlist.h"

enum {
    ROUND_MOST = 2000,      /* families in one round, the longest waiting first */
    ROUND_ALTERNATIVES = 6, /* people shown for one family */
    ROUND_SEEDS = 1 << 16,
};

typedef struct Round {
    RoundId id;
    ProgramId program;
    Str made_by_called;
    Time made_at;
    Str policy; /* its name */
    int64_t seed;
    int64_t waiting;   /* families it was made for */
    int64_t placed;    /* of them, with a proposal */
    int64_t objective; /* what it is worth, in the policy's numbers, proposals changed by hand counted */
    int64_t bound;     /* no plan is worth more */
    int64_t envy;      /* families who would rather have the person proposed to one that comes after them */
    int64_t version;   /* goes up with every change by hand */
} Round;

typedef enum RoundResult {
    ROUND_DONE,
    ROUND_NOBODY_WAITS, /* nothing written */
    ROUND_STALE,        /* the form showed an older version, or a newer round was made; nothing written */
    ROUND_ELSEWHERE, /* that family does not wait any more, or that person cannot take it; nothing written */
} RoundResult;

/* Plans for everyone of the program who waits and has no list (NEW and TAKEN). */
RoundResult round_make(const Scope *scope, Tx *tx, ProgramId program, RoundId *ret_round);

bool round_find(const Scope *scope, RoundId id, Round *ret_round);
/* The newest round of a program. */
bool round_newest(const Scope *scope, ProgramId program, RoundId *ret_round);

typedef enum RoundProposalState {
    PROPOSAL_OPEN,      /* can be sent */
    PROPOSAL_SENT,      /* the family has a list that begins with this person */
    PROPOSAL_MOVED_ON,  /* the family does not wait any more, by another way */
    PROPOSAL_OVERTAKEN, /* the person proposed has no place any more */
    PROPOSAL_NOBODY,    /* nobody fits who has a place */
} RoundProposalState;

typedef struct RoundProposal {
    RequestId request;
    Str called;
    Time waiting_since;
    OfferId offer; /* 0: nobody */
    Str offer_called;
    int64_t score;
    bool is_by_hand;
    RoundProposalState state;
} RoundProposal;
typedef struct RoundProposals {
    const RoundProposal *items; /* the longest waiting first */
    size_t count;
} RoundProposals;
RoundProposals round_proposals(const Scope *scope, RoundId id);

/* Someone who could be proposed instead. */
typedef struct RoundAlternative {
    OfferId offer;
    int64_t score;
    int64_t cost; /* what all families together lose by it beside the best for them; 0: nothing */
    const MatchingReason *reasons;
    size_t reason_count;
} RoundAlternative;
typedef struct RoundAlternatives {
    const RoundAlternative *items; /* who is proposed now first, then the best fit first */
    size_t count;
} RoundAlternatives;
/* Who else this family could be invited to choose, as things are now, at most ROUND_ALTERNATIVES. */
RoundAlternatives round_alternatives(const Scope *scope, const Round *round, RequestId request);

/* Proposes this person to this family, by the actor's own judgment, and plans the others around it: those
 * not sent and not changed by hand before. Offer 0: propose nobody. */
typedef struct RoundChange {
    RoundId round;
    int64_t version; /* what the form showed */
    RequestId request;
    OfferId offer;
} RoundChange;
RoundResult round_change(const Scope *scope, Tx *tx, const RoundChange *change);

typedef struct RoundSent {
    int64_t sent;
    int64_t left; /* not waiting any more, or the person has no place any more: nothing was sent */
} RoundSent;
/* Sends each of these families a short list that begins with its proposal. */
RoundSent round_send(Scope *scope, Tx *tx, RoundId id, const RequestId *requests, size_t count);

/* How those who wait fare, by the language the family speaks first. Small groups, and what would give them
 * away, are hidden (base/small_cells.h). */
typedef struct RoundGroup {
    ListItemId language; /* 0: not known */
    int64_t waiting;
    int64_t placed;
    int64_t median_days; /* waited when the round was made */
    bool hides_waiting;  /* and the median */
    bool hides_placed;
} RoundGroup;
typedef struct RoundGroups {
    const RoundGroup *items; /* the largest first */
    size_t count;
} RoundGroups;
RoundGroups round_groups(const Scope *scope, const Round *round);

#endif
