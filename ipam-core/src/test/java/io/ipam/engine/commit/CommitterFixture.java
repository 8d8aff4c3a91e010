package io.ipam.engine.commit;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.InMemoryStore;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A committer over batches and a replica without addresses, and a realm with one commit. */
abstract class CommitterFixture {
    static final CommitterSettings SETTINGS = new CommitterSettings(20, 100, 1, 1);

    final InMemoryStore store = new InMemoryStore();
    final Inbox<NoBatch> inbox = new Inbox<>();
    final NoReplica replica = new NoReplica();
    boolean hasNoChanges;
    boolean rewrites;
    /** The number of batches that were discarded. */
    int discarded;

    /** The number of times that the committer has reported a change. */
    int applied;

    /** The batches are commits without content. */
    final class NoBatch implements Batch {
        @Override
        public boolean isEmpty() {
            return hasNoChanges;
        }

        @Override
        public int operations() {
            return 1;
        }

        @Override
        public void save() {
            // Nothing changes.
        }

        @Override
        public void undo() {
            // Nothing changes.
        }

        @Override
        public Commit commit(CommitId id) {
            Commit plain = next(replica.head, id);
            return rewrites ? new Commit(plain.head(), plain.before(), List.of(new Change.AsFound())) : plain;
        }

        @Override
        public void discard() {
            discarded++;
        }

        @Override
        public void apply(Commit commit) {
            replica.apply(commit);
        }
    }

    static Commit next(Head head, CommitId id) {
        Head after = new Head(head.revision() + 1, id, 0, 0, 0);
        Realm realm = new Realm(1, 0, Realm.Phase.OPEN);
        List<Change> changes = head.exists() ? List.of() : List.of(new Change.RealmPut(Optional.empty(), realm));
        return new Commit(after, head.id(), changes);
    }

    final class NoReplica implements Replica<NoBatch> {
        Head head = Head.NONE;
        /** Runs before a commit is applied. */
        Runnable onApply = () -> {};

        final List<AllocationEvent> events = new ArrayList<>();
        long confirmedMillis = Long.MIN_VALUE;

        @Override
        public Head head() {
            return head;
        }

        @Override
        public NoBatch newBatch() {
            return new NoBatch();
        }

        @Override
        public void apply(Commit commit) {
            onApply.run();
            head = commit.head();
        }

        @Override
        public void load(Image image, Reloaded.Cause cause) {
            head = image.head();
        }

        @Override
        public void confirmed(long nowMillis) {
            confirmedMillis = nowMillis;
        }

        @Override
        public void report(AllocationEvent event) {
            events.add(event);
        }

        @Override
        public List<String> compare(Image image) {
            return List.of();
        }
    }

    static final class Plain implements Operation<NoBatch, Boolean> {
        @Override
        public Boolean decide(NoBatch batch) {
            return true;
        }
    }

    static final class Verification implements Operation<NoBatch, List<String>> {
        @Override
        public List<String> decide(NoBatch batch) {
            throw new AssertionError("a verification is not decided");
        }
    }

    @BeforeEach
    void create() {
        Commit first = next(Head.NONE, new CommitId(7, 1));
        store.session().commit(Head.NONE, first);
        replica.head = first.head();
    }

    final Committer<NoBatch> committer(StateStore session) {
        return committer(session, SETTINGS);
    }

    final Committer<NoBatch> committer(StateStore session, CommitterSettings settings) {
        return new Committer<>(session, replica, inbox, new CommitIds(1), settings, () -> applied++);
    }

    /** Adds a call that changes something, unless the batches have no changes. */
    final Call<NoBatch, Boolean> add() {
        Call<NoBatch, Boolean> call = new Call<>(new Plain());
        inbox.add(call);
        return call;
    }

    /** Adds a request to compare the replica with the store. */
    final Call<NoBatch, List<String>> addVerification() {
        Call<NoBatch, List<String>> call = new Call<>(new Verification());
        inbox.addVerification(call);
        return call;
    }

    /** Another process commits after a head. */
    final Head commitOfAnother(Head head) {
        Commit other = next(head, new CommitId(8, head.revision()));
        store.session().commit(head, other);
        return other.head();
    }
}
