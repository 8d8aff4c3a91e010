package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.ManagedChannel;
import io.ipam.address.Address;
import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database reaches its quota. */
@Tag("etcd")
class QuotaTest {
    private static final String NOTE = "x".repeat(500_000);

    @TempDir
    Path folder;

    /**
     * etcd refuses the transaction before it executes it. If several transactions exceed the quota
     * together, it reports the error afterwards.
     */
    @Test
    void commit_quotaExceeded_isUnknownAndReadsContinue() throws IOException, InterruptedException {
        try (EtcdNodes nodes = new EtcdNodes(folder, 1, "--quota-backend-bytes=8000000")) {
            ManagedChannel channel = EtcdHooks.channelTo(nodes.ports().get(0));
            try (StateStore store = EtcdStore.of(channel, "default")) {
                verify(store, Facts.commit(store, Head.NONE, 1, Facts.created()));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static void verify(StateStore store, Head created) {
        Head last = created;
        for (int i = 0; i < 100; i++) {
            Commit next = Facts.after(last, 1, large(i));
            Head before = last;
            if (!isDone(store, before, next)) {
                verifyUnknown(store, before, next);
                return;
            }
            last = next.head();
        }
        throw new AssertionError("the quota was not reached");
    }

    /** The commit took effect as a whole or not; reads continue. */
    private static void verifyUnknown(StateStore store, Head before, Commit next) {
        News news = store.newsAfter(before);
        boolean hasTakenEffect = !news.equals(News.Since.NONE);
        assertEquals(hasTakenEffect ? new News.Since(List.of(next)) : News.Since.NONE, news);
        try (Image image = store.load()) {
            assertEquals(hasTakenEffect ? next.head() : before, image.head());
        }
    }

    private static boolean isDone(StateStore store, Head before, Commit next) {
        try {
            return store.commit(before, next) instanceof Attempt.Done;
        } catch (OutcomeUnknownException unknown) {
            return false;
        }
    }

    private static Change large(int index) {
        Address address = Facts.held(index, 1).address();
        return new Change.Granted(new Entry.Held(address, "p", Optional.empty(), "", 0, NOTE));
    }
}
