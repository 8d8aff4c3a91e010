/** The facts of allocation: allocations, results, events, snapshots. */
@NullMarked
package io.ipam.allocation;

import org.jspecify.annotations.NullMarked;
