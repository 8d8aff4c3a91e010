package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One process of a realm, reduced to the needs of tests. It stores the head that it has seen, draws
 * ids, and makes commits that follow that head. Thread safety: none.
 */
final class RealmWriter {
    private final StateStore session;
    private final long process;
    private long sequence;
    private Head head = Head.NONE;

    RealmWriter(StateStore session) {
        this(session, ThreadLocalRandom.current().nextLong() | 1);
    }

    RealmWriter(StateStore session, long process) {
        this.session = session;
        this.process = process;
    }

    StateStore session() {
        return session;
    }

    Head head() {
        return head;
    }

    /** Sets the head that this writer has seen. */
    RealmWriter at(Head seen) {
        head = seen;
        return this;
    }

    /** Creates the realm. The first change is the {@link Change.RealmPut}. */
    Commit create(Change... more) {
        return commit(creation(more));
    }

    /** {@return the changes of a creation} */
    static Change[] creation(Change... more) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.RealmPut(Optional.empty(), Samples.REALM));
        changes.addAll(Arrays.asList(more));
        return changes.toArray(Change[]::new);
    }

    /** {@return a commit after the head that this writer has seen; it is not sent} */
    Commit next(Change... changes) {
        return next(List.of(changes));
    }

    Commit next(List<? extends Change> changes) {
        return after(head, new CommitId(process, ++sequence), List.copyOf(changes));
    }

    /** {@return the commit with the counts that follow from its changes} */
    static Commit after(Head before, CommitId id, List<Change> changes) {
        long held = before.held();
        long generation = before.lastGeneration();
        for (Change change : changes) {
            if (change instanceof Change.Granted granted) {
                held++;
                generation = Math.max(generation, granted.held().generation());
            } else if (change instanceof Change.Renewed renewed) {
                generation = Math.max(generation, renewed.after().generation());
            } else if (change instanceof Change.Released) {
                held--;
            }
        }
        long stamp = Math.max(before.stampMillis(), System.currentTimeMillis());
        Head next = new Head(before.revision() + 1, id, generation, Math.max(0, held), stamp);
        return new Commit(next, before.id(), changes);
    }

    /** Commits after the head that this writer has seen, and requires that it succeeds. */
    Commit commit(Change... changes) {
        return send(next(changes));
    }

    Commit commit(List<? extends Change> changes) {
        return send(next(changes));
    }

    private Commit send(Commit commit) {
        Attempt attempt = session.commit(head, commit);
        Guarantee.CONDITION.check(
                attempt instanceof Attempt.Done,
                "a commit directly after the head must be done, was " + attempt + " for " + commit.head());
        head = commit.head();
        return commit;
    }

    /** Sends a commit once. The next call ends a lock that the store acquires after a conflict. */
    Attempt attempt(Commit commit) {
        Attempt attempt = session.commit(head, commit);
        session.newsAfter(head);
        return attempt;
    }

    /** Commits again and again until a commit on the present head succeeds. */
    Commit commitWhenFree(Change... changes) {
        while (true) {
            Commit commit = next(changes);
            if (takesEffect(commit)) {
                return commit;
            }
            catchUp();
        }
    }

    /**
     * Sends a commit until its outcome is known. After a conflict, a store may end the lock of a
     * session that a busy machine stops, and the session is unavailable once.
     */
    private boolean takesEffect(Commit commit) {
        boolean isDone = Resend.isDone(Resend.untilKnown(session, head, commit), commit);
        if (isDone) {
            head = commit.head();
        }
        return isDone;
    }

    /** As {@link #commitWhenFree}, and reads the news before a commit after each conflict. */
    Commit commitInTurn(Change... changes) {
        while (true) {
            Commit commit = next(changes);
            if (takesEffect(commit)) {
                return commit;
            }
            for (List<Commit> page = since(session.newsBeforeCommit(head));
                    !page.isEmpty();
                    page = since(session.newsBeforeCommit(head))) {
                head = page.get(page.size() - 1).head();
            }
        }
    }

    /** Reads the news to its end. */
    List<Commit> catchUp() {
        List<Commit> all = readNews(session, head);
        if (!all.isEmpty()) {
            head = all.get(all.size() - 1).head();
        }
        return all;
    }

    /** {@return all commits after a head, page by page, which must be without a gap} */
    static List<Commit> readNews(StateStore session, Head known) {
        List<Commit> all = new ArrayList<>();
        Head last = known;
        while (true) {
            List<Commit> page = since(session.newsAfter(last));
            if (page.isEmpty()) {
                return all;
            }
            for (Commit commit : page) {
                Guarantee.COMPLETE.check(
                        commit.follows(last), "the news after " + last + " continues with " + commit.head());
                all.add(commit);
                last = commit.head();
            }
        }
    }

    /** {@return the commits of the news, which must be {@link News.Since}} */
    static List<Commit> since(News news) {
        Guarantee.COMPLETE.check(news instanceof News.Since, "the news must be Since, was " + news);
        return ((News.Since) news).commits();
    }

    /** {@return the change of the settings of the realm} */
    static Change.RealmPut realmPut(Realm before, Realm after) {
        return new Change.RealmPut(Optional.of(before), after);
    }
}
