package io.ipam.benchmarks.store;

import io.ipam.benchmarks.contest.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one slice of time.
 *
 * @param bare the bare commits per second before and after it, their mean
 * @param rates the operations per second of each process
 * @param p50 the median latency in seconds
 * @param p99 the 99th percentile in seconds
 * @param calls the calls of the store by all processes
 */
record Slice(double bare, double[] rates, double p50, double p99, ObservedSession.Calls calls) {
    /** Operations per second of all processes. */
    double rate() {
        return Arrays.stream(rates).sum();
    }

    double inBareCommits() {
        return rate() / bare;
    }

    double attemptsPerCommit() {
        return (double) calls.attempts() / calls.done();
    }

    double operationsPerCommit() {
        return (double) calls.changes() / calls.done();
    }

    /** The least rate of a process in relation to the greatest. */
    double leastShare() {
        return Arrays.stream(rates).min().orElseThrow()
                / Arrays.stream(rates).max().orElseThrow();
    }

    /** The rate of the first process in relation to the mean of the others. */
    double firstShare() {
        return rates[0] / ((rate() - rates[0]) / (rates.length - 1));
    }

    /** The median of a figure. */
    static double median(List<Slice> slices, ToDoubleFunction<Slice> figure) {
        return new Samples(slices.stream().mapToDouble(figure).toArray()).median();
    }
}
