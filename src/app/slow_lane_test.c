/* slow_lane_test.c: never more at one time than the lane has threads, never more waiting than it has room,
 * and what was taken is finished. */
#include "app/slow_lane.h"
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 2, WAITING = 3 };

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t open;
    bool is_open;
    _Atomic unsigned running, most, done;
};

static void pass(void *with, void *job) {
    struct gate *g = with;
    unsigned now = ++g->running;
    for (unsigned most = g->most; now > most && !atomic_compare_exchange_weak(&g->most, &most, now);)
        ;
    pthread_mutex_lock(&g->lock);
    while (!g->is_open)
        pthread_cond_wait(&g->open, &g->lock);
    pthread_mutex_unlock(&g->lock);
    ++*(_Atomic unsigned *)job;
    g->running--;
    g->done++;
}

static void open_gate(struct gate *g) {
    pthread_mutex_lock(&g->lock);
    g->is_open = true;
    pthread_cond_broadcast(&g->open);
    pthread_mutex_unlock(&g->lock);
}

TEST(fault_46__past_its_room_a_job_is_refused_at_once_and_each_taken_one_is_done_once) {
    struct gate g = {.lock = PTHREAD_MUTEX_INITIALIZER, .open = PTHREAD_COND_INITIALIZER};
    static _Atomic unsigned jobs[1000];
    struct slow_lane *lane = slow_lane_new(THREADS, WAITING, &(struct slow_work){pass, &g});
    bool taken[COUNT(jobs)];
    unsigned count = 0;
    for (size_t i = 0; i < COUNT(jobs); i++) {
        taken[i] = slow_lane_offer(lane, &jobs[i]);
        count += taken[i];
    }
    want(count >= WAITING && count <= THREADS + WAITING);
    open_gate(&g);
    slow_lane_end(lane);
    want(!slow_lane_offer(lane, &jobs[0]));
    want_int(g.done, count);
    want(g.most <= THREADS);
    for (size_t i = 0; i < COUNT(jobs); i++)
        want_int(jobs[i], taken[i]);
    slow_lane_free(lane);
}

TESTS(RUN(fault_46__past_its_room_a_job_is_refused_at_once_and_each_taken_one_is_done_once))
