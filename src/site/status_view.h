/* status_view.h: the service's state as the prober saw it, for people and machines; also where serve is dead.
 *
 * Contract   nothing but what stands in the prober's note. The page that nginx shows needs no other file,
 *            and says when it was written: it cannot know how long ago that is.
 */
#pragma once
#include "codec/json.h"
#include "domain/probe_state.h"

/* "parts", "availability", "prober" of an object that is open. */
void status_put(struct json *j, struct arena *a, const struct probe_state *s);

struct text status_json_in(struct arena *a, const struct probe_state *s);
struct text status_page_in(struct arena *a, const struct probe_state *s, struct text operator_name);
