package io.ipam.bitmap;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Sequences of changes to both forms against java.util.BitSet, with every invariant checked after
 * every step.
 */
class BitmapModelTest {
    private static final int POSITIONS = 9000;

    /** One change; only some changes use b. */
    record Action(Kind kind, int a, int b) {
        enum Kind {
            SET,
            CLEAR,
            SET_RUN,
            CLEAR_RUN,
            SET_LOWEST,
            TAKE_BLOCK
        }

        void run(BitmapForm.Subject s) {
            switch (kind) {
                case SET -> s.set(a);
                case CLEAR -> s.clear(a);
                case SET_RUN -> s.setRun(Math.min(a, b), Math.max(a, b));
                case CLEAR_RUN -> clearWholeRun(s);
                case SET_LOWEST -> s.setLowestClear();
                case TAKE_BLOCK -> s.nextClearBlock(a, b % 13, POSITIONS - 1);
            }
        }

        /** Usually a run that is set, starting at its first position at or after a. */
        private void clearWholeRun(BitmapForm.Subject s) {
            int first = s.oracle().nextSetBit(a);
            if (first < 0 || (b & 7) == 0) {
                s.clearRun(Math.min(a, b), Math.max(a, b));
                return;
            }
            int end = s.oracle().nextClearBit(first);
            s.clearRun(first, first + b % (end - first));
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        // Near the edges of words, blocks of 64 words, and the domain.
        Arbitrary<Integer> positions = Arbitraries.oneOf(
                Arbitraries.integers().between(0, POSITIONS - 1),
                Arbitraries.integers().between(0, 140),
                Arbitraries.of(63, 64, 127, 128, 4095, 4096, 4097, 8191, 8192, POSITIONS - 2, POSITIONS - 1));
        return Combinators.combine(Arbitraries.of(Action.Kind.class), positions, positions)
                .as(Action::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void changes_anySequence_agreeWithModel(@ForAll BitmapForm form, @ForAll("actions") List<Action> sequence) {
        BitmapForm.Subject subject = form.of(POSITIONS);
        for (Action action : sequence) {
            action.run(subject);
            subject.bitmap().verify();
            subject.counts();
            subject.nextClear(action.a());
            subject.select(action.b());
        }
        subject.runs(0);
    }

    /**
     * Every sequence of four changes on seven positions around the end of a word, from each of the
     * 128 states.
     */
    @Property(tries = 1)
    void changes_shortSequencesAtTheEndOfAWord_agreeWithModel() {
        for (BitmapForm form : BitmapForm.values()) {
            for (int state = 0; state < 128; state++) {
                BitmapForm.Subject subject = form.of(130);
                if (state % 2 == 0) {
                    subject.setRun(0, 60); // So that the word is full when positions 61..63 are set.
                }
                for (int i = 0; i < 7; i++) {
                    if ((state >>> i & 1) != 0) {
                        subject.set(61 + i);
                    }
                }
                everyChange(subject, 4);
            }
        }
    }

    private void everyChange(BitmapForm.Subject subject, int depth) {
        subject.bitmap().verify();
        subject.nextClear(0);
        subject.runs(0);
        for (int i = 0; depth > 0 && i < 7; i++) {
            boolean set = subject.oracle().get(61 + i);
            turn(subject, 61 + i, !set);
            if (depth == 1 || i % 3 == 0) {
                everyChange(subject, depth - 1);
            }
            turn(subject, 61 + i, set);
        }
    }

    private void turn(BitmapForm.Subject subject, int i, boolean on) {
        if (on) {
            subject.set(i);
        } else {
            subject.clear(i);
        }
    }
}
