package io.ipam.engine.commit;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the calls of one process into the order of commits, one step at a time. A step calls the
 * store at most once, except a verification. A thread or a simulation runs the steps.
 *
 * <pre>
 * IDLE -- calls with changes -----> SENT -- done or moved -----------------> IDLE
 *   |                               SENT -- unknown --> UNKNOWN -- known --> IDLE
 *   |-- calls without changes ----> CONFIRMING -- news, or none ---------------> IDLE
 *   |-- trimmed, or diverged -----> LOADING -----------------------------------> IDLE
 * any -- a final failure, or closed --> ENDED
 * </pre>
 *
 * <p>After a commit was sent with an unknown outcome, nothing else is decided at its head. The
 * commit is sent again until some commit follows the head. It was accepted if and only if the
 * following commit has its id. If the store refuses it as unstorable, an empty commit is sent that
 * follows the head.
 *
 * <p>Thread safety: none, one thread at a time.
 *
 * @param <B> the batch
 */
public class Committer<B extends Batch> {
    enum Phase {
        IDLE,
        CONFIRMING,
        SENT,
        UNKNOWN,
        LOADING,
        ENDED
    }

    private final StateStore store;
    private final Replica<B> replica;
    private final Inbox<B> inbox;
    private final CommitIds ids;
    private final CommitterSettings settings;
    private final NewsReader<B> newsReader;
    private final StoreComparison<B> comparison;
    private final Runnable onApplied;
    private final Backoff backoff;
    private final Trimmer trimmer;
    private final NewsSchedule schedule;
    private final Contention contention = new Contention();
    Phase phase = Phase.IDLE;
    private @Nullable Round<B> round;
    private Reloaded.Cause reloadCause = Reloaded.Cause.FAILED;
    private int mostCalls = Integer.MAX_VALUE;
    private long closeBy = Long.MAX_VALUE;

    /** A committer of a loaded replica; the callback runs after each change and must not block. */
    public Committer(
            StateStore store,
            Replica<B> replica,
            Inbox<B> inbox,
            CommitIds ids,
            CommitterSettings settings,
            Runnable onApplied) {
        this.onApplied = onApplied;
        this.store = store;
        this.replica = replica;
        this.inbox = inbox;
        this.ids = ids;
        this.settings = settings;
        newsReader = new NewsReader<>(replica);
        comparison = new StoreComparison<>(store, replica, inbox);
        trimmer = new Trimmer(store, replica);
        schedule = new NewsSchedule(settings.newsIntervalMillis());
        backoff = new Backoff(settings, ids.seed());
    }

    /**
     * Makes one step.
     *
     * @param nowMillis the time of a monotonic clock, not the time of day
     * @return the time until the next step; {@link Pause#END} after the last one
     */
    public Pause step(long nowMillis) {
        if (inbox.isClosing() && closeBy == Long.MAX_VALUE) {
            closeBy = nowMillis + settings.closeMillis();
        }
        try {
            return switch (phase) {
                case IDLE -> idle(nowMillis);
                case CONFIRMING -> confirm(nowMillis);
                case SENT, UNKNOWN -> send(nowMillis);
                case LOADING -> load(nowMillis);
                case ENDED -> Pause.END;
            };
        } catch (StoreUnavailableException e) {
            return putOff(nowMillis, e);
        } catch (StoreException | Error e) {
            return end(e);
        } catch (RuntimeException e) {
            return end(new StoreException("the committer failed: " + e + "; open the realm again", e));
        }
    }

    private Pause idle(long nowMillis) {
        if (inbox.isClosing()) {
            return close();
        }
        if (trimmer.trimIfDue()) {
            onApplied.run();
            return Pause.NONE;
        }
        Call<B, List<String>> verification = inbox.takeVerification();
        if (verification != null) {
            if (!comparison.answer(verification, this::apply) && phase == Phase.IDLE) {
                reload(Reloaded.Cause.DIVERGED);
            }
            return Pause.NONE;
        }
        if (contention.needsNews() && inbox.hasCalls()) {
            contention.read(apply(store.newsBeforeCommit(replica.head())));
            return Pause.NONE;
        }
        Round<B> next = new Round<>(replica.head(), replica.newBatch(), store.operationsPerCommit());
        next.decide(inbox.takeAll(), mostCalls);
        inbox.putBack(next.left());
        mostCalls = Integer.MAX_VALUE;
        if (next.calls().isEmpty()) {
            return lookForNews(nowMillis);
        }
        contention.endRead();
        round = next;
        phase = next.batch().isEmpty() ? Phase.CONFIRMING : Phase.SENT;
        return Pause.NONE;
    }

    private Pause lookForNews(long nowMillis) {
        boolean isDue = schedule.isDue(nowMillis);
        if (contention.endRead() || inbox.takeHint() || isDue) {
            News news = store.newsAfter(replica.head());
            apply(news);
            if (!schedule.read(news, nowMillis) && phase == Phase.IDLE) {
                replica.confirmed(nowMillis);
            }
            backoff.reset();
        }
        return phase == Phase.IDLE ? schedule.untilNext(nowMillis) : Pause.NONE;
    }

    Pause confirm(long nowMillis) {
        Round<B> asked = current();
        News news = store.newsAfter(asked.expected());
        backoff.reset();
        if (news.equals(News.Since.NONE)) {
            replica.confirmed(nowMillis);
            asked.calls().forEach(Call::answer);
        } else {
            inbox.putBack(asked.withdraw());
            contention.overtaken();
        }
        finish();
        apply(news);
        return Pause.NONE;
    }

    Pause send(long nowMillis) {
        Round<B> sent = current();
        if (nowMillis >= closeBy) {
            return close();
        }
        try {
            Commit next = sent.next(ids);
            Attempt attempt = store.commit(sent.expected(), next);
            backoff.reset();
            if (attempt instanceof Attempt.Moved moved) {
                moved(sent, moved.news(), nowMillis);
            } else if (sent.isDisplaced()) {
                moved(sent, new News.Since(List.of(next)), nowMillis);
            } else {
                accepted(sent, nowMillis);
            }
            return Pause.NONE;
        } catch (OutcomeUnknownException e) {
            phase = Phase.UNKNOWN;
            sent.calls().forEach(Call::setSent);
            inbox.removeAnswered();
            return Pause.afterFailure(backoff.next(e));
        } catch (UnstorableException e) {
            return unstorable(sent, e);
        }
    }

    private Pause unstorable(Round<B> sent, UnstorableException cause) {
        mostCalls = Math.max(1, sent.calls().size() / 2);
        if (phase == Phase.UNKNOWN) { // An earlier attempt may still take effect.
            sent.displace(replica.newBatch().commit(ids.next()));
            return Pause.afterFailure(backoff.next(cause));
        }
        if (sent.calls().size() == 1) {
            sent.calls().get(0).fail(cause);
        }
        inbox.putBack(sent.withdraw());
        finish();
        return Pause.NONE;
    }

    private void accepted(Round<B> sent, long nowMillis) {
        Commit commit = sent.commit(ids);
        phase = Phase.IDLE; // The commit is in the store, whatever happens next.
        if (NewsReader.isRewrite(commit)) {
            reload(Reloaded.Cause.REWRITTEN); // The calls are answered after the load.
            return;
        }
        try {
            sent.batch().apply(commit);
        } catch (OutOfMemoryError | StackOverflowError e) {
            reload(Reloaded.Cause.FAILED);
            return;
        }
        finish();
        sent.calls().forEach(Call::answer);
        onApplied.run();
        trimmer.note(commit.head());
        replica.confirmed(nowMillis);
    }

    private void moved(Round<B> sent, News news, long nowMillis) {
        if (news instanceof News.Since since) {
            if (isOwn(sent, since)) {
                accepted(sent, nowMillis);
                apply(new News.Since(since.commits().subList(1, since.commits().size())));
                return;
            }
            contention.lost();
            inbox.putBack(sent.withdraw());
        } else {
            sent.batch().discard();
            sent.calls().forEach(call -> call.giveUp("the log no longer shows the outcome"));
        }
        finish();
        apply(news);
    }

    boolean isOwn(Round<B> sent, News.Since sinceExpected) {
        return sent.isOwn(sinceExpected);
    }

    private boolean apply(News news) {
        if (phase != Phase.IDLE) {
            return false;
        }
        try {
            Reloaded.Cause cause = newsReader.apply(news);
            onApplied.run();
            if (cause != null) {
                reload(cause);
            }
        } catch (OutOfMemoryError | StackOverflowError e) {
            reload(Reloaded.Cause.FAILED);
        }
        return !news.equals(News.Since.NONE);
    }

    private void reload(Reloaded.Cause cause) {
        if (cause == Reloaded.Cause.DIVERGED) {
            inbox.giveUpSent("the store has another history");
        }
        reloadCause = cause;
        phase = Phase.LOADING;
    }

    private Pause load(long nowMillis) {
        if (nowMillis >= closeBy) {
            return close();
        }
        try (Image image = store.load()) {
            replica.load(image, reloadCause);
            replica.confirmed(nowMillis);
        }
        onApplied.run();
        backoff.reset();
        if (round != null) { // The loaded state contains its commit.
            round.calls().forEach(Call::answer);
        }
        finish();
        return Pause.NONE;
    }

    /** Retries later, since the store did nothing. A batch that was never sent is decided again. */
    private Pause putOff(long nowMillis, StoreUnavailableException cause) {
        if (phase == Phase.SENT || phase == Phase.CONFIRMING) {
            inbox.putBack(current().withdraw());
            finish();
        }
        inbox.removeAnswered();
        long delay = backoff.next(cause);
        schedule.putOff(nowMillis, delay);
        return Pause.afterFailure(delay);
    }

    /** {@return the store's failure since its last success, null if there is none; thread-safe} */
    public @Nullable Throwable storeFailure() {
        return backoff.failure();
    }

    Round<B> current() {
        return requireNonNull(round, "round");
    }

    void finish() {
        round = null;
        phase = Phase.IDLE;
    }

    private Pause close() {
        return end(new StoreUnavailableException("the Ipam was closed"));
    }

    private Pause end(Throwable cause) {
        inbox.fail(cause); // Before the round: its callers can then read the failure.
        if (round != null) {
            boolean isCertain = phase == Phase.CONFIRMING
                    || (phase == Phase.SENT && (cause instanceof CorruptStoreException || cause instanceof Error));
            round.end(cause, isCertain);
        }
        phase = Phase.ENDED;
        if (!inbox.isClosing()) {
            replica.report(new AllocationEvent.Stopped(cause));
            onApplied.run();
        }
        return Pause.END;
    }
}
