/** Addresses, prefixes, ranges and immutable address sets, and their strict text forms. */
@NullMarked
package io.ipam.address;

import org.jspecify.annotations.NullMarked;
