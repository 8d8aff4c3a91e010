/** The owners of allocations. */
@NullMarked
package io.ipam.owner;

import org.jspecify.annotations.NullMarked;
