/** Unsigned 128-bit numbers, positions, hashes, and times in milliseconds. Not exported. */
@NullMarked
package io.ipam.number;

import org.jspecify.annotations.NullMarked;
