/* log_entry.h: an entry of the audit log as the bytes that its leaf is the hash of.
 *
 *     "alapi entry 1" 0x00                          what this is
 *     seq, time, actor, subject                     8 bytes each, big endian; time is Unix ms
 *     actor kind, action, object, purpose, sealed   each: its length in 4 bytes, big endian, and it
 *
 * Contract   one entry has one spelling and one spelling is one entry: log_entry_parse takes nothing
 *            that log_entry_print_in does not print. The sealed part is cipher text under a person's
 *            key, hashed as it is stored: once the key is gone the entry tells of nobody, and the
 *            log is as whole as before.
 * Threads    any.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { LOG_ENTRY_BYTES_MAX = 128 << 10 };

struct log_entry {
    uint64_t seq, actor, subject;
    int64_t time_ms;
    struct text actor_kind, action, object, purpose, sealed;
};

struct text log_entry_print_in(struct arena *a, const struct log_entry *e);
/* The texts point into `bytes`. */
bool log_entry_parse(struct text bytes, struct log_entry *out);
