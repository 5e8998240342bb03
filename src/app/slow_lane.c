/* slow_lane.c: see slow_lane.h. A ring of waiting jobs under one lock. */
#include "app/slow_lane.h"
#include "base/must.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NICENESS = 5 };

struct slow_lane {
    pthread_mutex_t lock;
    pthread_cond_t come;
    struct slow_work work;
    unsigned thread_count, room, first, count;
    bool is_ending;
    pthread_t *threads;
    void **jobs; /* a ring */
};

/* NULL: it ends, and nothing waits. */
static void *next_job(struct slow_lane *lane) {
    void *job = NULL;
    pthread_mutex_lock(&lane->lock);
    while (lane->count == 0 && !lane->is_ending)
        pthread_cond_wait(&lane->come, &lane->lock);
    if (lane->count) {
        job = lane->jobs[lane->first];
        lane->first = (lane->first + 1) % lane->room;
        lane->count--;
    }
    pthread_mutex_unlock(&lane->lock);
    return job;
}

static void *run(void *with) {
    struct slow_lane *lane = with;
    (void)!setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS); /* of this thread alone, in Linux */
    for (void *job; (job = next_job(lane));)
        lane->work.run(lane->work.with, job);
    return NULL;
}

struct slow_lane *slow_lane_new(unsigned threads, unsigned waiting, const struct slow_work *work) {
    struct slow_lane *lane = calloc(1, sizeof *lane);
    must(lane && threads && waiting);
    lane->threads = calloc(threads, sizeof *lane->threads);
    lane->jobs = calloc(waiting, sizeof *lane->jobs);
    must(lane->threads && lane->jobs);
    pthread_mutex_init(&lane->lock, NULL);
    pthread_cond_init(&lane->come, NULL);
    lane->work = *work;
    lane->room = waiting;
    for (; lane->thread_count < threads; lane->thread_count++)
        must(pthread_create(&lane->threads[lane->thread_count], NULL, run, lane) == 0);
    return lane;
}

bool slow_lane_offer(struct slow_lane *lane, void *job) {
    pthread_mutex_lock(&lane->lock);
    bool taken = lane->count < lane->room && !lane->is_ending;
    if (taken) {
        lane->jobs[(lane->first + lane->count) % lane->room] = job;
        lane->count++;
        pthread_cond_signal(&lane->come);
    }
    pthread_mutex_unlock(&lane->lock);
    return taken;
}

void slow_lane_end(struct slow_lane *lane) {
    if (!lane)
        return;
    pthread_mutex_lock(&lane->lock);
    lane->is_ending = true;
    pthread_cond_broadcast(&lane->come);
    pthread_mutex_unlock(&lane->lock);
    for (unsigned i = 0; i < lane->thread_count; i++)
        pthread_join(lane->threads[i], NULL);
    lane->thread_count = 0;
}

void slow_lane_free(struct slow_lane *lane) {
    if (!lane)
        return;
    slow_lane_end(lane);
    pthread_cond_destroy(&lane->come);
    pthread_mutex_destroy(&lane->lock);
    free(lane->threads);
    free(lane->jobs);
    free(lane);
}
