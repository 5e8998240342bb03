/* probe_log.h: what the prober saw, kept in files that only grow, each line chained to those before it,
 * signed.
 *
 *     FOLDER/2026-11-24.log    "alapi-probes 1 <chain>"     the chain of the days before, in hex
 *                              "179546436 operational 1 26 0"
 *                                                           slot, state, pages answered, APIs asked, failed
 *     FOLDER/2026-11-24.end    how long that file is and what its chain is, signed
 *
 * The chain of a line is SHA-256 (chain before it, then the line with its end). So whoever changes a byte,
 * takes out a line or a day or writes one is found out. A file may be longer than its note says by what was
 * written when the power went: that counts as not seen.
 *
 * Contract   one writer a folder. probe_log_open checks all files and hands each line that is proved to
 *            `visit`; what is not proved stays away, so it is unknown, and `fault` says the first in words
 *            for as long as that file is kept. PROBE_LOG_FILES are kept, the oldest goes first: 12 MiB at
 *            most. Neither the server nor its records have a part in it.
 * Threads    one.
 */
#pragma once
#include "crypt/checkpoint.h"
#include "domain/availability.h"

enum { PROBE_LOG_FILES = 32, PROBE_LOG_FAULT_BYTES = 160 };

struct probe_line {
    int64_t slot;
    enum service_state state;
    unsigned pages_ok, asked, failed;
};

struct probe_log_place {
    const char *folder;
    struct text name; /* of whoever signs */
    const struct secret *seed;
    bool is_reader; /* nothing is written: a look from outside */
};

struct probe_log {
    struct probe_log_place place;
    char day[16];  /* of the file that grows; empty: none yet */
    int64_t bytes; /* its length; 0: it is to be begun */
    struct digest chain;
    char fault[PROBE_LOG_FAULT_BYTES]; /* empty: whole */
    uint64_t lines;                    /* that are proved */
};

typedef void probe_line_visit(void *with, const struct probe_line *line);

[[nodiscard]] struct err probe_log_open(struct arena *a, const struct probe_log_place *place,
                                        probe_line_visit *visit, void *with, struct probe_log *out);
[[nodiscard]] struct err probe_log_append(struct arena *a, struct probe_log *log,
                                          const struct probe_line *line, int64_t now_ms);
