package io.ipam.store.jdbc;

import io.ipam.documents.InvalidDocumentException;
import io.ipam.documents.StoreText;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.News;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the log after a head, in one statement that includes the head. Thread safety: stateless.
 */
final class NewsReader {
    /** The maximum number of commits of one result. */
    static final int COMMITS = 256;

    private NewsReader() {}

    static News read(Connection connection, Dialect dialect, String realm, Head known) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.sql("news"))) {
            Dialect.bind(statement, 1, List.of(known.revision(), realm, known.revision(), COMMITS + 1));
            try (ResultSet rows = statement.executeQuery()) {
                return known.exists() ? afterCommit(rows, known) : afterNothing(rows);
            }
        }
    }

    private static News afterCommit(ResultSet rows, Head known) throws SQLException {
        if (!rows.next()) {
            return new News.Diverged();
        }
        Head first = RowReader.read("ipam_commit", rows, RowReader::head);
        if (first.revision() > known.revision()) {
            return new News.Trimmed();
        }
        return first.isSameCommitAs(known) ? new News.Since(commits(rows, known)) : new News.Diverged();
    }

    private static News afterNothing(ResultSet rows) throws SQLException {
        List<Commit> commits = new ArrayList<>();
        if (rows.next()) {
            Head first = RowReader.read("ipam_commit", rows, RowReader::head);
            if (first.revision() > 1) {
                return new News.Trimmed();
            }
            commits.add(commit(rows, first, CommitId.NONE));
            commits.addAll(commits(rows, first));
        }
        return new News.Since(commits);
    }

    /**
     * The commits of the next rows. An unreadable commit is an error only if it is the first: the
     * commit before it may state why this version cannot read it.
     */
    private static List<Commit> commits(ResultSet rows, Head before) throws SQLException {
        List<Commit> commits = new ArrayList<>();
        Head last = before;
        while (rows.next()) {
            Head head = RowReader.read("ipam_commit", rows, RowReader::head);
            if (head.revision() != last.revision() + 1) {
                throw new CorruptStoreException(
                        "cannot read the log: the commit after revision " + last.revision() + " is missing");
            }
            try {
                commits.add(commit(rows, head, last.id()));
            } catch (CorruptStoreException unreadable) {
                if (commits.isEmpty()) {
                    throw unreadable;
                }
                return commits;
            }
            last = head;
        }
        return commits;
    }

    private static Commit commit(ResultSet row, Head head, CommitId before) throws SQLException {
        try {
            return new Commit(head, before, StoreText.parseChanges(row.getString("changes")));
        } catch (InvalidDocumentException unreadable) {
            throw new CorruptStoreException(
                    "cannot read the commit of " + head + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
