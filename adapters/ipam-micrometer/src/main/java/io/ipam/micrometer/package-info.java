/** Binds the counters and pool measures of ipam-core to Micrometer. */
@NullMarked
package io.ipam.micrometer;

import org.jspecify.annotations.NullMarked;
