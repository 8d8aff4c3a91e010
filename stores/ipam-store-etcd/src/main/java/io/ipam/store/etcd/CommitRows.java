package io.ipam.store.etcd;

import io.ipam.documents.StoreText;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The guards and operations of the changes of a commit. Thread safety: none. */
final class CommitRows {
    private final Keys keys;
    private final List<Condition> guards = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final boolean hasCoolDown;

    /** The rows of changes in a realm with or without a cool-down. */
    CommitRows(Keys keys, List<Change> changes, boolean hasCoolDown) {
        this.keys = keys;
        this.hasCoolDown = hasCoolDown;
        changes.forEach(this::add);
    }

    /** The number of operations of a change, at least 1. */
    static int count(Change change, boolean hasCoolDown) {
        if (change instanceof Change.Released released) {
            return released.cooling().isPresent() || hasCoolDown ? 2 : 1;
        }
        return change instanceof Change.RealmPut put && beginsCoolDown(put) ? 2 : 1;
    }

    private static boolean beginsCoolDown(Change.RealmPut put) {
        return put.before().isPresent()
                && put.before().get().coolDownMillis() == 0
                && put.after().coolDownMillis() > 0;
    }

    List<Condition> guards() {
        return guards;
    }

    List<Operation> operations() {
        return operations;
    }

    private void add(Change change) {
        if (change instanceof Change.Granted granted) {
            replace(Optional.empty(), Optional.of(granted.held()));
        } else if (change instanceof Change.Renewed renewed) {
            replace(Optional.of(renewed.before()), Optional.of(renewed.after()));
        } else if (change instanceof Change.Released released) {
            release(released);
        } else if (change instanceof Change.Cooled cooled) {
            put(cooled.cooling());
        } else if (change instanceof Change.RealmPut put) {
            replace(put);
        } else {
            define(change);
        }
    }

    private void define(Change change) {
        if (change instanceof Change.PoolPut put) {
            replace(put.before(), Optional.of(put.after()));
        } else if (change instanceof Change.PoolGone gone) {
            replace(Optional.of(gone.before()), Optional.empty());
        } else if (change instanceof Change.ReservedPut put) {
            replace(put.before(), Optional.of(put.after()));
        } else if (change instanceof Change.ReservedGone gone) {
            replace(Optional.of(gone.before()), Optional.empty());
        }
    }

    /**
     * A grant keeps the cooling key of its address, which a load omits while the address is held.
     * So a grant needs one operation, and a release replaces or deletes that key. In a realm
     * without a cool-down, the key stays: a load omits it, and the change that begins a cool-down
     * deletes it.
     */
    private void release(Change.Released released) {
        replace(Optional.of(released.before()), Optional.empty());
        if (released.cooling().isPresent()) {
            put(released.cooling().get());
        } else if (hasCoolDown) {
            operations.add(
                    Operation.Delete.one(keys.cooling() + released.before().address()));
        }
    }

    private void replace(Optional<? extends Entry> before, Optional<? extends Entry> after) {
        String key = keys.of(before.isPresent() ? before.get() : after.orElseThrow());
        guards.add(Condition.is(key, before.map(StoreText::format)));
        after.ifPresentOrElse(this::put, () -> operations.add(Operation.Delete.one(key)));
    }

    private void replace(Change.RealmPut put) {
        guards.add(Condition.is(keys.meta(), put.before().map((Realm realm) -> StoreText.format(realm))));
        operations.add(new Operation.Put(keys.meta(), StoreText.format(put.after())));
        if (beginsCoolDown(put)) {
            operations.add(new Operation.Delete(keys.cooling(), Keys.endOf(keys.cooling())));
        }
    }

    private void put(Entry entry) {
        operations.add(new Operation.Put(keys.of(entry), StoreText.format(entry)));
    }
}
