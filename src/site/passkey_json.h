/* passkey_json.h: WebAuthn's JSON, as browsers write and read it (PublicKeyCredential.toJSON,
 * parseCreationOptionsFromJSON, parseRequestOptionsFromJSON; WebAuthn level 3, 5.1.7 and on).
 */
#pragma once
#include "domain/login.h"
#include "site/visit.h"

/* What the browser calls this site. */
struct passkey_place visit_place(struct visit *v);

/* The body's member "passkey"; *out->passkey is NULL where it is missing. ERR_FIELD_INVALID. */
[[nodiscard]] struct err visit_passkey(struct visit *v, struct passkey_proof *proof_out, bool *there_out);

/* code | recovery | passkey of the body. */
[[nodiscard]] struct err visit_second(struct visit *v, struct passkey_proof *room, struct second *out);

/* "publicKey": {…} for navigator.credentials.create, and for .get (of the account; NULL: of anybody). */
[[nodiscard]] struct err creation_options_put(struct visit *v, struct text challenge);
[[nodiscard]] struct err request_options_put(struct visit *v, const struct account *account,
                                             struct text challenge);
