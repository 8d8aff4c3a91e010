/** The second mode: the state in the statuses of the pool documents, for one leader. */
@NullMarked
package io.ipam.examples.operator.status;

import org.jspecify.annotations.NullMarked;
