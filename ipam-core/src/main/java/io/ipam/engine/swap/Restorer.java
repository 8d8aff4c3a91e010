package io.ipam.engine.swap;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.EngineStateBuilder;
import io.ipam.engine.state.StateSettings;
import io.ipam.number.Millis;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a state from a snapshot, next to the current one: the pools first, then the held
 * addresses, then the strays, then the cooling addresses. A held record that does not fit becomes a
 * stray, so that its address stays taken.
 *
 * <p>A cooling address is in the pool that contains it now, or in none, regardless of the pool that
 * its record names. It is omitted if it is held, or if the records of its pool have it twice.
 *
 * <p>Cost: O(n log n), and some tens of bytes per record in addition to the state. Thread safety:
 * none, made for one restore.
 */
public final class Restorer {
    private final StateSnapshot snapshot;
    private final EngineStateBuilder builder;
    private final SnapshotGenerations generations;
    private final long nowMillis;
    private final List<RestoredPool> parts = new ArrayList<>();
    /** The held records that do not fit. */
    private final List<Stray> unfit = new ArrayList<>();

    private int heldCount;
    private int coolingCount;

    /** A restore of a snapshot; new generations continue above a given one. */
    public Restorer(
            StateSnapshot snapshot, PoolCatalog catalog, StateSettings settings, long lastGeneration, long nowMillis) {
        this.snapshot = snapshot;
        this.nowMillis = nowMillis;
        builder = new EngineStateBuilder(catalog, snapshot.closedPools(), settings);
        generations = new SnapshotGenerations(snapshot, lastGeneration, nowMillis);
    }

    /**
     * The state.
     *
     * @throws InvalidStateException in mode REFUSE, with every bad record
     */
    public EngineState restore(RestoreMode mode) {
        for (int i = 0; i < snapshot.pools().size(); i++) {
            RestoredPool part = new RestoredPool(snapshot.pools().get(i), "pools[" + i + "]");
            parts.add(part);
            restoreHeld(part);
        }
        snapshot.strays().forEach(this::restoreStray);
        unfit.forEach(builder::addStray);
        parts.forEach(this::restoreCooling);
        List<Problem> problems = problems();
        if (mode == RestoreMode.REFUSE && !problems.isEmpty()) {
            throw new InvalidStateException("state", problems);
        }
        return builder.build(generations.last());
    }

    /** {@return the report of the restored records} */
    public RestoreReport report() {
        return new RestoreReport(heldCount, coolingCount, problems(), builder.strays());
    }

    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(generations.problems());
        parts.forEach(part -> problems.addAll(part.problems()));
        return List.copyOf(problems);
    }

    private void restoreHeld(RestoredPool part) {
        PoolBinding pool = bindingOf(part);
        List<PoolSnapshot.Held> held = part.records().held();
        for (int i = 0; i < held.size(); i++) {
            if (pool == null) {
                unfit.add(Stray.of(part.records().pool(), held.get(i)));
            } else {
                hold(pool, held.get(i), part, ".held[" + i + "]");
            }
        }
        if (pool != null) {
            part.records()
                    .lastGranted()
                    .filter(pool.pool().subnet()::contains)
                    .ifPresent(builder.ledger(pool)::setLastGranted);
        }
    }

    /** The pool of the records; null if there is none, with a problem if an address is held. */
    private @Nullable PoolBinding bindingOf(RestoredPool part) {
        PoolSnapshot records = part.records();
        PoolBinding binding = builder.pool(records.pool());
        if (binding != null && binding.isDetached()) {
            part.add(ProblemType.DUPLICATE, "", records.pool(), "must occur only once", "");
            return null;
        }
        if (binding != null || records.held().isEmpty()) {
            return binding;
        }
        if (records.detached().isPresent()) {
            return addDetached(part, records.detached().get());
        }
        String rule = "the pool of the records must be in the catalog";
        part.add(ProblemType.INVALID, "", records.pool(), rule, "create the pool first");
        return null;
    }

    private @Nullable PoolBinding addDetached(RestoredPool part, Pool pool) {
        boolean overlaps = builder.overlapsAnother(pool);
        if (!pool.name().equals(part.records().pool()) || overlaps) {
            String rule = overlaps
                    ? "a detached pool must not have an address of another pool"
                    : "a detached pool must have the name of its records";
            part.add(ProblemType.INVALID, ".detached", pool.name(), rule, "");
            return null;
        }
        return builder.addDetached(pool);
    }

    private void hold(PoolBinding pool, PoolSnapshot.Held record, RestoredPool part, String path) {
        String where = part.where() + path;
        Problem outside = outsideOf(pool.pool(), record.address(), where);
        if (outside != null) {
            part.add(outside);
            unfit.add(Stray.of(pool.pool().name(), record));
            return;
        }
        Problem bad = generations.problemOf(record.generation(), where);
        if (bad != null) {
            part.add(bad);
        }
        long generation = bad == null ? record.generation() : PoolSnapshot.Held.NO_GENERATION;
        if (builder.hold(pool, record.address(), record.owner(), record.interfaceName(), generation)) {
            heldCount++;
        } else {
            String address = record.address().toString();
            part.add(Problem.of(ProblemType.DUPLICATE, where, address, "an address must be held only once", ""));
        }
    }

    /** The problem of an address that is not in the pool of its record; null if it is. */
    private static @Nullable Problem outsideOf(Pool pool, Address address, String where) {
        if (pool.addresses().contains(address)) {
            return null;
        }
        String hint = pool.subnet().contains(address)
                ? "list it in the pool, or remove it from the exclusions"
                : "the subnet is " + pool.subnet();
        String rule = "must be an address of pool " + pool.name();
        return Problem.of(ProblemType.INVALID, where, address.toString(), rule, hint);
    }

    /**
     * A stray becomes an allocation if its record names an owner and its pool has the address
     * again.
     */
    private void restoreStray(Stray stray) {
        PoolBinding pool = builder.pool(stray.pool());
        if (pool != null
                && pool.pool().addresses().contains(stray.address())
                && stray.owner().isPresent()) {
            boolean isBad = generations.problemOf(stray.generation(), "") != null;
            long generation = isBad ? PoolSnapshot.Held.NO_GENERATION : stray.generation();
            boolean isHeld =
                    builder.hold(pool, stray.address(), stray.owner().get(), stray.interfaceName(), generation);
            heldCount += isHeld ? 1 : 0;
        } else {
            unfit.add(stray);
        }
    }

    /** All held addresses are restored. */
    private void restoreCooling(RestoredPool part) {
        List<PoolSnapshot.Cooling> records = part.records().cooling();
        for (int i = 0; i < records.size(); i++) {
            PoolSnapshot.Cooling record = records.get(i);
            String broken = "";
            if (builder.isHeld(record.address())) {
                broken = "an address must be held or cooling, not both";
            } else if (i > 0 && records.get(i - 1).address().equals(record.address())) {
                broken = "an address must be cooling only once";
            }
            if (broken.isEmpty()) {
                cool(record, part.records().pool());
            } else {
                part.add(
                        ProblemType.DUPLICATE,
                        ".cooling[" + i + "]",
                        record.address().toString(),
                        broken,
                        "");
            }
        }
    }

    private void cool(PoolSnapshot.Cooling record, String pool) {
        // A release in the future comes from a clock that was ahead; it counts as a release now.
        long released = Math.min(Millis.of(record.releasedAt()), nowMillis);
        builder.cool(new UnpooledCooling.Unpooled(pool, record.address(), record.lastOwner(), released));
        coolingCount++;
    }
}
