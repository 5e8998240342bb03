/* door.h: one request at this service's own front door, as a stranger would send it: for the canary and the
 * probes.
 *
 * Contract   a local socket's path or "address:port" of this machine; one connection a request, HTTP/1.0 (so
 *            an answer is never chunked), DOOR_ANSWER_BYTES_MAX and DOOR_SECONDS_MAX at most. Not for other
 *            hosts: that is fetch/.
 */
#pragma once
#include "base/err.h"
#include "base/text.h"

enum { DOOR_ANSWER_BYTES_MAX = 12 << 20, DOOR_SECONDS_MAX = 10 };

struct door_request {
    const char *method, *path;
    struct text headers; /* each line ended by \r\n */
    struct text body;    /* with bytes NULL: none; else JSON */
};

struct door_answer {
    int status;
    struct text head, body;
};

[[nodiscard]] struct err door_ask(struct arena *a, const char *door,
                                  const struct door_request *request, struct door_answer *out);

/* The next header of this name (in lower case) behind `*rest`, which begins as the answer's head; false:
 * no more. */
bool door_header(struct arena *a, struct text *rest, const char *name, struct text *out);
