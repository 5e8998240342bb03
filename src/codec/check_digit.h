/* check_digit.h: the check characters of the numbers that people copy by hand.
 *
 * Contract   each takes characters without blanks or hyphens and says whether the last of them
 * (IBAN: the third and fourth) fits the others. A number that fits is well formed; whether it was
 * issued, none can tell. Source     luhn: ISO/IEC 7812-1 annex B; gs1: GS1 General
 * Specifications 7.9; isbn10: ISO 2108:2005 annex; mod97: ISO 7064 MOD 97-10 as ISO 13616 uses it;
 * uscc: GB 32100-2015; organization: GB 11714-1997; vin: 49 CFR 565.15 (mandatory in North America
 * and China, GB 16735-2019).
 */
#pragma once
#include "base/text.h"

bool check_luhn(struct text digits);       /* payment cards, IMEI */
bool check_gs1(struct text digits);        /* EAN, UPC, ITF-14, SSCC, ISBN-13: 8 to 18 digits */
bool check_isbn10(struct text characters); /* nine digits and a digit or X */
bool check_mod97(struct text characters);  /* an IBAN in capitals */
bool check_uscc(struct text characters);   /* 18 characters in capitals */
bool check_organization(struct text characters); /* nine characters in capitals */
bool check_vin(struct text characters);          /* 17 characters in capitals, without I, O, Q */

/* The check digit that the digits before it ask for. */
char check_gs1_digit(struct text digits);
char check_isbn10_digit(struct text nine_digits);
