/* verify.h: what the APIs share that let a provider compare facts about a person.
 *
 * Contract   an identity number that breaks GB 11643 and a number that is no mobile number are refused
 *            before anybody is asked, so that no provider is paid for a slip of the pen. The provider is
 *            given them plain: {idcard} of 18 characters with X in upper case, {phone} of eleven digits.
 *            Nothing of them is kept or logged (is_personal). Worker lane only.
 */
#pragma once
#include "api/connected.h"

#ifndef ALAPI_NO_WORKER_LANE
[[nodiscard]] struct err verify_run(struct call *c);         /* any of name, idcard, phone */
[[nodiscard]] struct err verify_mobiles_run(struct call *c); /* mobiles, the first parameter */
#endif
