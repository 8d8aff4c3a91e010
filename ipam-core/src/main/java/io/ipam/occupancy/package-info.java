/** Taken and free addresses of an address set. Not exported. */
@NullMarked
package io.ipam.occupancy;

import org.jspecify.annotations.NullMarked;
