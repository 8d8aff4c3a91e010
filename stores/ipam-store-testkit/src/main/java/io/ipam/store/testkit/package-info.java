/**
 * Tests for authors of an {@link io.ipam.store.StateStore}. The tests of a store extend
 * {@link io.ipam.store.testkit.StateStoreContract}. In addition, they implement the interfaces that
 * require a hook, for example {@link io.ipam.store.testkit.CrashContract}.
 *
 * <p>{@link io.ipam.store.testkit.StoreFuzzer} commits from many sessions, and {@link
 * io.ipam.store.testkit.HistoryChecker} decides whether the answers fit one order.
 */
@NullMarked
package io.ipam.store.testkit;

import org.jspecify.annotations.NullMarked;
