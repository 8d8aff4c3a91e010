package io.ipam.engine.replica;

import io.ipam.engine.commit.Call;
import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.commit.Committer;
import io.ipam.engine.commit.CommitterSettings;
import io.ipam.engine.commit.Inbox;
import io.ipam.engine.commit.Replica;
import io.ipam.engine.swap.CurrentState;
import io.ipam.store.StateStore;

/**
 * The parts of one process that shares a realm: the replica, the committer, and its inbox. It
 * starts no thread: a thread or a simulation runs the steps of the committer and delivers the
 * events.
 *
 * <p>Thread safety: as its parts.
 */
public final class StoreMember {
    private static final long FIRST_BACKOFF_MILLIS = 10;
    private static final long LAST_BACKOFF_MILLIS = 1_000;

    /** Creates the parts that decide and commit. */
    public interface Parts {
        /** The parts of a process. */
        Parts REAL = new Parts() {};

        /** The replica that the committer works on. */
        default Replica<EngineBatch> replica(StoreReplica replica) {
            return replica;
        }

        /** The committer. */
        default Committer<EngineBatch> committer(
                StateStore store,
                Replica<EngineBatch> replica,
                Inbox<EngineBatch> inbox,
                CommitIds ids,
                CommitterSettings times,
                Runnable onApplied) {
            return new Committer<>(store, replica, inbox, ids, times, onApplied);
        }
    }

    private final Inbox<EngineBatch> inbox = new Inbox<>();
    private final CurrentState current;
    private final StoreReplica replica;
    private final Committer<EngineBatch> committer;

    /**
     * A member whose state is loaded.
     *
     * @param store the session
     * @param settings the settings
     * @param loaded the loaded realm
     * @param deliverer causes the delivery of events
     * @param parts creates the parts that decide and commit
     */
    public StoreMember(
            StateStore store, RealmSettings settings, StoreReplica.Loaded loaded, Runnable deliverer, Parts parts) {
        current = new CurrentState(loaded.state());
        replica = new StoreReplica(
                current,
                loaded.head(),
                store,
                settings,
                () -> inbox.addUnlessClosed(new Call<>(new UpdateOperation.DrainedOperation())));
        CommitterSettings times = new CommitterSettings(
                settings.newsIntervalMillis(), settings.timeoutMillis(), FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS);
        CommitIds ids = new CommitIds(settings.processIds().getAsLong());
        committer = parts.committer(store, parts.replica(replica), inbox, ids, times, deliverer);
        replica.removeDrainedBefore();
    }

    /** The operations that wait to be decided. */
    public Inbox<EngineBatch> inbox() {
        return inbox;
    }

    /** The state of the replica. */
    public CurrentState current() {
        return current;
    }

    /** {@return the replica} */
    public StoreReplica replica() {
        return replica;
    }

    /** {@return the committer} */
    public Committer<EngineBatch> committer() {
        return committer;
    }
}
