/* SPDX-License-Identifier: Apache-2.0 */
/* The world breaks under one piece of work: at its first statement, its second, and so on; then at each
 * allocation. Include test/unit.h first. */
#ifndef FEATURE_FAULT_H
#define FEATURE_FAULT_H

#include "test/feature_world.h"

/* What is to be done, in a transaction that is kept when it returns and undone when it fails. */
typedef void FaultWork(World *world, Tx *tx, void *context);
/* The test stops when something has changed. Asked after each fault. */
typedef void FaultCheck(World *world, void *context);

/* Runs `work` with every fault in turn, and `untouched` after each; in the end once in a whole world, and
 * that counts. The test stops when there was no statement to fail. */
void fault_each(World *world, FaultWork *work, FaultCheck *untouched, void *context);

#endif
