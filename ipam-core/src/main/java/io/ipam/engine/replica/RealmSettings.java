package io.ipam.engine.replica;

import io.ipam.engine.state.StateSettings;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The settings of a realm, in addition to {@link StateSettings}.
 *
 * @param timeoutMillis the maximum time that a caller waits for the store
 * @param newsIntervalMillis the maximum time between two requests for news
 * @param coolDownMillis the cool-down that the caller states; empty to accept that of the realm
 * @param processIds the source of the ids of processes, read once per open and create
 * @param clockMillis the time of day
 * @param reportsForeign whether commits of other processes have events
 */
public record RealmSettings(
        long timeoutMillis,
        long newsIntervalMillis,
        OptionalLong coolDownMillis,
        LongSupplier processIds,
        LongSupplier clockMillis,
        boolean reportsForeign) {}
