package io.ipam.simulation;

import io.ipam.store.Attempt;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.SimulatedRealm;
import io.ipam.store.StateStore;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.function.Supplier;

/**
 * One session with the simulated realm; each call has the fate that is set. Thread safety: none.
 */
final class SimulatedSession implements StateStore {
    /** Receives commits that are under way, and lines for the trace. */
    interface Network {
        void late(Head expected, Commit next);

        boolean isDown();

        void log(Supplier<String> line);
    }

    private final SimulatedRealm realm;
    private final Network network;
    private final int operationsPerCommit;
    private Supplier<Fate> fates = () -> Fate.OK;
    private long lastSequence;
    private boolean isUnresolved;

    SimulatedSession(SimulatedRealm realm, Network network, int operationsPerCommit) {
        this.realm = realm;
        this.network = network;
        this.operationsPerCommit = operationsPerCommit;
    }

    void setFates(Supplier<Fate> next) {
        fates = next;
    }

    /** The sequence of the last commit that was sent. */
    long lastSequence() {
        return lastSequence;
    }

    /** Whether the outcome of the last commit that was sent is unknown. */
    boolean isUnresolved() {
        return isUnresolved;
    }

    private Fate fate() {
        return network.isDown() ? Fate.UNAVAILABLE : fates.get();
    }

    private void requireReachable(String call) {
        Fate fate = fate();
        if (fate == Fate.UNAVAILABLE || fate == Fate.LOST) {
            network.log(() -> "  " + call + ": unavailable");
            throw new StoreUnavailableException("simulated");
        }
    }

    @Override
    public Image load() {
        requireReachable("load");
        Image image = realm.load();
        network.log(() -> "  load: " + image.head());
        return image;
    }

    @Override
    public News newsAfter(Head known) {
        requireReachable("news");
        News news = realm.newsAfter(known);
        network.log(() -> "  news after " + known.revision() + ": " + textOf(news));
        return news;
    }

    @Override
    public Attempt commit(Head expected, Commit next) {
        Fate fate = fate();
        network.log(() -> "  commit " + next.head() + " " + fate + " " + textOf(next));
        lastSequence = next.head().id().sequence();
        return switch (fate) {
            case OK -> known(realm.commit(expected, next));
            case HIDDEN_RETRY -> retried(realm.commit(expected, next), expected, next);
            case UNAVAILABLE -> throw new StoreUnavailableException("simulated");
            case UNSTORABLE -> throw new UnstorableException("simulated");
            case LOST -> throw unknown();
            case LATE -> {
                network.late(expected, next);
                throw unknown();
            }
            case ANSWER_LOST -> {
                arrive(expected, next);
                throw unknown();
            }
        };
    }

    private Attempt retried(Attempt first, Head expected, Commit next) {
        return known(first instanceof Attempt.Done ? realm.commit(expected, next) : first);
    }

    private Attempt known(Attempt attempt) {
        isUnresolved = false;
        network.log(
                () -> "    " + (attempt instanceof Attempt.Moved moved ? "moved: " + textOf(moved.news()) : "done"));
        return attempt;
    }

    private OutcomeUnknownException unknown() {
        isUnresolved = true;
        return new OutcomeUnknownException("simulated");
    }

    /** A commit whose answer is lost. */
    private void arrive(Head expected, Commit next) {
        try {
            Attempt attempt = realm.commit(expected, next);
            network.log(
                    () -> "    " + (attempt instanceof Attempt.Done ? "done" : "moved") + ", and the answer is lost");
        } catch (CorruptStoreException e) {
            network.log(() -> "    corrupt, and the answer is lost");
        }
    }

    static String textOf(News news) {
        return news instanceof News.Since since
                ? since.commits().stream()
                        .map(commit -> commit.head().id().toString())
                        .toList()
                        .toString()
                : news.getClass().getSimpleName();
    }

    static String textOf(Commit commit) {
        return commit.changes().stream().map(SimulatedSession::textOf).toList().toString();
    }

    private static String textOf(Change change) {
        if (change instanceof Change.Granted one) {
            return "+" + one.held().address() + " "
                    + one.held().owner().map(Object::toString).orElse("?") + " #"
                    + one.held().generation();
        }
        if (change instanceof Change.Released one) {
            return "-" + one.before().address();
        }
        if (change instanceof Change.Renewed one) {
            return "=" + one.after().address() + " "
                    + one.after().owner().map(Object::toString).orElse("?") + " #"
                    + one.after().generation();
        }
        if (change instanceof Change.PoolPut one) {
            return one.after().pool().name() + (one.after().detached() ? " detached" : "")
                    + (one.after().closed() ? " closed" : "") + " "
                    + one.after().pool().ipTexts();
        }
        return change instanceof Change.PoolGone one
                ? one.before().pool().name() + " gone"
                : change.getClass().getSimpleName();
    }

    @Override
    public void trim(Head head) {
        requireReachable("trim");
    }

    @Override
    public int operationsPerCommit() {
        return operationsPerCommit;
    }

    @Override
    public int operations(Change change) {
        return 1;
    }

    @Override
    public void close() {
        // Holds no resources.
    }
}
