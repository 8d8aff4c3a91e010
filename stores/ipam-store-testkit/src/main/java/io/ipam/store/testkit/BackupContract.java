package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Two histories of one revision: after a restored backup, or a fail-over to a copy that lacks
 * commits.
 */
public interface BackupContract extends StoreContract {
    /**
     * Makes a backup of the store, or of one realm.
     *
     * @param realm the name of the realm
     * @return restores the backup when it is called; sessions that were opened before need not work
     *     afterwards
     * @throws Exception if it fails
     */
    Callable<?> backup(String realm) throws Exception;

    @Test
    default void restore_stateAndLog_areThoseOfBackup() throws Exception {
        Restored restored = restored();
        StateStore session = realm().session();
        List<Commit> log = RealmWriter.readNews(session, Head.NONE);
        Guarantee.ATOMIC.equal(
                restored.kept(), log.get(log.size() - 1).head(), "the last commit after a backup was restored");
        Loaded.from(session).verifyEquals(Fold.of(log));
    }

    @Test
    default void newsAfter_lostHead_isDiverged() throws Exception {
        Restored restored = restored();
        Guarantee.CONDITION.equal(
                new News.Diverged(),
                realm().session().newsAfter(restored.lost()),
                "the news after a head that a restored backup lacks");
    }

    @Test
    default void newsAfter_lostHeadWhoseRevisionExistsAgain_isDiverged() throws Exception {
        Restored restored = restored();
        RealmWriter writer = realm().writer().at(restored.kept());
        for (int i = 0; i < 3; i++) {
            writer.commit(Samples.granted(10 + i, 20 + i));
            Guarantee.CONDITION.equal(
                    new News.Diverged(),
                    writer.session().newsAfter(restored.lost()),
                    "the news after a head that a restored backup lacks, at " + writer.head());
        }
    }

    @Test
    default void commit_afterLostHead_isDivergedAndChangesNothing() throws Exception {
        Restored restored = restored();
        RealmWriter writer = realm().writer().at(restored.kept());
        for (int i = 0; i < 3; i++) {
            RealmWriter late = realm().writer().at(restored.lost());
            Attempt attempt = late.session().commit(late.head(), late.next(Samples.granted(30 + i, 40)));
            Guarantee.CONDITION.equal(
                    new Attempt.Moved(new News.Diverged()), attempt, "a commit after a head that was lost");
            writer.commit(Samples.granted(10 + i, 20 + i));
        }
        StateStore session = realm().session();
        Loaded.from(session).verifyEquals(Fold.of(RealmWriter.readNews(session, Head.NONE)));
    }

    private Restored restored() throws Exception {
        RealmWriter writer = realm().created();
        Head kept = writer.commit(Samples.granted(0, 1)).head();
        Callable<?> restore = backup(realm().name());
        writer.commit(Samples.granted(1, 2));
        Head lost = writer.commit(Samples.released(Samples.held(Samples.address(0), "cart-0", 1)))
                .head();
        restore.call();
        return new Restored(kept, lost);
    }
}
