/* sensitive.h: numbers in a free text that nobody should write there: identity cards and bank cards.
 *
 * Contract   digits may be parted by single blanks or hyphens, and be full-width. A number counts where it is
 *            well formed: an identity card by birthday and check character (codec/idcard.h), a bank card by
 *            its issuer's first digits, its length and Luhn's check digit. Long numbers of other kinds
 *            (requests, tickets, telephones) don't. What it finds says nothing about whether the number is
 *            anybody's.
 * Source     GB 11643-1999; ISO/IEC 7812-1, annex B (Luhn) and the first digits of UnionPay 62, Visa 4,
 *            Mastercard 51-55 and 2221-2720, American Express 34 and 37, JCB 35.
 */
#pragma once
#include "base/text.h"

enum sensitive_kind { SENSITIVE_NONE, SENSITIVE_IDCARD, SENSITIVE_BANKCARD };

struct sensitive {
    enum sensitive_kind kind;
    size_t start, length; /* bytes */
};

/* The first one at or behind `from`; kind NONE where there is none. */
struct sensitive sensitive_find(struct text t, size_t from);

/* The text with a star for each digit of such numbers. */
struct text sensitive_mask_in(struct arena *a, struct text t);

const char *sensitive_name(enum sensitive_kind kind, bool english);
