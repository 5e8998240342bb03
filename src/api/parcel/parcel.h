/* parcel.h: what the APIs of parcels share: their parameters made uniform before a provider is asked.
 *
 * Contract   the first three parameters are number, com and phone. A carrier's code, short code or name
 *            becomes its code ({com}); of a phone number the last four digits leave the house ({phone}).
 *            What cannot be one is refused before anybody is asked. Worker lane only.
 */
#pragma once
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE
[[nodiscard]] struct err parcel_run(struct call *c);
#endif
