/* pdf.c: see pdf.h. */
#include "codec/pdf.h"
#include "base/must.h"

enum { HEAD_BYTES = 1024, TAIL_BYTES = 64, ARCHIVE_TAIL_BYTES = 66 << 10 };

static bool has_version(struct text t) {
    return t.length >= 8 && (t.bytes[5] == '1' || t.bytes[5] == '2') && t.bytes[6] == '.' &&
           t.bytes[7] >= '0' && t.bytes[7] <= '9';
}

/* Behind the last end mark there is white space only. */
static bool ends_well(struct text t) {
    size_t start = t.length > TAIL_BYTES ? t.length - TAIL_BYTES : 0;
    struct text tail = text_trim(text_from(t, start));
    return text_ends(tail, TEXT("%%EOF"));
}

static bool has_nocase(struct text t, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= t.length; i++)
        if (text_equal_nocase(text_part(t, i, length), text_of(word, length)))
            return true;
    return false;
}

bool pdf_is_plain(struct text t) {
    static const char *const pages[] = {"<html", "<script", "<!doctype", "<?php", "<svg"};
    struct text head = text_part(t, 0, HEAD_BYTES);
    size_t tail = t.length > ARCHIVE_TAIL_BYTES ? t.length - ARCHIVE_TAIL_BYTES : 0;
    if (!text_starts(t, TEXT("%PDF-")) || !has_version(t) || !ends_well(t))
        return false;
    for (size_t i = 0; i < COUNT(pages); i++)
        if (has_nocase(head, pages[i]))
            return false;
    return text_find(text_from(t, tail), TEXT("PK\x05\x06")) == SIZE_MAX &&
           text_find(t, TEXT("PK\x03\x04")) == SIZE_MAX &&
           text_find(head, TEXT("\x7f"
                                "ELF")) == SIZE_MAX &&
           text_find(t, TEXT("EICAR-STANDARD-ANTIVIRUS-TEST-FILE")) == SIZE_MAX;
}
