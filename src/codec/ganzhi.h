/* ganzhi.h: the sexagenary cycle, and the four pillars that are counted in it.
 *
 * What       a pillar is a number 0 = 甲子 .. 59 = 癸亥: stem = pillar % 10, branch = pillar % 12.
 * Rules      year: changes with the lunar new year (not with 立春). Month: changes on the day on which its
 *            jie begins (the whole day counts). Day: changes at midnight. Hour: two hours each, from
 *            23:00 on; the hour from 23:00 to midnight takes its stem from the day to come.
 * Source     the anchors: 1984 is 甲子, 1900-01-01 is 甲戌; 五虎遁 and 五鼠遁 follow from counting on.
 */
#pragma once
#include "base/clock.h"

enum { GANZHI_CYCLE = 60 };

unsigned ganzhi_of_year(int lunar_year);
unsigned ganzhi_of_month(int64_t day);
unsigned ganzhi_of_day(int64_t day);
unsigned ganzhi_of_hour(int64_t day, unsigned hour); /* 0..23 */

const char *ganzhi_name(unsigned pillar);    /* "甲子" */
const char *ganzhi_element(unsigned pillar); /* of its stem: 木 火 土 金 水 */
const char *ganzhi_colour(unsigned pillar);  /* of its stem: 青 红 黄 白 黑 */
const char *ganzhi_animal(unsigned pillar);  /* of its branch: 鼠 … 猪 */
const char *ganzhi_branch(unsigned pillar);  /* "子" */
