/* agent.h: a browser's family and system, in a few words, from its User-Agent.
 *
 * Contract   a word of ours for each, never a word of the header: what is shown later cannot be chosen by
 *            whoever logs in. What is not known is "other".
 */
#pragma once
#include "base/text.h"

/* "Firefox · Linux" */
struct text agent_label_in(struct arena *a, struct text user_agent);
