package io.ipam.store.etcd;

import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import java.util.ArrayList;
import java.util.List;

/**
 * The commits after a head, read with one range that includes the head. Thread safety: immutable.
 */
final class LogReader {
    /** The maximum number of commits of one result. */
    static final int COMMITS = 100;

    private final Keys keys;
    private final Values values;

    LogReader(Keys keys) {
        this.keys = keys;
        this.values = new Values(keys);
    }

    Get get(Head known) {
        return Get.range(keys.log(known.revision()), keys.logEnd(), COMMITS + 1);
    }

    /** The news in the result of {@link #get}. */
    News news(Head known, List<KeyValue> log) {
        if (log.isEmpty()) {
            return known.exists() ? new News.Diverged() : News.Since.NONE;
        }
        Head first = values.headOfCommit(log.get(0));
        if (!known.exists()) {
            return first.revision() == 1 ? new News.Since(commits(Head.NONE, log)) : new News.Trimmed();
        }
        if (first.revision() > known.revision()) {
            return new News.Trimmed();
        }
        return first.isSameCommitAs(known)
                ? new News.Since(commits(first, log.subList(1, log.size())))
                : new News.Diverged();
    }

    /**
     * The commits of a part of the log. An unreadable commit is an error only if it is the first:
     * the commit before it may state why this version cannot read it.
     */
    private List<Commit> commits(Head before, List<KeyValue> log) {
        List<Commit> commits = new ArrayList<>();
        Head last = before;
        for (KeyValue pair : log) {
            try {
                commits.add(commit(last, pair));
            } catch (CorruptStoreException unreadable) {
                if (commits.isEmpty()) {
                    throw unreadable;
                }
                return commits;
            }
            last = commits.get(commits.size() - 1).head();
        }
        return commits;
    }

    private Commit commit(Head before, KeyValue pair) {
        CommitId id = before.exists() ? before.id() : CommitId.NONE;
        Commit commit = values.commit(pair, id);
        if (!commit.follows(before)) {
            throw new CorruptStoreException(
                    "cannot read the log: the key " + keys.log(before.revision() + 1) + " is missing");
        }
        return commit;
    }
}
