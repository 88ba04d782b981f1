#!/usr/bin/Rscript
# Writes survival.csv, medians.csv, quantiles.csv and funnel.csv: what R makes of the same numbers. Survival
# is survfit of the package survival, quantiles are quantile(type = 2), funnel limits are worked out here from
# qbinom and pbinom by the formula of Spiegelhalter (2005). charts.csv is made by hand, not here.
# Run: Rscript tests/data/statistics/make.R [FOLDER]
suppressPackageStartupMessages(library(survival))

# A linear congruential sequence, so that every R gives the same numbers.
state <- 2024
following <- function(below) {
  state <<- (state * 16807) %% 2147483647
  state %% below
}
numbers <- function(count, below) vapply(seq_len(count), function(i) following(below), 0)
number <- function(x) ifelse(is.na(x), "none", sprintf("%.17g", x))

# A case is written as lengths, with + behind one that still waits.
waits <- list(
  ties = "3 5 5 5+ 8 8+ 12 15+ 15+ 20",
  all_waiting = "4+ 9+ 9+ 30+",
  all_ended = "2 4 7 11 16 22 29",
  ended_at_nought = "0 0 3 7 7+ 9",
  all_at_nought = "0 0 0+",
  not_reached = "10 20+ 30+ 40 50+ 60+ 70+",
  flat_at_half = "10 20 30+ 40",
  flat_at_half_by_rounding = "1 2 3 4 5 6 7 8 9 10",
  flat_at_half_to_the_end = "10 20 30+ 40+",
  one_ended = "17",
  one_waiting = "17+",
  one_length = "6 6 6 6",
  ended_after_the_last_wait = "1+ 2+ 3",
  half_at_once = "5 5 5+ 5+ 9"
)
drawn <- function(count, below, waiting_in_ten) {
  lengths <- numbers(count, below)
  paste0(lengths, ifelse(numbers(count, 10) < waiting_in_ten, "+", ""), collapse = " ")
}
waits$drawn_small <- drawn(40, 30, 3)
waits$drawn_many_ties <- drawn(300, 25, 4)
waits$drawn_long <- drawn(600, 3650, 5)
waits$drawn_mostly_waiting <- drawn(200, 400, 9)

steps <- character()
medians <- character()
for (name in names(waits)) {
  words <- strsplit(waits[[name]], " ")[[1]]
  ended <- !grepl("+", words, fixed = TRUE)
  fit <- survfit(Surv(as.numeric(sub("+", "", words, fixed = TRUE)), ended) ~ 1, conf.type = "log-log")
  steps <- c(steps, paste(name, fit$time, fit$n.risk, fit$n.event, fit$n.censor, number(fit$surv), number(fit$lower),
                          number(fit$upper), sep = ","))
  middle <- summary(fit)$table[c("median", "0.95LCL", "0.95UCL")]
  medians <- c(medians, paste(c(name, waits[[name]], number(middle)), collapse = ","))
}

values <- list(one = 7, two = c(3, 8), three = c(-5, 0, 9), ties = c(1, 1, 1, 4, 4, 10, 10, 10), four = c(2, 4, 6, 8),
               wide = c(-2147483648, -1, 2147483647), thousand = sort(numbers(1000, 500)), odd = sort(numbers(777, 2000) - 700))
per_mille <- c(0, 1, 100, 125, 250, 333, 500, 667, 750, 900, 999, 1000)
quantiles <- vapply(names(values), function(name) {
  doubled <- 2 * quantile(values[[name]], per_mille / 1000, type = 2, names = FALSE)
  paste(c(name, paste(sprintf("%.0f", values[[name]]), collapse = " "), sprintf("%.0f", doubled)), collapse = ",")
}, "")

limit <- function(p, size, target) {
  r <- qbinom(p, size, target)
  at <- (r - (pbinom(r, size, target) - p) / dbinom(r, size, target)) / size
  min(max(at, 0), 1)
}
funnel <- character()
for (target in c(0.001, 0.037, 0.208, 0.5, 0.644, 0.873, 0.999))
  for (size in c(1, 2, 7, 20, 113, 500, 3130, 10000, 50000, 1000000))
    for (outside in c(0.05, 0.002))
      funnel <- c(funnel, paste(target, sprintf("%.0f", size), outside, number(limit(outside / 2, size, target)),
                                number(limit(1 - outside / 2, size, target)), sep = ","))

words <- commandArgs(trailingOnly = TRUE)
folder <- if (length(words) > 0) words[1] else file.path("tests", "data", "statistics")
write <- function(name, head, lines) writeLines(c(head, lines), file.path(folder, name))
write("survival.csv", "case,length,at_risk,ended,waiting,share,low,high", steps)
write("medians.csv", "case,lengths,median,low,high", medians)
write("quantiles.csv", paste(c("case", "values", paste0("doubled_", per_mille)), collapse = ","), quantiles)
write("funnel.csv", "target,denominator,outside,low,high", funnel)
