package io.ipam.store;

import io.ipam.address.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A realm in memory that a simulation controls: copies take over, rows are deleted by hand, and the
 * log is trimmed to any length. Thread safety: none.
 */
public final class SimulatedRealm {
    private static final int KEPT_COMMITS = 1;

    private final Consumer<Commit> onAccepted;
    private InMemoryRealm realm;

    /** A copy of a realm at one moment. */
    public static final class Backup {
        private final InMemoryRealm realm;

        private Backup(InMemoryRealm realm) {
            this.realm = realm;
        }
    }

    /**
     * A realm that is not created.
     *
     * @param commitsPerNews the maximum number of commits of one answer
     * @param onAccepted receives each commit when it has taken effect
     */
    public SimulatedRealm(int commitsPerNews, Consumer<Commit> onAccepted) {
        realm = new InMemoryRealm(KEPT_COMMITS, commitsPerNews);
        this.onAccepted = onAccepted;
    }

    public Head head() {
        return realm.head();
    }

    public Attempt commit(Head expected, Commit next) {
        Attempt attempt = realm.commit(expected, next);
        if (attempt instanceof Attempt.Done) {
            onAccepted.accept(next);
        }
        return attempt;
    }

    public News newsAfter(Head known) {
        return realm.newsAfter(known);
    }

    /** Everything that is left of the log. */
    public News wholeLog() {
        return new News.Since(realm.log());
    }

    public Image load() {
        return new InMemoryStore.LoadedImage(
                realm.head(), realm.rows().realm(), realm.rows().entries());
    }

    /** Deletes all but the last commits. */
    public void trim(int kept) {
        Head head = realm.head();
        if (head.revision() >= kept) {
            realm.trim(new Head(
                    head.revision() - kept + KEPT_COMMITS,
                    head.id(),
                    head.lastGeneration(),
                    head.held(),
                    head.stampMillis()));
        }
    }

    public Backup backup() {
        return new Backup(realm.copy());
    }

    /** A standby takes over that has the state of a backup. */
    public void failOver(Backup to) {
        realm = to.realm.copy();
    }

    /** Deletes a row outside commits; returns its address, empty if no row is held. */
    public Optional<Address> deleteHeldByHand(int nth) {
        List<Address> held = new ArrayList<>(realm.rows().held().keySet());
        if (held.isEmpty()) {
            return Optional.empty();
        }
        Address address = held.get(nth % held.size());
        realm.rows().held().remove(address);
        return Optional.of(address);
    }
}
