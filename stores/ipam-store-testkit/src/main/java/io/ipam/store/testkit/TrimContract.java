package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Trimming: the start of the log and expired cooling entries are deleted, and nothing else. */
public interface TrimContract extends StoreContract {
    /**
     * Opens a session that trims early: it keeps {@link #keptCommits()} commits, and no others that
     * are older than the clock of this process.
     *
     * @param realm the name of the realm
     * @return the session
     */
    StateStore openTrimmingSession(String realm);

    /**
     * {@return the number of commits that trimming keeps in sessions that trim early, at least 2}
     *
     * <p>One test makes 100 times this number of commits, so keep it below 10.
     */
    int keptCommits();

    @Test
    default void trim_longLog_deletesOldAndKeepsNeeded() {
        RealmWriter writer = trimming();
        List<Commit> log = grow(writer, 2 * keptCommits() + 3);
        writer.session().trim(writer.head());
        Guarantee.TRIMMED.equal(
                new News.Trimmed(), writer.session().newsAfter(log.get(0).head()), "the news after a trimmed head");
        Guarantee.TRIMMED.equal(
                new News.Trimmed(), writer.session().newsAfter(Head.NONE), "the news after no head, of a trimmed log");
        int kept = log.size() - keptCommits();
        Guarantee.TRIMMED.equal(
                log.subList(kept + 1, log.size()),
                RealmWriter.readNews(realm().session(), log.get(kept).head()),
                "the last " + keptCommits() + " commits, which trimming keeps");
    }

    /** The clock of the process that created the realm was a day ahead. Times never decrease. */
    @Test
    default void trim_commitsWithLaterTime_areBoundedByTheirNumber() {
        RealmWriter writer = new RealmWriter(realm().closing(openTrimmingSession(realm().name())));
        Head first = createdLater(writer);
        int most = 100 * keptCommits();
        List<Commit> log = grow(writer, most + 2);
        writer.session().trim(writer.head());
        Guarantee.TRIMMED.equal(
                new News.Trimmed(),
                writer.session().newsAfter(first),
                "the news after the first of " + (most + 3) + " commits whose times are later than the clock");
        int kept = log.size() - keptCommits();
        Guarantee.TRIMMED.equal(
                log.subList(kept + 1, log.size()),
                RealmWriter.readNews(realm().session(), log.get(kept).head()),
                "the last " + keptCommits() + " commits, which trimming keeps");
    }

    /** Creates the realm with a time that is a day later than the clock; returns the head. */
    private static Head createdLater(RealmWriter writer) {
        Commit now = writer.next(RealmWriter.creation());
        Head head = new Head(
                now.head().revision(),
                now.head().id(),
                now.head().lastGeneration(),
                now.head().held(),
                now.head().stampMillis() + 86_400_000);
        Attempt attempt = writer.session().commit(Head.NONE, new Commit(head, now.before(), now.changes()));
        Guarantee.CONDITION.equal(new Attempt.Done(), attempt, "the creation of a realm");
        writer.at(head);
        return head;
    }

    @Test
    default void trim_shortLog_keepsAll() {
        RealmWriter writer = trimming();
        Head created = writer.head();
        List<Commit> log = grow(writer, keptCommits() - 1);
        writer.session().trim(writer.head());
        Guarantee.TRIMMED.equal(
                log, RealmWriter.readNews(writer.session(), created), "a log of as many commits as trimming keeps");
    }

    @Test
    default void trim_again_keepsLastCommit() {
        RealmWriter writer = trimming();
        grow(writer, keptCommits() + 3);
        for (int i = 0; i < 3; i++) {
            writer.session().trim(writer.head());
            Guarantee.TRIMMED.equal(
                    News.Since.NONE,
                    writer.session().newsAfter(writer.head()),
                    "the news after the head of a trimmed log");
        }
        writer.commit(Samples.granted(0, 1));
    }

    @Test
    default void trim_state_isNotChanged() {
        RealmWriter writer = trimming();
        long now = System.currentTimeMillis();
        writer.commit(
                Samples.granted(0, 1),
                Samples.poolPut(Samples.BLUE),
                Samples.reservedPut(Samples.INFRA),
                new Change.Cooled(Samples.cooling(Samples.address(7), "a", now)));
        grow(writer, 2 * keptCommits());
        Set<Entry> before = new HashSet<>(Loaded.from(writer.session()).entries());
        writer.session().trim(writer.head());
        for (StateStore session : List.of(writer.session(), realm().session())) {
            Loaded after = Loaded.from(session);
            Guarantee.TRIMMED.equal(before, after.set(), "the entries after trimming");
            Guarantee.TRIMMED.equal(writer.head(), after.head(), "the head after trimming");
        }
    }

    @Test
    default void commit_afterTrimmedHead_isTrimmedAndChangesNothing() {
        RealmWriter writer = trimming();
        Head old = writer.head();
        Head older = Head.NONE;
        grow(writer, 2 * keptCommits() + 3);
        writer.session().trim(writer.head());
        for (Head expected : List.of(old, older)) {
            RealmWriter late = realm().writer().at(expected);
            Change[] changes = expected.exists()
                    ? new Change[] {Samples.granted(77, 1)}
                    : RealmWriter.creation(Samples.granted(77, 1));
            Attempt attempt = late.session().commit(expected, late.next(changes));
            Guarantee.TRIMMED.equal(
                    new Attempt.Moved(new News.Trimmed()),
                    attempt,
                    "a commit after " + expected + ", whose successor was trimmed and is not free again");
        }
        Loaded loaded = Loaded.from(realm().session());
        Guarantee.TRIMMED.equal(writer.head(), loaded.head(), "the head after a commit after a trimmed head");
        Guarantee.TRIMMED.equal(List.of(), loaded.entries(), "the entries after a commit after a trimmed head");
    }

    @Test
    default void trim_expiredCooling_isDeletedAndOthersStay() {
        RealmWriter writer = trimming();
        long now = System.currentTimeMillis();
        Entry.Cooling expired = Samples.cooling(Samples.FIRST, "a", now - 2 * Samples.REALM.coolDownMillis());
        Entry.Cooling fresh = Samples.cooling(Samples.SECOND, "b", now);
        writer.commit(new Change.Cooled(expired), new Change.Cooled(fresh));
        grow(writer, 2 * keptCommits());
        writer.session().trim(writer.head());
        List<Entry> entries = Loaded.from(writer.session()).entries();
        Guarantee.TRIMMED.equal(List.of(fresh), entries, "the entries after an expired one was trimmed");
    }

    @Test
    default void trim_staleHead_isHarmless() {
        RealmWriter writer = trimming();
        Head stale = writer.head();
        List<Commit> log = grow(writer, keptCommits());
        writer.session().trim(stale);
        Guarantee.TRIMMED.equal(
                log, RealmWriter.readNews(writer.session(), stale), "the log after trimming up to an old head");
    }

    @Test
    default void trim_whileOthersCommit_losesNothing() throws Exception {
        RealmWriter writer = trimming();
        RealmWriter other = realm().writer().at(writer.head());
        StateStore trimmer = realm().closing(openTrimmingSession(realm().name()));
        AtomicBoolean writing = new AtomicBoolean(true);
        List<List<Commit>> done = Together.run(3, i -> () -> {
            if (i == 2) {
                while (writing.get()) {
                    trimmer.trim(Loaded.from(trimmer).head());
                }
                return List.of();
            }
            try {
                return grants(i == 0 ? writer : other, 1_000 * i);
            } finally {
                if (i == 0) {
                    writing.set(false);
                }
            }
        });
        Loaded loaded = Loaded.from(realm().session());
        Guarantee.TRIMMED.equal(
                2L * done.get(0).size(), loaded.countHeld(), "the number of held addresses after commits during trims");
        Guarantee.ORDER.equal(
                2L * done.get(0).size() + 1, loaded.head().revision(), "the revision after commits during trims");
    }

    private static List<Commit> grants(RealmWriter writer, int first) {
        List<Commit> done = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            Commit commit = writer.next(Samples.granted(first + n, first + n + 1));
            Attempt attempt = writer.session().commit(writer.head(), commit);
            if (attempt instanceof Attempt.Done) {
                done.add(commit);
                writer.at(commit.head());
            } else {
                writer.at(Loaded.from(writer.session()).head());
                n--;
            }
        }
        return done;
    }

    private RealmWriter trimming() {
        RealmWriter writer = new RealmWriter(realm().closing(openTrimmingSession(realm().name())));
        writer.create();
        return writer;
    }

    /** Commits without changes. */
    private static List<Commit> grow(RealmWriter writer, int commits) {
        List<Commit> log = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            log.add(writer.commit());
        }
        return log;
    }
}
