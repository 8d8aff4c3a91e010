package io.ipam.store.testkit;

import org.junit.jupiter.api.Test;

/** Random commits of several sessions, verified by {@link HistoryChecker}. */
public interface FuzzContract extends StoreContract {
    @Test
    default void fuzz_randomCommits_haveOneOrder() {
        StoreFuzzer.of(() -> realm().session()).run();
    }
}
