/** The objects of a cluster: caches, facts, writes, and a queue of objects to visit. */
@NullMarked
package io.ipam.examples.operator.cluster;

import org.jspecify.annotations.NullMarked;
