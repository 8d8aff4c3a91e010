package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a world of a snapshot, beside the one in force: the pools first, then what is held, then what cools down. A bad record is set
 * aside with its problem, never dropped in silence.
 *
 * <p>An address that cools down does so in the pool that has it now, or without a pool, whichever pool its record is of: only one that
 * is held, or cools down twice in one pool, is bad.
 *
 * <p>Cost: O(n log n), some tens of bytes per record beside the world. Thread safety: none, made for one restore.
 */
final class Restorer {
    private static final String HIGHEST_RULE = "a generation is at most " + Generations.HIGHEST;

    private final StateSnapshot snapshot;
    private final WorldBuilder builder;
    private final long nowMillis;
    private final Set<Long> repeatedGenerations;
    private final Set<Long> seenGenerations = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Definition, List<LedgerReader.Cooling>> cooling = new HashMap<>();
    private final long lastGeneration;
    private int heldCount;
    private int coolingCount;

    /** The records of one pool and what is wrong with them. */
    private static final class Part {
        final PoolSnapshot records;
        final String where;
        final List<Problem> problems = new ArrayList<>(0);
        final List<PoolSnapshot.Held> badHeld = new ArrayList<>(0);
        final List<PoolSnapshot.Cooling> badCooling = new ArrayList<>(0);

        Part(PoolSnapshot records, String where) {
            this.records = records;
            this.where = where;
        }

        void add(ProblemType type, String path, String offending, String rule, String hint) {
            problems.add(Problem.of(type, where + path, offending, rule, hint));
        }

        /** What is set aside, empty when all is well. */
        Optional<PoolSnapshot> setAside() {
            return problems.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PoolSnapshot(
                            records.pool(), records.detached(), records.lastGranted(), badHeld, badCooling));
        }
    }

    Restorer(StateSnapshot snapshot, PoolCatalog catalog, StateSettings settings, long lastGeneration, long nowMillis) {
        this.snapshot = snapshot;
        this.nowMillis = nowMillis;
        builder = new WorldBuilder(catalog, settings);
        long[] generations = sortedGenerations(snapshot);
        repeatedGenerations = repeated(generations);
        long highest = generations.length == 0 ? 0 : generations[generations.length - 1];
        long last = isLastGenerationBad() ? 0 : snapshot.lastGeneration();
        this.lastGeneration = Generations.afterRestore(Math.max(Math.max(highest, lastGeneration), last), nowMillis);
    }

    /** The world; in mode REFUSE throws InvalidStateException with everything that is wrong. */
    World restore(RestoreMode mode) {
        for (int i = 0; i < snapshot.pools().size(); i++) {
            Part part = new Part(snapshot.pools().get(i), "pools[" + i + "]");
            parts.add(part);
            restoreHeld(part);
        }
        parts.forEach(this::readCooling);
        List<Problem> problems = problems();
        if (mode == RestoreMode.REFUSE && !problems.isEmpty()) {
            throw new InvalidStateException("state", problems);
        }
        builder.cool(cooling);
        return builder.build(lastGeneration);
    }

    private boolean isLastGenerationBad() {
        return snapshot.lastGeneration() > Generations.HIGHEST;
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (isLastGenerationBad()) {
            String offending = "" + snapshot.lastGeneration();
            problems.add(Problem.of(ProblemType.INVALID, "lastGeneration", offending, HIGHEST_RULE, ""));
        }
        parts.forEach(part -> problems.addAll(part.problems));
        return List.copyOf(problems);
    }

    RestoreReport report() {
        List<PoolSnapshot> setAside =
                parts.stream().flatMap(part -> part.setAside().stream()).toList();
        return new RestoreReport(
                heldCount, coolingCount, problems(), new StateSnapshot(snapshot.lastGeneration(), setAside));
    }

    private void restoreHeld(Part part) {
        Definition pool = definitionOf(part);
        List<PoolSnapshot.Held> held = part.records.held();
        if (pool == null) {
            part.badHeld.addAll(held);
            return;
        }
        for (int i = 0; i < held.size(); i++) {
            if (!hold(pool, held.get(i), part, ".held[" + i + "]")) {
                part.badHeld.add(held.get(i));
            }
        }
        part.records
                .lastGranted()
                .filter(pool.pool().subnet()::contains)
                .ifPresent(last -> pool.ledger().setLastGranted(last.high(), last.low()));
    }

    /** The pool that holds the records; null when there is none, with a problem if anything is to be held. */
    private @Nullable Definition definitionOf(Part part) {
        PoolSnapshot records = part.records;
        Definition definition = builder.pool(records.pool());
        if (definition != null && definition.isDetached()) {
            part.add(ProblemType.DUPLICATE, "", records.pool(), "a pool occurs once", "");
            return null;
        }
        if (definition != null || records.held().isEmpty()) {
            return definition;
        }
        if (records.detached().isPresent()) {
            return addDetached(part, records.detached().get());
        }
        String rule = "records are of a pool of the catalog";
        part.add(ProblemType.INVALID, "", records.pool(), rule, "create the pool first");
        return null;
    }

    private @Nullable Definition addDetached(Part part, Pool pool) {
        boolean overlaps = builder.overlapsAnother(pool);
        if (!pool.name().equals(part.records.pool()) || overlaps) {
            String rule = overlaps
                    ? "a detached pool has no address in common with another pool"
                    : "a detached pool has the name of its records";
            part.add(ProblemType.INVALID, ".detached", pool.name(), rule, "");
            return null;
        }
        builder.addDetached(pool);
        return builder.pool(pool.name());
    }

    private boolean hold(Definition pool, PoolSnapshot.Held record, Part part, String path) {
        Address address = record.address();
        if (!pool.pool().addresses().contains(address)) {
            String hint = pool.pool().subnet().contains(address)
                    ? "list it in the pool, or take it out of the exclusions"
                    : "the subnet is " + pool.pool().subnet();
            String rule = "records of pool " + pool.pool().name() + " have addresses of that pool";
            part.add(ProblemType.INVALID, path, address.toString(), rule, hint);
            return false;
        }
        long generation = record.generation();
        if (generation > Generations.HIGHEST) {
            part.add(ProblemType.INVALID, path, "" + generation, HIGHEST_RULE, "");
            return false;
        }
        if (repeatedGenerations.contains(generation) && !seenGenerations.add(generation)) {
            part.add(ProblemType.DUPLICATE, path, "" + generation, "a generation is given once", "");
            return false;
        }
        if (!builder.hold(pool, address.high(), address.low(), record.owner(), record.interfaceName(), generation)) {
            part.add(ProblemType.DUPLICATE, path, address.toString(), "an address is held once", "");
            return false;
        }
        heldCount++;
        return true;
    }

    /** All that is held is known. */
    private void readCooling(Part part) {
        List<PoolSnapshot.Cooling> records = part.records.cooling();
        Definition own = builder.pool(part.records.pool());
        // Of a pool that occurs again each address may be there already: what is stray is merged.
        boolean isFirst = own != null && cooling.putIfAbsent(own, new ArrayList<>()) == null;
        for (int i = 0; i < records.size(); i++) {
            PoolSnapshot.Cooling record = records.get(i);
            Definition pool = builder.poolOf(record.address());
            String broken = "";
            if (pool != null && isHeld(pool, record.address())) {
                broken = "an address is held or cools down, not both";
            } else if (i > 0 && records.get(i - 1).address().equals(record.address())) {
                broken = "an address cools down once";
            }
            if (broken.isEmpty()) {
                cool(record, part.records.pool(), isFirst && pool == own ? own : null);
            } else {
                String path = ".cooling[" + i + "]";
                part.add(ProblemType.DUPLICATE, path, record.address().toString(), broken, "");
                part.badCooling.add(record);
            }
        }
    }

    private static boolean isHeld(Definition pool, Address address) {
        return pool.ledger().records().find(address.high(), address.low()) != RecordTable.NONE;
    }

    private void cool(PoolSnapshot.Cooling record, String of, @Nullable Definition own) {
        Address address = record.address();
        // A release in the future is a clock that went back: it counts as now.
        long released = Math.min(Millis.of(record.releasedAt()), nowMillis);
        if (own != null) {
            requireNonNull(cooling.get(own))
                    .add(new LedgerReader.Cooling(address.high(), address.low(), record.lastOwner(), released));
        } else {
            builder.addStray(new StrayCooling.Stray(of, address, record.lastOwner(), released));
        }
        coolingCount++;
    }

    private static long[] sortedGenerations(StateSnapshot snapshot) {
        long[] generations = snapshot.pools().stream()
                .flatMap(pool -> pool.held().stream())
                .mapToLong(PoolSnapshot.Held::generation)
                .filter(generation ->
                        generation != PoolSnapshot.Held.NO_GENERATION && generation <= Generations.HIGHEST)
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
