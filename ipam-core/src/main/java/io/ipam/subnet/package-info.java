/** Subnets from which pools for applications are carved. */
@NullMarked
package io.ipam.subnet;

import org.jspecify.annotations.NullMarked;
