package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.StateStore;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The size of a commit, in operations. */
public interface LimitContract extends StoreContract {
    /** The highest limit that the tests can verify. */
    int HIGHEST = 100_000;

    @Test
    default void operations_everyKind_fitsOneCommit() {
        StateStore session = realm().session();
        Entry.Held held = Samples.held(Samples.FIRST, "a", 1);
        Entry.Cooling cooling = Samples.cooling(Samples.FIRST, "a", 1);
        for (Change change : List.of(
                new Change.Granted(held),
                Samples.renewed(held, 2),
                Samples.released(held),
                new Change.Released(held, Optional.of(cooling)),
                new Change.Cooled(cooling),
                Samples.poolPut(Samples.BLUE),
                new Change.PoolGone(Samples.BLUE),
                Samples.reservedPut(Samples.INFRA),
                new Change.ReservedGone(Samples.INFRA),
                new Change.RealmPut(Optional.empty(), Samples.REALM),
                new Change.AsFound())) {
            int operations = session.operations(change);
            Guarantee.LIMITED.check(
                    operations >= 1 && operations <= session.operationsPerCommit(),
                    operations + " operations for " + change + ", the limit is " + session.operationsPerCommit());
        }
    }

    @Test
    default void operationsPerCommit_ofStore_isVerifiable() {
        int limit = realm().session().operationsPerCommit();
        Guarantee.LIMITED.check(
                limit >= 16 && limit <= HIGHEST, "operationsPerCommit must be 16 to " + HIGHEST + ", was " + limit);
    }

    @Test
    default void commit_exactlyOperationsPerCommit_isDone() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        log.add(writer.commit(grants(writer.session(), 0)));
        List<Change> releases = new ArrayList<>();
        long now = System.currentTimeMillis();
        int room = writer.session().operationsPerCommit();
        for (Change change : log.get(1).changes()) {
            Change.Released released = Samples.cooled(((Change.Granted) change).held(), now);
            room -= writer.session().operations(released);
            if (room >= 0) {
                releases.add(released);
            }
        }
        log.add(writer.commit(releases));
        Loaded.from(realm().session()).verifyEquals(Fold.of(log));
        Guarantee.COMPLETE.equal(log, RealmWriter.readNews(realm().session(), Head.NONE), "the log of full commits");
    }

    @Test
    default void commit_moreThanOperationsPerCommit_isUnstorableAndChangesNothing() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        List<Change> tooMany = grants(writer.session(), 1);
        Guarantee.LIMITED.thrown(
                UnstorableException.class,
                () -> writer.session().commit(writer.head(), writer.next(tooMany)),
                "a commit of " + tooMany.size() + " grants");
        Guarantee.LIMITED.equal(
                log, RealmWriter.readNews(realm().session(), Head.NONE), "the log after a commit that is too large");
        log.add(writer.commit(grants(writer.session(), 0)));
        Loaded.from(realm().session()).verifyEquals(Fold.of(log));
    }

    /** {@return the maximum number of grants of one commit, and some more} */
    private static List<Change> grants(StateStore session, int more) {
        List<Change> changes = new ArrayList<>();
        int operations = 0;
        for (int i = 0; i <= HIGHEST; i++) {
            Change grant = Samples.granted(i, i + 1);
            operations += session.operations(grant);
            if (operations > session.operationsPerCommit() && more-- == 0) {
                return changes;
            }
            changes.add(grant);
        }
        throw new AssertionError(Guarantee.LIMITED.broken("operationsPerCommit must be at most " + HIGHEST));
    }
}
