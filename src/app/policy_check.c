/* policy_check.c: see policy_check.h. */
#include "app/policy_check.h"
#include "app/command.h"
#include "base/file.h"
#include "domain/policy_lint.h"
#include "domain/promise.h"

#include <stdio.h>

enum { FINDINGS_BYTES_MAX = 1 << 20 };

struct err policy_check_read(struct arena *a, const char *file, struct policy_version *out) {
    static const char *const endings[] = {".zh.md", ".en.md"};
    struct text path = text_c(file), stem = path, source[2];
    for (unsigned i = 0; i < 2; i++)
        if (text_ends(path, text_c(endings[i])))
            stem = text_part(path, 0, path.length - 6);
    if (stem.length == path.length)
        return err_make(ERR_USAGE, text_say_in(a, "%s: a policy's file is named N.zh.md or N.en.md", file));
    for (unsigned i = 0; i < 2; i++) {
        const char *name = text_say_in(a, "%.*s%s", TEXT_ARG(stem), endings[i]);
        try(file_read_in(a, name, POLICY_BYTES_MAX, &source[i]));
    }
    for (size_t slash; (slash = text_find_char(stem, '/')) != SIZE_MAX;)
        stem = text_from(stem, slash + 1);
    return policy_version_read(a, stem, source, out);
}

unsigned policy_check(struct arena *a, const struct policy_version *v, struct buf *faults,
                      struct buf *notes) {
    policy_law_drift(v, notes);
    return policy_lint(v, faults) + policy_promises_check(a, v, faults);
}

int policy_check_run(struct arena *a, const char *file) {
    struct policy_version *v = arena_alloc(a, sizeof *v);
    struct buf faults, notes;
    struct err e = policy_check_read(a, file, v);
    if (e.kind)
        return command_fail(e);
    buf_init(&faults, a, FINDINGS_BYTES_MAX);
    buf_init(&notes, a, FINDINGS_BYTES_MAX);
    unsigned count = policy_check(a, v, &faults, &notes);
    fprintf(stderr, "%.*s", TEXT_ARG(buf_peek(&faults)));
    printf("%.*s", TEXT_ARG(buf_peek(&notes)));
    if (count)
        return command_fail(
            err_make(ERR_CONFLICT, text_say_in(a, "%s may not be published: %u faults", file, count)));
    printf("version %.*s: fit to be published, %u minutes to read, sha256 %.*s\n", TEXT_ARG(v->version),
           policy_reading_minutes(v), TEXT_ARG(digest_print_in(a, &v->sha256)));
    return 0;
}
