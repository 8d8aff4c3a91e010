package io.ipam.engine.replica;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.engine.commit.CommitterThread;
import io.ipam.engine.commit.Replica;
import io.ipam.engine.state.EngineState;
import io.ipam.engine.state.StateSettings;
import io.ipam.engine.swap.CurrentState;
import io.ipam.engine.swap.LostGrants;
import io.ipam.engine.swap.StateReplacement;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine's state as a replica of a realm. The committer is the only writer.
 *
 * <p>Thread safety: {@link #head} and {@link #ageMillis} are safe; the committer calls the rest.
 */
public final class StoreReplica implements Replica<EngineBatch>, EngineBatch.Sink {
    private final CurrentState current;
    private final StateStore store;
    private final RealmSettings realm;
    private final Runnable drainer;
    private volatile Head head;
    private volatile long confirmedMillis = CommitterThread.nowMillis();

    /**
     * A replica of a state that was loaded.
     *
     * @param current the state
     * @param head its head
     * @param store counts the operations of changes
     * @param realm the settings of the realm
     * @param drainer requests the removal of draining addresses that were released
     */
    StoreReplica(CurrentState current, Head head, StateStore store, RealmSettings realm, Runnable drainer) {
        this.current = current;
        this.head = head;
        this.store = store;
        this.realm = realm;
        this.drainer = drainer;
    }

    @Override
    public void removeDrained() {
        drainer.run();
    }

    /**
     * Requests the removal of released draining addresses whose process may have ended before it
     * removed them.
     */
    void removeDrainedBefore() {
        if (current.get().active().isDraining()) {
            removeDrained();
        }
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public void confirmed(long nowMillis) {
        confirmedMillis = nowMillis;
    }

    /** The time since the state was last known to equal the store. */
    public long ageMillis() {
        return Math.max(0, CommitterThread.nowMillis() - confirmedMillis);
    }

    private long now() {
        return current.now(realm.clockMillis().getAsLong());
    }

    @Override
    public EngineBatch newBatch() {
        return new EngineBatch(current.get(), head, now(), store::operations, this);
    }

    @Override
    public void apply(Commit commit) {
        apply(commit, null);
        if (realm.reportsForeign()) {
            ForeignEvents.queue(current.get(), commit);
        }
    }

    @Override
    public void apply(Commit commit, @Nullable PoolCatalog next) {
        long nowMillis = now();
        current.whileNothingIsReplaced(() -> {
            new CommitApplier(current.get(), commit, nowMillis).apply(next);
            head = commit.head();
            return head;
        });
    }

    @Override
    public void report(AllocationEvent event) {
        current.get().events().add(event);
    }

    @Override
    public void load(Image image, Reloaded.Cause cause) {
        Loaded loaded = load(image, current.get().settings(), now());
        List<Reloaded.LostGrant> lost = new ArrayList<>();
        current.whileNothingIsReplaced(() -> {
            EngineState before = current.get();
            StateReplacement.replace(
                    current,
                    loaded.state(),
                    () -> lost.addAll(
                            new LostGrants(before.active(), loaded.state().active()).all()));
            long from = head.revision();
            head = image.head();
            loaded.state().events().add(new Reloaded(from, head.revision(), cause, lost));
            return head;
        });
        removeDrainedBefore();
    }

    /**
     * A loaded realm.
     *
     * @param state its state
     * @param head the head of the state
     * @param realm its settings
     */
    public record Loaded(EngineState state, Head head, Realm realm) {}

    /**
     * Loads a realm.
     *
     * @param settings the settings; the cool-down is that of the realm
     * @throws StoreException if the realm does not exist, is loading, or has a newer format
     * @throws CorruptStoreException if the image contradicts itself
     */
    public static Loaded load(Image image, StateSettings settings, long nowMillis) {
        Realm realm = requireOpen(image);
        ReplicaLoader loader = new ReplicaLoader(settings.withCoolDown(realm.coolDownMillis()), nowMillis);
        EngineState state = loader.load(image);
        Head head = image.head();
        if (loader.held() != head.held() || loader.lastGeneration() > head.lastGeneration()) {
            throw new CorruptStoreException("the realm has " + loader.held() + " held entries with generations up to "
                    + loader.lastGeneration() + ", its head states " + head.held() + " and " + head.lastGeneration()
                    + ": another program edited entries; correct them, or accept them with Ipam.openAsFound");
        }
        return new Loaded(state, head, realm);
    }

    /** The settings of a realm that is in use. */
    public static Realm requireOpen(Image image) {
        Realm realm = image.realm()
                .orElseThrow(() -> new StoreException("the realm does not exist: create it with Ipam.create"));
        if (realm.phase() == Realm.Phase.LOADING) {
            throw RealmPhaseException.loading();
        }
        if (realm.format() > Realm.FORMAT) {
            throw new StoreException("the realm has format " + realm.format() + ", this version of ipam supports "
                    + Realm.FORMAT + ": update ipam in this process");
        }
        return realm;
    }

    @Override
    public List<String> compare(Image image) {
        EngineState state = current.get();
        return new ReplicaComparison(state).differencesTo(image);
    }
}
