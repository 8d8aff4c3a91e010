package io.ipam.benchmarks.store;

import static io.ipam.benchmarks.store.Finding.number;

import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commits with as many grants and releases as the store accepts, by one writer without an {@code
 * Ipam}. No process can make more changes a second in one realm, whatever its number of callers.
 *
 * <p>Thread safety: none.
 */
final class FullCommits {
    private static final String REALM = "full";
    private static final int MOST_GRANTS = 256;
    private static final long TRIM_EVERY = 1_000;

    private final Backend store;
    private final StoreEffort effort;
    private final BareCommits bare;

    FullCommits(Backend store, StoreEffort effort, BareCommits bare) {
        this.store = store;
        this.effort = effort;
        this.bare = bare;
    }

    Finding run() {
        try (StateStore session = store.session(REALM)) {
            Writer writer = new Writer(session, effort.poolHeld());
            writer.rate(effort.sliceMillis()); // Warm-up.
            double before = bare.rate(effort.bareMillis());
            double rate = writer.rate(effort.sliceMillis());
            double r = (before + bare.rate(effort.bareMillis())) / 2;
            int changes = 2 * writer.grants;
            String measured =
                    "%s of r = %s, %d changes a commit".formatted(number(rate, "commits/s"), number(r, "/s"), changes);
            return new Finding(
                    StoreGoals.FIRST,
                    store.name(),
                    "full commits of one writer: the most that one process can reach",
                    measured,
                    changes * rate / r,
                    "r",
                    Finding.Bar.none());
        }
    }

    /** Releases what its last commit has granted, and grants as many addresses. */
    private static final class Writer {
        private final StateStore session;
        private final int first;
        private final int grants;
        private Head head;
        private List<Entry.Held> held = List.of();

        Writer(StateStore session, int first) {
            this.session = session;
            this.first = first;
            head = HotPool.create(session, first);
            Entry.Held one = HotPool.entry(first, 1);
            int operations = session.operations(new Change.Granted(one)) + session.operations(released(one));
            grants = Math.min(MOST_GRANTS, session.operationsPerCommit() / operations);
        }

        private static Change released(Entry.Held entry) {
            return new Change.Released(entry, Optional.empty());
        }

        double rate(long millis) {
            return CommitRate.of(millis, this::commit);
        }

        private void commit() {
            List<Change> changes = new ArrayList<>();
            held.forEach(entry -> changes.add(released(entry)));
            List<Entry.Held> granted = new ArrayList<>();
            for (int i = 0; i < grants; i++) {
                int address = first + (held.isEmpty() || isLow() ? i : grants + i);
                granted.add(HotPool.entry(address, head.lastGeneration() + changes.size() + i + 1));
            }
            granted.forEach(entry -> changes.add(new Change.Granted(entry)));
            head = HotPool.commit(session, head, changes);
            held = granted;
            if (head.revision() % TRIM_EVERY == 0) {
                session.trim(head);
            }
        }

        /** Whether the upper half of the addresses is held, so that the lower one is free. */
        private boolean isLow() {
            return held.get(0).address().low() != HotPool.FIRST.low() + first;
        }
    }
}
