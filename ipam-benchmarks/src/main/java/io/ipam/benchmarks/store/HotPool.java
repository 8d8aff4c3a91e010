package io.ipam.benchmarks.store;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A realm with one pool, 10.0.0.0/8, whose usable addresses are twice as many as those that are
 * held. It is written by bare commits, so that the rows are the same for every store.
 *
 * <p>Thread safety: none needed; no state.
 */
final class HotPool {
    static final String NAME = "hot";
    static final Address FIRST = Address.parse("10.0.0.0");
    static final PoolSelections SELECTIONS = PoolSelections.none().withPod(PoolNames.of(FIRST.family(), NAME));

    private static final int MOST_ATTEMPTS = 10;
    private static final long PROCESS = 0x1ba5_e1e5L;

    private HotPool() {}

    /**
     * Creates the realm of a session.
     *
     * @param store the session
     * @param held the number of addresses that are held
     * @return its head
     */
    static Head create(StateStore store, int held) {
        Address last = address(Math.max(2, 2 * held) - 1);
        Pool pool =
                Pool.builder(NAME, "10.0.0.0/8").ips(address(0) + "-" + last).build();
        Head head = commit(
                store,
                Head.NONE,
                List.of(
                        new Change.RealmPut(Optional.empty(), new Realm(Realm.FORMAT, 0, Realm.Phase.OPEN)),
                        new Change.PoolPut(Optional.empty(), new Entry.OfPool(pool, false, false))));
        int next = 0;
        while (next < held) {
            List<Change> changes = new ArrayList<>();
            int until = Math.min(held, next + store.operationsPerCommit() - 10);
            for (; next < until; next++) {
                changes.add(new Change.Granted(entry(next, head.lastGeneration() + changes.size() + 1)));
            }
            head = commit(store, head, changes);
        }
        return head;
    }

    /** Commits changes, which must be accepted; returns the new head. */
    static Head commit(StateStore store, Head head, List<Change> changes) {
        long held = head.held();
        for (Change change : changes) {
            held += change instanceof Change.Granted ? 1 : change instanceof Change.Released ? -1 : 0;
        }
        long revision = head.revision() + 1;
        long stamp = Math.max(head.stampMillis(), System.currentTimeMillis());
        Head next = new Head(
                revision, new CommitId(PROCESS, revision), head.lastGeneration() + changes.size(), held, stamp);
        Commit commit = new Commit(next, head.id(), changes);
        Attempt attempt = send(store, head, commit);
        if (!isAccepted(attempt, commit)) {
            throw new IllegalStateException("commit after " + head + " was " + attempt);
        }
        return next;
    }

    /** Sends a commit again until its outcome is known. */
    private static Attempt send(StateStore store, Head head, Commit commit) {
        int attempts = 0;
        while (true) {
            try {
                return store.commit(head, commit);
            } catch (OutcomeUnknownException | StoreUnavailableException e) {
                if (++attempts == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isAccepted(Attempt attempt, Commit commit) {
        return attempt instanceof Attempt.Done
                || (attempt instanceof Attempt.Moved moved
                        && moved.news() instanceof News.Since since
                        && since.commits().contains(commit));
    }

    /** A held address whose owner has 12 + 24 + 36 characters. */
    static Entry.Held entry(int index, long generation) {
        Owner owner = Owner.stateless(
                "namespace-%02d".formatted(index % 100),
                "cart-%08d-abcdefghij".formatted(index),
                "%08x-1b9e-4d3c-8a7f-%012x".formatted(index, index));
        return new Entry.Held(address(index), NAME, Optional.of(owner), "eth0", generation, "");
    }

    private static Address address(int index) {
        return new Address(FIRST.family(), 0, FIRST.low() + index);
    }
}
