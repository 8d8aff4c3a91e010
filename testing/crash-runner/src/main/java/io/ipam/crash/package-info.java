/** Processes that are killed while they work on a realm, and a checker of their logs. */
@NullMarked
package io.ipam.crash;

import org.jspecify.annotations.NullMarked;
