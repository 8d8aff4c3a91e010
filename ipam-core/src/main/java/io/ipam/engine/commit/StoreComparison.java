package io.ipam.engine.commit;

import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.StateStore;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares a replica with the store at one head. Thread safety: none. */
final class StoreComparison {
    private final StateStore store;
    private final Replica<?> replica;

    StoreComparison(StateStore store, Replica<?> replica) {
        this.store = store;
        this.replica = replica;
    }

    /**
     * The differences, as sentences; null if the news does not bring the replica to the head of an
     * image.
     *
     * @param apply applies news to the replica
     */
    @Nullable
    List<String> differences(Consumer<News> apply) {
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
