package io.ipam.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One realm in memory: its rows and its log. The condition of a commit, its guards, and its effect
 * are one step.
 *
 * <p>Thread safety: none.
 */
final class InMemoryRealm {
    private final int keptCommits;
    private final int commitsPerNews;
    private final NavigableMap<Long, Commit> log;
    private final RealmRows rows;
    private Head head;

    /**
     * An empty realm.
     *
     * @param keptCommits the number of commits that a trim keeps
     * @param commitsPerNews the maximum number of commits in one result of {@code newsAfter}
     */
    InMemoryRealm(int keptCommits, int commitsPerNews) {
        this(keptCommits, commitsPerNews, new TreeMap<>(), new RealmRows(), Head.NONE);
    }

    private InMemoryRealm(
            int keptCommits, int commitsPerNews, NavigableMap<Long, Commit> log, RealmRows rows, Head head) {
        this.keptCommits = keptCommits;
        this.commitsPerNews = commitsPerNews;
        this.log = log;
        this.rows = rows;
        this.head = head;
    }

    /** A backup: a copy that later commits do not change. */
    InMemoryRealm copy() {
        return new InMemoryRealm(keptCommits, commitsPerNews, new TreeMap<>(log), rows.copy(), head);
    }

    Head head() {
        return head;
    }

    RealmRows rows() {
        return rows;
    }

    /** The commits that were not trimmed. */
    List<Commit> log() {
        return List.copyOf(log.values());
    }

    Attempt commit(Head expected, Commit next) {
        if (!head.isSameCommitAs(expected)) {
            return new Attempt.Moved(newsAfter(expected));
        }
        if (!next.follows(expected)) {
            throw new IllegalArgumentException("commit of " + next.head() + " must follow " + expected);
        }
        rows.apply(next);
        head = next.head();
        log.put(head.revision(), next);
        return new Attempt.Done();
    }

    News newsAfter(Head known) {
        if (known.revision() > head.revision()) {
            return new News.Diverged();
        }
        Commit same = log.get(known.revision());
        if (known.exists() && same == null) {
            return new News.Trimmed();
        }
        if (same != null && !same.head().isSameCommitAs(known)) {
            return new News.Diverged();
        }
        if (!known.exists() && head.exists() && !log.containsKey(1L)) {
            return new News.Trimmed();
        }
        List<Commit> since = new ArrayList<>();
        for (Commit commit : log.tailMap(known.revision(), false).values()) {
            if (since.size() == commitsPerNews) {
                break;
            }
            since.add(commit);
        }
        return new News.Since(since);
    }

    void trim(Head upTo) {
        rows.removeExpired(upTo.stampMillis());
        removeBefore(Math.min(upTo.revision(), head.revision()) - keptCommits + 1);
    }

    /** Removes all but the last commits from the log. */
    void trimTo(int kept) {
        removeBefore(head.revision() - kept + 1);
    }

    private void removeBefore(long first) {
        log.headMap(first, false).clear();
    }
}
