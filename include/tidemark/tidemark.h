/*
 * All of the public API.
 */
#ifndef TIDEMARK_TIDEMARK_H
#define TIDEMARK_TIDEMARK_H

#include <tidemark/api.h>
#include <tidemark/base.h>
#include <tidemark/calendar.h>
#include <tidemark/chronology.h>
#include <tidemark/instrument.h>
#include <tidemark/service.h>

#endif
