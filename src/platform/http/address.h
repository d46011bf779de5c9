/* SPDX-License-Identifier: Apache-2.0 */
/* Visitors' network addresses, cut down to blocks: enough to limit a flood, too little to name a
 * household. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include "platform/http/server.h"

struct sockaddr_storage;

/* The address at the other end of a socket. */
HttpAddress address_of_socket(const struct sockaddr_storage *from);

/* Only the block that the address is in: the first 24 bits, or 56 of IPv6. */
HttpAddress address_cut(HttpAddress address);

/* "192.0.2.0/24" or "2001:db8:0:100::/56". */
Str address_block(Arena *arena, HttpAddress address);

/* Reads the last address of an X-Forwarded-For line. False when it is none. */
bool address_forwarded(Str line, HttpAddress *ret_address);

bool address_is_loopback(HttpAddress address);

/* 127.0.0.1 or ::1, as which a proxy on this machine comes. */
bool address_is_this_machine(HttpAddress address);

#endif
