/**
 * Those who do the same work: this library's structures and their peers, each with loops of its
 * own.
 */
@NullMarked
package io.ipam.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
