/* SPDX-License-Identifier: Apache-2.0 */
/* A settled market as a plan with its proof. */
#ifndef PROOF_H
#define PROOF_H

#include "base/arena.h"
#include "matching/assignment.h"
#include "matching/market.h"

/* The plan of a market with scale 1, in the arena. Whether it is proved is looked up in every pair, not
 * believed. */
AssignmentPlan proof_make(Arena *arena, const Market *market);

#endif
