package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One process of a fuzzer: a replica, and the loop of an Ipam (news, decide, attempt, the same
 * commit again after an unknown outcome). Thread safety: none.
 */
final class FuzzSession implements AutoCloseable {
    private static final int ADDRESSES = 24;

    private record Sent(Head expected, Commit commit) {}

    private final StoreFuzzer.Peer peer;
    private final StateStore session;
    private final SplittableRandom random;
    private final long process;
    private final List<Sent> done = new ArrayList<>();
    private final Fold replica = new Fold();
    private long sequence;

    FuzzSession(StoreFuzzer.Peer peer, CommitHistory history, SplittableRandom random, int index) {
        this.peer = peer;
        this.session = history.recording(peer.session());
        this.random = random;
        this.process = (random.nextLong() << 8) | (index + 1);
    }

    @Override
    public void close() {
        session.close();
    }

    /** Makes a number of commits, with other calls in between. */
    void commit(int count) {
        catchUp();
        while (done.size() < count) {
            peer.disturb(random);
            switch (random.nextInt(8)) {
                case 0 -> catchUp();
                case 1 -> Resend.load(session);
                case 2 -> sendAgain();
                case 3 -> commitAfterOldHead();
                default -> commitNext();
            }
        }
    }

    private void catchUp() {
        News news = Retry.untilAvailable(() -> session.newsAfter(replica.head()));
        List<Commit> page = RealmWriter.since(news);
        page.forEach(replica::apply);
        if (!page.isEmpty() && random.nextInt(4) > 0) {
            catchUp();
        }
    }

    private void commitNext() {
        Head expected = replica.head();
        Commit next = RealmWriter.after(expected, new CommitId(process, ++sequence), changes());
        Attempt attempt = Resend.untilKnown(session, expected, next);
        if (attempt instanceof Attempt.Moved moved) {
            RealmWriter.since(moved.news()).forEach(replica::apply);
        } else {
            replica.apply(next);
        }
        if (Resend.isDone(attempt, next)) {
            done.add(new Sent(expected, next));
        }
    }

    /** A commit that took effect is sent again, perhaps after many others. */
    private void sendAgain() {
        if (!done.isEmpty()) {
            Sent sent = done.get(random.nextInt(done.size()));
            Attempt attempt = Resend.untilKnown(session, sent.expected(), sent.commit());
            Guarantee.HONEST.check(
                    Resend.isDone(attempt, sent.commit()), "a commit that took effect, sent again, was " + attempt);
        }
    }

    /** A commit after a head that has a successor never takes effect. */
    private void commitAfterOldHead() {
        if (!done.isEmpty()) {
            Head old = done.get(random.nextInt(done.size())).expected();
            Commit late = RealmWriter.after(old, new CommitId(process, ++sequence), List.of(new Change.AsFound()));
            Attempt attempt = Resend.untilKnown(session, old, late);
            Guarantee.CONDITION.check(
                    !Resend.isDone(attempt, late), "a commit after " + old + ", which has a successor, was " + attempt);
        }
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        Set<Address> used = new HashSet<>();
        long generation = replica.head().lastGeneration();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Address address = Samples.address(random.nextInt(ADDRESSES));
            if (used.add(address)) {
                changes.add(change(address, ++generation));
            }
        }
        if (random.nextInt(8) == 0) {
            changes.add(poolChange("p" + random.nextInt(3)));
        }
        return changes;
    }

    private Change change(Address address, long generation) {
        Optional<Entry.Held> held = replica.held(address);
        if (held.isEmpty()) {
            return Samples.granted(address, "pod-" + random.nextInt(50), generation);
        }
        return switch (random.nextInt(3)) {
            case 0 -> Samples.renewed(held.get(), generation);
            case 1 -> Samples.cooled(held.get(), System.currentTimeMillis());
            default -> Samples.released(held.get());
        };
    }

    private Change poolChange(String name) {
        Optional<Entry.OfPool> before = replica.entries().stream()
                .filter(Entry.OfPool.class::isInstance)
                .map(Entry.OfPool.class::cast)
                .filter(pool -> pool.pool().name().equals(name))
                .findFirst();
        if (before.isPresent() && random.nextBoolean()) {
            return new Change.PoolGone(before.get());
        }
        Entry.OfPool defined = Samples.pool(name, "10.20.0.0/16", "10.20.0." + random.nextInt(256));
        return new Change.PoolPut(before, new Entry.OfPool(defined.pool(), random.nextBoolean(), random.nextBoolean()));
    }
}
