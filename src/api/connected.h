/* connected.h: what the APIs share that a provider of the operator's answers (connect/).
 *
 * Contract   CONNECTED("weather") stands in the descriptor of an API of that group, whose `gives` are
 *            then all that there is to write: the connector's file maps the provider's answer to them.
 *            CONNECTED_BY names a function of its own, which ends in connector_run. Worker lane only.
 */
#pragma once
#include "call/ask.h"
#include "call/format.h"
#include "call/paging.h"
#include "connect/run.h"

#define CONNECTED_BY(group, function) \
    .run = RUN_IN_WORKER(function), .lane = LANE_WORKER, .asks_outside = true, .connector = group, \
    .stands_on = "a provider that the operator switched on; the answer's source names it"

#define CONNECTED(group) CONNECTED_BY(group, connector_run)
