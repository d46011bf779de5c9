/* SPDX-License-Identifier: Apache-2.0 */
/* Address blocks. */
#include "platform/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

enum { V4_AT = 12, V6_KEPT_BYTES = 7 /* 56 bits */ };

static const unsigned char mapped_start[V4_AT] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_v4(HttpAddress address) {
    return memcmp(address.bytes, mapped_start, sizeof mapped_start) == 0;
}

HttpAddress address_of_socket(const struct sockaddr_storage *from) {
    HttpAddress address = {{0}};
    if (from->ss_family == AF_INET6) {
        memcpy(address.bytes, &((const struct sockaddr_in6 *)from)->sin6_addr, sizeof address.bytes);
    } else if (from->ss_family == AF_INET) {
        memcpy(address.bytes, mapped_start, sizeof mapped_start);
        memcpy(address.bytes + V4_AT, &((const struct sockaddr_in *)from)->sin_addr, 4);
    }
    return address;
}

HttpAddress address_cut(HttpAddress address) {
    const size_t kept = is_v4(address) ? V4_AT + 3 : V6_KEPT_BYTES;
    memset(address.bytes + kept, 0, sizeof address.bytes - kept);
    return address;
}

Str address_block(Arena *arena, HttpAddress address) {
    if (is_v4(address)) {
        return str_print(arena, "%u.%u.%u.0/24", address.bytes[V4_AT], address.bytes[V4_AT + 1],
                         address.bytes[V4_AT + 2]);
    }
    address = address_cut(address);
    char text[INET6_ADDRSTRLEN] = "";
    inet_ntop(AF_INET6, address.bytes, text, sizeof text);
    return str_print(arena, "%s/56", text);
}

bool address_forwarded(Str line, HttpAddress *ret_address) {
    size_t start = line.length;
    while (start > 0 && line.at[start - 1] != ',') {
        start--;
    }
    Str last = str_trim(str_part(line, start, line.length));
    char text[INET6_ADDRSTRLEN + 1] = "";
    if (last.length == 0 || last.length >= sizeof text) {
        return false;
    }
    memcpy(text, last.at, last.length);
    HttpAddress address = {{0}};
    if (inet_pton(AF_INET, text, address.bytes + V4_AT) == 1) {
        memcpy(address.bytes, mapped_start, sizeof mapped_start);
        *ret_address = address;
        return true;
    }
    if (inet_pton(AF_INET6, text, address.bytes) == 1) {
        *ret_address = address;
        return true;
    }
    return false;
}

bool address_is_loopback(HttpAddress address) {
    static const unsigned char v6[16] = {[15] = 1};
    return is_v4(address) ? address.bytes[V4_AT] == 127 : memcmp(address.bytes, v6, sizeof v6) == 0;
}

bool address_is_this_machine(HttpAddress address) {
    static const unsigned char v4[4] = {127, 0, 0, 1};
    return address_is_loopback(address) &&
           (!is_v4(address) || memcmp(address.bytes + V4_AT, v4, sizeof v4) == 0);
}
