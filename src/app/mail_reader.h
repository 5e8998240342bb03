/* mail_reader.h: a mail taken apart by GMime, in a process of its own that can do nothing else.
 *
 * Contract   the bytes are hostile: they are read behind the sandbox (sandbox.h) in a process made for this
 *            one mail, which may use MAIL_SECONDS and may die; then the mail is not read, and says why. What
 *            comes back is plain, bounded text; of more than MAIL_PARTS parts only the first are looked at,
 *            and attachments are counted and left. Nothing that a mail says of its sender is believed.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum {
    MAIL_BYTES_MAX = 10 << 20,
    MAIL_TEXT_BYTES_MAX = 48 << 10,
    MAIL_PARTS = 200,
    MAIL_SECONDS = 10,
    MAIL_SETS_MAX = 16
};

struct mail {
    struct text from, subject, id, text; /* from: "name@example.com", or empty */
    bool is_automatic;                   /* a machine's answer, a bounce, a loop: it is never answered */
    bool is_silent;                      /* to a list or in bulk: a request, but not to be acknowledged */
    uint64_t attachments;
};

/* What has to be loaded before the sandbox closes, and stays so until the last mail is read. */
struct mail_reader {
    void *sets[2 * MAIL_SETS_MAX];
};

void mail_reader_open(struct mail_reader *r);
void mail_reader_close(struct mail_reader *r);

/* *fault_out: NULL, or a short word on why it could not be read: "died" "slow" "empty". */
[[nodiscard]] struct err mail_read(struct arena *a, struct text raw, struct mail *out,
                                   const char **fault_out);
