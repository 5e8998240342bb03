/* feed.h: a news feed (RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed) as one form of JSON.
 *
 *     {"title","link","updated",
 *      "items":[{"id","title","link","summary","content","author","category","published","image"}]}
 *
 * Contract   what a feed does not say is left out. Times stay as the feed writes them but for those of
 *            RFC 822 and
 *            RFC 3339, which become RFC 3339 in UTC. `summary` is plain text, `content` what the feed
 *            has, HTML included. At most FEED_ITEMS_MAX items are taken. Nothing is ever fetched, no
 *            entity is defined: a document that declares one is refused.
 * Errors     ERR_SOURCE_FAILED: no feed.
 * Memory     the JSON goes into `out`, which is born with its limit.
 * Threads    any, after feed_begin (once, before the first thread).
 * Source     RSS Advisory Board "RSS 2.0 Specification"; RFC 4287; jsonfeed.org/version/1.1.
 */
#pragma once
#include "base/buf.h"
#include "base/err.h"

enum { FEED_ITEMS_MAX = 500, FEED_BYTES_MAX = 2 << 20, FEED_TEXT_BYTES_MAX = 64 << 10 };

void feed_begin(void);
[[nodiscard]] struct err feed_json(struct arena *a, struct text feed, struct buf *out);

/* "Tue, 10 Jun 2003 04:00:00 GMT", "2003-06-10T06:00:00+02:00" as "2003-06-10T04:00:00Z"; others as they
 * are. */
struct text feed_time_in(struct arena *a, struct text t);
