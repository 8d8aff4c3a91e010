package io.ipam.engine.commit;

import io.ipam.store.News;
import io.ipam.store.StateStore;

/** Committers that break one rule each. Thread safety: none. */
public final class PlantedCommitter {
    private PlantedCommitter() {}

    /** The phase of a committer. */
    public static String phaseOf(Committer<?> committer) {
        return committer.phase.name();
    }

    /** Returns results to its callers before it sends their commit. */
    public static final class AnswersEarly<B extends Batch> extends Committer<B> {
        public AnswersEarly(
                StateStore store,
                Replica<B> replica,
                Inbox<B> inbox,
                CommitIds ids,
                CommitterSettings settings,
                Runnable onApplied) {
            super(store, replica, inbox, ids, settings, onApplied);
        }

        @Override
        Pause send(long nowMillis) {
            current().calls().forEach(Call::answer);
            return super.send(nowMillis);
        }
    }

    /** Returns the results of a round without changes without requesting news. */
    public static final class DoesNotConfirm<B extends Batch> extends Committer<B> {
        public DoesNotConfirm(
                StateStore store,
                Replica<B> replica,
                Inbox<B> inbox,
                CommitIds ids,
                CommitterSettings settings,
                Runnable onApplied) {
            super(store, replica, inbox, ids, settings, onApplied);
        }

        @Override
        Pause confirm(long nowMillis) {
            current().calls().forEach(Call::answer);
            finish();
            return Pause.NONE;
        }
    }

    /** Recognises its own commit only after an unknown outcome. */
    public static final class RecognisesLate<B extends Batch> extends Committer<B> {
        public RecognisesLate(
                StateStore store,
                Replica<B> replica,
                Inbox<B> inbox,
                CommitIds ids,
                CommitterSettings settings,
                Runnable onApplied) {
            super(store, replica, inbox, ids, settings, onApplied);
        }

        @Override
        boolean isOwn(Round<B> sent, News.Since sinceExpected) {
            return phase == Phase.UNKNOWN && super.isOwn(sent, sinceExpected);
        }
    }
}
