/* carried.h: what became of one message that was handed to a mail server or a provider of short messages.
 *
 * Contract   the four fates tell what to do next, and nothing else does. `reason` is one of our own short
 *            words, `code` the other side's number (0: none): neither ever holds an address or a text of
 *            the other side, so both may stand in a log.
 */
#pragma once

enum carried_fate {
    CARRIED_SENT,    /* the other side has taken it over: never again */
    CARRIED_LATER,   /* this one not now (greylisted, too many to this number): try it again */
    CARRIED_REFUSED, /* this one never (no such mailbox, no such number) */
    CARRIED_STOPPED, /* none at all now: down, or the settings do not fit; no other would fare better */
};

struct carried {
    enum carried_fate fate;
    const char *reason; /* static: "recipient_refused" */
    unsigned code;
};
