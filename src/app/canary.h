/* canary.h: a person that does not exist lives a whole life at the front door, and each promise is looked
 * at from outside.
 *
 *     register → log in → consent → call → ask → export → correct → cancel → residue
 *
 * All but the code in the mail and the look for residues goes by HTTP through nginx, as anybody's would.
 * Its names are random: after the cancellation no byte of any file of the home may hold one of them.
 *
 * Contract   canary_live stores a result for each step (domain/probe.h) and erases what it or a killed run
 *            before it left. It is ok where every step was good; else the error says which was not, and
 *            why. It takes about two seconds.
 * Threads    one run a home at a time (role "canary").
 */
#pragma once
#include "app/hand.h"
#include "domain/probe.h"

[[nodiscard]] struct err canary_live(struct hand *hand, const char *door);
bool canary_has(enum probe_id id); /* one of its steps */
