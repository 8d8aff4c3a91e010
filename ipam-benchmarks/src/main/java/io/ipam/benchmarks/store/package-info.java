/** Measurements of an Ipam over a store, in units of the bare commits of that store. */
@NullMarked
package io.ipam.benchmarks.store;

import org.jspecify.annotations.NullMarked;
