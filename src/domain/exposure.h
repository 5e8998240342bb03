/* exposure.h: a token that others may have read: it came over plain http although the site has TLS.
 *
 * Contract   exposure_note joins the transaction that it is called in. The first time of a token is
 *            audited (token.exposed) and its owner is told; later ones are nothing new. The token goes on:
 *            whoever uses it decides when to replace it; each such call is refused (key_exposed).
 */
#pragma once
#include "domain/account.h"

[[nodiscard]] struct err exposure_note(struct domain *d, int64_t account, uint64_t token);
