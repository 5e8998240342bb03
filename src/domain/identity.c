/* identity.c: see identity.h. Normal forms and scripts are ICU's. */
#include "domain/identity.h"
#include "base/must.h"
#include "codec/host.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

enum {
    EMAIL_BYTES_MAX = 254,
    LOCAL_BYTES_MAX = 64,
    NAME_RUNES_MIN = 3,
    NAME_RUNES_MAX = 32,
    PASSWORD_BYTES_MAX = 1024,
    UNITS_MAX = 4096,
};

const char *identity_kind_name(enum identity_kind kind) {
    static const char *const names[] = {"username", "email", "phone"};
    return names[kind];
}

/* UTF-8 through an ICU normaliser; false where it is not UTF-8 or too long. */
static bool normalize_in(struct arena *a, const UNormalizer2 *form, struct text given,
                         struct text *out) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t units = 0, bytes = 0;
    if (given.length >= UNITS_MAX || !text_is_utf8(given))
        return false;
    UChar *wide = arena_alloc(a, UNITS_MAX * sizeof *wide),
          *normal = arena_alloc(a, UNITS_MAX * 4 * sizeof *normal);
    u_strFromUTF8(wide, UNITS_MAX, &units, given.bytes, (int32_t)given.length, &code);
    int32_t length = unorm2_normalize(form, wide, units, normal, UNITS_MAX * 4, &code);
    char *room = arena_alloc(a, UNITS_MAX * 12);
    u_strToUTF8(room, UNITS_MAX * 12, &bytes, normal, length, &code);
    if (U_FAILURE(code))
        return false;
    *out = text_of(room, (size_t)bytes);
    return true;
}

static bool nfkc_in(struct arena *a, struct text given, struct text *out) {
    UErrorCode code = U_ZERO_ERROR;
    return normalize_in(a, unorm2_getNFKCInstance(&code), given, out);
}

static bool nfc_in(struct arena *a, struct text given, struct text *out) {
    UErrorCode code = U_ZERO_ERROR;
    return normalize_in(a, unorm2_getNFCInstance(&code), given, out);
}

/* RFC 5321 dot-string: atext and single dots inside. */
static bool is_local_part(struct text t) {
    char before = '.';
    if (t.length == 0 || t.length > LOCAL_BYTES_MAX)
        return false;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     text_find_char(TEXT("!#$%&'*+/=?^_`{|}~-"), c) != SIZE_MAX;
        if (!plain && (c != '.' || before == '.'))
            return false;
        before = c;
    }
    return before != '.';
}

static bool is_host_shape(struct text t) {
    for (size_t i = 0; i < t.length; i++)
        if (text_find_char(TEXT(" /:@?#[]\\,;<>()\""), t.bytes[i]) != SIZE_MAX)
            return false;
    return t.length > 0 && t.bytes[t.length - 1] != '.' && !text_has_control(t) &&
           text_find(t, TEXT("\r")) == SIZE_MAX && text_find(t, TEXT("\n")) == SIZE_MAX;
}

struct err identity_email(struct domain *d, struct text given, struct identity *out) {
    struct text t = text_trim(given), host;
    size_t at = text_find_char(t, '@');
    if (at == SIZE_MAX || !text_is_utf8(t))
        return domain_refuse(d, ERR_EMAIL_INVALID, "email",
                             "an e-mail address has the form name@host");
    struct text local = text_part(t, 0, at), rest = text_from(t, at + 1);
    if (!is_local_part(local))
        return domain_refuse(
            d, ERR_EMAIL_INVALID, "email",
            "before the @ stand 1 to 64 ASCII letters, digits or marks, without quotes");
    if (!is_host_shape(rest) || !host_normalize_in(d->arena, rest, &host))
        return domain_refuse(d, ERR_EMAIL_INVALID, "email",
                             "behind the @ stands a host name such as example.com");
    struct text shown = text_format_in(d->arena, "%.*s@%.*s", TEXT_ARG(local), TEXT_ARG(host));
    if (shown.length > EMAIL_BYTES_MAX)
        return domain_refuse(d, ERR_EMAIL_INVALID, "email",
                             "an e-mail address has at most 254 characters");
    *out = (struct identity){IDENTITY_EMAIL, shown, text_lower_in(d->arena, shown)};
    return ok;
}

struct err identity_phone(struct domain *d, struct text given, struct identity *out) {
    struct text plain, digits;
    char *room = arena_alloc(d->arena, given.length + 1);
    size_t length = 0;
    if (given.length > 64 || !nfkc_in(d->arena, given, &plain)) /* full-width digits become ASCII */
        return domain_refuse(d, ERR_PHONE_INVALID, "phone", "a phone number has 11 digits");
    for (size_t i = 0; i < plain.length && length < given.length; i++)
        if (text_find_char(TEXT(" -()"), plain.bytes[i]) == SIZE_MAX)
            room[length++] = plain.bytes[i];
    digits = text_of(room, length);
    if (text_starts(digits, TEXT("+86")))
        digits = text_from(digits, 3);
    else if (text_starts(digits, TEXT("0086")))
        digits = text_from(digits, 4);
    uint64_t number;
    if (digits.length != 11 || digits.bytes[0] != '1' || digits.bytes[1] < '3' ||
        !text_to_u64(digits, &number))
        return domain_refuse(d, ERR_PHONE_INVALID, "phone",
                             "send a mainland China mobile number of 11 digits");
    struct text shown = text_format_in(d->arena, "+86%.*s", TEXT_ARG(digits));
    *out = (struct identity){IDENTITY_PHONE, shown, shown};
    return ok;
}

/* Letters and digits of any script but _ and -; Latin beside Cyrillic or Greek is a disguise. */
static bool is_name(struct text t) {
    size_t runes = 0, digits = 0;
    bool latin = false, look_alike = false;
    while (t.length) {
        int32_t rune = text_rune(&t);
        UErrorCode code = U_ZERO_ERROR;
        if (rune < 0 || (!u_isalnum(rune) && rune != '_' && rune != '-'))
            return false;
        UScriptCode script = uscript_getScript(rune, &code);
        latin |= script == USCRIPT_LATIN;
        look_alike |= script == USCRIPT_CYRILLIC || script == USCRIPT_GREEK;
        digits += u_isdigit(rune) != 0;
        runes++;
    }
    return runes >= NAME_RUNES_MIN && runes <= NAME_RUNES_MAX && digits < runes &&
           !(latin && look_alike);
}

struct err identity_username(struct domain *d, struct text given, struct identity *out) {
    struct text shown;
    if (given.length > NAME_RUNES_MAX * 4 || !nfkc_in(d->arena, given, &shown) || !is_name(shown))
        return domain_refuse(d, ERR_USERNAME_INVALID, "username",
                             "a user name has 3 to 32 letters, digits, Chinese characters, _ or -, "
                             "and not digits alone");
    char *lower = text_c_in(d->arena, shown);
    struct text rest = shown;
    size_t length = 0;
    while (rest.length) { /* a letter whose small form needs more bytes stays as it is */
        size_t before = rest.length;
        int32_t rune = text_rune(&rest);
        char room[4];
        struct text small = text_rune_print(room, u_tolower(rune));
        if (small.length != before - rest.length)
            small = text_rune_print(room, rune);
        for (size_t i = 0; i < small.length; i++)
            lower[length++] = small.bytes[i];
    }
    *out = (struct identity){IDENTITY_USERNAME, shown, text_of(lower, length)};
    return ok;
}

bool identity_guess(struct domain *d, struct text given, struct identity *out) {
    struct detail before = d->detail;
    struct err e = text_find_char(given, '@') != SIZE_MAX ? identity_email(d, given, out)
                                                          : identity_phone(d, given, out);
    if (e.kind && text_find_char(given, '@') == SIZE_MAX)
        e = identity_username(d, given, out);
    d->detail = before;
    return e.kind == ERR_NONE;
}

struct err identity_digest(struct domain *d, const struct identity *identity, struct digest *out) {
    return domain_hash(d, KEY_INDEX, identity_kind_name(identity->kind), PARTS(identity->canonical),
                       out);
}

static bool holds(struct domain *d, struct text password, struct text part) {
    return part.length >= NAME_RUNES_MIN &&
           text_find(text_lower_in(d->arena, password), text_lower_in(d->arena, part)) != SIZE_MAX;
}

/* One short piece over and over, or one step after another ("abcdefghijklmno"). */
static bool is_monotone(struct text t) {
    size_t same = 0, steps = 0;
    for (size_t i = 1; i < t.length; i++) {
        int step = (unsigned char)t.bytes[i] - (unsigned char)t.bytes[i - 1];
        same += step == 0;
        steps += step == 1 || step == -1;
    }
    for (size_t period = 1; period <= 4 && period < t.length; period++) {
        size_t repeats = 0;
        for (size_t i = period; i < t.length; i++)
            repeats += t.bytes[i] == t.bytes[i - period];
        if (repeats == t.length - period)
            return true;
    }
    return same + steps + 2 > t.length;
}

static bool is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool knows(struct domain *d, struct text password) {
    return password.length > 0 && d->known_passwords.has(d->known_passwords.with, password);
}

/* Known as it is, or a known word with digits and signs around it, or a row of known words. */
static bool is_widely_known(struct domain *d, struct text password) {
    enum { PIECE_MIN = 4 };
    if (!d->known_passwords.has)
        return false;
    struct text lower = text_lower_in(d->arena, password), stem = lower;
    while (stem.length && !is_letter((unsigned char)stem.bytes[0]))
        stem = text_from(stem, 1);
    while (stem.length && !is_letter((unsigned char)stem.bytes[stem.length - 1]))
        stem.length--;
    if (knows(d, lower) || (stem.length >= PIECE_MIN && knows(d, stem)))
        return true;
    for (size_t cut = PIECE_MIN; cut + PIECE_MIN <= lower.length; cut++)
        if (knows(d, text_part(lower, 0, cut)) && knows(d, text_from(lower, cut)))
            return true;
    return false;
}

struct err identity_password(struct domain *d, struct text given, const struct identity *name,
                             const struct identity *contact, struct text *out) {
    return identity_password_of(d, given, PASSWORD_RUNES_ALONE, name, contact, out);
}

struct err identity_password_of(struct domain *d, struct text given, unsigned runes_min,
                                const struct identity *name, const struct identity *contact,
                                struct text *out) {
    struct text password;
    if (given.length > PASSWORD_BYTES_MAX)
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password",
                             "a password has at most 1,024 bytes");
    if (!nfc_in(d->arena, given, &password) || text_runes(password) < runes_min)
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password",
                             text_say_in(d->arena, "a password has at least %u characters", runes_min));
    if (is_monotone(password))
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password",
                             "the password repeats or counts; take words instead");
    if (is_widely_known(d, password))
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password",
                             "the password is among those that attackers try first; take some words that do "
                             "not belong together");
    if (name && holds(d, password, name->canonical))
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password", "the password holds the user name");
    if (contact && holds(d, password,
                         text_part(contact->canonical, 0, text_find_char(contact->canonical, '@'))))
        return domain_refuse(d, ERR_PASSWORD_WEAK, "password",
                             "the password holds the address or the number");
    *out = password;
    return ok;
}

bool identity_normal_password(struct domain *d, struct text given, struct text *out) {
    return nfc_in(d->arena, given, out);
}
