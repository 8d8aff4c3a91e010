package io.ipam.store.etcd;

import io.grpc.Deadline;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes the start of the log and expired cooling keys, in batches, within the limit of one call.
 *
 * <p>Thread safety: none.
 */
final class Trimming {
    private static final int COMMITS_PER_LOT = 500;
    private static final int LOTS_PER_CALL = 20;
    private static final int KEYS_PER_LOT = 32;

    private final EtcdCalls calls;
    private final Keys keys;
    private final Values values;
    private final EtcdStoreSettings settings;
    private final Deadline deadline;

    Trimming(EtcdCalls calls, Keys keys, EtcdStoreSettings settings) {
        this.calls = calls;
        this.keys = keys;
        this.values = new Values(keys);
        this.settings = settings;
        this.deadline = calls.deadline();
    }

    void trim(Head head) {
        if (!head.exists()) {
            return;
        }
        Txn.Result present = read(Get.one(keys.head()), Get.one(keys.meta()), Get.range(keys.log(0), keys.logEnd(), 1));
        // A clock that was ahead must not end the cool-downs of other processes.
        long now = Math.min(head.stampMillis(), System.currentTimeMillis());
        Head last = Values.head(present.ranges().get(0).value(), keys.head());
        List<KeyValue> first = present.ranges().get(2).pairs();
        if (!first.isEmpty()) {
            long revision = Math.min(head.revision(), last.revision());
            trimLog(values.revision(first.get(0)), revision, now - settings.keptMillis());
        }
        Optional<Realm> realm = values.realm(present.ranges().get(1).value());
        trimCooling(now - realm.map(Realm::coolDownMillis).orElse(0L));
    }

    /** Deletes the commits that are old enough, and those that exceed the maximum number. */
    private void trimLog(long lowest, long last, long stampMillis) {
        long most = lowest + (long) LOTS_PER_CALL * COMMITS_PER_LOT;
        long excess = Math.max(lowest, last - settings.mostCommits() + 1);
        long kept = Math.min(most, firstAfter(excess, last - settings.keptCommits(), stampMillis));
        for (long from = lowest; from < kept; from += COMMITS_PER_LOT) {
            String end = keys.log(Math.min(kept, from + COMMITS_PER_LOT));
            delete(Condition.exists(keys.log(kept)), new Operation.Delete(keys.log(from), end));
        }
    }

    /**
     * The first of the commits whose stamp is later, or the one after them. It is found by a binary
     * search, because stamps never decrease.
     */
    private long firstAfter(long lowest, long highest, long stampMillis) {
        long from = lowest;
        long to = highest + 1;
        while (from < to) {
            long middle = from + (to - from) / 2;
            if (isAtMost(middle, stampMillis)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** A missing commit was deleted by another process, and is as old as the commits before it. */
    private boolean isAtMost(long revision, long stampMillis) {
        List<KeyValue> found = read(Get.one(keys.log(revision))).ranges().get(0).pairs();
        return found.isEmpty() || values.headOfCommit(found.get(0)).stampMillis() <= stampMillis;
    }

    private void trimCooling(long releasedMillis) {
        String end = Keys.endOf(keys.cooling());
        Optional<String> from = Optional.of(keys.cooling());
        while (from.isPresent()) {
            Range range = read(Get.page(from.get(), end)).ranges().get(0);
            deleteExpired(range.pairs(), releasedMillis);
            from = range.next();
        }
    }

    private void deleteExpired(List<KeyValue> pairs, long releasedMillis) {
        List<KeyValue> expired =
                pairs.stream().filter(pair -> isExpired(pair, releasedMillis)).toList();
        for (int from = 0; from < expired.size(); from += KEYS_PER_LOT) {
            deleteUnchanged(expired.subList(from, Math.min(expired.size(), from + KEYS_PER_LOT)));
        }
    }

    private boolean isExpired(KeyValue pair, long releasedMillis) {
        return values.entry(pair) instanceof Entry.Cooling entry && entry.releasedMillis() <= releasedMillis;
    }

    /** Deletes the keys, unless one of them was replaced after it was read. */
    private void deleteUnchanged(List<KeyValue> pairs) {
        List<Condition> unchanged = new ArrayList<>();
        List<Operation> deletions = new ArrayList<>();
        for (KeyValue pair : pairs) {
            unchanged.add(Condition.is(pair.key(), Optional.of(pair.value())));
            deletions.add(Operation.Delete.one(pair.key()));
        }
        write(new Txn(unchanged, deletions, List.of()));
    }

    private void delete(Condition condition, Operation deletion) {
        write(new Txn(List.of(condition), List.of(deletion), List.of()));
    }

    private Txn.Result read(Get... gets) {
        return calls.read("trim " + keys.root(), Txn.read(gets), deadline);
    }

    /**
     * A deletion with an unknown outcome is reported like a failed read, because it may be
     * repeated.
     */
    private void write(Txn txn) {
        calls.read("trim " + keys.root(), txn, deadline);
    }
}
