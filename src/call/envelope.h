/* envelope.h: the frame around every answer, made in one place so that it cannot differ between lanes.
 *
 * Contract   envelope_open before the API runs, then exactly one of envelope_close (it succeeded) or
 *            envelope_refuse. Afterwards call.reply is the body and call.status the HTTP status.
 */
#pragma once
#include "call/call.h"

void envelope_open(struct call *c);
void envelope_close(struct call *c);
void envelope_refuse(struct call *c, struct err e);

/* The Content-Type of the body. */
const char *envelope_type(const struct call *c);

/* The value of "data", once the API has run. */
struct text envelope_data(const struct call *c);
