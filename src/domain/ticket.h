/* ticket.h: a question, a complaint or a request, from the day it came to its final answer.
 *
 * Two clocks run from the moment it came, in Shanghai's time: 30 calendar days, which is promised, and 15
 * days of work, by which the staff is measured. Both end at the same time of day: earlier than the law would
 * have them end, never later.
 *
 * Contract   a ticket is known by 12 letters that cannot be guessed. Its owner reads it: the account that
 *            wrote it, or who holds its key (128 bits, made from the number, stored nowhere). Everybody else
 *            learns at most its clock (ticket_clock), and of an account's ticket nothing at all.
 *            What was written is sealed: under the person's key, or under the office's for strangers.
 *            The same words from the same person within a minute are one ticket. Text with numbers of
 *            identity or bank cards is refused before anything is stored, unless its writer agreed to that.
 *            An address that a stranger wrote into a form is told the answer only after a code came back from
 *            it. Who wrote by mail is answered by mail, and is a stranger whoever he says he is.
 *            No attachment is taken.
 * Retention  an account's tickets go with the account, and TICKET_KEEP_DAYS after their last answer; a
 *            stranger's TICKET_STRANGER_DAYS after it.
 * Not here   the staff's work (ticket_work.h); warnings and figures (ticket_clocks.h).
 */
#pragma once
#include "domain/account.h"

enum {
    TICKET_DUE_DAYS = 30,
    TICKET_INNER_WORKDAYS = 15,
    TICKET_KEEP_DAYS = 730,
    TICKET_STRANGER_DAYS = 365,
    TICKET_TEXT_RUNES_MAX = 8000,
    TICKET_MESSAGES_MAX = 50, /* of a person, in one ticket */
    TICKET_PUBLIC_LETTERS = 12,
    TICKETS_HOUR_MAX = 20, /* of one account or address prefix */
};

struct ticket_kind {
    const char *name;
    bool is_privacy;
    const char *at_once;          /* "GET /account"; NULL: needs a person */
    const char *says[2], *how[2]; /* zh, en */
};

extern const struct ticket_kind ticket_kinds[]; /* ended by an empty one */
const struct ticket_kind *ticket_kind_find(struct text name);

struct new_ticket {
    struct text kind, text, language; /* empty kind: question */
    struct text contact;              /* a stranger's e-mail address; may be empty */
    struct text prefix;               /* of the asker's address */
    struct text asker;                /* more of the asker, to tell two apart; never stored */
    const struct account *account;    /* NULL: a stranger */
    bool sensitive_ok;
    const char *source; /* "account" "form" "mail" */
    struct text mark;   /* of a mail: a digest of it */
    bool is_silent;     /* a machine wrote it: no acknowledgement */
};

struct ticket_promise {
    struct text number, key; /* key: a stranger's only */
    const struct ticket_kind *kind;
    int64_t opened_ms, due_ms, inner_ms;
    bool is_arranged; /* the holidays on the way are known */
    struct text flow; /* a code is on its way to the contact; empty: none */
    int64_t flow_ends_ms;
    bool was_there; /* a double click */
};

struct ticket {
    int64_t number, account; /* account 0: a stranger's */
    struct text public, kind, source, language, outcome, contact, draft;
    bool is_privacy, is_proved;
    int64_t round, created_ms, expires_ms, opened_ms, inner_ms, due_ms, taken_ms, closed_ms;
    uint64_t handler;
};

/* ERR_SENSITIVE_TEXT, ERR_FIELD_INVALID, ERR_EMAIL_INVALID, ERR_TOO_MANY_REQUESTS. */
[[nodiscard]] struct err ticket_open(struct domain *d, const struct new_ticket *with,
                                     struct ticket_promise *out);

/* By its owner: an account, or a key. ERR_NOT_FOUND for all else. */
[[nodiscard]] struct err ticket_of(struct domain *d, struct text public, int64_t account, struct text key,
                                   struct ticket *out);
/* A stranger's ticket, of which nothing but the clock may be shown. ERR_NOT_FOUND. */
[[nodiscard]] struct err ticket_clock(struct domain *d, struct text public, struct ticket *out);
[[nodiscard]] struct err ticket_read(struct domain *d, int64_t number, struct ticket *out);
[[nodiscard]] struct err
ticket_each(struct domain *d, int64_t account,
            struct err (*visit)(struct domain *d, void *with, const struct ticket *t), void *with);

struct ticket_message {
    struct text author, text; /* "person" "staff" "final" */
    int64_t round, created_ms;
};
[[nodiscard]] struct err ticket_messages(struct domain *d, const struct ticket *t,
                                         void (*visit)(void *with, const struct ticket_message *m),
                                         void *with);

/* One more word of the owner's. ERR_CONFLICT where the ticket is closed, ERR_LIMIT_REACHED. */
[[nodiscard]] struct err ticket_say(struct domain *d, const struct ticket *t, struct text text,
                                    bool sensitive_ok);

/* The code that a stranger's address was sent. */
[[nodiscard]] struct err ticket_prove(struct domain *d, struct text flow, struct text code);

/* Not content with the final answer: a new round with new clocks and another handler. Once. */
[[nodiscard]] struct err ticket_appeal(struct domain *d, const struct ticket *t, struct text text,
                                       bool sensitive_ok);

/* The letters as a number and back; capitals, hyphens and blanks don't matter. */
bool ticket_public_parse(struct text public, int64_t *number_out);
struct text ticket_public_in(struct arena *a, int64_t number); /* "ABCD-EFGH-JKLM" */

struct text ticket_key(struct domain *d, int64_t number);
/* What the subject of a mail must hold to join a ticket: "[#ABCD-EFGH-JKLM-…]". */
struct text ticket_mail_mark(struct domain *d, int64_t number);
bool ticket_mail_mark_find(struct domain *d, struct text subject, int64_t *number_out);

/* ---- for ticket_work.c, ticket_mail.c ---- */

/* Sealed with whoever's key the ticket is under. */
[[nodiscard]] struct err ticket_seal(struct domain *d, const struct ticket *t, struct account_field field,
                                     struct text plain, struct text *out);
[[nodiscard]] struct err ticket_unseal(struct domain *d, const struct ticket *t, struct account_field field,
                                       struct text sealed, struct text *out);
[[nodiscard]] struct err ticket_put_message(struct domain *d, const struct ticket *t, const char *author,
                                            struct text text);
[[nodiscard]] struct err ticket_put_round(struct domain *d, const struct ticket *t);
/* Whom an answer may be written to; false: nobody. */
[[nodiscard]] struct err ticket_address(struct domain *d, const struct ticket *t, struct identity *out,
                                        bool *found_out);
