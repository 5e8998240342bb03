/* sha256.c: see sha256.h. */
#include "codec/sha256.h"
#include "base/must.h"
#include "codec/digest.h"

struct text sha256_hex_in(struct arena *a, struct text t) {
    struct digest digest;
    must(digest_of(TEXT("sha256"), t, &digest));
    return digest_hex_in(a, &digest);
}
