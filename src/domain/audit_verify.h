/* audit_verify.h: is the audit log whole? Every leaf from the raw entry, the tree from the leaves, every
 * checkpoint from the tree, and the file of checkpoints beside the records. What is stored is believed
 * nowhere: not the hashes, not the numbers, not the times.
 *
 * Contract   the first fault is named: which entry (or which checkpoint) and what was done to it. A log
 *            whose owner signed another history in its place is seen against the file, or against a
 *            checkpoint or a receipt that somebody kept (`against`).
 *            A pruned entry counts as whole where a pruning in the log names it and where, half a year
 *            before that pruning, a checkpoint spoke for it.
 * Cost       reads all once, in the order of the files; memory does not grow with the log. After a fault,
 *            a few more readings tell what was done.
 */
#pragma once
#include "domain/domain.h"

enum audit_fault {
    AUDIT_WHOLE,
    AUDIT_CHANGED,   /* the entry is not what was hashed */
    AUDIT_MISSING,   /* the entry is gone and no pruning names it */
    AUDIT_REORDERED, /* another entry stands in its place */
    AUDIT_INSERTED,  /* an entry that was never hashed there */
    AUDIT_TRUNCATED, /* something speaks for a longer log */
    AUDIT_HASHES,    /* the entry is right; a stored hash above it is not */
    AUDIT_FORGED,    /* a checkpoint that the key did not sign, or not like this */
    AUDIT_REWRITTEN, /* entries and hashes agree, but not with what was signed */
    AUDIT_FORKED,    /* two histories were signed: split view */
    AUDIT_FILE,      /* the file lacks what the records have, or the records what the file has */
    AUDIT_FAULTS
};

const char *audit_fault_name(enum audit_fault fault); /* "whole" "changed" … */

struct audit_verdict {
    enum audit_fault fault;
    uint64_t index;                        /* the first bad entry; of a checkpoint: its size */
    uint64_t entries, pruned, checkpoints; /* looked at */
    struct digest root;                    /* of all entries looked at */
    const char *say;                       /* a sentence; empty where all is whole */
};

/* `against`: a signed checkpoint from elsewhere, or empty. An error only where nothing can be read. */
[[nodiscard]] struct err audit_verify(struct domain *d, struct text against,
                                      struct audit_verdict *out);
