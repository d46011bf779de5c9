/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages of a policy show: filled by policy_pages.c and policy_edit_pages.c, drawn by policy.html. */
#ifndef POLICY_VIEW_H
#define POLICY_VIEW_H

#include "features/policy/policy_trial.h"
#include "features/program/program.h"
#include "policy_sql.h"
#include "ui/ui.h"

/* ---- one policy in sentences and bars ---- */

typedef struct PolicyFacetRow {
    Text facet;
    MatchingFacetPolicy policy;
} PolicyFacetRow;
typedef struct PolicyFacetRows {
    const PolicyFacetRow *items;
    size_t count;
} PolicyFacetRows;

typedef struct PolicyWords {
    const MatchingPolicy *policy;
    PolicyFacetRows facets; /* all, in the order in which they are told */
    bool has_common;        /* some facet has that rule */
    bool has_if_said;
    int64_t most;        /* points: the longest bar */
    int64_t urgent_days; /* how many days of waiting an urgent request is worth; 0: days count nothing */
} PolicyWords;

/* ---- what is followed, and all versions ---- */

typedef struct PolicyListPage {
    Layout layout;
    Program program;
    bool is_coordinator;
    PolicyVersion followed;
    PolicyWords words;
    PolicyRowListRows versions;
    bool has_draft;
    bool has_earlier;
    DutyHolders leaders;
} PolicyListPage;

/* ---- one version ---- */

/* One number or rule that reads otherwise than in the policy that is followed. */
typedef struct PolicyDifference {
    Str what;
    Str before;
    Str after;
} PolicyDifference;
typedef struct PolicyDifferences {
    const PolicyDifference *items;
    size_t count;
} PolicyDifferences;

typedef struct PolicyTouchedRow {
    RequestId request;
    Str called; /* none: this reader coordinates nothing here */
    Str now;    /* names, best first; empty: nobody */
    Str then;
    bool is_changed;
} PolicyTouchedRow;
typedef struct PolicyTouchedRows {
    const PolicyTouchedRow *items;
    size_t count;
} PolicyTouchedRows;

typedef struct PolicyGateRow {
    Str words; /* the figure, and what passes */
    bool is_passed;
} PolicyGateRow;
typedef struct PolicyGateRows {
    const PolicyGateRow *items;
    size_t count;
} PolicyGateRows;

typedef struct PolicyWaitRow {
    Text group;
    PolicyWait by[SIMULATE_QUEUE_COUNT];
} PolicyWaitRow;
typedef struct PolicyWaitRows {
    const PolicyWaitRow *items;
    size_t count;
} PolicyWaitRows;

typedef struct PolicyFlipRow {
    Text kind;
    PolicyFlip flip;
} PolicyFlipRow;
typedef struct PolicyFlipRows {
    const PolicyFlipRow *items;
    size_t count;
} PolicyFlipRows;

typedef struct PolicyPage {
    Layout layout;
    Program program;
    PolicyVersion version;
    PolicyWords words;
    Text sorry; /* why nothing was done, or TEXT_NONE */
    bool is_leader;
    DutyHolders leaders;
    PolicyDifferences differences; /* of a draft */
    PolicyWaiting waiting;         /* of a draft */
    PolicyTouchedRows touched;
    PolicyTrial trial; /* of any version that was tried */
    PolicyGateRows gates;
    PolicyWaitRows waits;
    int64_t weeks; /* the longest bar */
    PolicyFlipRows flips;
    const Form *form; /* adopting: version, reason */
} PolicyPage;

/* ---- editing ---- */

typedef struct PolicyFacetFields {
    Text facet;
    size_t rule; /* fields */
    size_t first;
    size_t chosen;
    size_t coded;
} PolicyFacetFields;
typedef struct PolicyFacetFieldsRows {
    const PolicyFacetFields *items;
    size_t count;
} PolicyFacetFieldsRows;

typedef struct PolicyEditPage {
    Layout layout;
    PolicyVersion version;
    Text sorry;
    const Form *form;
    PolicyFacetFieldsRows facets;
    Options rules;
    Options methods;
    size_t numbers; /* the first of the fields that are about no facet */
} PolicyEditPage;

#endif
