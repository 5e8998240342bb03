/* disclosure.h: the register of requests to hand out a person's data, and the one way to do it.
 *
 *     record (who verified it) -> approve (somebody else) -> release -> notice to the person
 *                \------------------ refuse -----------------/
 *
 * Contract   disclosure_release is the only function that opens a person's fields for a third party, and it
 *            does so only for an approved row of the register: with its document unchanged, its order in
 *            force, within the document's scope, under one of the policy's cases with all its evidence
 *            (evidence.h). A foreign authority's request is written down as refused and goes no further (PIPL
 *            41). The person is told at once, or when the order of secrecy ends. What was handed out can be
 *            read again for seven days, then it is gone; of an emergency (case 3) another person looks at it
 *            again within 24 hours, or it is escalated. What the register says of a person goes with his
 *            account; the rest stays and is counted (report.h).
 */
#pragma once
#include "domain/approval.h"
#include "domain/evidence.h"
#include "domain/person_view.h"

enum {
    DISCLOSURE_DOCUMENT_BYTES_MAX = 10 << 20,
    DISCLOSURE_EXTRACT_DAYS = 7,
    DISCLOSURE_REVIEW_HOURS = 24
};

struct new_disclosure {
    struct text authority, jurisdiction; /* jurisdiction "CN": ours */
    struct text doc_type, doc_name, doc_no, document,
        document_sha256;                                            /* sha256: as told; empty: not told */
    struct text statute, scope, exception, notice_statute, refusal; /* refusal: written down as refused */
    struct evidence evidence[EVIDENCE_MAX];
    unsigned evidence_count;
    int64_t account, order_ends_ms, deferred_ms; /* 0: none */
};

struct disclosure {
    struct text id, authority, jurisdiction, doc_type, doc_name, doc_sha256, office_sealed, statute, scope;
    struct text decision, refusal, fields_released, notice_statute;
    int exception;
    uint64_t verified_by, approved_by, released_by;
    int64_t received_ms, order_ends_ms, decided_ms, released_ms, review_due_ms, reviewed_ms, escalated_ms;
    int64_t deferred_ms, notice_ms;
    int64_t account; /* 0: gone */
};

/* By whoever verified the document with its authority. *approval_out: the number to decide on. */
[[nodiscard]] struct err disclosure_record(struct domain *d, const struct staff_member *by,
                                           const struct new_disclosure *with, struct text *id_out,
                                           struct text *approval_out);
[[nodiscard]] struct err disclosure_decided(struct domain *d, const struct approval *a);
[[nodiscard]] struct err disclosure_release(struct domain *d, const struct staff_member *by, struct text id,
                                            struct text fields, struct person_view *out);
[[nodiscard]] struct err disclosure_refuse(struct domain *d, const struct staff_member *by, struct text id,
                                           struct text reason);
/* The second look at an emergency; not by whoever released it. */
[[nodiscard]] struct err disclosure_review(struct domain *d, const struct staff_member *by, struct text id);
/* What was handed out, "name: value" a line, while it is kept. */
[[nodiscard]] struct err disclosure_extract(struct domain *d, const struct staff_member *by, struct text id,
                                            struct text *out);
/* The incident or the case is closed: nothing of the extract stays. */
[[nodiscard]] struct err disclosure_close(struct domain *d, const struct staff_member *by, struct text id);

[[nodiscard]] struct err disclosure_find(struct domain *d, struct text id, struct disclosure *out);
[[nodiscard]] struct err disclosure_each(struct domain *d,
                                         void (*visit)(void *with, const struct disclosure *r), void *with);
/* What the person was told of. */
[[nodiscard]] struct err disclosure_of_account(struct domain *d, int64_t account,
                                               void (*visit)(void *with, const struct disclosure *r),
                                               void *with);
[[nodiscard]] struct err disclosure_overdue(struct domain *d, unsigned *reviews_out);

/* An authority that was verified to be one. */
[[nodiscard]] struct err authority_put(struct domain *d, const struct staff_member *by, struct text name,
                                       struct text jurisdiction, struct text contact);

/* The person objects to the use of what he made public himself: case 4 is closed for him. */
[[nodiscard]] struct err objection_add(struct domain *d, const struct account *account);
[[nodiscard]] struct err objection_since(struct domain *d, int64_t account,
                                         int64_t *since_out); /* 0: none */

/* Notices, escalations, extracts that are over; called by the jobs. */
[[nodiscard]] struct err disclosure_follow(struct domain *d);
