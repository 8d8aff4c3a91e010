package io.ipam.store.testkit;

import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The news: complete, in order, in bounded pages, and linearizable. */
public interface NewsContract extends StoreContract {
    /**
     * {@return a number of commits that exceeds one page of news; 300 by default} Override it if
     * the pages of the store are larger.
     */
    default int commitsOfManyPages() {
        return 300;
    }

    @Test
    default void newsAfter_head_isEmpty() {
        RealmWriter writer = realm().created();
        Guarantee.COMPLETE.equal(News.Since.NONE, writer.session().newsAfter(writer.head()), "the news after the head");
    }

    @Test
    default void newsAfter_olderHeads_returnAllCommitsAfterThem() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        for (int i = 0; i < 5; i++) {
            log.add(writer.commit(Samples.granted(i, i + 1)));
        }
        StateStore session = realm().session();
        for (int i = 0; i < log.size(); i++) {
            Guarantee.COMPLETE.equal(
                    log.subList(i + 1, log.size()),
                    RealmWriter.readNews(session, log.get(i).head()),
                    "the news after " + log.get(i).head());
        }
    }

    @Test
    default void newsAfter_manyCommits_hasBoundedPages() {
        RealmWriter writer = realm().writer();
        List<Commit> log = new ArrayList<>(List.of(writer.create()));
        while (log.size() <= commitsOfManyPages()) {
            log.add(writer.commit());
        }
        StateStore session = realm().session();
        Guarantee.COMPLETE.equal(log, RealmWriter.readNews(session, Head.NONE), "the log in pages");
        int page = RealmWriter.since(session.newsAfter(Head.NONE)).size();
        Guarantee.BOUNDED.check(
                page < log.size(),
                "one page has all " + log.size() + " commits: bound it, or override commitsOfManyPages");
    }

    @Test
    default void newsAfter_sameRevisionOtherId_isDiverged() {
        RealmWriter writer = realm().created();
        Head known = writer.head();
        Head other = new Head(
                known.revision(),
                new CommitId(known.id().process(), 99),
                known.lastGeneration(),
                0,
                known.stampMillis());
        Guarantee.CONDITION.equal(
                new News.Diverged(), writer.session().newsAfter(other), "the news after the head's number, other id");
        writer.commit(Samples.granted(0, 1));
        Guarantee.CONDITION.equal(
                new News.Diverged(), writer.session().newsAfter(other), "the news after an old number with another id");
    }

    @Test
    default void newsAfter_revisionAboveHead_isDiverged() {
        RealmWriter writer = realm().created();
        Head future = writer.next().head();
        Guarantee.CONDITION.equal(
                new News.Diverged(), writer.session().newsAfter(future), "the news after a revision above the head");
    }

    @Test
    default void newsAfter_everyConfirmedCommit_isShownAtOnce() {
        RealmWriter writer = realm().created();
        List<StateStore> others = List.of(realm().session(), realm().session());
        for (int i = 0; i < 20; i++) {
            Head before = writer.head();
            Commit commit = writer.commit(Samples.granted(i, i + 1));
            for (StateStore other : others) {
                Guarantee.COMPLETE.equal(
                        new News.Since(List.of(commit)), other.newsAfter(before), "the news after a confirmed commit");
            }
        }
    }

    @Test
    default void newsAfter_whileOthersCommit_skipsNothing() throws Exception {
        RealmWriter creator = realm().created();
        Head start = creator.head();
        RealmWriter first = realm().writer().at(start);
        RealmWriter second = realm().writer().at(start);
        RealmWriter follower = realm().writer().at(start);
        AtomicBoolean writing = new AtomicBoolean(true);
        List<List<Commit>> results = Together.run(3, i -> () -> {
            if (i == 2) {
                List<Commit> seen = new ArrayList<>();
                while (writing.get()) {
                    seen.addAll(follower.catchUp());
                }
                seen.addAll(follower.catchUp());
                return seen;
            }
            try {
                return commits(i == 0 ? first : second, 1000 * i);
            } finally {
                if (i == 0) {
                    writing.set(false);
                }
            }
        });
        List<Commit> log = RealmWriter.readNews(realm().session(), start);
        List<Commit> seen = results.get(2);
        Guarantee.COMPLETE.equal(log.subList(0, seen.size()), seen, "the commits that a follower has seen");
        Guarantee.COMPLETE.check(
                seen.containsAll(results.get(0)), "a follower missed a commit that was confirmed before it asked last");
        Guarantee.ORDER.equal(40, log.size(), "the number of commits after two writers of 20");
    }

    private static List<Commit> commits(RealmWriter writer, int firstIndex) {
        List<Commit> mine = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            mine.add(writer.commitWhenFree(Samples.granted(firstIndex + n, firstIndex + n + 1)));
        }
        return mine;
    }
}
