package io.ipam.allocation.state;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a world of a snapshot, beside the one in force. A bad record is set aside with its problem, never dropped in silence.
 *
 * <p>Cost: O(n log n), some tens of bytes per record beside the world. Thread safety: none, made for one restore.
 */
final class Restorer {
    private final StateSnapshot snapshot;
    private final WorldBuilder builder;
    private final PoolCatalog catalog;
    private final long nowMillis;
    private final Set<Long> repeatedGenerations;
    private final Set<Long> seenGenerations = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<PoolSnapshot> setAside = new ArrayList<>();
    private final long lastGeneration;
    private int held;
    private int cooling;

    Restorer(StateSnapshot snapshot, PoolCatalog catalog, StateSettings settings, long lastGeneration, long nowMillis) {
        this.snapshot = snapshot;
        this.catalog = catalog;
        this.nowMillis = nowMillis;
        builder = new WorldBuilder(catalog, settings);
        long[] generations = sortedGenerations(snapshot);
        repeatedGenerations = repeated(generations);
        long highest = generations.length == 0 ? 0 : generations[generations.length - 1];
        this.lastGeneration = Generations.afterRestore(
                Math.max(Math.max(highest, lastGeneration), snapshot.lastGeneration()), nowMillis);
    }

    /** The world; in mode REFUSE throws InvalidStateException with everything that is wrong. */
    World restore(RestoreMode mode) {
        for (int i = 0; i < snapshot.pools().size(); i++) {
            restore(snapshot.pools().get(i), "pools[" + i + "]");
        }
        if (mode == RestoreMode.REFUSE && !problems.isEmpty()) {
            throw new InvalidStateException("state", problems);
        }
        return builder.build(lastGeneration);
    }

    RestoreReport report() {
        return new RestoreReport(held, cooling, problems, new StateSnapshot(snapshot.lastGeneration(), setAside));
    }

    private void restore(PoolSnapshot pool, String where) {
        Definition definition = definitionOf(pool, where);
        if (definition == null) {
            setAside.add(pool);
            return;
        }
        List<PoolSnapshot.Held> badHeld = new ArrayList<>();
        for (int i = 0; i < pool.held().size(); i++) {
            if (!hold(definition, pool.held().get(i), where + ".held[" + i + "]")) {
                badHeld.add(pool.held().get(i));
            }
        }
        List<PoolSnapshot.Cooling> badCooling = restoreCooling(definition, pool, where);
        pool.lastGranted().filter(definition.pool().subnet()::contains).ifPresent(definition.ledger()::setLastGranted);
        if (!badHeld.isEmpty() || !badCooling.isEmpty()) {
            setAside.add(new PoolSnapshot(pool.pool(), pool.detached(), pool.lastGranted(), badHeld, badCooling));
        }
    }

    /** The pool that the records are of, null with a problem when there is none. */
    private @Nullable Definition definitionOf(PoolSnapshot pool, String where) {
        Definition definition = builder.pool(pool.pool());
        Optional<Pool> detached = pool.detached();
        if (definition == null && detached.isPresent()) {
            return addDetached(pool.pool(), detached.get(), where);
        }
        if (definition == null) {
            add(
                    ProblemType.INVALID,
                    where,
                    pool.pool(),
                    "records are of a pool of the catalog",
                    "create the pool first");
            return null;
        }
        if (definition.isDetached()) {
            add(ProblemType.DUPLICATE, where, pool.pool(), "a pool occurs once", "");
            return null;
        }
        return definition;
    }

    private @Nullable Definition addDetached(String name, Pool pool, String where) {
        boolean overlaps = catalog.pools(pool.family()).stream()
                        .anyMatch(other -> other.addresses().overlaps(pool.addresses()))
                || builder.overlapsDetached(pool);
        if (!pool.name().equals(name) || overlaps) {
            String rule = overlaps
                    ? "a detached pool has no address in common with another pool"
                    : "a detached pool has the name of its records";
            add(ProblemType.INVALID, where + ".detached", pool.name(), rule, "");
            return null;
        }
        builder.addDetached(pool);
        return builder.pool(name);
    }

    private boolean hold(Definition pool, PoolSnapshot.Held record, String where) {
        if (!isOf(pool, record.address(), where)) {
            return false;
        }
        long generation = record.generation();
        if (repeatedGenerations.contains(generation) && !seenGenerations.add(generation)) {
            add(ProblemType.DUPLICATE, where, "" + generation, "a generation is given once", "");
            return false;
        }
        Address address = record.address();
        if (!builder.hold(pool, address.high(), address.low(), record.owner(), record.interfaceName(), generation)) {
            add(ProblemType.DUPLICATE, where, address.toString(), "an address is held once", "");
            return false;
        }
        held++;
        return true;
    }

    private List<PoolSnapshot.Cooling> restoreCooling(Definition pool, PoolSnapshot snapshot, String where) {
        List<PoolSnapshot.Cooling> bad = new ArrayList<>();
        List<PoolSnapshot.Cooling> good = new ArrayList<>();
        Set<Address> seen = new HashSet<>();
        for (int i = 0; i < snapshot.cooling().size(); i++) {
            PoolSnapshot.Cooling record = snapshot.cooling().get(i);
            boolean isGood = isCoolable(pool, record.address(), seen, where + ".cooling[" + i + "]");
            (isGood ? good : bad).add(record);
        }
        good.sort(Comparator.comparing(PoolSnapshot.Cooling::releasedAt));
        for (PoolSnapshot.Cooling record : good) {
            // A release in the future is a clock that went back: it counts as now.
            long released = Math.min(Millis.of(record.releasedAt()), nowMillis);
            pool.ledger()
                    .restoreCooling(record.address().high(), record.address().low(), record.lastOwner(), released);
        }
        cooling += good.size();
        return bad;
    }

    private boolean isCoolable(Definition pool, Address address, Set<Address> seen, String where) {
        if (!isOf(pool, address, where)) {
            return false;
        }
        if (pool.ledger().records().find(address.high(), address.low()) != RecordTable.NONE) {
            add(ProblemType.DUPLICATE, where, address.toString(), "an address is held or cools down, not both", "");
            return false;
        }
        if (!seen.add(address)) {
            add(ProblemType.DUPLICATE, where, address.toString(), "an address cools down once", "");
            return false;
        }
        return true;
    }

    private boolean isOf(Definition pool, Address address, String where) {
        boolean isOf = pool.pool().addresses().contains(address);
        if (!isOf) {
            String hint = pool.pool().subnet().contains(address)
                    ? "list it in the pool, or take it out of the exclusions"
                    : "the subnet is " + pool.pool().subnet();
            String rule = "records of pool " + pool.pool().name() + " have addresses of that pool";
            add(ProblemType.INVALID, where, address.toString(), rule, hint);
        }
        return isOf;
    }

    private void add(ProblemType type, String where, String offending, String rule, String hint) {
        problems.add(Problem.of(type, where, offending, rule, hint));
    }

    private static long[] sortedGenerations(StateSnapshot snapshot) {
        long[] generations = snapshot.pools().stream()
                .flatMap(pool -> pool.held().stream())
                .mapToLong(PoolSnapshot.Held::generation)
                .filter(generation -> generation != PoolSnapshot.Held.NO_GENERATION)
                .toArray();
        Arrays.sort(generations);
        return generations;
    }

    private static Set<Long> repeated(long[] sorted) {
        Set<Long> repeated = new HashSet<>();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                repeated.add(sorted[i]);
            }
        }
        return repeated;
    }
}
