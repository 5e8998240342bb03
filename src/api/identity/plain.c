/* plain.c: see plain.h. */
#include "api/identity/plain.h"

struct text plain_in(struct arena *a, struct text typed) {
    char *room = arena_alloc(a, typed.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) {
        char c = typed.bytes[i];
        if (c == ' ' || c == '-' || c == '.')
            continue;
        room[length++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return text_of(room, length);
}
