/**
 * The state in memory: ledgers of pools, stripes of owners, their locks, the transactions of
 * owners, the queue of events, and the check of invariants. Not exported.
 */
@NullMarked
package io.ipam.engine.state;

import org.jspecify.annotations.NullMarked;
