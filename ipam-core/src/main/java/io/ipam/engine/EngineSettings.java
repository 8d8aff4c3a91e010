package io.ipam.engine;

import io.ipam.allocation.AllocationListener;
import io.ipam.allocation.AllocationOrder;
import io.ipam.engine.replica.RealmSettings;
import io.ipam.engine.state.EventQueue;
import io.ipam.engine.state.StateSettings;
import io.ipam.number.Millis;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The settings of an engine. The clock and those that follow it apply only over a store.
 *
 * @param order the order in which free addresses are allocated
 * @param randomSeed the seed of {@link AllocationOrder#RANDOM}
 * @param coolDown the cool-down of released addresses; empty for none in memory, and for that of
 *     the realm over a store
 * @param reconcileGrace the minimum time between two observations that confirm an orphan
 * @param hashSeed the seed of the hash tables, which untrusted callers must not be able to guess
 * @param statusLimitBytes the estimated size of a status text above which an event reports it
 * @param listener the receiver of events
 * @param clock the time of day
 * @param storeTimeout the maximum time that a caller waits for the store
 * @param newsInterval the maximum time between two requests for news
 * @param foreignEvents whether commits of other processes have events
 */
public record EngineSettings(
        AllocationOrder order,
        long randomSeed,
        Optional<Duration> coolDown,
        Duration reconcileGrace,
        long hashSeed,
        long statusLimitBytes,
        Optional<AllocationListener> listener,
        InstantSource clock,
        Duration storeTimeout,
        Duration newsInterval,
        boolean foreignEvents) {
    /** The maximum of every duration: 100 days. */
    private static final long LONGEST_MILLIS = 100L * 24 * 60 * 60 * 1_000;

    /** The settings of a state. */
    StateSettings ofState() {
        return new StateSettings(
                Millis.of(coolDown.orElse(Duration.ZERO)),
                hashSeed,
                statusLimitBytes,
                reconcileGrace,
                new EventQueue(listener));
    }

    /** The settings of a realm. */
    RealmSettings ofRealm() {
        return new RealmSettings(
                Math.min(LONGEST_MILLIS, Millis.of(storeTimeout)),
                Math.max(1, Math.min(LONGEST_MILLIS, Millis.of(newsInterval))),
                coolDown.stream().mapToLong(Millis::of).findFirst(),
                () -> new SecureRandom().nextLong(),
                clock::millis,
                foreignEvents);
    }
}
