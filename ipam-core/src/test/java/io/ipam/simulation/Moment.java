package io.ipam.simulation;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Realm;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a realm at one moment, as a plain fold of its commits, independent of the engine.
 * Thread safety: immutable, except for rows that are deleted by hand.
 */
final class Moment {
    static final Moment NONE = new Moment(null, Head.NONE, null);

    final Head head;
    /** The commit that led to this moment; null before the first one. */
    final @Nullable Commit by;

    final Map<String, Entry.OfPool> pools = new TreeMap<>();
    final Map<String, Entry.OfReserved> reserved = new TreeMap<>();
    final Map<Address, Entry.Held> held = new TreeMap<>();
    final Map<Address, Entry.Cooling> cooling = new TreeMap<>();
    private @Nullable Realm realm;
    private @Nullable Set<String> reports;

    private Moment(@Nullable Moment before, Head head, @Nullable Commit by) {
        this.head = head;
        this.by = by;
        if (before != null) {
            pools.putAll(before.pools);
            reserved.putAll(before.reserved);
            held.putAll(before.held);
            cooling.putAll(before.cooling);
            realm = before.realm;
        }
    }

    /** The events of the commit, as texts. */
    Set<String> reports() {
        Set<String> made = reports;
        if (made == null) {
            made = new HashSet<>();
            if (by != null) {
                for (Change change : by.changes()) {
                    made.addAll(Listener.textsOf(change));
                }
            }
            reports = made;
        }
        return made;
    }

    /** A copy without a row that was deleted by hand. */
    Moment without(Address deleted) {
        Moment edited = new Moment(this, head, null);
        edited.held.remove(deleted);
        return edited;
    }

    boolean isLoading() {
        return realm != null && realm.phase() == Realm.Phase.LOADING;
    }

    boolean isOpen() {
        return realm != null && realm.phase() == Realm.Phase.OPEN;
    }

    long coolDownMillis() {
        return realm == null ? 0 : realm.coolDownMillis();
    }

    /** The state after a commit; throws if the commit breaks a promise. */
    Moment after(Commit commit, boolean hasTrueClocks) {
        require(commit.follows(head), commit, "does not follow " + head);
        Moment next = new Moment(this, commit.head(), commit);
        commit.changes().forEach(change -> next.release(change, commit));
        commit.changes().forEach(change -> next.apply(change, commit));
        boolean isFound = commit.changes().stream().anyMatch(Change.AsFound.class::isInstance);
        require(
                commit.head().lastGeneration() >= head.lastGeneration() || isLoading(),
                commit,
                "has an old generation");
        long more = commit.head().held() - head.held();
        require(isFound || more == next.held.size() - held.size(), commit, "counts otherwise than " + next.held.size());
        verifyGenerations(commit, isFound);
        next.verifyOneAddressEach(commit);
        if (isOpen() && hasTrueClocks) {
            verifyCooling(commit);
        }
        return next;
    }

    private static void require(boolean isTrue, Commit commit, String finding) {
        if (!isTrue) {
            throw new Violation("the commit " + commit.head() + " " + finding);
        }
    }

    private void release(Change change, Commit commit) {
        if (change instanceof Change.Released released) {
            Entry.Held before = held.remove(released.before().address());
            require(released.before().equals(before), commit, "releases " + released.before() + ", held is " + before);
        }
    }

    private void apply(Change change, Commit commit) {
        if (change instanceof Change.Granted granted) {
            Entry.Held entry = granted.held();
            Entry.Held other = held.put(entry.address(), entry);
            require(other == null, commit, "grants " + entry + ", which is held: " + other);
            require(!isOpen() || isUsable(entry), commit, "grants " + entry + ", which its pool may not allocate");
            cooling.remove(entry.address());
        } else if (change instanceof Change.Renewed renewed) {
            Entry.Held before = held.put(renewed.after().address(), renewed.after());
            require(renewed.before().equals(before), commit, "renews " + renewed.before() + ", held is " + before);
        } else if (change instanceof Change.Released released) {
            released.cooling().ifPresent(one -> cooling.put(one.address(), one));
        } else if (change instanceof Change.Cooled cooled) {
            cooling.put(cooled.cooling().address(), cooled.cooling());
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
        } else if (change instanceof Change.RealmPut put) {
            realm = put.after();
        }
    }

    private boolean isUsable(Entry.Held entry) {
        Entry.OfPool pool = pools.get(entry.pool());
        return pool != null
                && canAllocate(pool)
                && pool.pool().addresses().contains(entry.address())
                && !isReserved(entry.address());
    }

    static boolean canAllocate(Entry.OfPool pool) {
        return !pool.detached() && !pool.closed() && !pool.pool().isDisabled();
    }

    private boolean isReserved(Address address) {
        return reserved.values().stream()
                .anyMatch(one -> one.range().addresses().family() == address.family()
                        && one.range().addresses().contains(address));
    }

    /** A generation that a commit assigns is above all earlier ones, and is assigned once. */
    private void verifyGenerations(Commit commit, boolean isFound) {
        Set<Long> assigned = new HashSet<>();
        for (Change change : commit.changes()) {
            long generation = assignedBy(change);
            if (generation > 0 && isOpen()) {
                boolean isNew = generation > head.lastGeneration()
                        && generation <= commit.head().lastGeneration();
                require(
                        isFound || isNew,
                        commit,
                        "assigns generation " + generation + " after " + head.lastGeneration());
                require(assigned.add(generation), commit, "assigns generation " + generation + " twice");
            }
        }
    }

    private static long assignedBy(Change change) {
        if (change instanceof Change.Granted granted) {
            return granted.held().generation();
        }
        return change instanceof Change.Renewed renewed
                        && renewed.after().generation() != renewed.before().generation()
                ? renewed.after().generation()
                : 0;
    }

    /** No owner has two addresses for one interface and family, except as imported. */
    private void verifyOneAddressEach(Commit commit) {
        Set<String> seen = new HashSet<>();
        for (Entry.Held entry : held.values()) {
            if (!isStray(entry) && !entry.interfaceName().isEmpty()) {
                Owner owner = entry.owner().orElseThrow();
                String key = (owner.stateful() ? owner.qualifiedName() : owner.uid()) + " " + entry.interfaceName()
                        + " " + entry.address().family();
                require(seen.add(key), commit, "gives a second address for " + key + ": " + held.values());
            }
        }
    }

    /** Another owner receives a cooling address only if its pool has no other free one. */
    private void verifyCooling(Commit commit) {
        for (Change change : commit.changes()) {
            if (change instanceof Change.Granted granted) {
                Entry.Held entry = granted.held();
                if (isCoolingFor(
                        entry.address(),
                        entry.owner().orElse(null),
                        commit.head().stampMillis())) {
                    for (Address other : free(entry.pool())) {
                        boolean isFree =
                                !isCoolingFor(other, null, commit.head().stampMillis());
                        require(
                                !isFree || isGrantedIn(commit, other),
                                commit,
                                "grants the cooling " + entry.address() + " while " + other + " is free");
                    }
                }
            }
        }
    }

    private static boolean isGrantedIn(Commit commit, Address address) {
        return commit.changes().stream()
                .anyMatch(change -> change instanceof Change.Granted granted
                        && granted.held().address().equals(address));
    }

    /** Whether an address cools down after it was held by another owner. */
    boolean isCoolingFor(Address address, @Nullable Owner owner, long nowMillis) {
        Entry.Cooling entry = cooling.get(address);
        return entry != null
                && nowMillis - entry.releasedMillis() < coolDownMillis()
                && (owner == null || !entry.lastOwner().isSameAs(owner));
    }

    /** The addresses that a pool may allocate, cooling ones included. */
    Set<Address> free(String name) {
        Set<Address> free = new HashSet<>();
        Entry.OfPool pool = pools.get(name);
        if (pool != null && canAllocate(pool)) {
            for (Address address : World.ADDRESSES) {
                if (address.family() == pool.pool().family()
                        && pool.pool().addresses().contains(address)
                        && !held.containsKey(address)
                        && !isReserved(address)) {
                    free.add(address);
                }
            }
        }
        return free;
    }

    /** Whether a pool has an address that it may allocate, held or not. */
    boolean mayServe(String name) {
        Entry.OfPool pool = pools.get(name);
        return pool != null
                && canAllocate(pool)
                && World.ADDRESSES.stream()
                        .anyMatch(address -> address.family() == pool.pool().family()
                                && pool.pool().addresses().contains(address)
                                && !isReserved(address)
                                && !isStrayAt(address));
    }

    boolean isStrayAt(Address address) {
        Entry.Held entry = held.get(address);
        return entry != null && isStray(entry);
    }

    boolean isStray(Entry.Held entry) {
        Entry.OfPool pool = pools.get(entry.pool());
        return pool == null || entry.owner().isEmpty() || !contains(pool.pool(), entry.address());
    }

    private static boolean contains(Pool pool, Address address) {
        return pool.family() == address.family() && pool.addresses().contains(address);
    }

    /** The address that an owner holds for an interface and a family, under whichever uid. */
    Optional<Entry.Held> heldBy(Owner owner, String interfaceName, Family family) {
        return held.values().stream()
                .filter(entry -> isOf(entry, owner)
                        && entry.interfaceName().equals(interfaceName)
                        && entry.address().family() == family)
                .findFirst();
    }

    /** Whether an entry is an allocation of an owner, under whichever uid. */
    boolean isOf(Entry.Held entry, Owner owner) {
        return !isStray(entry) && entry.owner().filter(owner::isSameAs).isPresent();
    }
}
