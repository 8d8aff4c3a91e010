package io.ipam.simulation;

import io.ipam.allocation.UpdateResult;
import io.ipam.engine.commit.Call;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import java.util.List;

/** A catalog update. Thread safety: none. */
final class AskedUpdate extends Asked {
    private final PoolCatalog expected;
    private final PoolCatalog next;
    private final boolean force;

    AskedUpdate(Process process, List<Moment> timeline, PoolCatalog expected, PoolCatalog next, boolean force) {
        super(process, timeline);
        this.expected = expected;
        this.next = next;
        this.force = force;
    }

    @Override
    Call<?, ?> submit() {
        return member().update(expected, next, force);
    }

    static PoolCatalog catalogOf(Moment moment) {
        return PoolCatalog.of(
                moment.pools.values().stream()
                        .filter(entry -> !entry.detached())
                        .map(Entry.OfPool::pool)
                        .toList(),
                moment.reserved.values().stream().map(Entry.OfReserved::range).toList());
    }

    @Override
    boolean accept(Object result) {
        if (result instanceof UpdateResult.Updated) {
            requireIndex(
                    result,
                    i -> i > from()
                            && catalogOf(moment(i - 1)).equals(expected)
                            && catalogOf(moment(i)).equals(next));
        } else if (result instanceof UpdateResult.Outdated outdated) {
            requireMoment(result, moment -> {
                PoolCatalog present = catalogOf(moment);
                return !present.equals(expected) && present.equals(outdated.current());
            });
        } else {
            requireMoment(result, moment -> catalogOf(moment).equals(expected) && mayBlock(moment));
        }
        return true;
    }

    /** Whether a changed pool, or the range of a new pool, has held addresses. */
    private boolean mayBlock(Moment moment) {
        return moment.pools.values().stream()
                        .anyMatch(entry -> entry.detached() || (entry.closed() && !keepsAddresses(entry.pool())))
                || moment.held.values().stream()
                        .anyMatch(entry -> expected.differences(next).stream()
                                .anyMatch(one -> one.before()
                                                .filter(pool -> pool.name().equals(entry.pool()))
                                                .isPresent()
                                        || one.after()
                                                .filter(pool -> pool.subnet().contains(entry.address()))
                                                .isPresent()));
    }

    private boolean keepsAddresses(Pool pool) {
        return next.pool(pool.name())
                .filter(after -> after.addresses().containsAll(pool.addresses()))
                .isPresent();
    }

    @Override
    boolean mayCause(Change change) {
        return change instanceof Change.PoolPut
                || change instanceof Change.PoolGone
                || change instanceof Change.ReservedPut
                || change instanceof Change.ReservedGone
                || (change instanceof Change.Renewed renewed
                        && renewed.before().owner().equals(renewed.after().owner()));
    }

    @Override
    boolean states(Object result, Change change) {
        return result instanceof UpdateResult.Updated;
    }

    @Override
    String textOf(Object result) {
        return result.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return "update to "
                + next.pools().stream()
                        .map(pool -> pool.name() + pool.ipTexts())
                        .toList()
                + next.reservedRanges().stream()
                        .map(one -> one.addresses().texts())
                        .toList() + (force ? " by force" : "");
    }
}
