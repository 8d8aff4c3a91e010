/** The values of allocation: allocations, results, events, and snapshots. */
@NullMarked
package io.ipam.allocation;

import org.jspecify.annotations.NullMarked;
