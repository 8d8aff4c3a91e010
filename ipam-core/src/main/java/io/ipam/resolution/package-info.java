/** Which pools may serve a workload, in which order, and why the others may not. */
@NullMarked
package io.ipam.resolution;

import org.jspecify.annotations.NullMarked;
