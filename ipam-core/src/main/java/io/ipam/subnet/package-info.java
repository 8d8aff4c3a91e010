/** Subnets, and plans for the pools that applications get from them. */
@NullMarked
package io.ipam.subnet;

import org.jspecify.annotations.NullMarked;
