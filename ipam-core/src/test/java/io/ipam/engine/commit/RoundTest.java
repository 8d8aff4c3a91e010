package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.UnstorableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decision of waiting calls at one head. */
class RoundTest {
    private final Round<Words> round = new Round<>(Head.NONE, new Words(), 3);

    /** A batch whose changes are words. */
    private static final class Words implements Batch {
        private final List<String> changes = new ArrayList<>();
        private int saved;

        @Override
        public boolean isEmpty() {
            return changes.isEmpty();
        }

        @Override
        public int operations() {
            return changes.size();
        }

        @Override
        public void save() {
            saved = changes.size();
        }

        @Override
        public void undo() {
            changes.subList(saved, changes.size()).clear();
        }

        @Override
        public Commit commit(CommitId id) {
            throw new AssertionError("only decided");
        }

        @Override
        public void discard() {
            throw new AssertionError("only decided");
        }

        @Override
        public void apply(Commit commit) {
            throw new AssertionError("only decided");
        }
    }

    /** A call that adds words to the batch. */
    private static Call<Words, String> adding(String... words) {
        return new Call<>(batch -> {
            batch.changes.addAll(List.of(words));
            return words[0];
        });
    }

    private void decide(List<Call<Words, ?>> calls) {
        round.decide(calls, Integer.MAX_VALUE);
    }

    @Test
    void decide_callDoesNotFitBehindOthers_isLeftForTheNextRound() {
        Call<Words, String> first = adding("a", "b");
        Call<Words, String> second = adding("c", "d");
        Call<Words, String> third = adding("e");
        decide(List.of(first, second, third));
        assertEquals(List.of(first), round.calls());
        assertEquals(List.of(second, third), round.left()); // Otherwise large calls would starve.
        assertEquals(List.of("a", "b"), round.batch().changes);
        assertTrue(second.claim(), "it can be decided in the next round");
    }

    @Test
    void decide_callFitsInNoRound_failsOnlyThatCall() {
        Call<Words, String> large = adding("a", "b", "c", "d");
        Call<Words, String> next = adding("e");
        decide(List.of(large, next));
        assertEquals(
                "the request needs 4 operations of the store, which accepts 3 in one commit; split the request",
                assertThrows(UnstorableException.class, large::result).getMessage());
        assertEquals(List.of(next), round.calls());
        assertEquals(List.of(), round.left());
        assertEquals(List.of("e"), round.batch().changes);
    }

    @Test
    void decide_operationThrows_failsOnlyThatCall() {
        IllegalStateException failure = new IllegalStateException("a bug");
        Call<Words, String> failing = new Call<>(batch -> {
            batch.changes.add("half");
            throw failure;
        });
        Call<Words, String> next = adding("e");
        decide(List.of(failing, next));
        assertSame(failure, assertThrows(IllegalStateException.class, failing::result));
        assertEquals(List.of(next), round.calls());
        assertEquals(List.of(), round.left());
        assertEquals(List.of("e"), round.batch().changes);
    }

    @Test
    void decide_operationMustWait_isLeftForTheNextRound() {
        Call<Words, String> waiting = new Call<>(batch -> null);
        Call<Words, String> next = adding("e");
        decide(List.of(waiting, next));
        assertEquals(List.of(next), round.calls());
        assertEquals(List.of(waiting), round.left());
        assertFalse(waiting.isAnswered());
        assertTrue(waiting.claim(), "it can be decided in the next round");
    }

    /** After a fail-over, the commit that was sent first may still take effect. */
    @Test
    void end_callWasSentBefore_hasAnUnknownOutcome() {
        Call<Words, String> sent = adding("a");
        Call<Words, String> other = adding("b");
        sent.setSent();
        decide(List.of(sent, other));
        round.end(new CorruptStoreException("edited"), true);
        assertThrows(OutcomeUnknownException.class, sent::result);
        assertThrows(CorruptStoreException.class, other::result);
    }
}
