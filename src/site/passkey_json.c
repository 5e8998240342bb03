/* passkey_json.c: see passkey_json.h. */
#include "site/passkey_json.h"
#include "codec/base64.h"

enum { ID_LETTERS_MAX = 1364, PART_LETTERS_MAX = 24000 };

struct passkey_place visit_place(struct visit *v) {
    struct text origin = text_lower_in(v->d->arena, visit_origin(v));
    struct text host = text_from(origin, text_find(origin, TEXT("://")) + 3);
    return (struct passkey_place){.host = text_part(host, 0, text_find_char(host, ':')), .origin = origin};
}

/* ---- in ---- */

static bool read_bytes(struct visit *v, const json_t *object, const char *name, struct text *out) {
    struct text letters = json_member_text(object, name);
    *out = TEXT("");
    return letters.length <= PART_LETTERS_MAX &&
           (letters.length == 0 || base64_decode_in(v->d->arena, letters, out));
}

struct err visit_passkey(struct visit *v, struct passkey_proof *out, bool *there_out) {
    const json_t *passkey = json_object_get(v->fields, "passkey"), *response;
    const struct err wrong = domain_refuse(v->d, ERR_FIELD_INVALID, "passkey",
                                           "passkey must be what PublicKeyCredential.toJSON gives");
    *there_out = passkey != NULL;
    *out = (struct passkey_proof){.credential = TEXT("")};
    v->d->detail.field = NULL;
    if (!passkey)
        return ok;
    v->d->detail.field = "passkey";
    response = json_object_get(passkey, "response");
    if (!json_is_object(response) || json_member_text(passkey, "id").length > ID_LETTERS_MAX ||
        !read_bytes(v, passkey, "id", &out->credential) ||
        !read_bytes(v, response, "clientDataJSON", &out->answer.client_data) ||
        !read_bytes(v, response, "attestationObject", &out->answer.attestation) ||
        !read_bytes(v, response, "authenticatorData", &out->answer.authenticator_data) ||
        !read_bytes(v, response, "signature", &out->answer.signature))
        return wrong;
    v->d->detail.field = NULL;
    return ok;
}

struct err visit_second(struct visit *v, struct passkey_proof *room, struct second *out) {
    bool there;
    *out = (struct second){.place = visit_place(v)};
    try(visit_text(v, "code", &out->code));
    try(visit_text(v, "recovery", &out->recovery));
    try(visit_passkey(v, room, &there));
    out->passkey = there ? room : NULL;
    return ok;
}

/* ---- out ---- */

static void put_credential(void *with, const struct passkey_line *line) {
    struct visit *v = with;
    json_open_object(&v->json);
    json_put_c(&v->json, "type", "public-key");
    json_put_text(&v->json, "id", base64url_in(v->d->arena, line->credential));
    json_close_object(&v->json);
}

static struct err put_credentials(struct visit *v, const char *name, const struct account *account) {
    json_name(&v->json, name);
    json_open_list(&v->json);
    if (account)
        try(passkeys_each(v->d, account, put_credential, v));
    json_close_list(&v->json);
    return ok;
}

static void put_user(struct visit *v) {
    uint64_t subject = v->account.subject;
    json_name(&v->json, "user");
    json_open_object(&v->json);
    json_put_text(&v->json, "id", base64url_in(v->d->arena, text_of((char *)&subject, sizeof subject)));
    json_put_text(&v->json, "name", v->account.username);
    json_put_text(&v->json, "displayName", v->account.username);
    json_close_object(&v->json);
}

static void put_algorithms(struct json *j) {
    static const int algorithms[] = {PASSKEY_EDDSA, PASSKEY_ES256, PASSKEY_RS256};
    json_name(j, "pubKeyCredParams");
    json_open_list(j);
    for (unsigned i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        json_open_object(j);
        json_put_c(j, "type", "public-key");
        json_put_i64(j, "alg", algorithms[i]);
        json_close_object(j);
    }
    json_close_list(j);
}

struct err creation_options_put(struct visit *v, struct text challenge) {
    struct json *j = &v->json;
    json_name(j, "publicKey");
    json_open_object(j);
    json_name(j, "rp");
    json_open_object(j);
    json_put_text(j, "id", visit_place(v).host);
    json_put_text(j, "name", v->site->operator_name);
    json_close_object(j);
    put_user(v);
    json_put_text(j, "challenge", challenge);
    put_algorithms(j);
    json_put_i64(j, "timeout", STEP_MS);
    try(put_credentials(v, "excludeCredentials", &v->account));
    json_name(j, "authenticatorSelection");
    json_open_object(j);
    json_put_c(j, "residentKey", "preferred");
    json_put_c(j, "userVerification", "required");
    json_close_object(j);
    json_put_c(j, "attestation", "none");
    json_close_object(j);
    return ok;
}

struct err request_options_put(struct visit *v, const struct account *account, struct text challenge) {
    struct json *j = &v->json;
    json_name(j, "publicKey");
    json_open_object(j);
    json_put_text(j, "challenge", challenge);
    json_put_i64(j, "timeout", STEP_MS);
    json_put_text(j, "rpId", visit_place(v).host);
    json_put_c(j, "userVerification", "required");
    try(put_credentials(v, "allowCredentials", account));
    json_close_object(j);
    return ok;
}
