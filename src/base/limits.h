/* limits.h: what a stranger can make us do, at most. One file, with units; each is tested at n and
 * n + 1. A limit that only one API knows stands in that API's descriptor. */
#pragma once

#define LIMIT_BODY_BYTES          (1u << 20)   /* of one request */
#define LIMIT_BODY_MS             60000u       /* until all of a call's body is there */
#define LIMIT_ARENA_BYTES         (48u << 20)  /* memory of one call */
#define LIMIT_REPLY_BYTES         (8u << 20)   /* of one answer */
#define LIMIT_PARAMS              64u          /* parameters of one call, all places together */
#define LIMIT_PARAM_NAME_BYTES    64u
#define LIMIT_LIST                100u         /* values of one call, where an API takes many */
#define LIMIT_TEXT_CHARS          1000u        /* of a text parameter that names no limit */
#define LIMIT_JSON_DEPTH          32u
#define LIMIT_MULTIPART_PARTS     64u
#define LIMIT_STATUS_EXPOSED      426u         /* what a call is counted as whose token came without TLS */
#define LIMIT_TOKENS              (1u << 22)   /* live and revoked tokens of one machine */
#define LIMIT_PLANS               1024u
#define LIMIT_TOKEN_RULES         64u          /* addresses and APIs that one token may name */
#define LIMIT_LEDGER_SLOTS        16u          /* nginx workers at one time, old ones included */
#define LIMIT_INFLIGHT            4096u        /* calls under way in one nginx worker */
#define LIMIT_LEDGER_KEYS         (1u << 18)   /* (token, api, status, minute) in one epoch of one worker */
#define LIMIT_WORKER_QUEUE        64u          /* calls handed to the workers and not yet answered */
#define LIMIT_WORKER_MS           8000u        /* a worker call's time unless its API names another */
#define LIMIT_QUOTA               4000000000u  /* the largest quota of one window, in units */
#define LIMIT_IMAGE_PIXELS        (24u << 20)  /* of an uploaded image, once decoded */
#define LIMIT_FETCH_MS            4000u        /* one outbound connection */
