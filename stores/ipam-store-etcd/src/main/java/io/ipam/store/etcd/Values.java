package io.ipam.store.etcd;

import io.ipam.documents.StoreText;
import io.ipam.problem.InvalidInputException;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import io.ipam.store.UnstorableException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values of the keys. A commit is its {@linkplain HeadText head} in the first line and its
 * changes as JSON in the second one; entries and settings are JSON. A value that no commit writes
 * throws CorruptStoreException.
 *
 * <p>Thread safety: immutable.
 */
final class Values {
    private final Keys keys;

    Values(Keys keys) {
        this.keys = keys;
    }

    static String format(Commit commit) {
        return HeadText.format(commit.head()) + '\n' + StoreText.format(commit.changes());
    }

    static Head head(Optional<String> value, String key) {
        return value.map(text -> read(key, text, HeadText::parse)).orElse(Head.NONE);
    }

    Optional<Realm> realm(Optional<String> value) {
        return value.map(text -> read(keys.meta(), text, Values::canonicalRealm));
    }

    private static Realm canonicalRealm(String text) {
        Realm realm = StoreText.parseRealm(text);
        verifyCanonical(text, StoreText.format(realm));
        return realm;
    }

    /** The revision in the key of a commit of the log. */
    long revision(KeyValue pair) {
        return read(pair, text -> keys.revision(pair.key()));
    }

    /** The head of a commit of the log. */
    Head headOfCommit(KeyValue pair) {
        return read(pair, text -> {
            Head head = HeadText.parse(text.lines().findFirst().orElse(""));
            if (head.revision() != keys.revision(pair.key())) {
                throw new IllegalArgumentException("it has the revision " + head.revision());
            }
            return head;
        });
    }

    Commit commit(KeyValue pair, CommitId before) {
        Head head = headOfCommit(pair);
        return read(
                pair, text -> new Commit(head, before, StoreText.parseChanges(text.substring(text.indexOf('\n') + 1))));
    }

    /** An entry. Its text must be as a commit writes it, because the next commit compares it. */
    Entry entry(KeyValue pair) {
        return read(pair, text -> {
            Entry entry = StoreText.parseEntry(text);
            verifyCanonical(pair.key(), keys.of(entry));
            verifyCanonical(text, StoreText.format(entry));
            return entry;
        });
    }

    private static void verifyCanonical(String text, String expected) {
        if (!text.equals(expected)) {
            throw new IllegalArgumentException("it must be " + expected + ", was " + text);
        }
    }

    private static <T> T read(KeyValue pair, Function<String, T> form) {
        return read(pair.key(), pair.value(), form);
    }

    private static <T> T read(String key, String value, Function<String, T> form) {
        try {
            return form.apply(value);
        } catch (InvalidInputException
                | IllegalArgumentException
                | NullPointerException
                | UnstorableException unreadable) {
            throw new CorruptStoreException("cannot read the key " + key + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
