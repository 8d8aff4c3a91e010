package io.ipam.benchmarks.store;

import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.Optional;

/**
 * The unit of the goals: one writer that commits one small change after the other through the
 * store, without an Ipam. It grants an address and releases it, in a realm of its own.
 *
 * <p>Thread safety: none.
 */
final class BareCommits implements AutoCloseable {
    private final StateStore store;
    private Head head;
    private boolean isHeld;
    private Entry.Held entry = HotPool.entry(0, 1);

    BareCommits(StateStore store) {
        this.store = store;
        this.head = HotPool.create(store, 0);
    }

    /** {@return commits per second during a time} */
    double rate(long millis) {
        return CommitRate.of(millis, this::commit);
    }

    private void commit() {
        if (!isHeld) {
            entry = HotPool.entry(0, head.lastGeneration() + 1);
        }
        Change change = isHeld ? new Change.Released(entry, Optional.empty()) : new Change.Granted(entry);
        head = HotPool.commit(store, head, List.of(change));
        isHeld = !isHeld;
        if (head.revision() % 1_000 == 0) {
            store.trim(head);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
