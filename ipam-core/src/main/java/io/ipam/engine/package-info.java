/**
 * The state in memory: locks, catalog updates, restore, reconciliation, events, verification. Not
 * exported.
 */
@NullMarked
package io.ipam.engine;

import org.jspecify.annotations.NullMarked;
