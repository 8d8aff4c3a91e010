package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.HandOverResult;
import io.ipam.allocation.Observation;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.UpdateResult;
import io.ipam.engine.Engine;
import io.ipam.engine.decision.HandOverDecision;
import io.ipam.number.Millis;
import io.ipam.owner.Owner;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.UsageView;
import io.ipam.resolution.Workload;
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
public final class Ipam {
    private final IpamSettings settings;
    private final PoolResolver resolver;
    private final Engine engine;
    private final UsageView view;
    private final RequestServing requests;
    private final IpamState state;

    private Ipam(PoolCatalog catalog, IpamSettings settings) {
        this.settings = settings;
        resolver = PoolResolver.of(settings.resolver());
        engine = new Engine(
                catalog,
                new Engine.Settings(
                        settings.order(),
                        settings.randomSeed(),
                        Millis.of(settings.coolDown()),
                        settings.reconcileGrace(),
                        settings.hashSeeds().getAsLong(),
                        settings.listener()));
        view = new EngineView(engine);
        requests = new RequestServing(settings, resolver, engine, view);
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
        return new Ipam(requireNonNull(catalog, "catalog"), requireNonNull(settings, "settings"));
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
        return resolver.resolve(workload, selections, catalog(), view);
    }

    /**
     * Gives a workload all addresses that it asks for, or none.
     *
     * @param workload what asks
     * @param selections what it says
     * @return the addresses, or why there are none
     */
    public AllocationResult allocate(Workload workload, PoolSelections selections) {
        return requests.serve(workload, selections, null);
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
        return requests.serve(resolution.workload(), resolution.selections(), resolution);
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
                owner,
                new HandOverDecision(fromUid, toUid, generation),
                settings.clock().millis());
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
}
