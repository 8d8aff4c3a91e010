package io.ipam.engine.commit;

import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares a replica with the store at one head. Other calls of this process wait meanwhile. Thread
 * safety: none.
 */
final class StoreComparison<B extends Batch> {
    private final StateStore store;
    private final Replica<B> replica;
    private final Inbox<B> inbox;

    StoreComparison(StateStore store, Replica<B> replica, Inbox<B> inbox) {
        this.store = store;
        this.replica = replica;
        this.inbox = inbox;
    }

    /**
     * Answers a call with the differences. If the realm must be loaded first, puts the call back
     * and returns false.
     *
     * @param apply applies news to the replica
     */
    boolean answer(Call<B, List<String>> verification, Consumer<News> apply) {
        try {
            List<String> differences = differences(apply);
            if (differences == null) {
                inbox.putBackVerification(verification);
                return false;
            }
            verification.answer(differences);
            return true;
        } catch (RuntimeException | Error e) {
            verification.fail(e);
            throw e;
        }
    }

    /**
     * The differences, as sentences; null if the news does not bring the replica to the head of an
     * image.
     *
     * @param apply applies news to the replica
     */
    private @Nullable List<String> differences(Consumer<News> apply) {
        try (Image image = store.load()) {
            boolean isMoving = true;
            while (isMoving && replica.head().revision() < image.head().revision()) {
                Head before = replica.head();
                apply.accept(upTo(image.head(), store.newsAfter(before)));
                isMoving = !replica.head().equals(before);
            }
            return replica.head().isSameCommitAs(image.head()) ? replica.compare(image) : null;
        }
    }

    private static News upTo(Head last, News news) {
        return news instanceof News.Since since
                ? new News.Since(since.commits().stream()
                        .filter(commit -> commit.head().revision() <= last.revision())
                        .toList())
                : news;
    }
}
