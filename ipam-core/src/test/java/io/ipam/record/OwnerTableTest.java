package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of owners against a map of sets. */
class OwnerTableTest {
    private record Name(int pool, int slot) {}

    private final OwnerTable table = new OwnerTable();

    private static Owner owner(int number) {
        return (number & 1) == 0
                ? Owner.stateless("ns", "n", "u" + number)
                : Owner.stateful("ns", "n" + number, "u" + number);
    }

    private static Set<Name> held(OwnerTable table, Owner owner, int hash) {
        Set<Name> held = new HashSet<>();
        for (int link = table.first(owner, hash); link != OwnerTable.NONE; link = table.next(link)) {
            assertTrue(held.add(new Name(table.pool(link), table.slot(link))));
        }
        assertEquals(held.size(), table.count(owner, hash));
        return held;
    }

    private static void check(OwnerTable table, Map<Integer, Set<Name>> model, int owners, int hashes) {
        for (int i = 0; i < owners; i++) {
            assertEquals(model.getOrDefault(i, Set.of()), held(table, owner(i), hash(i, hashes)));
        }
        Set<Owner> entries = new HashSet<>();
        for (int entry = table.nextEntry(OwnerTable.NONE); entry != OwnerTable.NONE; entry = table.nextEntry(entry)) {
            assertTrue(entries.add(table.owner(entry)));
            Owner owner = table.owner(entry);
            int hash = hash(Integer.parseInt(owner.uid().substring(1)), hashes);
            assertEquals(table.first(owner, hash), table.firstOf(entry));
        }
        assertEquals(model.size(), entries.size());
        assertEquals(model.size(), table.size());
    }

    /** One of some hashes, spread over 32 bits. */
    private static int hash(int owner, int hashes) {
        return owner % hashes * 0x1357_9bdf;
    }

    /**
     * Records are added and removed in any order; owners have one hash, few hashes, or nearly all
     * their own.
     */
    @Property(tries = 100)
    void operations_anyOrder_agreeWithAMapOfSets(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int crowd) {
        Random random = new Random(seed);
        OwnerTable any = new OwnerTable();
        int owners = 1 + random.nextInt(60);
        int hashes = new int[] {1, 3, 1000}[crowd];
        Map<Integer, Set<Name>> model = new TreeMap<>();
        Map<Name, Integer> holders = new HashMap<>();
        for (int step = 0; step < 1000; step++) {
            Name name = new Name(random.nextInt(2), random.nextInt(1 + random.nextInt(80)));
            Integer holder = holders.remove(name);
            if (holder == null) {
                int number = random.nextInt(owners);
                any.add(owner(number), hash(number, hashes), name.pool, name.slot);
                holders.put(name, number);
                model.computeIfAbsent(number, n -> new HashSet<>()).add(name);
            } else {
                any.remove(owner(holder), hash(holder, hashes), name.pool, name.slot);
                model.get(holder).remove(name);
            }
            model.values().removeIf(Set::isEmpty);
            if (step % 20 == 0) {
                check(any, model, owners, hashes);
            }
        }
        check(any, model, owners, hashes);
    }

    /**
     * Every order in which four owners are removed, for every choice of hashes around the end of
     * the array.
     */
    @Test
    void remove_everyOrderOfFourOwners_findsTheOthers() {
        int[] hashes = {0, 0x4000_0000, 0x8000_0000, 0xc000_0000, 1, -1};
        for (int choice = 0; choice < 6 * 6 * 6 * 6; choice++) {
            int[] hashOf = {
                hashes[choice % 6], hashes[choice / 6 % 6], hashes[choice / 36 % 6], hashes[choice / 216 % 6]
            };
            for (int order = 0; order < 24; order++) {
                removeAll(hashOf, order);
            }
        }
    }

    private static void removeAll(int[] hashOf, int order) {
        OwnerTable small = new OwnerTable();
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
        for (int number : left) {
            small.add(owner(number), hashOf[number], 0, number);
        }
        int digits = order;
        for (int choices = 4; choices > 0; choices--) {
            Integer next = left.remove(digits % choices);
            digits /= choices;
            small.remove(owner(next), hashOf[next], 0, next);
            for (int number = 0; number < 4; number++) {
                Set<Name> expected = left.contains(number) ? Set.of(new Name(0, number)) : Set.of();
                assertEquals(expected, held(small, owner(number), hashOf[number]));
            }
        }
        assertEquals(0, small.size());
    }

    @Test
    void remove_absentRecord_throwsAndChangesNothing() {
        Owner single = owner(0);
        Owner several = owner(1);
        Owner other = owner(2);
        table.add(single, 7, 0, 0);
        for (int slot = 1; slot < 4; slot++) {
            table.add(several, 7, 1, slot);
            table.add(other, 8, 2, slot);
        }
        assertThrows(IllegalStateException.class, () -> table.remove(single, 7, 0, 1));
        assertThrows(IllegalStateException.class, () -> table.remove(single, 7, 1, 0));
        assertThrows(IllegalStateException.class, () -> table.remove(single, 6, 0, 0));
        assertThrows(IllegalStateException.class, () -> table.remove(single, 7, 1, 1));
        assertThrows(IllegalStateException.class, () -> table.remove(several, 7, 1, 0));
        assertThrows(IllegalStateException.class, () -> table.remove(several, 7, 0, 0));
        assertThrows(IllegalStateException.class, () -> table.remove(several, 7, 2, 1));
        assertThrows(IllegalStateException.class, () -> table.remove(owner(9), 7, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> table.add(single, 7, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> table.add(single, 7, 0, -1));
        assertEquals(Set.of(new Name(0, 0)), held(table, single, 7));
        assertEquals(3, held(table, several, 7).size());
        assertEquals(3, held(table, other, 8).size());
    }

    @Test
    void replaceOwner_newUid_keepsNoEarlierObject() {
        Owner first = Owner.stateful("ns", "db-0", "u1");
        Owner second = Owner.stateful("ns", "db-0", "u2");
        table.add(first, 7, 0, 0);
        table.add(second, 7, 0, 1);
        assertSame(first, table.owner(table.nextEntry(OwnerTable.NONE)));
        table.replaceOwner(second, 7);
        assertSame(second, table.owner(table.nextEntry(OwnerTable.NONE)));
        assertEquals(2, held(table, first, 7).size());
        assertEquals(Set.of(), held(table, Owner.stateless("ns", "db-0", "u1"), 7));
        assertThrows(IllegalStateException.class, () -> table.replaceOwner(owner(0), 7));
        assertThrows(IllegalStateException.class, () -> table.owner(table.nextEntry(OwnerTable.NONE) == 0 ? 1 : 0));
    }

    @Test
    void add_afterRemovals_usesTheRoomAgain() {
        for (int i = 0; i < 20_000; i++) {
            table.add(owner(i), i * 31, 0, i);
            table.add(owner(i), i * 31, 1, i);
            if (i >= 20) {
                int old = i - 20;
                table.remove(owner(old), old * 31, 0, old);
                table.remove(owner(old), old * 31, 1, old);
            }
        }
        assertEquals(20, table.size());
        assertTrue(table.capacity() < 80, table.capacity() + " entries");
        int greatest = 0;
        for (int i = 19_980; i < 20_000; i++) {
            greatest = Math.max(greatest, table.first(owner(i), i * 31));
        }
        assertTrue(greatest < 50, "link " + greatest);
    }

    /**
     * An owner with no record, one, and several; removals between the additions do not use up room.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void reserve_thenAddAndRemove_allocatesNothing(int present) {
        for (int more : new int[] {1, 2, 3, 40}) {
            Owner owner = owner(1);
            AllocatedBytes.assertNothing(bytes -> {
                OwnerTable any = new OwnerTable();
                for (int i = 0; i < 3; i++) {
                    any.add(owner(4), 5, 0, i);
                }
                for (int i = 0; i < present; i++) {
                    any.add(owner, 6, 1, i);
                }
                any.reserve(owner, 6, more);
                long before = bytes.getAsLong();
                for (int i = 0; i < present; i++) {
                    any.remove(owner, 6, 1, i);
                }
                for (int i = 0; i < more; i++) {
                    any.add(owner, 6, 2, i);
                }
                long allocated = bytes.getAsLong() - before;
                assertEquals(more, any.count(owner, 6));
                return allocated;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void reserve_thenAdd_allocatesNothing(int present) {
        Owner owner = owner(1);
        for (int more : new int[] {1, 2, 3, 40}) {
            AllocatedBytes.assertNothing(bytes -> {
                OwnerTable any = new OwnerTable();
                for (int i = 0; i < present; i++) {
                    any.add(owner, 6, 1, i);
                }
                any.reserve(owner, 6, more);
                long before = bytes.getAsLong();
                for (int i = 0; i < more; i++) {
                    any.add(owner, 6, 2, i);
                }
                return bytes.getAsLong() - before;
            });
        }
    }

    /**
     * 50,000 records of one owner are removed in any order. A linear search in the list would take
     * ten seconds or more.
     */
    @Test
    void remove_manyRecordsOfOneOwner_takesAboutTheTimeOfManyOwners() {
        int count = 50_000;
        long several = leastNanos(() -> addAndRemove(count, 1));
        long single = leastNanos(() -> addAndRemove(count, count));
        assertTrue(several < 10 * single + 20_000_000, several + " ns, and " + single + " ns for one record each");
    }

    private static void addAndRemove(int count, int owners) {
        OwnerTable many = new OwnerTable();
        List<Integer> slots = new ArrayList<>();
        for (int slot = 0; slot < count; slot++) {
            many.add(owner(slot % owners), slot % owners, 0, slot);
            slots.add(slot);
        }
        java.util.Collections.shuffle(slots, new Random(3));
        slots.forEach(slot -> many.remove(owner(slot % owners), slot % owners, 0, slot));
        assertEquals(0, many.size());
    }

    /**
     * Names with equal {@code String.hashCode}, made of "at" and "c6", cost as much as ordinary
     * names of that length.
     */
    @Test
    void find_namesOfOneHashCode_takesAboutTheTimeOfPlainNames() {
        Owner[] plain = new Owner[8000];
        Owner[] colliding = new Owner[8000];
        for (int i = 0; i < plain.length; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 13; bit++) {
                name.append((i >> bit & 1) == 0 ? "at" : "c6");
            }
            colliding[i] = Owner.stateful("shop", name.toString(), "u");
            plain[i] = Owner.stateful("shop", "the-name-of-pod-%010d".formatted(i), "u");
        }
        assertEquals(
                1,
                Arrays.stream(colliding)
                        .map(owner -> owner.name().hashCode())
                        .distinct()
                        .count());
        long theirs = leastNanos(() -> addAndFind(plain));
        long ours = leastNanos(() -> addAndFind(colliding));
        assertTrue(ours < 3 * theirs, ours + " ns, and " + theirs + " ns for plain names");
    }

    private static void addAndFind(Owner[] owners) {
        OwnerTable many = new OwnerTable();
        for (int i = 0; i < owners.length; i++) {
            many.add(owners[i], OwnerHashes.ofIdentity(owners[i], 99), 0, i);
        }
        for (int i = 0; i < owners.length; i++) {
            assertEquals(i, many.slot(many.first(owners[i], OwnerHashes.ofIdentity(owners[i], 99))));
        }
    }

    /** The minimum processor time of several runs: load never makes a run shorter. */
    private static long leastNanos(Runnable run) {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 7; i++) {
            long before = threads.getCurrentThreadCpuTime();
            run.run();
            least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
        }
        return least;
    }
}
