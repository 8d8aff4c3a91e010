/** Who holds which address: the only mutable state of the library. */
@NullMarked
package io.ipam.allocation;

import org.jspecify.annotations.NullMarked;
