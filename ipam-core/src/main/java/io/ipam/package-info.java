/** The entry point: one facade over resolution and allocation. */
@NullMarked
package io.ipam;

import org.jspecify.annotations.NullMarked;
