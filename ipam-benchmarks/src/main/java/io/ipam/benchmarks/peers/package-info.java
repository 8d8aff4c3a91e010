/**
 * Contestants that do the same work: ipam's structures and their peers, each with its own loops.
 */
@NullMarked
package io.ipam.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
