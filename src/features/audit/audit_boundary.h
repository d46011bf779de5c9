/* SPDX-License-Identifier: Apache-2.0 */
/* What the request boundary asks: whom a route's object is about, and the rows that follow. main.c hands
 * these two to HttpHooks. */
#ifndef AUDIT_BOUNDARY_H
#define AUDIT_BOUNDARY_H

#include "platform/record.h"
#include "platform/scope.h"

void audit_route_about(Scope *scope, int rule, int64_t object, RecordAbout *ret_about);
void audit_route_record(Scope *scope, Tx *tx, const RecordEvent *event);

#endif
