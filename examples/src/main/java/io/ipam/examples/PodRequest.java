package io.ipam.examples;

import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;

/**
 * What a pod asks the library.
 *
 * @param workload who asks
 * @param selections what is asked for
 */
record PodRequest(Workload workload, PoolSelections selections) {}
