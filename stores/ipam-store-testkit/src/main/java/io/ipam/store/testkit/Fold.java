package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a realm as the fold of its commits, computed by the simplest means. A commit that
 * does not fit fails the test. Thread safety: none.
 */
final class Fold {
    private record Key(Class<?> kind, Object name) {}

    private final Map<Key, Entry> entries = new HashMap<>();
    private Optional<Realm> realm = Optional.empty();
    private Head head = Head.NONE;

    static Fold of(List<Commit> commits) {
        Fold fold = new Fold();
        commits.forEach(fold::apply);
        return fold;
    }

    Head head() {
        return head;
    }

    Optional<Realm> realm() {
        return realm;
    }

    Set<Entry> entries() {
        return new LinkedHashSet<>(entries.values());
    }

    Optional<Entry.Held> held(Address address) {
        return Optional.ofNullable((Entry.Held) entries.get(new Key(Entry.Held.class, address)));
    }

    long countHeld() {
        return entries.values().stream().filter(Entry.Held.class::isInstance).count();
    }

    void apply(Commit commit) {
        Guarantee.ORDER.check(commit.follows(head), commit.head() + " is after " + head);
        commit.changes().forEach(this::apply);
        head = commit.head();
        Guarantee.GUARDED.equal(commit.head().held(), countHeld(), "the number of held addresses at " + head);
    }

    private void apply(Change change) {
        if (change instanceof Change.Granted granted) {
            replace(null, granted.held());
            entries.remove(new Key(Entry.Cooling.class, granted.held().address()));
        } else if (change instanceof Change.Renewed renewed) {
            replace(renewed.before(), renewed.after());
        } else if (change instanceof Change.Released released) {
            replace(released.before(), null);
            released.cooling().ifPresent(cooling -> entries.put(key(cooling), cooling));
        } else if (change instanceof Change.Cooled cooled) {
            entries.put(key(cooled.cooling()), cooled.cooling());
        } else if (change instanceof Change.RealmPut put) {
            Guarantee.GUARDED.equal(put.before(), realm, "the settings before " + put);
            realm = Optional.of(put.after());
        } else {
            define(change);
        }
    }

    private void define(Change change) {
        if (change instanceof Change.PoolPut put) {
            replace(put.before().orElse(null), put.after());
        } else if (change instanceof Change.PoolGone gone) {
            replace(gone.before(), null);
        } else if (change instanceof Change.ReservedPut put) {
            replace(put.before().orElse(null), put.after());
        } else if (change instanceof Change.ReservedGone gone) {
            replace(gone.before(), null);
        }
    }

    private void replace(@Nullable Entry before, @Nullable Entry after) {
        Entry named = before != null ? before : after;
        if (named == null) {
            throw new IllegalArgumentException("one of before and after must be present");
        }
        Entry present = entries.get(key(named));
        Guarantee.GUARDED.equal(identity(before), identity(present), "the entry before a change of " + named);
        if (after == null) {
            entries.remove(key(named));
        } else {
            entries.put(key(after), after);
        }
    }

    /** A held entry is guarded by its generation only. */
    private static Optional<Object> identity(@Nullable Entry entry) {
        return Optional.ofNullable(entry instanceof Entry.Held held ? (Object) held.generation() : entry);
    }

    private static Key key(Entry entry) {
        if (entry instanceof Entry.Held held) {
            return new Key(Entry.Held.class, held.address());
        } else if (entry instanceof Entry.Cooling cooling) {
            return new Key(Entry.Cooling.class, cooling.address());
        } else if (entry instanceof Entry.OfPool of) {
            return new Key(Entry.OfPool.class, of.pool().name());
        }
        return new Key(
                Entry.OfReserved.class, ((Entry.OfReserved) entry).range().name());
    }
}
