package io.ipam.engine.replica;

import io.ipam.address.Address;
import io.ipam.allocation.AllocationEvent;
import io.ipam.engine.commit.Batch;
import io.ipam.engine.decision.Change;
import io.ipam.engine.decision.HeldRecord;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.engine.decision.PoolView;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.engine.state.ActiveCatalog;
import io.ipam.engine.state.ChangeEffect;
import io.ipam.engine.state.ChangeEvents;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.Ledger;
import io.ipam.engine.state.MarkedPool;
import io.ipam.engine.state.Stripe;
import io.ipam.engine.state.Transaction;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The changes of some operations, decided on the replica at its head and not applied. Addresses
 * that it grants are {@linkplain Ledger#mark marked}; addresses that it releases stay held until
 * the commit is applied, so that no later operation gets them.
 *
 * <p>Thread safety: none, used by the committer; it locks what it reads.
 */
public class EngineBatch implements Batch, ChangeEffect {
    /** Applies a commit to the replica. */
    interface Sink {
        /**
         * Applies a commit.
         *
         * @param commit the commit
         * @param next the catalog after it, null if it must be made from the changes
         */
        void apply(Commit commit, @Nullable PoolCatalog next);

        /** Requests a commit that removes the draining addresses that were released. */
        void removeDrained();
    }

    private final EngineState state;
    private final Head head;
    private final long nowMillis;
    private final ToIntFunction<io.ipam.store.Change> costs;
    private final Sink sink;
    private final List<io.ipam.store.Change> changes = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Decided> decided = new ArrayList<>();
    /** The views of the pools with marks, until marks are removed. */
    private final Map<Ledger, MarkedPool> views = new HashMap<>();
    /** The operations of {@link #changes}. */
    private int operations;

    private long lastGeneration;
    private long startedNanos;
    private @Nullable PoolCatalog nextCatalog;
    private Saved saved = new Saved(0, 0, 0, 0, 0);

    /** A marked address and its ledger. */
    private record Mark(Ledger ledger, Address address) {}

    /** The changes of one decision, for its events. */
    private record Decided(List<Change> changes, long startedNanos) {}

    /** The sizes at the last save. */
    private record Saved(int changes, int operations, int marks, int decided, long lastGeneration) {}

    /**
     * A batch without changes.
     *
     * @param state the state of the replica
     * @param head its head
     * @param nowMillis the time of the decisions
     * @param costs the number of store operations of a change
     * @param sink applies the commit
     */
    EngineBatch(EngineState state, Head head, long nowMillis, ToIntFunction<io.ipam.store.Change> costs, Sink sink) {
        this.state = state;
        this.head = head;
        this.nowMillis = nowMillis;
        this.costs = costs;
        this.sink = sink;
        lastGeneration = head.lastGeneration();
        save();
    }

    EngineState state() {
        return state;
    }

    /** The time of the commit: at least that of the head. */
    long stampMillis() {
        return Math.max(nowMillis, head.stampMillis());
    }

    /**
     * Decides a transition of an owner, and adds its changes.
     *
     * @return the step; null if the result is a refusal that an earlier operation of the batch may
     *     have caused
     */
    <R> @Nullable Step<R> decide(Owner owner, Transition<R> body, long operationStartedNanos) {
        boolean isFirst = changes.isEmpty();
        startedNanos = operationStartedNanos;
        Step<R> step = Transaction.run(state, owner, body, nowMillis, this);
        boolean isRefusal = step instanceof Step.Done<R> done && body.isRefusal(done.result());
        return isRefusal && !isFirst ? null : step;
    }

    /** Adds a change that is not part of a transition. */
    void add(io.ipam.store.Change change) {
        changes.add(change);
        operations += costs.applyAsInt(change);
    }

    /** States the catalog that the changes lead to. */
    void setNextCatalog(PoolCatalog next) {
        nextCatalog = next;
    }

    @Override
    public PoolView viewOf(Ledger ledger) {
        return ledger.marks().isEmpty() ? ledger : views.computeIfAbsent(ledger, MarkedPool::new);
    }

    @Override
    public long newGenerations(int count) {
        long first = lastGeneration + 1;
        lastGeneration += count;
        return first;
    }

    @Override
    public void accept(ActiveCatalog active, Stripe stripe, int ownerHash, List<Change> ofDecision) {
        decided.add(new Decided(List.copyOf(ofDecision), startedNanos));
        Map<Address, HeldRecord> regranted = regranted(ofDecision);
        for (Change change : ofDecision) {
            HeldRecord after = regranted.get(change.record().address());
            if (after != null) {
                if (change instanceof Change.Release) {
                    renew(change.record(), after);
                }
            } else if (change instanceof Change.Grant) {
                grant(active.ledger(change.record().pool()), change.record());
            } else if (change instanceof Change.Renewal renewal) {
                renew(renewal.before(), renewal.record());
            } else {
                release(change.record());
            }
        }
    }

    /** The addresses that the decision releases and grants again: their entries are replaced. */
    private static Map<Address, HeldRecord> regranted(List<Change> changes) {
        Map<Address, HeldRecord> released = new HashMap<>(0);
        Map<Address, HeldRecord> regranted = new HashMap<>(0);
        for (Change change : changes) {
            Address address = change.record().address();
            if (change instanceof Change.Release) {
                released.put(address, change.record());
            } else if (change instanceof Change.Grant && released.containsKey(address)) {
                regranted.put(address, change.record());
            }
        }
        return regranted;
    }

    private void grant(Ledger ledger, HeldRecord record) {
        ledger.mark(record.address());
        marks.add(new Mark(ledger, record.address()));
        MarkedPool view = views.get(ledger);
        if (view != null) {
            view.add(record.address());
        }
        add(new io.ipam.store.Change.Granted(StoredEntries.held(record)));
    }

    private void renew(HeldRecord before, HeldRecord after) {
        add(new io.ipam.store.Change.Renewed(StoredEntries.held(before), StoredEntries.held(after)));
    }

    private void release(HeldRecord record) {
        Entry.Held before = StoredEntries.held(record);
        Optional<Entry.Cooling> cooling = state.settings().coolDownMillis() == 0
                ? Optional.empty()
                : Optional.of(new Entry.Cooling(before.address(), before.pool(), record.owner(), stampMillis()));
        add(new io.ipam.store.Change.Released(before, cooling));
    }

    @Override
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    @Override
    public int operations() {
        return operations + emptied().stream().mapToInt(costs).sum();
    }

    @Override
    public void save() {
        saved = new Saved(changes.size(), operations, marks.size(), decided.size(), lastGeneration);
    }

    @Override
    public void undo() {
        unmark(marks.subList(saved.marks(), marks.size()));
        marks.subList(saved.marks(), marks.size()).clear();
        changes.subList(saved.changes(), changes.size()).clear();
        operations = saved.operations();
        decided.subList(saved.decided(), decided.size()).clear();
        lastGeneration = saved.lastGeneration();
        nextCatalog = null;
    }

    @Override
    public void discard() {
        unmark(marks);
        marks.clear();
    }

    private void unmark(List<Mark> removed) {
        if (!removed.isEmpty()) {
            views.clear();
        }
        for (Mark mark : removed) {
            mark.ledger().lock();
            try {
                mark.ledger().unmark(mark.address());
            } finally {
                mark.ledger().unlock();
            }
        }
    }

    /** The detached pools that are empty after the changes. */
    private List<io.ipam.store.Change> emptied() {
        ActiveCatalog active = state.active();
        if (active.detached().all().isEmpty()) {
            return List.of();
        }
        Map<PoolBinding, Integer> released = new LinkedHashMap<>(0); // In the order of the changes.
        for (io.ipam.store.Change change : changes) {
            if (change instanceof io.ipam.store.Change.Released one) {
                PoolBinding pool = active.detached().get(one.before().pool());
                if (pool != null && active.withheld().get(one.before().address()) == null) {
                    released.merge(pool, 1, Integer::sum);
                }
            }
        }
        List<io.ipam.store.Change> emptied = new ArrayList<>(0);
        released.forEach((pool, count) -> {
            if (active.ledger(pool).records().size() == count) {
                emptied.add(new io.ipam.store.Change.PoolGone(StoredEntries.pool(pool, active)));
            }
        });
        return emptied;
    }

    @Override
    public Commit commit(CommitId id) {
        List<io.ipam.store.Change> all = new ArrayList<>(changes);
        all.addAll(emptied());
        long held = head.held();
        for (io.ipam.store.Change change : all) {
            held += change instanceof io.ipam.store.Change.Granted ? 1 : 0;
            held -= change instanceof io.ipam.store.Change.Released ? 1 : 0;
        }
        Head after = new Head(head.revision() + 1, id, lastGeneration, held, stampMillis());
        return new Commit(after, head.id(), all);
    }

    @Override
    public void apply(Commit commit) {
        discard();
        boolean drains = commit.changes().stream().anyMatch(this::isDrained);
        sink.apply(commit, nextCatalog);
        decided.forEach(one -> ChangeEvents.queue(state.events(), one.changes(), one.startedNanos()));
        if (nextCatalog != null) {
            state.events().add(new AllocationEvent.Swapped(nextCatalog.version()));
        }
        if (drains) {
            sink.removeDrained();
        }
    }

    private boolean isDrained(io.ipam.store.Change change) {
        if (!(change instanceof io.ipam.store.Change.Released released)) {
            return false;
        }
        PoolBinding pool = state.active().poolOf(released.before().address());
        return pool != null && pool.isDraining(released.before().address());
    }
}
