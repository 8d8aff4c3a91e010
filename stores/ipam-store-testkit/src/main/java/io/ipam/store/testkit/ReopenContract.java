package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State that survives the process: everything is read again from the store. */
public interface ReopenContract extends StoreContract {
    /**
     * Forgets all state of the store in this process: pools of connections, caches, and open files
     * are closed in an orderly way. Sessions that were opened before need not work afterwards.
     *
     * @throws Exception if it fails
     */
    void reopen() throws Exception;

    @Test
    default void reopen_afterCommits_stateAndLogAreEqual() throws Exception {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>();
        log.add(writer.create(Samples.poolPut(Samples.BLUE), Samples.reservedPut(Samples.INFRA)));
        log.add(writer.commit(Samples.granted(0, 1), Samples.granted(1, 2)));
        log.add(writer.commit(
                Samples.cooled(Samples.held(Samples.address(0), "cart-0", 1), System.currentTimeMillis()),
                new Change.Granted(Samples.stray(Samples.address(2), "gone", "\uD83D\uDE00 e\u0301"))));
        writer.session().close();
        reopen();
        StateStore session = realm().session();
        Loaded.from(session).verifyEquals(Fold.of(log));
        Guarantee.DURABLE.equal(log, RealmWriter.readNews(session, Head.NONE), "the log after reopening");
    }

    @Test
    default void reopen_thenCommit_continuesOrder() throws Exception {
        RealmWriter writer = realm().created();
        Head head = writer.head();
        writer.session().close();
        reopen();
        RealmWriter again = realm().writer().at(head);
        Commit next = again.commit(Samples.granted(0, 1));
        Guarantee.ORDER.equal(2L, next.head().revision(), "the revision after reopening");
        Guarantee.ORDER.equal(next.head(), Loaded.from(realm().session()).head(), "the head");
    }

    @Test
    default void reopen_commitSentAgain_takesEffectOnce() throws Exception {
        RealmWriter writer = realm().created();
        Head expected = writer.head();
        Commit grant = writer.commit(Samples.granted(0, 1));
        writer.session().close();
        reopen();
        StateStore session = realm().session();
        Resend.verify(session, expected, grant);
        Guarantee.ORDER.equal(grant.head(), Loaded.from(session).head(), "the head after a commit was sent again");
    }

    @Test
    default void reopen_realmNotCreated_isStillEmpty() throws Exception {
        realm().session().load().close();
        reopen();
        Guarantee.SNAPSHOT.equal(
                Head.NONE, Loaded.from(realm().session()).head(), "the head of a realm without commits");
    }
}
