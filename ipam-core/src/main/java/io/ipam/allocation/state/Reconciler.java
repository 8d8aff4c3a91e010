package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.Observation;
import io.ipam.allocation.Owner;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.ReconcileReport;
import io.ipam.allocation.ReconcileReport.Orphan;
import io.ipam.allocation.ReleaseResult;
import io.ipam.pool.PoolCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds allocations whose owner is not among the live ones: what was granted or renewed after the observation is left alone, what
 * has no live owner is suspected at first, and confirmed when a later observation, a grace period on, sees it so again.
 *
 * <p>Cost: O(held + live); it remembers the suspected ones only. Thread safety: safe; one comparison at a time, requests go on.
 */
public final class Reconciler {
    private final MemoryState state;
    private final Duration grace;
    private final ReentrantLock lock = new ReentrantLock();
    /** By generation, when an allocation was first seen without a live owner. */
    private Map<Long, Instant> suspectedSince = new HashMap<>();

    private long epoch;

    /**
     * A reconciler that suspects nothing.
     *
     * @param state the state
     * @param grace how long an allocation must have been without a live owner
     */
    public Reconciler(MemoryState state, Duration grace) {
        this.state = state;
        this.grace = grace;
        this.epoch = state.epoch();
    }

    /**
     * Compares.
     *
     * @param observation the mark that was made before the live owners were listed
     * @param live the live owners; one is enough for all incarnations of a stateful owner
     * @param mode what to do with confirmed ones
     * @param nowMillis the time
     * @return what was found and done
     */
    public ReconcileReport reconcile(
            Observation observation, Collection<Owner> live, ReconcileMode mode, long nowMillis) {
        Set<Identity> identities = identities(live); // the caller's collection, not under the lock
        lock.lock();
        try {
            return state.whileNothingIsReplaced(() -> state.epoch() == observation.epoch()
                    ? compare(observation, identities, mode, nowMillis)
                    : new ReconcileReport(true, List.of(), List.of(), List.of()));
        } finally {
            lock.unlock();
        }
    }

    private ReconcileReport compare(Observation observation, Set<Identity> live, ReconcileMode mode, long nowMillis) {
        if (epoch != observation.epoch()) {
            suspectedSince = new HashMap<>();
            epoch = observation.epoch();
        }
        List<Orphan> orphans = orphans(observation, live);
        Map<Long, Instant> since = new HashMap<>();
        orphans.forEach(orphan -> since.put(orphan.generation(), orphan.since()));
        suspectedSince = since;
        List<Orphan> suspected = new ArrayList<>();
        List<Orphan> confirmed = new ArrayList<>();
        for (Orphan orphan : orphans) {
            boolean isLongEnough =
                    Duration.between(orphan.since(), observation.at()).compareTo(grace) >= 0;
            boolean isSecond = orphan.since().isBefore(observation.at());
            (isSecond && isLongEnough ? confirmed : suspected).add(orphan);
        }
        List<Orphan> released = mode == ReconcileMode.FREE ? release(confirmed, nowMillis) : List.of();
        return new ReconcileReport(false, suspected, confirmed, released);
    }

    private List<Orphan> orphans(Observation observation, Set<Identity> live) {
        List<Orphan> orphans = new ArrayList<>();
        for (Definition pool : state.live().all()) {
            collect(pool, observation, live, orphans);
        }
        orphans.sort(Comparator.comparing(Orphan::pool, PoolCatalog.nameOrder()).thenComparing(Orphan::address));
        return orphans;
    }

    private void collect(Definition pool, Observation observation, Set<Identity> live, List<Orphan> orphans) {
        RecordColumns columns = copyOf(pool.ledger());
        for (int slot = columns.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = columns.nextUsed(slot)) {
            Owner owner = columns.owner(slot);
            long generation = columns.generation(slot);
            if (generation <= observation.lastGeneration() && !Identity.isAmong(live, owner)) {
                Address address = new Address(pool.pool().family(), columns.high(slot), columns.low(slot));
                Instant since = suspectedSince.getOrDefault(generation, observation.at());
                orphans.add(
                        new Orphan(pool.pool().name(), address, owner, columns.interfaceName(slot), generation, since));
            }
        }
    }

    private static RecordColumns copyOf(Ledger ledger) {
        ledger.lock();
        try {
            return ledger.records().copy();
        } finally {
            ledger.unlock();
        }
    }

    private List<Orphan> release(List<Orphan> confirmed, long nowMillis) {
        List<Orphan> released = new ArrayList<>();
        for (Orphan orphan : confirmed) {
            ReleaseDecision release = ReleaseDecision.ofAddress(
                    orphan.owner(), orphan.address(), orphan.generation(), null, System.nanoTime());
            List<ReleaseResult> results = state.transact(Footprint.of(orphan.owner()), release, nowMillis, 0);
            if (results.get(0).isReleased()) {
                released.add(orphan);
                suspectedSince.remove(orphan.generation());
            }
        }
        return released;
    }

    private static Set<Identity> identities(Collection<Owner> owners) {
        Set<Identity> identities = new HashSet<>();
        for (Owner owner : owners) {
            identities.add(Identity.of(owner));
            identities.add(Identity.ofName(owner));
        }
        return identities;
    }

    /** What an owner is known by: a uid, the name of a stateful one, or the name of any. */
    private record Identity(Kind kind, String first, String second) {
        private enum Kind {
            UID,
            STATEFUL,
            NAME
        }

        static Identity of(Owner owner) {
            return owner.stateful()
                    ? new Identity(Kind.STATEFUL, owner.namespace(), owner.name())
                    : new Identity(Kind.UID, owner.uid(), "");
        }

        static Identity ofName(Owner owner) {
            return new Identity(Kind.NAME, owner.namespace(), owner.name());
        }

        /** A record without a uid may be of anybody who has the name: it was taken over from a system that did not say. */
        static boolean isAmong(Set<Identity> live, Owner owner) {
            return live.contains(of(owner)) || (owner.uid().isEmpty() && live.contains(ofName(owner)));
        }
    }
}
