/*
 * The step of the schema that makes the views (views.c), in two pieces.
 */
#ifndef TDM_STORE_VIEWS_H
#define TDM_STORE_VIEWS_H

extern const char tdm__store_views_rows[];
extern const char tdm__store_views_more[];

#endif
