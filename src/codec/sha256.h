/* sha256.h: SHA-256 (FIPS 180-4) of a whole text as 64 small hex digits: how documents are named. */
#pragma once
#include "base/text.h"

struct text sha256_hex_in(struct arena *a, struct text t);
