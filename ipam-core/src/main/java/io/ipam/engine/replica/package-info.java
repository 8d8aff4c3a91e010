/**
 * The state as a replica of a realm: it is loaded from a store, and changed by batches of
 * operations that become commits. Not exported.
 */
@NullMarked
package io.ipam.engine.replica;

import org.jspecify.annotations.NullMarked;
