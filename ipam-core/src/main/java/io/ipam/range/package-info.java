/**
 * Allocation of single addresses, blocks, and units from an address set, without pools or owners.
 */
@NullMarked
package io.ipam.range;

import org.jspecify.annotations.NullMarked;
