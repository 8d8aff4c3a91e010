package io.ipam.engine;

import io.ipam.engine.commit.CommitIds;
import io.ipam.engine.commit.CommitterThread;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Opens a realm: loads it, and starts the threads of the process. Thread safety: none, made for one
 * opening.
 */
public final class RealmOpener {
    /**
     * The time that a close waits for a call of the store to end, in addition to its wait for a
     * sent commit.
     */
    private static final long CLOSE_MARGIN_MILLIS = 1_000;

    private final StateStore store;
    private final Engine.Settings settings;
    private final RealmSettings realm;

    private @Nullable StoreMember member;
    private @Nullable CommitterThread thread;
    private @Nullable EventThread eventThread;
    private @Nullable AutoCloseable hints;

    /**
     * An opener of a realm.
     *
     * @param store the session, which the engine closes
     * @param settings the settings of the engine
     * @param realm the settings of the realm
     */
    public RealmOpener(StateStore store, Engine.Settings settings, RealmSettings realm) {
        this.store = store;
        this.settings = settings;
        this.realm = realm;
    }

    /**
     * Opens the realm.
     *
     * @throws StoreException if the realm does not exist, is loading, has a newer format, or has
     *     another cool-down than the settings state
     * @throws io.ipam.store.CorruptStoreException if its entries do not fit its head
     */
    public Engine open() {
        Head head;
        StoreReplica.Loaded loaded;
        try (Image image = store.load()) {
            head = image.head();
            loaded = StoreReplica.load(
                    image, settings.ofState(), realm.clockMillis().getAsLong());
        }
        return start(head, loaded); // The image is closed: the committer calls the store from now on.
    }

    /**
     * Opens the realm, and accepts its entries as found. They are counted, and allocations without
     * a unique generation get a new one.
     *
     * @throws StoreException if the realm does not exist, is loading, or has a newer format
     */
    public Engine openAsFound() {
        new FoundEntries(store, realm).accept();
        return open();
    }

    private Engine start(Head head, StoreReplica.Loaded loaded) {
        long coolDown = loaded.realm().coolDownMillis();
        if (realm.coolDownMillis().orElse(coolDown) != coolDown) {
            throw new StoreException("the realm has a cool-down of " + coolDown + " ms, the settings state "
                    + realm.coolDownMillis().getAsLong()
                    + " ms: omit withCoolDown, and use IpamState.changeCoolDown to change it");
        }
        EventThread events = EventThread.of(loaded.state().events());
        eventThread = events;
        CommitIds ids = new CommitIds(realm.processIds().getAsLong());
        StoreMember opened = new StoreMember(
                store, settings, realm, ids, loaded.state(), head, events::signal, this::close, StoreMember.Parts.REAL);
        member = opened;
        hints = store.follow(opened.inbox()::hint);
        thread = CommitterThread.start("ipam-committer", opened.committer(), opened.inbox());
        events.start();
        return opened.engine();
    }

    /** Ends the engine that was opened; later calls of it fail. */
    private synchronized void close() {
        StoreMember open = member;
        CommitterThread running = thread;
        EventThread events = eventThread;
        if (open == null || running == null || events == null) {
            return;
        }
        open.inbox().close();
        boolean hasEnded = running.join(realm.timeoutMillis() + CLOSE_MARGIN_MILLIS);
        member = null;
        try {
            store.close(); // Ends a call that still runs.
        } finally {
            if (!hasEnded) {
                running.join(CLOSE_MARGIN_MILLIS);
            }
            events.close();
            endHints();
        }
    }

    private void endHints() {
        try {
            if (hints != null) {
                hints.close();
            }
        } catch (Exception e) {
            throw new StoreUnavailableException(
                    "cannot stop following the commits of other processes: " + e.getMessage(), e);
        }
    }
}
