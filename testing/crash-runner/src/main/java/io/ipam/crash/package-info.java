/**
 * Processes that work on a realm of a store and are killed, the logs of their callers, and a checker
 * that compares the logs with the store.
 */
@NullMarked
package io.ipam.crash;

import org.jspecify.annotations.NullMarked;
