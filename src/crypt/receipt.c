/* receipt.c: see receipt.h. */
#include "crypt/receipt.h"
#include "codec/base64.h"
#include "codec/json_in.h"

#include <string.h>

static struct err broken(const char *say) {
    return err_make(ERR_IO, say);
}

struct text receipt_hash_in(struct arena *a, const struct digest *hash) {
    return base64_encode_in(a, digest_text(hash));
}

static struct text member_in(struct arena *a, const json_t *object, const char *name) {
    return text_copy_in(a, json_member_text(object, name));
}

static struct err proof_take(struct arena *a, const json_t *list, struct merkle_proof *out) {
    struct text bytes;
    out->count = 0;
    if (!json_is_array(list) || json_array_size(list) > MERKLE_PROOF_MAX)
        return broken("a proof is a list of at most 64 hashes");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (!json_is_string(item) ||
            !base64_strict_in(a, text_of(json_string_value(item), json_string_length(item)),
                              &bytes) ||
            bytes.length != DIGEST_BYTES)
            return broken("a proof's hash is the base64 of 32 bytes");
        memcpy(out->hashes[out->count++].bytes, bytes.bytes, DIGEST_BYTES);
    }
    return ok;
}

static struct err take(struct arena *a, const json_t *root, struct receipt *out) {
    const json_t *index = json_object_get(root, "index");
    struct receipt r = {.name = member_in(a, root, "receipt"),
                        .key = member_in(a, root, "key"),
                        .checkpoint = member_in(a, root, "checkpoint")};
    if (r.name.length == 0 || r.checkpoint.length == 0 || !json_is_integer(index) ||
        json_integer_value(index) < 0)
        return broken("a receipt has the members receipt, index, entry, inclusion, checkpoint");
    r.index = (uint64_t)json_integer_value(index);
    if (!base64_strict_in(a, json_member_text(root, "entry"), &r.entry) || r.entry.length == 0)
        return broken("a receipt's entry is base64");
    try(proof_take(a, json_object_get(root, "inclusion"), &r.proof));
    *out = r;
    return ok;
}

struct err receipt_parse(struct arena *a, struct text json, struct receipt *out) {
    json_t *root;
    if (json.length > RECEIPT_BYTES_MAX)
        return broken("a receipt has at most 256 KiB");
    if (json_parse(a, json, &root).kind)
        return broken("a receipt is a JSON object");
    struct err e = json_is_object(root) ? take(a, root, out) : broken("a receipt is a JSON object");
    json_decref(root);
    return e;
}

struct err receipt_proof_parse(struct arena *a, struct text json, struct merkle_proof *out) {
    json_t *root;
    if (json.length > RECEIPT_BYTES_MAX || json_parse(a, json, &root).kind)
        return broken("a proof is a JSON list, or an object with one");
    const json_t *list = json_is_object(root) ? json_object_get(root, "proof") : root;
    struct err e = proof_take(a, list, out);
    json_decref(root);
    return e;
}

struct err receipt_check(struct arena *a, const struct note_key *key, const struct receipt *r,
                         struct log_entry *entry_out, struct checkpoint *checkpoint_out) {
    struct log_entry entry;
    struct checkpoint c;
    struct text rest, name;
    if (!log_entry_parse(r->entry, &entry) || entry.seq != r->index)
        return broken("the receipt's entry is none, or stands at another place");
    rest = entry.object;
    if (!text_cut(&rest, ' ', &name) || !text_equal(name, r->name))
        return broken("the entry belongs to another receipt");
    try(checkpoint_open(a, key, r->checkpoint, &c));
    struct digest leaf = merkle_leaf(r->entry);
    if (!merkle_inclusion_holds(&leaf, r->index, c.size, &r->proof, &c.root))
        return broken("the checkpoint's log does not have this entry");
    *entry_out = entry;
    *checkpoint_out = c;
    return ok;
}
