/* perform.h: running an API's function inside its frame; the same for every lane and for the command line.
 *
 * Contract   needs call.endpoint, params and data set (and fetch for live APIs). perform_ready says,
 *            before any charge, whether the API can run at all. perform checks the parameters, runs the
 *            function and closes the envelope; where it returns an error the caller gives the charge
 *            back and then calls envelope_refuse.
 */
#pragma once
#include "call/call.h"

[[nodiscard]] struct err perform_ready(struct call *c);
[[nodiscard]] struct err perform(struct call *c);
