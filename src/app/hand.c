/* hand.c: see hand.h. */
#include "app/hand.h"
#include "app/command.h"
#include "app/publisher.h"
#include "base/clock.h"

struct err hand_open(struct arena *a, const struct options *o, struct hand *out) {
    *out = (struct hand){.chance = random_system()};
    try(home_enter(a, command_home(options_value(o, "--home")), &out->home));
    struct err e = home_store(a, &out->store);
    if (!e.kind)
        e = home_check(&out->home, a, out->store);
    if (e.kind) {
        e.say = e.say ? text_say_in(a, "%s", e.say) : NULL;
        store_close(out->store);
        home_leave(&out->home);
        return e;
    }
    out->domain = home_domain(&out->home, a, out->store, &out->chance, clock_now_ms());
    out->domain.purpose = KEY_FOR_OPERATOR;
    return ok;
}

struct err hand_publish(struct arena *a, struct hand *h) {
    return publisher_once(a, &h->home);
}

void hand_close(struct hand *h) {
    store_close(h->store);
    home_leave(&h->home);
}

struct err hand_account(struct hand *h, const char *name, struct account *out) {
    struct domain *d = &h->domain;
    struct identity who;
    uint64_t number = 0;
    int64_t found = 0;
    if (name[0] == '#' && text_to_u64(text_c(name + 1), &number))
        return account_read(d, (int64_t)number, out);
    if (identity_guess(d, text_c(name), &who))
        try(account_find(d, &who, &found));
    if (!found)
        return err_make(ERR_NOT_FOUND, text_say_in(d->arena, "there is no account %s; alapi account list shows all", name));
    return account_read(d, found, out);
}
