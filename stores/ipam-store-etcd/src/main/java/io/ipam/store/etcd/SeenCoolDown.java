package io.ipam.store.etcd;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.News;
import io.ipam.store.Realm;
import java.util.List;
import java.util.Optional;

/**
 * Whether the realm has a cool-down, as of the last head that a session has shown. A commit is
 * accepted only after that head, so the answer is exact for an accepted commit. Before the first
 * load the answer is yes, which costs a release one more operation.
 *
 * <p>Thread safety: safe.
 */
final class SeenCoolDown {
    private volatile boolean exists = true;

    /** Reads the realm of an image. */
    void read(Optional<Realm> realm) {
        exists = realm.map(SeenCoolDown::existsIn).orElse(true);
    }

    /** Reads commits of others. */
    void read(News news) {
        if (news instanceof News.Since since) {
            since.commits().forEach(commit -> read(commit.changes()));
        }
    }

    /** Reads a commit of this session. */
    void read(Commit accepted) {
        read(accepted.changes());
    }

    private void read(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.RealmPut put) {
                exists = existsIn(put.after());
            }
        }
    }

    private static boolean existsIn(Realm realm) {
        return realm.coolDownMillis() > 0;
    }

    /** {@return whether released addresses may have a cooling key} */
    boolean exists() {
        return exists;
    }
}
