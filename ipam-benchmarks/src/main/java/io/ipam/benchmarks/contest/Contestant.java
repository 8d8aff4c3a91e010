package io.ipam.benchmarks.contest;

/**
 * One of those who do the same work.
 *
 * @param name as printed
 * @param work what is timed
 */
public record Contestant(String name, Work work) {}
