/** Pools, reserved addresses, subnets, status, and exports as JSON documents. */
@NullMarked
package io.ipam.documents;

import org.jspecify.annotations.NullMarked;
