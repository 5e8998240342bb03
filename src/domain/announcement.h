/* announcement.h: telling everybody of a major change of the policy, each person once.
 *
 * The idea   a publication with a kind of major change opens a notice in its own transaction. A job
 * then goes through the accounts in the order of their numbers, a batch at a time: 1 hide     each
 * person's message is made under a name of its own, where no sender sees it 2 sync     the files
 * outlive a power cut 3 rows     "put" for each person, and how far the job has come: one
 * transaction 4 show     the messages get the names that a sender takes Killed before 3, the batch
 * is done again over the same files; killed after it, what is hidden and "put" is shown, and what
 * is hidden and not "put" is dropped (announcement_resume). So each person has one message,
 * whatever happens. Who registers before the version takes effect is told as well. Channel    mail;
 * a short message where there is only a number; neither for an account without both. Cost       a
 * batch is two queries, one sync and one commit, besides opening each person's address. Not here
 * the announcement on the site's pages (site/visit_page.c), which stays until the person agrees.
 */
#pragma once
#include "domain/publication.h"

enum announcement_step {
    ANNOUNCE_HIDE = 1,
    ANNOUNCE_SYNC,
    ANNOUNCE_ROWS,
    ANNOUNCE_SHOW_ONE,
    ANNOUNCE_ALL
};

struct announcement {
    int64_t version, reached, put, unreachable, bounced, created_ms, done_ms;
};

/* After a start: what a killed program left hidden. */
[[nodiscard]] struct err announcement_resume(struct domain *d);

/* One batch; *more_out: there is more to do at once. Stops behind `last`: ANNOUNCE_ALL but for
 * tests.
 */
[[nodiscard]] struct err announcement_work(struct domain *d, unsigned batch,
                                           enum announcement_step last, bool *more_out);

/* The last one; version 0: there was none. */
[[nodiscard]] struct err announcement_last(struct domain *d, struct announcement *out);

/* Whether the reference is of a message of this job. */
bool announcement_is_of(struct text reference);
/* The sender's door: the message of this reference did not arrive. */
[[nodiscard]] struct err announcement_bounced(struct domain *d, struct text key);

struct announcement_person {
    int64_t version, time_ms;
    struct text channel, state;
};
[[nodiscard]] struct err
announcement_each(struct domain *d, int64_t account,
                  void (*visit)(void *with, const struct announcement_person *p), void *with);
