/* SPDX-License-Identifier: Apache-2.0 */
/* What the page of a plan around a day shows: filled by bridge_pages.c, drawn by bridge.html. */
#ifndef BRIDGE_VIEW_H
#define BRIDGE_VIEW_H

#include "features/bridge/bridge.h"
#include "ui/ui.h"

enum { BRIDGE_FIELD_KIND, BRIDGE_FIELD_DAY, BRIDGE_FIELDS };
enum { BRIDGE_STEP_WORDS, BRIDGE_STEP_STAGE, BRIDGE_STEP_PART2, BRIDGE_STEP_FIELDS };

/* A line as one reader may see it: opened for that reader (platform/http/part2.h). */
typedef struct BridgeStepShown {
    BridgeStepId id;
    Str words;
    bool is_part2;
    bool is_withheld; /* nothing can be said to it */
    bool is_done;
    Str done_by_called;
    bool may_take_out;
} BridgeStepShown;
typedef struct BridgeStepsShown {
    const BridgeStepShown *items;
    size_t count;
} BridgeStepsShown;

typedef struct BridgeStageShown {
    Text name;
    Date day;
    BridgeStepsShown steps;
} BridgeStageShown;
typedef struct BridgeStagesShown {
    const BridgeStageShown *items;
    size_t count;
} BridgeStagesShown;

typedef struct BridgeShown {
    Bridge bridge;
    BridgeStagesShown stages;
    Options choices; /* of stages */
} BridgeShown;
typedef struct BridgesShown {
    const BridgeShown *items;
    size_t count;
} BridgesShown;

typedef struct BridgePage {
    Layout layout;
    const Form *form;
    const Form *step_form;
    BridgeId step_bridge; /* to which step_form belongs; 0: to each, empty */
    Form empty_step;
    MatchId match;
    bool is_receiver;
    Str other_called;
    Options kinds;
    BridgesShown list;
} BridgePage;

#endif
