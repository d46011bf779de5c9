/* SPDX-License-Identifier: Apache-2.0 */
/* The parent process: binds the port, forks the workers and the jobs process, replaces what dies, stops
 * gracefully. */
#ifndef SERVE_H
#define SERVE_H

#include "platform/command/command.h"

/* Serves until SIGTERM or SIGINT; returns the exit status. fail(FAIL_USAGE) when the port cannot be had. */
int serve_run(const Application *application, const Config *config);

#endif
