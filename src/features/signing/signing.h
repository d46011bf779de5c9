/* SPDX-License-Identifier: Apache-2.0 */
/* Who has to sign a consent where somebody is young: the young person alone, a parent or guardian with them,
 * or the parent alone, by the state in which a program works, its kind of service, and the age.
 *
 * The rules are a program's own data, which those who lead it keep: a starting point with its source, never
 * legal advice. A rule is never changed but replaced, so that the one behind a consent can be read for ever.
 * Where nobody wrote a rule the strictest applies: both sign until 18. */
#ifndef SIGNING_H
#define SIGNING_H

#include "platform/scope.h"

/* What a program does, as laws about consent tell it apart. */
typedef enum SigningService {
    SIGNING_PEER = 1,      /* support by people who have been there */
    SIGNING_MENTAL = 2,    /* mental health care */
    SIGNING_SUBSTANCE = 3, /* help with substance use: 42 CFR part 2 */
} SigningService;
enum { SIGNING_SERVICES = 3 };

/* Whose signatures, as bits. */
typedef enum SigningWho {
    SIGNING_YOUNG = 1,  /* the young person alone */
    SIGNING_PARENT = 2, /* a parent or guardian */
    SIGNING_BOTH = 3,
} SigningWho;

/* The oldest age about which a rule can say anything. */
enum { SIGNING_AGE_MOST = 21, SIGNING_SOURCE_MOST = 1000 };

#define SIGNING_EVERYWHERE STR("*")

typedef struct SigningRule {
    SigningRuleId id; /* 0: no row; what every program starts with */
    Str state;        /* two letters, or SIGNING_EVERYWHERE */
    SigningService service;
    int64_t both_from;  /* years */
    int64_t alone_from; /* years; both_from at the least */
    bool parent_sees;   /* a parent may read the request too, where the young person shows it */
    Str source;
    Date checked;    /* none: nobody yet */
    Str by_called;   /* who wrote it; none: what every program starts with */
    Time added_at;   /* TIME_NONE with it */
    Time retired_at; /* TIME_NONE: it counts */
} SigningRule;
typedef struct SigningRules {
    const SigningRule *items;
    size_t count;
} SigningRules;

/* Where a program works, and what it does there. */
typedef struct SigningPlace {
    Str state;              /* "": it has not said */
    SigningService service; /* 0: it has not said */
} SigningPlace;

SigningPlace signing_place(const Scope *scope, ProgramId program);
void signing_set_place(const Scope *scope, Tx *tx, ProgramId program, SigningPlace place);

/* States and territories, by two letters. */
typedef struct SigningState {
    Str code;
    Str name;
} SigningState;
typedef struct SigningStates {
    const SigningState *items;
    size_t count;
} SigningStates;
SigningStates signing_states(const Scope *scope);
/* "California"; "" for what is none. */
Str signing_state_name(Str code);

/* ---- the table of rules ---- */

/* The rule for just this state and service: the program's own, or what every program starts with; false when
 * there is neither. */
bool signing_rule_own(const Scope *scope, ProgramId program, Str state, SigningService service,
                      SigningRule *ret_rule);
/* The rule that is followed there: for the state, else for everywhere, else the strictest. *ret_is_strictest:
 * nobody wrote one. */
SigningRule signing_rule_for(const Scope *scope, ProgramId program, Str state, SigningService service,
                             bool *ret_is_strictest);
/* The rule that is followed where the program works; the strictest while it has not said where. */
SigningRule signing_rule_here(const Scope *scope, ProgramId program, SigningPlace *ret_place,
                              bool *ret_is_strictest);
/* All that the program wrote, by state and service, and what every program starts with in the state where it
 * works. */
SigningRules signing_rules(const Scope *scope, ProgramId program);
/* All that the program ever wrote for this state and service, the newest first; at most 50. */
SigningRules signing_rule_history(const Scope *scope, ProgramId program, Str state, SigningService service);

typedef enum SigningResult {
    SIGNING_DONE,
    SIGNING_SAME,   /* nothing is different; nothing was written */
    SIGNING_STALE,  /* somebody replaced the rule meanwhile; nothing was written */
    SIGNING_AGES,   /* alone before together */
    SIGNING_SOURCE, /* a rule without a source is none */
} SigningResult;

/* Replaces the rule for rule->state and rule->service, by the actor. `was`: the row that the form showed. Of
 * `rule` what the database knows by itself is not read. */
SigningResult signing_rule_set(const Scope *scope, Tx *tx, ProgramId program, const SigningRule *rule,
                               SigningRuleId was);
/* Takes the program's own rule out: what every program starts with counts there again, or the strictest. */
SigningResult signing_rule_retire(const Scope *scope, Tx *tx, ProgramId program, Str state,
                                  SigningService service, SigningRuleId was);

/* Whose signatures a rule asks for at this age in whole years. */
SigningWho signing_who(const SigningRule *rule, int64_t age);

/* ---- how old somebody is ---- */

/* The month in which somebody was born; the day is never asked. */
typedef struct SigningBorn {
    int64_t year; /* 0: not said */
    int64_t month;
} SigningBorn;

/* Sealed under the person's own key. Said once more, it takes the place of what was said before. */
void signing_born_keep(const Scope *scope, Tx *tx, PersonId person, SigningBorn born);
/* False when this person was never asked. */
bool signing_born_find(const Scope *scope, PersonId person, SigningBorn *ret_born);
/* Whole years at the scope's day, counted with care: a birthday counts when its month is over. */
int64_t signing_age(const Scope *scope, SigningBorn born);

typedef struct SigningNeed {
    SigningWho who;
    bool is_asked;      /* the person is young here: a rule was followed; else the rest is empty */
    SigningRule rule;   /* which one */
    bool is_strictest;  /* because nobody wrote one */
    SigningPlace place; /* where the program works */
} SigningNeed;

/* Whose signatures a consent of somebody born then needs in this program today. */
SigningNeed signing_need_at(const Scope *scope, ProgramId program, SigningBorn born);
/* The same of a person; of whom nobody knows that they are young, only their own. */
SigningNeed signing_need(const Scope *scope, ProgramId program, PersonId person);
/* The row that says this rule, for a consent to refer to: what every program starts with is kept as it was
 * followed. */
SigningRuleId signing_rule_keep(const Scope *scope, Tx *tx, ProgramId program, const SigningRule *rule);

/* ---- in sentences ---- */

Text signing_service_text(SigningService service);
/* "Until 11 a parent signs. From 12 to 17 both sign. From 18 on the young person signs alone." */
Str signing_rule_words(const Scope *scope, const SigningRule *rule);

/* ---- inside ---- */

/* What every program starts with for a state and service; false: nothing. Sources are in the scope's
 * language. */
bool signing_start_rule(const Scope *scope, Str state, SigningService service, SigningRule *ret_rule);
SigningRules signing_start_rules(const Scope *scope);
SigningRule signing_strictest(const Scope *scope, SigningService service);

#endif
