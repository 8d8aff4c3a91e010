/** The entry point: {@link io.ipam.Ipam}, a facade over resolution and allocation. */
@NullMarked
package io.ipam;

import org.jspecify.annotations.NullMarked;
