/* outside.h: what the APIs that ask the network share.
 *
 * Contract   return what these return. Only functions of the worker lane may call them.
 */
#pragma once
#include "call/call.h"
#include "fetch/fetch.h"

/* ERR_SOURCE_UNAVAILABLE where this program has no way out. */
[[nodiscard]] struct err outside_ready(struct call *c);

/* The error of a door of fetch/, with its hints and the parameter that named what was asked. */
[[nodiscard]] struct err outside_failed(struct call *c, unsigned ask, struct err e);
