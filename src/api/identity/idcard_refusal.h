/* idcard_refusal.h: the sentence for each rule of GB 11643 that a number can break.
 *
 * Contract   the number itself is never in it.
 */
#pragma once
#include "call/call.h"
#include "codec/idcard.h"

struct err idcard_refusal(struct call *c, unsigned ask, enum idcard_fault fault);
