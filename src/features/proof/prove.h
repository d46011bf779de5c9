/* SPDX-License-Identifier: Apache-2.0 */
/* What the request boundary calls when a page wants more proof of who this is (HttpHooks.prove). */
#ifndef PROVE_H
#define PROVE_H

#include "platform/scope.h"

typedef struct Reply Reply;
typedef struct Input Input;

void prove_ask(Scope *scope, Reply *reply, const Input *held);

#endif
