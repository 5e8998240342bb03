/* serve.h: `alapi serve`: the control plane as one program.
 *
 *     HTTP threads    requests of /account and the pages          (http_server.c)
 *     publisher       changes into the catalogue, every 100 ms    (publisher.c)
 *     drain           counts into the records, every second       (drain.c)
 *     sender          mails and messages out of the outbox         (sender.c)
 *     keeper          ends sessions and codes, finishes erasures, every 10 s
 *     prover          signs the audit log, runs the probes and the canary (prover.c)
 *     policies      the policy of the moment, notices to persons, twice a second (policy_shelf.c)
 *
 * Contract   one a home; SIGTERM and SIGINT end it cleanly. A job that fails says so in the log and in
 *            /status.json and is tried again; the others go on.
 */
#pragma once
#include "app/home.h"

struct serve_options {
    bool is_development; /* shows the outbox */
    int listener;        /* a socket that listens already, at HOME_SERVE_SOCK; -1: we make it */
};

[[nodiscard]] struct err serve_run(struct arena *a, struct home *home, const struct serve_options *how);
