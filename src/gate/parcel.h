/* parcel.h: how a call crosses the unix socket from nginx to a worker, and its answer back.
 *
 * Contract   a parcel is the body of one HTTP request or answer: a magic with the version, then fields in
 *            a fixed order; numbers are little-endian, texts are a u32 length and their bytes. Every
 *            length is checked against what is there and nothing may stand behind the last field, so
 *            what is printed parses back to the same and no bytes can do more than be refused.
 *            The answer carries data and not an envelope: nginx, which knows the face, the charge and the
 *            limits, makes the envelope for every lane.
 *
 *     ask     "ALPASK01" u8 language, u64 request id, u64 now_ms, 16 bytes peer, text path,
 *             u32 count, then count times: u8 is_file, text name, text value
 *     answer  "ALPANS01" text kind (empty: it succeeded), text ignored; then
 *             succeeded: text content type (empty: data is JSON), text data, text source name,
 *                        text source as_of, u8 is_stale
 *             refused:   text say, text parameter, text hint zh, text hint en, u32 retry_after_s
 *
 * Memory     what an ask is opened to points into the parcel; what an answer is opened to is copied
 *            into the call's arena.
 * Threads    any; a call belongs to one.
 */
#pragma once
#include "call/call.h"

/* The largest ask that a worker takes: a whole body, and the query and the lengths besides. */
#define LIMIT_PARCEL_ASK_BYTES (LIMIT_BODY_FILE_BYTES + (512u << 10))
/* The largest answer that nginx needs to take. */
#define LIMIT_PARCEL_ANSWER_BYTES (LIMIT_REPLY_BYTES + (64u << 10))

/* Needs endpoint, language, now_ms, request_id, peer and params. Where the result is longer than
 * LIMIT_PARCEL_ASK_BYTES the caller refuses the call with ERR_BODY_TOO_LARGE. */
struct text parcel_ask_in(struct arena *a, const struct call *c);

/* Fills the same fields of an initialised call. ERR_REQUEST_MALFORMED, or ERR_API_UNKNOWN where the path
 * is not in the catalog. */
[[nodiscard]] struct err parcel_ask_open(struct call *c, struct text parcel,
                                         const struct endpoint *const *catalog);

/* `e` is what perform returned. */
struct text parcel_answer_in(struct arena *a, const struct call *c, struct err e);

/* Opens and closes the envelope of `c` around what came and returns ok; or sets hint, parameter and
 * retry_after_s and returns the worker's refusal. A malformed parcel is ERR_SOURCE_FAILED. In both cases
 * c->ignored is what the worker found. */
[[nodiscard]] struct err parcel_answer_open(struct call *c, struct text parcel);
