package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.Engine;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import io.ipam.store.StateStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Allocates IP addresses from pools to workloads and releases them. A request gets an address for
 * every interface and family, or the state does not change. A repeated request returns the
 * addresses that its owner already holds for each interface and family.
 *
 * <pre>{@code
 * Ipam ipam = Ipam.of(catalog);
 * AllocationResult result = ipam.allocate(pod, selections);
 * for (Allocation allocation : result.orElseThrow()) { .. }
 * ipam.release(pod.owner());
 * }</pre>
 *
 * <p>{@link #of} keeps the state in memory and starts no thread. {@link #open} and {@link #create}
 * keep it in a realm of a {@linkplain io.ipam.store store}. Granted addresses survive a crash, and
 * any number of processes can share the realm. Until {@link #close}, one daemon thread commits, and
 * another one calls the listener, if any. Reads reflect the last commit that this process has seen;
 * {@link #sync} makes them current. If the store fails, {@code sync} and the methods that may
 * change the state throw {@link io.ipam.store.StoreException}.
 *
 * <p>Cost: depends on the request and on what its owner holds, not on the number of pools. Thread
 * safety: safe. Allocations, releases, and catalog updates are linearizable. No lock is held while
 * a filter, an order, the clock, or the listener runs.
 */
public final class Ipam implements AutoCloseable {
    private final IpamSettings settings;
    private final Engine engine;
    private final RequestLoop requests;
    private final IpamState state;

    private Ipam(Engine engine, IpamSettings settings) {
        this.settings = settings;
        this.engine = engine;
        requests = new RequestLoop(PoolResolver.of(settings.resolver()), engine);
        state = new IpamState(engine, settings.clock());
    }

    /** Creates an Ipam in memory with the default settings. */
    public static Ipam of(PoolCatalog catalog) {
        return of(catalog, IpamSettings.defaults());
    }

    /** Creates an Ipam in memory, in which no address is held. */
    public static Ipam of(PoolCatalog catalog, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        return new Ipam(Engine.inMemory(catalog, EngineSetup.of(settings)), settings);
    }

    /**
     * Opens a realm. If the caller is interrupted, the store is closed and this method fails.
     *
     * @param store a new session, which is closed with the Ipam, or if this method fails
     * @param settings the settings; if they state a cool-down, it must be that of the realm
     * @return an Ipam over the realm
     * @throws io.ipam.store.StoreException if the store fails, or if the realm does not exist, is
     *     loading, or has a newer format or another cool-down
     * @throws io.ipam.store.CorruptStoreException if entries were edited outside ipam
     * @throws IllegalStateException if the session was used before; it stays open then
     */
    public static Ipam open(StateStore store, IpamSettings settings) {
        return new Ipam(Engine.open(store, EngineSetup.of(settings)), settings);
    }

    /** Opens a realm as {@link #open} does, but accepts entries that were edited outside ipam. */
    public static Ipam openAsFound(StateStore store, IpamSettings settings) {
        return new Ipam(Engine.openAsFound(store, EngineSetup.of(settings)), settings);
    }

    /** Creates an empty realm and opens it. Throws StoreException if the realm exists. */
    public static Ipam create(StateStore store, PoolCatalog catalog, IpamSettings settings) {
        return create(store, catalog, StateSnapshot.empty(), RestoreMode.REFUSE, settings);
    }

    /**
     * Creates a realm with the records of a snapshot, and opens it. No process allocates from the
     * realm before all records are in it. If a creation was interrupted, repeat it with the same
     * input. The repeat completes the realm, or fails if the realm is complete and can be opened.
     *
     * @param store a new session, which is closed with the Ipam, or if this method fails
     * @param snapshot the records to accept
     * @param mode the treatment of records that do not fit
     * @return an Ipam over the realm; {@link IpamState#strays} lists the records that did not fit
     * @throws io.ipam.store.StoreException if the store fails, or the realm exists
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every record that does
     *     not fit
     * @throws IllegalStateException if the session was used before; it stays open then
     */
    public static Ipam create(
            StateStore store, PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        requireNonNull(snapshot, "snapshot");
        requireNonNull(mode, "mode");
        return new Ipam(Engine.create(store, catalog, snapshot, mode, EngineSetup.of(settings)), settings);
    }

    /** Opens a realm with its stored catalog, or creates it with this one if it does not exist. */
    public static Ipam openOrCreate(StateStore store, PoolCatalog catalog, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        return new Ipam(Engine.openOrCreate(store, catalog, EngineSetup.of(settings)), settings);
    }

    private long now() {
        return settings.clock().millis();
    }

    /** {@return the settings} */
    public IpamSettings settings() {
        return settings;
    }

    /** {@return the current catalog} */
    public PoolCatalog catalog() {
        return engine.catalog();
    }

    /** {@return the operations on the state as a whole: export, restore, verify} */
    public IpamState state() {
        return state;
    }

    /** Finds the pools that may serve a request, without changing the state (a dry run). */
    public Resolution resolve(Workload workload, PoolSelections selections) {
        return requests.resolve(workload, selections);
    }

    /**
     * Allocates an address for every interface and family of a workload, or refuses the request.
     */
    public AllocationResult allocate(Workload workload, PoolSelections selections) {
        return requests.allocate(workload, selections, null, now());
    }

    /**
     * Allocates for a request that {@link #resolve} has resolved. A stale resolution is recomputed.
     */
    public AllocationResult allocate(Resolution resolution) {
        return requests.allocate(resolution, settings.resolver(), now());
    }

    /**
     * Allocates an address of each family that has pool names, for one interface, or refuses the
     * request. It is for callers without annotations.
     */
    public AllocationResult allocate(Owner owner, String interfaceName, PoolNames pools) {
        return allocate(Workload.of(owner), PoolSelections.of(interfaceName, pools));
    }

    /** Allocates a given address of one of the pools, or refuses the request. */
    public AllocationResult allocate(Owner owner, String interfaceName, PoolNames pools, Address given) {
        requireNonNull(given, "given");
        PoolSelections.GivenAddress one = new PoolSelections.GivenAddress(interfaceName, given);
        return allocate(
                Workload.of(owner), PoolSelections.of(interfaceName, pools).withGiven(List.of(one)));
    }

    /**
     * Releases every address that the owner holds under its current uid.
     *
     * @return one result per address held under its identity; a single NotAllocated if there is
     *     none
     */
    public List<ReleaseResult> release(Owner owner) {
        return engine.release(requireNonNull(owner, "owner"), now());
    }

    /** Releases as {@link #release(Owner)} does, but only the addresses of one interface. */
    public List<ReleaseResult> release(Owner owner, String interfaceName) {
        requireNonNull(owner, "owner");
        return engine.release(owner, requireNonNull(interfaceName, "interfaceName"), now());
    }

    /** Releases one address, if the owner holds it under its current uid. */
    public ReleaseResult release(Owner owner, Address address) {
        requireNonNull(owner, "owner");
        return engine.release(owner, requireNonNull(address, "address"), now());
    }

    /**
     * Releases one address if the owner holds it under this generation: a late release cannot free
     * a later grant.
     */
    public ReleaseResult release(Owner owner, Address address, long generation) {
        requireNonNull(owner, "owner");
        requireNonNull(address, "address");
        return engine.release(owner, address, generation, now());
    }

    /**
     * Transfers all addresses of a stateful owner to another incarnation, for example to the target
     * of a live migration, or back. It succeeds only if every address is held under {@code fromUid}
     * or already under {@code toUid}. Each transferred address gets a new generation. A repeat
     * changes nothing. Strays are not transferred.
     *
     * @param owner the stateful owner; its own uid is ignored
     * @throws IllegalArgumentException if the owner is stateless: its uid is its identity
     */
    public HandOverResult handOver(Owner owner, String fromUid, String toUid) {
        return engine.handOver(owner, fromUid, toUid, OptionalLong.empty(), now());
    }

    /**
     * Transfers all addresses if {@code fromUid} holds one under this generation: a late hand-over
     * cannot undo a later one.
     */
    public HandOverResult handOver(Owner owner, String fromUid, String toUid, long generation) {
        return engine.handOver(owner, fromUid, toUid, OptionalLong.of(generation), now());
    }

    /**
     * Replaces the catalog if the expected one is current. A concurrent request is served with one
     * of the two catalogs, never with a mix.
     *
     * @param expected the catalog from which {@code next} was derived, compared by version in
     *     memory and by content over a store
     * @return updated, outdated, or blocked by addresses in use
     */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next) {
        return engine.update(expected, next, now());
    }

    /**
     * Updates as {@link #update} does, but may remove pools in use. Until a removed pool is empty,
     * it accepts releases, and no other pool may contain its addresses. A new pool with the same
     * name and subnet takes over its allocations.
     */
    public UpdateResult updateByForce(PoolCatalog expected, PoolCatalog next) {
        return engine.updateByForce(expected, next, now());
    }

    /**
     * Updates as {@link #updateByForce} does, as far as is possible now. Addresses in use that a
     * pool would lose become {@linkplain io.ipam.pool.Pool#drainingAddresses() draining}: they are
     * not allocated again, and leave the pool after their release. A repeat is safe.
     */
    public UpdateResult updateByDraining(PoolCatalog expected, PoolCatalog next) {
        return engine.updateByDraining(expected, next, now());
    }

    /** Computes the changes and the present blockers of an {@link #update} to this catalog. */
    public ChangePlan plan(PoolCatalog next) {
        return engine.plan(requireNonNull(next, "next"));
    }

    /** {@return the counts of a pool, detached or not, at one moment; empty if there is none} */
    public Optional<PoolUsage> usage(String pool) {
        return engine.usages().usage(requireNonNull(pool, "pool"), now());
    }

    /** {@return the counts of every pool, by name; each is exact at its own moment} */
    public List<PoolUsage> usage() {
        return engine.usages().all(now());
    }

    /** {@return a view of the addresses in use; each pool is read when it is visited} */
    public HeldAddresses heldAddresses() {
        return engine.held().addresses();
    }

    /**
     * {@return the holder of an address; empty if the address is free, cooling, or in no pool} A
     * stray has the pool of its record. Cost: O(log pools + log strays).
     */
    public Optional<HeldAddress> holder(Address address) {
        return engine.held().holder(requireNonNull(address, "address"));
    }

    /**
     * {@return the allocations of an owner's identity at one moment, by address} A stateful owner
     * may hold some under an earlier uid. Strays are omitted, because no owner can release them:
     * see {@link IpamState#strays()}. Cost: O(k log k) for k allocations of this owner.
     */
    public List<HeldAddress> heldBy(Owner owner) {
        return engine.held().heldBy(requireNonNull(owner, "owner"));
    }

    /** Marks the present state for {@link #reconcile}. Call it before you list the live owners. */
    public Observation observe() {
        return engine.observe(now());
    }

    /**
     * Compares the allocations with the live owners. Allocations that were granted or renewed after
     * the observation are ignored. An allocation is confirmed as an orphan if its owner was missing
     * in two observations that are at least the grace period apart.
     *
     * @return the suspected, confirmed, and released allocations
     */
    public ReconcileReport reconcile(Observation observation, Collection<Owner> live, ReconcileMode mode) {
        requireNonNull(observation, "observation");
        requireNonNull(live, "live");
        requireNonNull(mode, "mode");
        return engine.reconcile(observation, live, mode, now());
    }

    /** {@return the number of events for which the listener threw an exception} */
    public long listenerFailures() {
        return engine.listenerFailures();
    }

    /** Waits until reads reflect every commit, of any process, that preceded this call. */
    public void sync() {
        engine.whole().sync();
    }

    /** {@return the revision that reads reflect; 0 without a store} */
    public long revision() {
        return engine.whole().revision();
    }

    /**
     * Ends the threads and closes the store; without a store it does nothing. It waits at most
     * {@link IpamSettings#storeTimeout} for a sent commit, and a second for the listener unless the
     * listener calls it. Waiting requests fail; later ones throw IllegalStateException.
     */
    @Override
    public void close() {
        engine.whole().close();
    }
}
