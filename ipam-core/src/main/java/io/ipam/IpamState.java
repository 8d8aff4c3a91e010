package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.PoolAddresses;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.Engine;
import io.ipam.number.Millis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The state of an {@link Ipam} as a whole, and of single pools with all their addresses.
 *
 * <p>Thread safety: safe.
 */
public final class IpamState {
    private final Engine engine;
    private final InstantSource clock;

    IpamState(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * Exports the held and cooling addresses at one moment; no request is included in part. Cost:
     * O(held). Requests wait while arrays are copied, but not while records are created.
     */
    public StateSnapshot export() {
        return engine.whole().snapshot(clock.millis());
    }

    /**
     * Exports the part of {@link #export()} for one pool, at one moment.
     *
     * <p>It contains the held and cooling addresses of the pool and the strays whose records name
     * it. The pool may be detached or removed. {@code closedPools} contains it if it is closed.
     * Cost: O(held of the pool + strays + cooling addresses without a pool). Requests on other
     * pools continue.
     *
     * @param pool the pool's name
     */
    public StateSnapshot export(String pool) {
        return engine.whole().snapshot(requireNonNull(pool, "pool"), clock.millis());
    }

    /**
     * {@return the estimated number of bytes of a pool's {@code status.allocatedIPs} in a JSON
     * document; empty if there is no such pool}
     *
     * <p>It is an upper bound if the names consist of ASCII characters that JSON does not escape.
     * For owners with UUIDs it is at most 30 % too high. Strays are not counted. An API server
     * refuses objects of more than about 1.5 MiB: see {@link IpamSettings#statusLimitBytes}. Cost:
     * O(1).
     *
     * @param pool the pool's name
     */
    public OptionalLong statusBytes(String pool) {
        return engine.usages().statusBytes(requireNonNull(pool, "pool"));
    }

    /**
     * {@return the addresses of a pool, detached or not, by state at one moment; empty if there is
     * no such pool}
     *
     * <p>Cost: O(r log r), where r counts the runs of taken addresses, the cooling addresses, and
     * the ranges of the pool. If a reserved address is held, O(held) is added. Requests for this
     * pool wait while its bitmap and the cooling addresses are copied.
     *
     * @param pool the pool's name
     */
    public Optional<PoolAddresses> addresses(String pool) {
        return engine.usages().addresses(requireNonNull(pool, "pool"), clock.millis());
    }

    /**
     * Replaces the state with that of a snapshot under the current catalog, or changes nothing.
     * Each concurrent request ends before the restore or uses the new state. A restore is refused
     * if it would drop a grant that the snapshot lacks. The address could otherwise be allocated
     * again while its owner uses it. Cost: O(n log n).
     *
     * @param snapshot the held and cooling addresses to restore
     * @param mode the treatment of records that do not fit
     * @return the report
     * @throws io.ipam.allocation.InvalidStateException with every grant that would be dropped and,
     *     in mode REFUSE, with every record that does not fit
     * @throws IllegalStateException over a store, where {@link Ipam#create} restores a snapshot
     */
    public RestoreReport restore(StateSnapshot snapshot, RestoreMode mode) {
        return restore(snapshot, mode, false);
    }

    /**
     * Replaces the state as {@link #restore} does, even if that drops grants that the snapshot
     * lacks. Use it only if their owners have stopped.
     *
     * @param snapshot the held and cooling addresses to restore
     * @param mode the treatment of records that do not fit
     * @return the report
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every record that does
     *     not fit
     * @throws IllegalStateException over a store
     */
    public RestoreReport restoreDroppingGrants(StateSnapshot snapshot, RestoreMode mode) {
        return restore(snapshot, mode, true);
    }

    private RestoreReport restore(StateSnapshot snapshot, RestoreMode mode, boolean dropsGrants) {
        requireNonNull(snapshot, "snapshot");
        requireNonNull(mode, "mode");
        return engine.whole().restore(snapshot, mode, dropsGrants, clock.millis());
    }

    /**
     * {@return the addresses that stay taken although their records fit no owner or no pool, by
     * address}
     */
    public List<Stray> strays() {
        return engine.whole().strays();
    }

    /**
     * Frees the address of a stray. Call this only if its holder no longer exists.
     *
     * @param address the address
     * @return whether there was a stray of this address
     */
    public boolean releaseStray(Address address) {
        return engine.whole().releaseStray(requireNonNull(address, "address"));
    }

    /**
     * Opens a closed pool, which then allocates addresses. A pool is closed if some of its records
     * could not be read in a restore.
     *
     * @param pool the pool's name
     * @return whether the pool was closed
     */
    public boolean openPool(String pool) {
        return engine.whole().openPool(requireNonNull(pool, "pool"));
    }

    /**
     * Changes the cool-down of a realm for all processes, which then reload the realm. The new
     * cool-down also applies to addresses that are cooling.
     *
     * @param coolDown the cool-down, not negative; fractions of a millisecond are ignored
     * @throws IllegalStateException without a store, where the cool-down is a setting
     */
    public void changeCoolDown(Duration coolDown) {
        if (requireNonNull(coolDown, "coolDown").isNegative()) {
            throw new IllegalArgumentException("coolDown must not be negative, was " + coolDown);
        }
        engine.whole().changeCoolDown(Millis.of(coolDown));
    }

    /**
     * {@return the time since the replica was last known to be as new as the store; zero without a
     * store} Reads are at most that old. The age stays below the news interval plus the duration of
     * one call to the store, if the store responds and this process keeps up. Cost: O(1).
     */
    public Duration age() {
        return Duration.ofMillis(engine.whole().ageMillis());
    }

    /**
     * {@return the failure that ended the work with the store; empty while it works, and without a
     * store} Afterwards every request fails. Reads show the last known state. Open the realm
     * again. {@link Ipam#close} is also such a failure. Cost: O(1).
     */
    public Optional<Throwable> failure() {
        return engine.whole().failure();
    }

    /**
     * Checks the invariants. Over a store it also compares the replica with the store. Cost:
     * O(held); requests wait.
     *
     * @return every broken invariant as a sentence
     */
    public List<String> verify() {
        return engine.whole().verify();
    }
}
