/** Benchmarks and stress tests, each with its peers in the same run. */
@NullMarked
package io.ipam.benchmarks;

import org.jspecify.annotations.NullMarked;
