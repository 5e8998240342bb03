/* slow_lane.h: requests that hash a password, a few at a time, off the threads that answer everybody else.
 *
 * Contract   at most `threads` requests run and `waiting` wait; slow_lane_offer says false at once for one
 *            more, which its owner answers with 503. So a flood of log-ins costs `threads` cores and never
 *            keeps another request waiting.
 *            The lane's threads are nice to all others.
 * Ownership  a job is its owner's until it was offered, and again when `done` was called for it;
 *            slow_lane_end finishes what was taken.
 * Threads    offer from any; run and done are called by the lane's own.
 */
#pragma once
#include <stdbool.h>

struct slow_lane;

struct slow_work {
    void (*run)(void *with, void *job); /* done with the job when it returns */
    void *with;
};

struct slow_lane *slow_lane_new(unsigned threads, unsigned waiting, const struct slow_work *work);
bool slow_lane_offer(struct slow_lane *lane, void *job);

/* What was taken is finished, and nothing more is taken; then it may go. NULL is fine. */
void slow_lane_end(struct slow_lane *lane);
void slow_lane_free(struct slow_lane *lane);
