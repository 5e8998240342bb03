/* account.h: a person (or the operator's own program) that holds tokens.
 *
 * Contract   names, addresses and numbers are sealed under the person's own key; a row tells nothing
 *            without it. account_find and account_read open them. The number goes into the catalogue and
 *            is never used twice; the subject is random and public.
 */
#pragma once
#include "domain/identity.h"

struct account {
    int64_t number;
    uint64_t subject;
    bool is_active, is_erasing;
    bool is_guarded; /* a child below 14 with a guardian; age says teen */
    struct text state, age, source;
    int64_t created_ms;
    const struct secret *key;           /* the person's own; wiped with the arena */
    struct text username, email, phone; /* empty: none */
    int64_t email_ms, phone_ms;         /* since when */
    struct text password_sealed;        /* empty: none */
};

struct new_account {
    struct identity username, contact; /* contact.shown empty: none (the operator's hand only) */
    const char *password_hash;         /* NULL: none */
    struct text age;                   /* "adult" "teen" */
    const char *source;                /* "subject" "operator"; an organisation's is "organisation" */
    struct text consent_version, consent_hash, language; /* empty version: none */
    struct text guardian; /* the contact of who consented for a child; empty: none */
};

/* In one transaction of its own, which `before` (may be NULL) joins. ERR_USERNAME_TAKEN, ERR_CONFLICT. */
[[nodiscard]] struct err account_create(struct domain *d, const struct new_account *with,
                                        struct err (*before)(struct domain *d, void *with),
                                        void *before_with, int64_t *number_out);
/* One that several persons share (organisation.h): a name that nobody logs in with, no password, no contact.
 * `then` joins the transaction behind the row. */
[[nodiscard]] struct err account_create_shared(struct domain *d, struct text name,
                                               struct err (*then)(struct domain *d, void *with,
                                                                  const struct account *account),
                                               void *then_with, int64_t *number_out);
[[nodiscard]] struct err account_rename_shared(struct domain *d, const struct account *account,
                                               struct text name);
[[nodiscard]] struct err account_read(struct domain *d, int64_t number,
                                      struct account *out); /* ERR_NOT_FOUND */
[[nodiscard]] struct err account_find(struct domain *d, const struct identity *who,
                                      int64_t *number_out); /* 0: nobody */
[[nodiscard]] struct err account_rename(struct domain *d, const struct account *account,
                                        const struct identity *name);
[[nodiscard]] struct err account_set_contact(struct domain *d, const struct account *account,
                                             const struct identity *contact);
[[nodiscard]] struct err account_set_password(struct domain *d, const struct account *account,
                                              const char *hash);
/* ERR_LOGIN_FAILED where it is not the account's. */
[[nodiscard]] struct err account_check_password(struct domain *d, const struct account *account,
                                                struct text password);
/* The same by the number alone, at the same work for a number that nobody has (0): nothing else of the
 * account is read before the password fits. *is_weak_out: it fits, and should be hashed anew
 * (account_rehash). */
[[nodiscard]] struct err account_prove_password(struct domain *d, int64_t number, struct text password,
                                                bool *is_weak_out);
[[nodiscard]] struct err account_rehash(struct domain *d, const struct account *account,
                                        struct text password);
/* Puts its names back into the blind index, which no backup has. */
[[nodiscard]] struct err account_index(struct domain *d, const struct account *account);
/* The numbers behind `after`, in order. */
[[nodiscard]] struct err account_next(struct domain *d, int64_t after,
                                      int64_t *number_out); /* 0: no more */

/* Where a sealed value of the account stands: the table, the column's name without "_sealed", and the
 * number of the row (its integer key, or what personal.tsv says behind the table's owner). The export
 * opens it by these. */
struct account_field {
    const char *table, *column;
    int64_t row;
};

#define FIELD(table, column, row) ((struct account_field){table, column, row})

struct text account_seal(struct domain *d, const struct account *account,
                         struct account_field field, struct text plain);
[[nodiscard]] struct err account_open(struct domain *d, const struct account *account,
                                      struct account_field field, struct text sealed,
                                      struct text *out);
