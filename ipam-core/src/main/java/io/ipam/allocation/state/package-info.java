/** The seam between deciding a transition and applying it. Not exported. */
@NullMarked
package io.ipam.allocation.state;

import org.jspecify.annotations.NullMarked;
