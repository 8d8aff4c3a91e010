package io.ipam.benchmarks.contest;

/**
 * One of several implementations of the same work.
 *
 * @param name the printed name
 * @param work the timed work
 */
public record Contestant(String name, Work work) {}
