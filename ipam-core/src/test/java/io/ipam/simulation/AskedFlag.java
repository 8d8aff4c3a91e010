package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.engine.commit.Call;
import io.ipam.store.Change;
import io.ipam.store.Head;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A request whose result is yes or no. Thread safety: none. */
final class AskedFlag extends Asked {
    private final String text;
    private final Supplier<Call<?, ?>> submission;
    private final BiPredicate<AskedFlag, Boolean> check;
    private final Predicate<Change> cause;

    private AskedFlag(
            Process process,
            List<Moment> timeline,
            String text,
            Supplier<Call<?, ?>> submission,
            BiPredicate<AskedFlag, Boolean> check,
            Predicate<Change> cause) {
        super(process, timeline);
        this.text = text;
        this.submission = submission;
        this.check = check;
        this.cause = cause;
    }

    static AskedFlag openPool(Process process, List<Moment> timeline, String pool) {
        Predicate<Change> opens = change -> change instanceof Change.PoolPut put
                && put.after().pool().name().equals(pool)
                && !put.after().closed();
        return new AskedFlag(
                process,
                timeline,
                "open pool " + pool,
                () -> process.member().openPool(pool),
                (asked, isOpened) -> asked.explain(isOpened, opens, i -> !asked.isClosed(i, pool)),
                opens);
    }

    static AskedFlag releaseStray(Process process, List<Moment> timeline, Address address) {
        Predicate<Change> releases = change -> change instanceof Change.Released released
                && released.before().address().equals(address);
        return new AskedFlag(
                process,
                timeline,
                "release stray " + address,
                () -> process.member().releaseStray(address),
                (asked, isReleased) -> asked.explain(
                        isReleased, releases, i -> !asked.moment(i).isStrayAt(address)),
                releases);
    }

    static AskedFlag sync(Process process, List<Moment> timeline) {
        return new AskedFlag(
                process,
                timeline,
                "sync",
                () -> process.member().sync(),
                (asked, isSynchronised) -> asked.explainSync(),
                change -> false);
    }

    @Override
    Call<?, ?> submit() {
        return submission.get();
    }

    @Override
    boolean accept(Object result) {
        return check.test(this, (Boolean) result);
    }

    private boolean explain(boolean isDone, Predicate<Change> does, IntPredicate isVoid) {
        requireIndex(
                isDone,
                isDone
                        ? i -> i > from()
                                && moment(i).by != null
                                && moment(i).by.changes().stream().anyMatch(does)
                        : isVoid);
        return true;
    }

    private boolean isClosed(int i, String pool) {
        return moment(i).pools.containsKey(pool) && moment(i).pools.get(pool).closed();
    }

    private boolean explainSync() {
        Head head = member().head();
        requireIndex(true, i -> moment(i).head.isSameCommitAs(head));
        return true;
    }

    @Override
    boolean mayCause(Change change) {
        return cause.test(change);
    }

    @Override
    boolean states(Object result, Change change) {
        return (Boolean) result;
    }

    @Override
    public String toString() {
        return text;
    }
}
