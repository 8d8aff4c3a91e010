/** Pool definitions, label selectors, and the immutable catalog of pools. */
@NullMarked
package io.ipam.pool;

import org.jspecify.annotations.NullMarked;
