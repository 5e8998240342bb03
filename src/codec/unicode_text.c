/* unicode_text.c: see unicode_text.h. */
#include "codec/unicode_text.h"
#include "base/must.h"

#include <unicode/ubrk.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

struct unicode_wide unicode_wide_in(struct arena *a, struct text t) {
    UErrorCode status = U_ZERO_ERROR;
    struct unicode_wide w = {arena_alloc(a, (t.length + 1) * sizeof(UChar)), 0};
    must(t.length < INT32_MAX);
    u_strFromUTF8WithSub(w.units, (int32_t)t.length + 1, &w.length, t.length ? t.bytes : "", (int32_t)t.length, 0xFFFD,
                         NULL, &status);
    must(U_SUCCESS(status));
    return w;
}

struct text unicode_narrow_in(struct arena *a, const UChar *units, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t used = 0;
    char *room = arena_alloc(a, (size_t)length * 3 + 1);
    u_strToUTF8WithSub(room, length * 3 + 1, &used, units, length, 0xFFFD, NULL, &status);
    return U_FAILURE(status) ? TEXT("") : text_of(room, (size_t)used);
}

static const UNormalizer2 *normalizer(enum unicode_form form) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *n = form == UNICODE_NFC    ? unorm2_getNFCInstance(&status)
                            : form == UNICODE_NFD  ? unorm2_getNFDInstance(&status)
                            : form == UNICODE_NFKC ? unorm2_getNFKCInstance(&status)
                                                   : unorm2_getNFKDInstance(&status);
    must(U_SUCCESS(status));
    return n;
}

/* One character becomes 18 units at most (U+FDFA in NFKC and NFKD). */
struct text unicode_normalize_in(struct arena *a, struct text t, enum unicode_form form) {
    struct unicode_wide w = unicode_wide_in(a, t);
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *n = normalizer(form);
    int32_t length = unorm2_normalize(n, w.units, w.length, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
        return t;
    UChar *room = arena_alloc(a, ((size_t)length + 1) * sizeof *room);
    status = U_ZERO_ERROR;
    length = unorm2_normalize(n, w.units, w.length, room, length + 1, &status);
    return U_FAILURE(status) ? t : unicode_narrow_in(a, room, length);
}

struct text unicode_case_in(struct arena *a, struct text t, enum unicode_case to) {
    struct unicode_wide w = unicode_wide_in(a, t);
    int32_t room_units = w.length * 3 + 1, length;
    UChar *room = arena_alloc(a, (size_t)room_units * sizeof *room);
    UErrorCode status = U_ZERO_ERROR;
    if (to == UNICODE_UPPER)
        length = u_strToUpper(room, room_units, w.units, w.length, "", &status);
    else if (to == UNICODE_LOWER)
        length = u_strToLower(room, room_units, w.units, w.length, "", &status);
    else if (to == UNICODE_TITLE)
        length = u_strToTitle(room, room_units, w.units, w.length, NULL, "", &status);
    else
        length = u_strFoldCase(room, room_units, w.units, w.length, U_FOLD_CASE_DEFAULT, &status);
    return U_FAILURE(status) ? t : unicode_narrow_in(a, room, length);
}

static struct text transform(struct arena *a, UTransliterator *t, struct unicode_wide w) {
    int32_t room_units = w.length * 12 + 64, length = w.length, limit = w.length;
    UChar *room = arena_alloc(a, (size_t)room_units * sizeof *room);
    UErrorCode status = U_ZERO_ERROR;
    memcpy(room, w.units, (size_t)w.length * sizeof *room);
    utrans_transUChars(t, room, &length, room_units, 0, &limit, &status);
    return U_FAILURE(status) ? TEXT("") : unicode_narrow_in(a, room, length);
}

struct text unicode_transform_in(struct arena *a, struct text t, const char *id) {
    UChar name[128];
    UErrorCode status = U_ZERO_ERROR;
    u_uastrncpy(name, id, 127);
    UTransliterator *made = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        return TEXT("");
    struct text found = transform(a, made, unicode_wide_in(a, t));
    utrans_close(made);
    return found;
}

size_t unicode_boundaries_in(struct arena *a, struct unicode_wide w, int32_t **ends_out) {
    UErrorCode status = U_ZERO_ERROR;
    size_t count = 0;
    UBreakIterator *it = ubrk_open(UBRK_CHARACTER, "", w.units, w.length, &status);
    *ends_out = arena_alloc(a, ((size_t)w.length + 1) * sizeof **ends_out);
    if (U_FAILURE(status))
        return 0;
    for (int32_t at = ubrk_next(it); at != UBRK_DONE; at = ubrk_next(it))
        (*ends_out)[count++] = at;
    ubrk_close(it);
    return count;
}

size_t unicode_graphemes(struct arena *a, struct text t) {
    int32_t *ends;
    return unicode_boundaries_in(a, unicode_wide_in(a, t), &ends);
}

struct text unicode_host_in(struct arena *a, struct text host) {
    UErrorCode status = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE, &status);
    if (U_FAILURE(status))
        return host;
    size_t room = host.length * 4 + 16;
    char *bytes = arena_alloc(a, room);
    int32_t length = uidna_nameToUnicodeUTF8(idna, host.bytes, (int32_t)host.length, bytes,
                                             (int32_t)room, &info, &status);
    uidna_close(idna);
    return U_FAILURE(status) || info.errors ? host : text_of(bytes, (size_t)length);
}

struct text unicode_skeleton_in(struct arena *a, struct text t) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    size_t room = t.length * 12 + 64;
    char *bytes = arena_alloc(a, room);
    int32_t length = U_FAILURE(status) ? 0 : uspoof_getSkeletonUTF8(checker, 0, t.bytes,
                                                                    (int32_t)t.length, bytes,
                                                                   (int32_t)room, &status);
    bool failed = U_FAILURE(status);
    uspoof_close(checker);
    return failed ? t : text_of(bytes, (size_t)length);
}

bool unicode_is_suspicious(struct text t) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker *checker = uspoof_open(&status);
    if (U_FAILURE(status))
        return false;
    uspoof_setRestrictionLevel(checker, USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(checker, USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
    int32_t found = uspoof_checkUTF8(checker, t.bytes, (int32_t)t.length, NULL, &status);
    uspoof_close(checker);
    return U_SUCCESS(status) && found != 0;
}
