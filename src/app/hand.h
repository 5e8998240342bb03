/* hand.h: what a command of the operator's needs: the home, its records, and a domain on them.
 *
 * Contract   hand_open enters the home that the options name. hand_close publishes what was changed, unless a
 *            running serve does, and lets go of everything.
 */
#pragma once
#include "app/home.h"
#include "app/options.h"
#include "domain/account.h"

struct hand {
    struct home home;
    struct store *store;
    struct random chance;
    struct domain domain;
};

#define OPTION_HOME {"--home", false, false, "the home directory"}

[[nodiscard]] struct err hand_open(struct arena *a, const struct options *o, struct hand *out);
[[nodiscard]] struct err hand_publish(struct arena *a, struct hand *h);
void hand_close(struct hand *h);

/* An account by its user name, address or number ("#12"). ERR_NOT_FOUND says so. */
[[nodiscard]] struct err hand_account(struct hand *h, const char *name, struct account *out);
