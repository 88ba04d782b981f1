#!/usr/bin/Rscript
# Writes vectors.csv: tables of two assessors' grades with percent agreement, weighted kappa and its
# standard error. Worked out here from the formulas of Fleiss, Cohen and Everitt (1969) on the whole
# table, and where vcd is installed compared with its Kappa. Run: Rscript tests/data/agreement/make.R
weighted <- function(counts, weights) {
  n <- sum(counts)
  p <- counts / n
  rows <- rowSums(p)
  columns <- colSums(p)
  observed <- sum(weights * p)
  expected <- sum(weights * outer(rows, columns))
  row_means <- as.vector(weights %*% columns)
  column_means <- as.vector(t(weights) %*% rows)
  inner <- (weights * (1 - expected) - outer(row_means, column_means, "+") * (1 - observed))^2
  variance <- (sum(p * inner) - (observed * expected - 2 * expected + observed)^2) / (n * (1 - expected)^4)
  c(kappa = (observed - expected) / (1 - expected), error = sqrt(max(variance, 0)))
}

apart <- function(size) abs(outer(seq_len(size), seq_len(size), "-")) / (size - 1)

agree <- function(counts, name) {
  size <- nrow(counts)
  linear <- weighted(counts, 1 - apart(size))
  quadratic <- weighted(counts, 1 - apart(size)^2)
  if (requireNamespace("vcd", quietly = TRUE)) {
    for (kind in list(list("Equal-Spacing", linear), list("Fleiss-Cohen", quadratic))) {
      other <- vcd::Kappa(counts, weights = kind[[1]])$Weighted
      stopifnot(all(abs(other - kind[[2]]) < 1e-12))
    }
  }
  figures <- c(sum(diag(counts)) / sum(counts) * 100, linear, quadratic)
  paste(c(name, size, paste(as.vector(t(counts)), collapse = " "), sprintf("%.17g", figures)), collapse = ",")
}

# A linear congruential sequence, so that every R gives the same tables.
state <- 12345
following <- function(below) {
  state <<- (state * 16807) %% 2147483647
  state %% below
}
random_table <- function(size, pairs, blur) {
  counts <- matrix(0, size, size)
  for (i in seq_len(pairs)) {
    one <- following(size) + 1
    other <- min(size, max(1, one + following(2 * blur + 1) - blur))
    counts[one, other] <- counts[one, other] + 1
  }
  counts
}

tables <- list(
  two_by_two = matrix(c(20, 5, 10, 15), 2, byrow = TRUE),
  corners_missing = matrix(c(0, 3, 0, 2, 5, 1, 0, 4, 0), 3, byrow = TRUE),
  worse_than_chance = matrix(c(0, 1, 6, 2, 1, 2, 5, 2, 1), 3, byrow = TRUE),
  one_apart = matrix(c(3, 0, 0, 0, 0, 1, 5, 1, 0, 0, 0, 2, 6, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 2), 5, byrow = TRUE)
)
for (size in c(2, 3, 5, 7, 10))
  for (pairs in c(4 * size, 54, 400))
    for (blur in 1:2)
      tables[[sprintf("random_%d_%d_%d", size, pairs, blur)]] <- random_table(size, pairs, blur)

lines <- c("name,grades,counts by row,percent,linear,linear error,quadratic,quadratic error",
           mapply(agree, tables, names(tables)))
arguments <- commandArgs(trailingOnly = TRUE)
writeLines(lines, if (length(arguments) > 0) arguments[1] else "tests/data/agreement/vectors.csv")
