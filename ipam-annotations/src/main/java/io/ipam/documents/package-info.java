/** Pools, reserved addresses, subnets, status and export as JSON documents. */
@NullMarked
package io.ipam.documents;

import org.jspecify.annotations.NullMarked;
