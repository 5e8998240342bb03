/* organisation.h: accounts that several persons share, and what each of them may do there.
 *
 * An organisation is an account without a password: its tokens, plans, usage, limits and erasure
 * are those of any account. Persons have places in it, each with a role:
 *
 *                  see, usage   tokens   members   owners, end
 *     reader            x
 *     developer         x          x
 *     admin             x          x        x
 *     owner             x          x        x           x
 *
 * Contract   whoever has no place in an organisation is told that there is none (ERR_NOT_FOUND);
 * whoever has one without the right is told so (ERR_ROLE_MISSING). There is always an owner: the
 * last one can neither leave nor step down (ERR_LAST_OWNER) but hand over or end it. Leaving the
 * service   is never held up by an organisation: where the last owner cancels his account, the
 *            place passes to whoever has the highest role, and of those has been there longest; he
 * is told. Where nobody else is there, the organisation is erased with him. organisation_each says
 * which it will be, so that he knows before. Others     a member sees of another his user name,
 * role and since when: he agreed to that when he joined.
 */
#pragma once
#include "domain/account.h"

enum { ORGANISATIONS_OF_PERSON_MAX = 20, MEMBERS_MAX = 200, ORGANISATION_NAME_RUNES_MAX = 60 };

enum organisation_role { ROLE_READER, ROLE_DEVELOPER, ROLE_ADMIN, ROLE_OWNER, ROLE_COUNT };
enum organisation_right { RIGHT_SEE = 1, RIGHT_TOKENS = 2, RIGHT_MEMBERS = 4, RIGHT_OWN = 8 };

const char *organisation_role_name(enum organisation_role role);
bool organisation_role_parse(struct text name, enum organisation_role *out);
bool organisation_may(enum organisation_role role, enum organisation_right right);

enum organisation_after {
    AFTER_STAYS,
    AFTER_PASSES_ON,
    AFTER_ENDS
}; /* when the person leaves the service */

/* A person's place. */
struct place {
    int64_t organisation, since_ms, verified_ms;
    enum organisation_role role;
    uint64_t subject; /* of the organisation */
    int64_t member_count;
    enum organisation_after after;
};

[[nodiscard]] struct err organisation_create(struct domain *d, const struct account *person,
                                             struct text name, struct account *out);
/* The organisation that `id` names (its subject in digits), as an account to act for. */
[[nodiscard]] struct err organisation_enter(struct domain *d, const struct account *person,
                                            struct text id, enum organisation_right right,
                                            struct account *out, struct place *place_out);
[[nodiscard]] struct err organisation_each(struct domain *d, int64_t person,
                                           struct err (*visit)(void *with, const struct place *p),
                                           void *with);
[[nodiscard]] struct err organisation_rename(struct domain *d, const struct account *organisation,
                                             struct text name);
/* Begins its erasure; the others are told. */
[[nodiscard]] struct err organisation_end(struct domain *d, const struct account *organisation,
                                          struct text *receipt_out);

struct member {
    int64_t account, since_ms;
    uint64_t subject;
    enum organisation_role role;
    struct text username;
};

[[nodiscard]] struct err member_each(struct domain *d, int64_t organisation,
                                     void (*visit)(void *with, const struct member *m), void *with);
/* `person` asks, `id` is whom it is about. ERR_NOT_FOUND, ERR_ROLE_MISSING, ERR_LAST_OWNER. */
[[nodiscard]] struct err member_set_role(struct domain *d, const struct account *organisation,
                                         const struct account *person, struct text id,
                                         struct text role);
/* Another, or oneself: that needs no right. */
[[nodiscard]] struct err member_remove(struct domain *d, const struct account *organisation,
                                       const struct account *person, struct text id);
/* A new place, in the caller's transaction; ERR_CONFLICT where he has one. */
[[nodiscard]] struct err member_add(struct domain *d, int64_t organisation, int64_t person,
                                    enum organisation_role role);

/* ---- of the erasure, inside its transaction ---- */

/* The person's places go, or pass on; `end` is called for each organisation that goes with him. */
[[nodiscard]] struct err organisation_person_goes(struct domain *d, const struct account *person,
                                                  struct err (*end)(struct domain *d,
                                                                    int64_t organisation));

/* ---- by the operator's staff ---- */

struct organisation_line {
    int64_t account, verified_ms, member_count;
    uint64_t subject;
    struct text name, evidence;
};

/* The first behind `after`; account 0: no more. */
[[nodiscard]] struct err organisation_next(struct domain *d, int64_t after,
                                           struct organisation_line *out);
/* By this evidence it is a partner enterprise; empty: no longer. */
[[nodiscard]] struct err organisation_verify(struct domain *d, uint64_t staff, struct text id,
                                             struct text evidence);
[[nodiscard]] struct err organisation_count_verified(struct domain *d, uint64_t *out);
