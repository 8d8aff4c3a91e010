package io.ipam.store;

import io.ipam.address.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one realm as the result of its commits. Guards are verified before a commit
 * changes anything.
 *
 * <p>Thread safety: none.
 */
final class RealmRows {
    private final Map<String, Entry.OfPool> pools = new TreeMap<>();
    private final Map<String, Entry.OfReserved> reserved = new TreeMap<>();
    private final Map<Address, Entry.Held> held = new TreeMap<>();
    private final Map<Address, Entry.Cooling> cooling = new TreeMap<>();
    private @Nullable Realm realm;

    /** A copy. */
    RealmRows copy() {
        RealmRows copy = new RealmRows();
        copy.pools.putAll(pools);
        copy.reserved.putAll(reserved);
        copy.held.putAll(held);
        copy.cooling.putAll(cooling);
        copy.realm = realm;
        return copy;
    }

    Optional<Realm> realm() {
        return Optional.ofNullable(realm);
    }

    Map<Address, Entry.Held> held() {
        return held;
    }

    /** The entries in the order of {@link Image#entries}. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(pools.values());
        entries.addAll(reserved.values());
        entries.addAll(held.values());
        entries.addAll(cooling.values());
        return entries;
    }

    /** Applies the changes of a commit, or throws CorruptStoreException and changes nothing. */
    void apply(Commit commit) {
        commit.changes().forEach(change -> verify(change, commit.head()));
        commit.changes().forEach(this::apply);
    }

    private void verify(Change change, Head head) {
        if (change instanceof Change.Granted granted) {
            guard(head, granted.held().address(), null, held.get(granted.held().address()));
        } else if (change instanceof Change.Renewed renewed) {
            guardHeld(head, renewed.before());
        } else if (change instanceof Change.Released released) {
            guardHeld(head, released.before());
        } else if (change instanceof Change.PoolPut put) {
            String name = put.after().pool().name();
            guard(head, "pool " + name, put.before().orElse(null), pools.get(name));
        } else if (change instanceof Change.PoolGone gone) {
            String name = gone.before().pool().name();
            guard(head, "pool " + name, gone.before(), pools.get(name));
        } else if (change instanceof Change.ReservedPut put) {
            String name = put.after().range().name();
            guard(head, "reserved range " + name, put.before().orElse(null), reserved.get(name));
        } else if (change instanceof Change.ReservedGone gone) {
            String name = gone.before().range().name();
            guard(head, "reserved range " + name, gone.before(), reserved.get(name));
        } else if (change instanceof Change.RealmPut put) {
            guard(head, "realm", put.before().orElse(null), realm);
        }
    }

    private void guardHeld(Head head, Entry.Held before) {
        Entry.Held present = held.get(before.address());
        if (present == null || present.generation() != before.generation()) {
            guard(head, before.address(), before, present);
        }
    }

    private static void guard(Head head, Object key, @Nullable Object expected, @Nullable Object present) {
        if (expected == null ? present != null : !expected.equals(present)) {
            throw new CorruptStoreException("cannot commit " + head + ": the entry of " + key + " must be "
                    + (expected == null ? "absent" : expected) + ", was " + (present == null ? "absent" : present));
        }
    }

    private void apply(Change change) {
        if (change instanceof Change.Granted granted) {
            Entry.Held entry = granted.held();
            held.put(entry.address(), entry);
            cooling.remove(entry.address());
        } else if (change instanceof Change.Renewed renewed) {
            held.put(renewed.after().address(), renewed.after());
        } else if (change instanceof Change.Released released) {
            held.remove(released.before().address());
            released.cooling().ifPresent(this::cool);
        } else if (change instanceof Change.Cooled cooled) {
            cool(cooled.cooling());
        } else if (change instanceof Change.RealmPut put) {
            realm = put.after();
        } else {
            define(change);
        }
    }

    private void define(Change change) {
        if (change instanceof Change.PoolPut put) {
            pools.put(put.after().pool().name(), put.after());
        } else if (change instanceof Change.PoolGone gone) {
            pools.remove(gone.before().pool().name());
        } else if (change instanceof Change.ReservedPut put) {
            reserved.put(put.after().range().name(), put.after());
        } else if (change instanceof Change.ReservedGone gone) {
            reserved.remove(gone.before().range().name());
        }
    }

    private void cool(Entry.Cooling entry) {
        cooling.put(entry.address(), entry);
    }

    /** Deletes the cooling entries that have expired. */
    void removeExpired(long nowMillis) {
        long coolDown = realm == null ? 0 : realm.coolDownMillis();
        cooling.values().removeIf(entry -> entry.releasedMillis() <= nowMillis - coolDown);
    }
}
