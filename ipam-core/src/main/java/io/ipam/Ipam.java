package io.ipam;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Observation;
import io.ipam.allocation.Owner;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReleaseResult;
import io.ipam.allocation.UpdateResult;
import io.ipam.allocation.state.EventQueue;
import io.ipam.allocation.state.Footprint;
import io.ipam.allocation.state.GrantDecision;
import io.ipam.allocation.state.GrantOutcome;
import io.ipam.allocation.state.Live;
import io.ipam.allocation.state.MemoryState;
import io.ipam.allocation.state.Millis;
import io.ipam.allocation.state.Reconciler;
import io.ipam.allocation.state.ReleaseDecision;
import io.ipam.allocation.state.StateSettings;
import io.ipam.pool.ChangePlan;
import io.ipam.pool.HeldAddresses;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolResolver;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives addresses of pools to workloads, all that a request wants or none, and takes them back. What a controller embeds.
 *
 * <pre>{@code
 * Ipam ipam = Ipam.of(catalog);
 * AllocationResult result = ipam.allocate(pod, selections);
 * for (Allocation allocation : result.orElseThrow()) { .. }
 * ipam.release(pod.owner());
 * }</pre>
 *
 * <p>Every call takes effect at one moment between its start and its end; nobody sees a part of it. An allocation belongs to an
 * owner, an interface and a family: to ask again gives the same addresses.
 *
 * <p>Cost: follows what a request names and what its owner holds, not how many pools there are or addresses are held.
 *
 * <p>Thread safety: safe. No lock is held while a filter, an order, the clock or the listener runs; no thread is started.
 */
public final class Ipam {
    private final IpamSettings settings;
    private final PoolResolver resolver;
    private final MemoryState memory;
    private final StateView view;
    private final Reconciler reconciler;
    private final IpamState state;
    private final @Nullable EventQueue events;
    private final AtomicLong draws;

    private Ipam(PoolCatalog catalog, IpamSettings settings) {
        this.settings = settings;
        resolver = PoolResolver.of(settings.resolver());
        events = settings.listener().map(EventQueue::new).orElse(null);
        memory = new MemoryState(catalog, new StateSettings(Millis.of(settings.coolDown()), events));
        view = new StateView(memory);
        reconciler = new Reconciler(memory, settings.reconcileGrace());
        state = new IpamState(memory, settings.clock());
        draws = new AtomicLong(settings.randomSeed());
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
        return memory.live().catalog();
    }

    /** {@return the state as a whole: export, restore, verify} */
    public IpamState state() {
        return state;
    }

    /**
     * {@return which pools may serve a request, and why the others may not} Nothing is changed: a dry run is this call alone.
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
        return allocate(workload, selections, null);
    }

    /**
     * Gives a workload all addresses that its resolution asks for, or none. The resolution is a first guess: it is made again when
     * the catalog or what the owner holds is not what it was made with.
     *
     * @param resolution an answer of {@link #resolve}
     * @return the addresses, or why there are none
     */
    public AllocationResult allocate(Resolution resolution) {
        return allocate(resolution.workload(), resolution.selections(), resolution);
    }

    private AllocationResult allocate(Workload workload, PoolSelections selections, @Nullable Resolution guess) {
        long started = startedNanos();
        long now = now();
        long random = settings.order() == AllocationOrder.RANDOM ? draws.getAndIncrement() : 0;
        Resolution resolution = guess;
        while (true) {
            Live live = memory.live();
            AllocationResult refused = null;
            if (resolution == null || !mayServe(resolution, live)) {
                resolution = resolver.resolve(workload, selections, live.catalog(), view);
                refused = ResultOfOutcome.refusalOf(resolution);
            }
            // What the owner holds was read after the catalog: with another in force, a refusal may be of another time.
            AllocationResult result = refused == null
                    ? attempt(resolution, live, now, random, started)
                    : memory.live() == live ? refused : null;
            if (result != null) {
                announce(workload.owner(), result, started);
                return result;
            }
            resolution = null;
        }
    }

    /** Whether a first guess is worth a try; one that refuses is not, for what the owner holds may have changed. */
    private static boolean mayServe(Resolution guess, Live live) {
        return guess.catalogVersion() == live.catalog().version() && ResultOfOutcome.refusalOf(guess) == null;
    }

    /** The answer to a request that can be served if addresses are free; null when its resolution is out of date. */
    private @Nullable AllocationResult attempt(Resolution resolution, Live live, long now, long random, long started) {
        GrantDecision decision = new GrantDecision(RequestOfResolution.of(resolution, live), settings.order(), started);
        GrantOutcome outcome = memory.transact(decision.firstFootprint(), decision, now, random);
        return outcome instanceof GrantOutcome.Stale ? null : ResultOfOutcome.of(outcome, resolution);
    }

    private void announce(Owner owner, AllocationResult result, long started) {
        if (events != null) {
            if (result instanceof AllocationResult.Refused refused) {
                events.add(new AllocationEvent.Refused(owner, refused.reason(), System.nanoTime() - started));
            }
            events.deliver();
        }
    }

    /**
     * Releases everything that an owner holds under this uid.
     *
     * @param owner the owner
     * @return an outcome for each address that is held under its identity; one "not allocated" when there is none
     */
    public List<ReleaseResult> release(Owner owner) {
        return release(owner, ReleaseDecision.ofAll(owner, startedNanos()));
    }

    /**
     * Releases everything that an owner holds under this uid for one interface.
     *
     * @param owner the owner
     * @param interfaceName the interface
     * @return an outcome for each address that is held for it under the owner's identity; one "not allocated" when there is none
     */
    public List<ReleaseResult> release(Owner owner, String interfaceName) {
        requireNonNull(interfaceName, "interfaceName");
        return release(owner, ReleaseDecision.ofInterface(owner, interfaceName, startedNanos()));
    }

    /**
     * Releases one address, if the owner holds it under this uid.
     *
     * @param owner the owner
     * @param address the address
     * @return the outcome
     */
    public ReleaseResult release(Owner owner, Address address) {
        return release(owner, address, null);
    }

    /**
     * Releases one address, if the owner holds it under this uid and this generation: a late release frees no later grant.
     *
     * @param owner the owner
     * @param address the address
     * @param generation the token of the grant
     * @return the outcome
     */
    public ReleaseResult release(Owner owner, Address address, long generation) {
        return release(owner, address, Long.valueOf(generation));
    }

    private ReleaseResult release(Owner owner, Address address, @Nullable Long generation) {
        requireNonNull(address, "address");
        List<ReleaseResult> results = List.of();
        while (results.isEmpty()) {
            results = release(
                    owner,
                    ReleaseDecision.ofAddress(
                            owner, address, generation, memory.live().poolOf(address), startedNanos()));
        }
        return results.get(0);
    }

    private List<ReleaseResult> release(Owner owner, ReleaseDecision decision) {
        List<ReleaseResult> results = memory.transact(Footprint.of(requireNonNull(owner, "owner")), decision, now(), 0);
        deliver();
        return results;
    }

    /**
     * Puts another catalog in force, if the expected one is. Requests that are under way see the old one or the new one, never a
     * mix.
     *
     * @param expected the catalog that the change was made from
     * @param next the catalog to come
     * @return updated, outdated, or blocked by addresses in use
     */
    public UpdateResult update(PoolCatalog expected, PoolCatalog next) {
        return update(expected, next, false);
    }

    /**
     * As {@link #update}, and pools in use may be removed: they take releases until they are empty, their ranges still count, and
     * they go on when a pool with the same name and subnet returns.
     *
     * @param expected the catalog that the change was made from
     * @param next the catalog to come
     * @return updated, outdated, or blocked by what cannot be forced
     */
    public UpdateResult updateByForce(PoolCatalog expected, PoolCatalog next) {
        return update(expected, next, true);
    }

    private UpdateResult update(PoolCatalog expected, PoolCatalog next, boolean force) {
        requireNonNull(next, "next");
        UpdateResult result = memory.update(expected, next, force, now());
        deliver();
        return result;
    }

    /**
     * {@return what {@link #update} to another catalog would change and what would block it now} Nothing is changed.
     *
     * @param next the catalog to come
     */
    public ChangePlan plan(PoolCatalog next) {
        return memory.plan(requireNonNull(next, "next"));
    }

    /**
     * {@return the counts of a pool, exact at one moment; a pool that was removed by force and is still in use has some too}
     *
     * @param pool the pool's name
     */
    public Optional<PoolUsage> usage(String pool) {
        return memory.usage(requireNonNull(pool, "pool"), now());
    }

    /** {@return the counts of every pool of the catalog, by name; each exact at its own moment} */
    public List<PoolUsage> usage() {
        return memory.usages(now());
    }

    /** {@return the addresses in use, for plans of change; each pool is read when it is asked for} */
    public HeldAddresses heldAddresses() {
        return memory.heldAddresses();
    }

    /** {@return a mark to be made before the live owners are listed, for {@link #reconcile}} */
    public Observation observe() {
        return memory.observe(Instant.ofEpochMilli(now()));
    }

    /**
     * Compares allocations with the live owners. What was granted or renewed after the observation is left alone; the rest is dead
     * when it has had no live owner in two observations at least the grace period apart.
     *
     * @param observation the mark that was made before the live owners were listed
     * @param live the live owners
     * @param mode whether the dead ones are released
     * @return what was found and done
     */
    public ReconcileReport reconcile(Observation observation, Collection<Owner> live, ReconcileMode mode) {
        ReconcileReport report = reconciler.reconcile(observation, live, mode, now());
        if (events != null && !report.outdated()) {
            events.add(new AllocationEvent.Reconciled(
                    report.suspected().size(),
                    report.confirmed().size(),
                    report.released().size()));
        }
        deliver();
        return report;
    }

    /** {@return how many events the listener has failed on} */
    public long listenerFailures() {
        return events == null ? 0 : events.failures();
    }

    private void deliver() {
        if (events != null) {
            events.deliver();
        }
    }

    private long now() {
        return memory.now(settings.clock().millis());
    }

    private long startedNanos() {
        return events == null ? 0 : System.nanoTime();
    }
}
