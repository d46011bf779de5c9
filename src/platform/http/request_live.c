/* SPDX-License-Identifier: Apache-2.0 */
/* Between the boundary and the live process: what is told after a commit, and who listens. */
#include "platform/http/request_parts.h"

void boundary_live(Boundary *boundary, LiveWay *way) {
    boundary->live = way;
    db_hints_to(boundary->db, live_way_hints, way);
}

bool boundary_hand_over(void *context, int socket) {
    const Boundary *boundary = context;
    const LiveLine line = {.verb = LIVE_HAND,
                           .person = boundary->scope.actor.value,
                           .session = boundary->scope.session.value,
                           .since = boundary->reply.since.us};
    return boundary->live != NULL && live_way_hand(boundary->live, &line, socket);
}
