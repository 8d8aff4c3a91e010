package io.ipam.engine;

import io.ipam.engine.commit.Call;
import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.commit.Committer;
import io.ipam.engine.commit.CommitterSettings;
import io.ipam.engine.commit.Inbox;
import io.ipam.engine.commit.Replica;
import io.ipam.store.Head;
import io.ipam.store.StateStore;

/**
 * The parts of one process that shares a realm: the engine over its replica, the committer, and the
 * events. It starts no thread: a thread or a simulation runs the steps of the committer and
 * delivers the events.
 *
 * <p>Thread safety: as its parts.
 */
final class StoreMember {
    private static final long FIRST_BACKOFF_MILLIS = 10;
    private static final long LAST_BACKOFF_MILLIS = 1_000;

    /** Creates the parts that decide and commit. */
    interface Parts {
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
    private final EventQueue events;
    private final Committer<EngineBatch> committer;
    private final Engine engine;
    private final StoreReplica replica;

    /**
     * A member whose state is loaded.
     *
     * @param store the session
     * @param settings the settings of the engine
     * @param realm the settings of the realm
     * @param ids the ids of this process
     * @param state the loaded state
     * @param head its head
     * @param deliverer causes the delivery of events
     * @param closer ends the member
     * @param parts creates the parts that decide and commit
     */
    StoreMember(
            StateStore store,
            Engine.Settings settings,
            RealmSettings realm,
            CommitIds ids,
            EngineState state,
            Head head,
            Runnable deliverer,
            Runnable closer,
            Parts parts) {
        events = state.events();
        CurrentState current = new CurrentState(state);
        Reconciler reconciler = new Reconciler(settings.reconcileGrace());
        replica = new StoreReplica(
                current,
                head,
                store,
                realm.clockMillis(),
                reconciler,
                realm.reportsForeign(),
                () -> inbox.addUnlessClosed(new Call<>(new UpdateOperation.DrainedOperation())));
        CommitterSettings times = new CommitterSettings(
                realm.newsIntervalMillis(), realm.timeoutMillis(), FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS);
        committer = parts.committer(store, parts.replica(replica), inbox, ids, times, deliverer);
        StoreTransactions transactions =
                new StoreTransactions(inbox, replica, current, realm.timeoutMillis(), deliverer, closer);
        engine = new Engine(settings, reconciler, current, transactions);
        replica.removeDrainedBefore();
    }

    Inbox<EngineBatch> inbox() {
        return inbox;
    }

    EventQueue events() {
        return events;
    }

    Committer<EngineBatch> committer() {
        return committer;
    }

    Engine engine() {
        return engine;
    }

    Head head() {
        return replica.head();
    }
}
