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
 * Gives addresses of pools to workloads, all that a request wants or none, and takes them back.
 * What a controller embeds.
 *
 * <pre>{@code
 * Ipam ipam = Ipam.of(catalog);
 * AllocationResult result = ipam.allocate(pod, selections);
 * for (Allocation allocation : result.orElseThrow()) { .. }
 * ipam.release(pod.owner());
 * }</pre>
 *
 * <p>Every call takes effect at one moment between its start and its end; nobody sees a part of it.
 * An allocation belongs to an owner, an interface and a family: to ask again gives the same
 * addresses.
 *
 * <p>Cost: follows what a request names and what its owner holds, not how many pools there are or
 * addresses are held.
 *
 * <p>Thread safety: safe. No lock is held while a filter, an order, the clock or the listener runs;
 * no thread is started.
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

    /**
     * {@return an IPAM with the default settings, in which nothing is held}
     *
     * @param catalog the pools
     */
    public static Ipam of(PoolCatalog catalog) {
        return of(catalog, IpamSettings.defaults());
    }

    /**
     * {@return an IPAM in which nothing is held}
     *
     * @param catalog the pools
     * @param settings the settings
     */
    public static Ipam of(PoolCatalog catalog, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        requireNonNull(settings, "settings");
        return new Ipam(new Engine(catalog, StoreFactory.engineSettings(settings)), settings);
    }

    /**
     * Opens a realm. Its allocations, pools, and cool-down are those of the store; any number of
     * processes open a realm and act as one. Two daemon threads are started, which {@link #close}
     * ends.
     *
     * @param store a session, which is closed with the Ipam and on failure
     * @param settings the settings; a stated cool-down must be that of the realm
     * @return an IPAM over the realm
     * @throws io.ipam.store.StoreException if the store fails, or the realm does not exist
     * @throws io.ipam.store.CorruptStoreException if its entries were edited outside ipam
     */
    public static Ipam open(StateStore store, IpamSettings settings) {
        return new Ipam(factory(store, settings).open(), settings);
    }

    /**
     * Opens a realm as {@link #open} does, and accepts entries that were edited outside ipam.
     *
     * @param store a session, which is closed with the Ipam and on failure
     * @param settings the settings
     * @return an IPAM over the realm
     * @throws io.ipam.store.StoreException if the store fails, or the realm does not exist
     */
    public static Ipam openAsFound(StateStore store, IpamSettings settings) {
        return new Ipam(factory(store, settings).openAsFound(), settings);
    }

    /**
     * Creates a realm in which nothing is held, and opens it.
     *
     * @param store a session, which is closed with the Ipam and on failure
     * @param catalog the pools
     * @param settings the settings
     * @return an IPAM over the realm
     * @throws io.ipam.store.StoreException if the store fails, or the realm exists
     */
    public static Ipam create(StateStore store, PoolCatalog catalog, IpamSettings settings) {
        return create(store, catalog, StateSnapshot.empty(), RestoreMode.REFUSE, settings);
    }

    /**
     * Creates a realm with the records of a snapshot, and opens it. No process allocates from the
     * realm before all records are in it. A creation that was interrupted continues when it is
     * repeated with the same input.
     *
     * @param store a session, which is closed with the Ipam and on failure
     * @param catalog the pools
     * @param snapshot the records to take over
     * @param mode the treatment of records that do not fit
     * @param settings the settings
     * @return an IPAM over the realm; {@link IpamState#strays} lists the records that did not fit
     * @throws io.ipam.store.StoreException if the store fails, or the realm exists
     * @throws io.ipam.allocation.InvalidStateException in mode REFUSE, with every record that does
     *     not fit
     */
    public static Ipam create(
            StateStore store, PoolCatalog catalog, StateSnapshot snapshot, RestoreMode mode, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        requireNonNull(snapshot, "snapshot");
        requireNonNull(mode, "mode");
        StoreFactory factory = factory(store, settings);
        factory.create(catalog, snapshot, mode);
        return new Ipam(factory.open(), settings);
    }

    /**
     * Opens a realm, or creates it with nothing held if it does not exist. The catalog of a realm
     * that exists is kept.
     *
     * @param store a session, which is closed with the Ipam and on failure
     * @param catalog the pools of a new realm
     * @param settings the settings
     * @return an IPAM over the realm
     * @throws io.ipam.store.StoreException if the store fails
     */
    public static Ipam openOrCreate(StateStore store, PoolCatalog catalog, IpamSettings settings) {
        requireNonNull(catalog, "catalog");
        return factory(store, settings).exists() ? open(store, settings) : create(store, catalog, settings);
    }

    private static StoreFactory factory(StateStore store, IpamSettings settings) {
        return new StoreFactory(requireNonNull(store, "store"), requireNonNull(settings, "settings"));
    }

    /** {@return the settings} */
    public IpamSettings settings() {
        return settings;
    }

    /** {@return the catalog in force} */
    public PoolCatalog catalog() {
        return engine.catalog();
    }

    /** {@return the state as a whole: export, restore, verify} */
    public IpamState state() {
        return state;
    }

    /**
     * {@return which pools may serve a request, and why the others may not} Nothing is changed: a
     * dry run is this call alone.
     *
     * @param workload what asks
     * @param selections what it says
     */
    public Resolution resolve(Workload workload, PoolSelections selections) {
        return requests.resolve(workload, selections);
    }

    /**
     * Gives a workload all addresses that it asks for, or none.
     *
     * @param workload what asks
     * @param selections what it says
     * @return the addresses, or why there are none
     */
    public AllocationResult allocate(Workload workload, PoolSelections selections) {
        return requests.allocate(workload, selections, null, settings.clock().millis());
    }

    /**
     * Gives a workload all addresses that its resolution asks for, or none. The resolution is a
     * first guess: it is made again when the catalog or what the owner holds is not what it was
     * made with.
     *
     * @param resolution an answer of {@link #resolve}
     * @return the addresses, or why there are none
     */
    public AllocationResult allocate(Resolution resolution) {
        Resolution guess = isCurrent(resolution) ? resolution : null;
        return requests.allocate(
                resolution.workload(),
                resolution.selections(),
                guess,
                settings.clock().millis());
    }

    /**
     * Whether a first guess is worth an attempt. One that refuses is not, because the owner's
     * holdings may have changed.
     */
    private boolean isCurrent(Resolution guess) {
        return guess.catalogVersion() == engine.catalog().version()
                && guess.settings().equals(settings.resolver())
                && RequestResult.refusalOf(guess) == null;
    }

    /**
     * Releases everything that an owner holds under this uid.
     *
     * @param owner the owner
     * @return an outcome for each address that is held under its identity; one "not allocated" when
     *     there is none
     */
    public List<ReleaseResult> release(Owner owner) {
        return engine.release(requireNonNull(owner, "owner"), settings.clock().millis());
    }

    /**
     * Releases everything that an owner holds under this uid for one interface.
     *
     * @param owner the owner
     * @param interfaceName the interface
     * @return an outcome for each address that is held for it under the owner's identity; one "not
     *     allocated" when there is none
     */
    public List<ReleaseResult> release(Owner owner, String interfaceName) {
        requireNonNull(owner, "owner");
        return engine.release(
                owner,
                requireNonNull(interfaceName, "interfaceName"),
                settings.clock().millis());
    }

    /**
     * Releases one address, if the owner holds it under this uid.
     *
     * @param owner the owner
     * @param address the address
     * @return the outcome
     */
    public ReleaseResult release(Owner owner, Address address) {
        requireNonNull(owner, "owner");
        return engine.release(
                owner, requireNonNull(address, "address"), settings.clock().millis());
    }

    /**
     * Releases one address, if the owner holds it under this uid and this generation: a late
     * release frees no later grant.
     *
     * @param owner the owner
     * @param address the address
     * @param generation the token of the grant
     * @return the outcome
     */
    public ReleaseResult release(Owner owner, Address address, long generation) {
        requireNonNull(owner, "owner");
        requireNonNull(address, "address");
        return engine.release(owner, address, generation, settings.clock().millis());
    }

    /**
     * Hands everything that a stateful owner holds over to another incarnation, for example to the
     * target of a live migration, or back. It succeeds only if every address is held under {@code
     * fromUid}, or under {@code toUid} already. Each address that changes hands gets a new
     * generation, as at a renewal. A repeat changes nothing. Strays stay as they are. Cost: follows
     * the number of addresses that the owner holds.
     *
     * @param owner the stateful owner; its own uid is ignored
     * @param fromUid the uid of the present holder
     * @param toUid the uid of the next holder
     * @return the outcome
     * @throws IllegalArgumentException if the owner is stateless: its uid is its identity
     */
    public HandOverResult handOver(Owner owner, String fromUid, String toUid) {
        return handOver(owner, fromUid, toUid, OptionalLong.empty());
    }

    /**
     * As {@link #handOver(Owner, String, String)}, only if {@code fromUid} holds an address under
     * this generation: a late hand-over cannot undo a later one.
     *
     * @param owner the stateful owner; its own uid is ignored
     * @param fromUid the uid of the present holder
     * @param toUid the uid of the next holder
     * @param generation the generation of any grant to the present holder
     * @return the outcome
     * @throws IllegalArgumentException if the owner is stateless: its uid is its identity
     */
    public HandOverResult handOver(Owner owner, String fromUid, String toUid, long generation) {
        return handOver(owner, fromUid, toUid, OptionalLong.of(generation));
    }

    private HandOverResult handOver(Owner owner, String fromUid, String toUid, OptionalLong generation) {
        requireNonNull(owner, "owner");
        requireNonNull(fromUid, "fromUid");
        requireNonNull(toUid, "toUid");
        if (!owner.stateful()) {
            throw new IllegalArgumentException("owner must be stateful, was the stateless " + owner);
        }
        return engine.handOver(
                owner, fromUid, toUid, generation, settings.clock().millis());
    }

    /**
     * Puts another catalog in force, if the expected one is. Requests that are under way see the
     * old one or the new one, never a mix.
     *
     * @param expected the catalog that the change was made from
     * @param next the catalog to come
     * @return updated, outdated, or blocked by addresses in use
     */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next) {
        return update(expected, next, false);
    }

    /**
     * As {@link #update}, and pools in use may be removed: they take releases until they are empty,
     * their ranges still count, and they go on when a pool with the same name and subnet returns.
     *
     * @param expected the catalog that the change was made from
     * @param next the catalog to come
     * @return updated, outdated, or blocked by what cannot be forced
     */
    public UpdateResult updateByForce(PoolCatalog expected, PoolCatalog next) {
        return update(expected, next, true);
    }

    private UpdateResult update(PoolCatalog expected, PoolCatalog next, boolean force) {
        requireNonNull(expected, "expected");
        requireNonNull(next, "next");
        return engine.update(expected, next, force, settings.clock().millis());
    }

    /**
     * {@return what {@link #update} to another catalog would change and what would block it now}
     * Nothing is changed.
     *
     * @param next the catalog to come
     */
    public ChangePlan plan(PoolCatalog next) {
        return engine.plan(requireNonNull(next, "next"));
    }

    /**
     * {@return the counts of a pool, exact at one moment; a pool that was removed by force and is
     * still in use has some too}
     *
     * @param pool the pool's name
     */
    public Optional<PoolUsage> usage(String pool) {
        return engine.usages()
                .usage(requireNonNull(pool, "pool"), settings.clock().millis());
    }

    /** {@return the counts of every pool of the catalog, by name; each exact at its own moment} */
    public List<PoolUsage> usage() {
        return engine.usages().all(settings.clock().millis());
    }

    /**
     * {@return the addresses in use, for plans of change; each pool is read when it is asked for}
     */
    public HeldAddresses heldAddresses() {
        return engine.heldAddresses();
    }

    /**
     * {@return the holder of an address; empty if the address is free, cooling, or in no pool} A
     * stray is held: its holder has the owner and the pool that its record names, and {@link
     * HeldAddress#stray()} is true. Such an owner may be unknown, and such a pool may not exist.
     *
     * <p>Cost: O(log pools + log strays), whatever is held. Waits only for a request that changes
     * the same pool.
     *
     * @param address the address
     */
    public Optional<HeldAddress> holder(Address address) {
        return engine.holder(requireNonNull(address, "address"));
    }

    /**
     * {@return the allocations of an owner, by address} They are of one moment and of the owner's
     * identity: those of a stateful owner may be of an earlier uid, which {@link
     * HeldAddress#owner()} states. Strays are omitted, because no owner can release them: see
     * {@link IpamState#strays()}.
     *
     * <p>Cost: O(k log k) for k allocations of this owner, whatever other owners hold.
     *
     * @param owner the owner
     */
    public List<HeldAddress> heldBy(Owner owner) {
        return engine.heldBy(requireNonNull(owner, "owner"));
    }

    /** {@return a mark to be made before the live owners are listed, for {@link #reconcile}} */
    public Observation observe() {
        return engine.observe(settings.clock().millis());
    }

    /**
     * Compares allocations with the live owners. What was granted or renewed after the observation
     * is left alone; the rest is dead when it has had no live owner in two observations at least
     * the grace period apart.
     *
     * @param observation the mark that was made before the live owners were listed
     * @param live the live owners
     * @param mode whether the dead ones are released
     * @return what was found and done
     */
    public ReconcileReport reconcile(Observation observation, Collection<Owner> live, ReconcileMode mode) {
        requireNonNull(observation, "observation");
        requireNonNull(live, "live");
        requireNonNull(mode, "mode");
        return engine.reconcile(observation, live, mode, settings.clock().millis());
    }

    /** {@return how many events the listener has failed on} */
    public long listenerFailures() {
        return engine.listenerFailures();
    }

    /**
     * Waits until every read reflects what any process had committed before this call. Without a
     * store it returns at once.
     *
     * @throws io.ipam.store.StoreUnavailableException if the store does not answer in time
     */
    public void sync() {
        engine.sync();
    }

    /** {@return the number of the last commit that reads reflect; 0 without a store} */
    public long revision() {
        return engine.revision();
    }

    /**
     * Ends the threads and closes the store; without a store it does nothing. Requests that were not
     * sent fail; one that was sent is waited for, at most for the {@linkplain
     * IpamSettings#storeTimeout time limit of the store}. Later requests throw IllegalStateException.
     */
    @Override
    public void close() {
        engine.close();
    }
}
