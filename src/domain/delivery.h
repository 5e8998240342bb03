/* delivery.h: the way of a message out of the outbox: which is due, when again, what became of it.
 *
 * A message stays its file until the other side has answered. Then its name says what the answer
 * was: <name>.eml.sent        <name>.eml.refused-<reason>        <name>.eml.late in one rename,
 * synced; and delivery_settle writes it into the records and removes the file. So a program that is
 * killed anywhere sends nothing twice whose answer it saw. A message that has to wait keeps its
 * name, and the time from which it is due again is the file's time: each pause is as long as the
 * message is old, from DELIVERY_PAUSE_MS up to DELIVERY_PAUSE_MAX_MS, for DELIVERY_MS in all.
 *
 * Contract   messages without a reference (a person waits for them) come before those with one
 * (news for many), the older first. Whoever erases a person removes the files (outbox_erase); a
 * message that is gone meanwhile is no error. Threads    delivery_read and delivery_mark: any, one
 * message at one thread. The others: one.
 */
#pragma once
#include "base/carried.h"
#include "domain/outbox.h"

enum {
    DELIVERY_PAUSE_MS = 30000,
    DELIVERY_PAUSE_MAX_MS = 6 * 3600000,
    DELIVERY_MS = 72 * 3600000,
};

enum delivery_channel { DELIVERY_MAIL = 1, DELIVERY_SMS = 2 }; /* bits */

struct delivery_name {
    char name[OUTBOX_NAME_MAX];
    enum delivery_channel channel;
};

struct letter {
    enum message_kind kind;
    struct text to, subject, body, code; /* subject: plain */
    struct text id;                      /* the same at each try */
    int64_t born_ms, until_ms;
    struct text content; /* of a mail: as it goes over the wire, every line ended by CR LF */
};

/* At most `room` that are due, of these channels. */
[[nodiscard]] struct err delivery_due(struct domain *d, unsigned channels,
                                      struct delivery_name *out, unsigned room,
                                      unsigned *count_out);

/* When the oldest that still waits in these channels was written; 0: none waits. */
[[nodiscard]] struct err delivery_oldest(struct domain *d, unsigned channels, int64_t *born_ms_out);

/* ERR_NOT_FOUND: erased meanwhile. ERR_IO: no message of ours. `from` makes the mail's id. */
[[nodiscard]] struct err delivery_read(struct arena *a, const char *outbox,
                                       const struct delivery_name *name, struct text from,
                                       struct letter *out);
bool delivery_is_late(const struct letter *letter, int64_t now_ms);

/* What the answer was. ERR_STORAGE_UNAVAILABLE: it could not be noted: send nothing more until it
 * can. */
[[nodiscard]] struct err delivery_mark(struct arena *a, const char *outbox,
                                       const struct delivery_name *name, const struct carried *what,
                                       int64_t now_ms);
extern const struct carried
    delivery_late; /* its time is over: for delivery_mark, known by its reason */

/* Everything that was answered goes into the records and out of the outbox. Each is told before it
 * goes, and told again where that failed: fate is "delivered", "bounced" or "expired". */
struct delivery_told {
    enum delivery_channel channel;
    struct text reference, fate, reason; /* reference: may be empty */
};
[[nodiscard]] struct err delivery_settle(struct domain *d,
                                         struct err (*tell)(struct domain *d,
                                                            const struct delivery_told *told));
[[nodiscard]] struct err delivery_reap(struct domain *d); /* what became of messages long ago */

/* For a person's export. */
struct delivery_line {
    struct text reference, fate, reason;
    int64_t told_ms;
};
[[nodiscard]] struct err delivery_list(struct domain *d, int64_t account,
                                       void (*visit)(void *with, const struct delivery_line *line),
                                       void *with);
