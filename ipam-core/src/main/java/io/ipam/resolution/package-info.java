/**
 * The resolution of requests: the pools that may serve a workload, their order, and the reasons why
 * the others may not.
 */
@NullMarked
package io.ipam.resolution;

import org.jspecify.annotations.NullMarked;
