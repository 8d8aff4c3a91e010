/** Metrics of requests and pools of an {@link io.ipam.Ipam} for Micrometer. */
@NullMarked
package io.ipam.micrometer;

import org.jspecify.annotations.NullMarked;
