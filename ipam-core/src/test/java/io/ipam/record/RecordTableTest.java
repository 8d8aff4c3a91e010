package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table against a map, with hosts of 8, 32, 40, and 100 bits, close together and far apart. */
class RecordTableTest {
    private static final Owner OWNER = Owner.stateless("ns", "pod", "u");
    private static final long BASE = 0x0a00_0000L;
    private static final long SEED = 3;

    private record Key(long high, long low) {}

    private record Fact(Owner owner, String interfaceName, long generation, int slot) {}

    /** A record of an unknown interface has an empty name. */
    @Test
    void interfaceName_namesDiffer_eachRecordHasItsOwn() {
        List<List<String>> orders = List.of(
                List.of("", "eth0", "eth0", "", "net1", "net1"),
                List.of("eth0", "", "eth0", "eth0", "eth0", "eth0"),
                List.of("eth0", "eth0", "eth0", "eth0", "eth0", "net1"),
                List.of("", "", "", "", "", "a"));
        for (List<String> names : orders) {
            RecordTable table = table24();
            for (int i = 0; i < 60; i++) {
                table.add(0, BASE + i, Owner.stateless("ns", "pod", "u"), names.get(i / 10), i + 1);
            }
            for (int i = 0; i < 60; i++) {
                assertEquals(names.get(i / 10), table.interfaceName(table.find(0, BASE + i)));
            }
            int slot = table.find(0, BASE);
            table.remove(slot);
            table.add(0, BASE, Owner.stateless("ns", "pod", "u"), "net7", 99);
            assertEquals("net7", table.interfaceName(slot));
            table.replace(slot, Owner.stateless("ns", "pod", "u"), "", 100);
            assertEquals("", table.copy().interfaceName(slot));
        }
    }

    @Property(tries = 60)
    void operations_anyOrder_agreeWithAMap(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int shape) {
        Random random = new Random(seed);
        int hostBits = new int[] {8, 32, 40, 100}[shape];
        long baseHigh = hostBits > 64 ? 0x2001_0db8_0000_0000L & (-1L << (hostBits - 64)) : 0x2001_0db8_0000_0006L;
        long baseLow = hostBits >= 64 ? 0 : 0x1234_5678_9abc_def0L & (-1L << hostBits);
        RecordTable table = new RecordTable(baseHigh, baseLow, hostBits, seed);
        Map<Key, Fact> model = new HashMap<>();
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            keys.add(key(random, baseHigh, baseLow, hostBits));
        }
        for (int step = 0; step < 1500; step++) {
            Key key = keys.get(random.nextInt(keys.size()));
            Fact fact = model.get(key);
            if (fact == null) {
                Owner owner = Owner.stateless("ns", "pod", "u" + step);
                int slot = table.add(key.high, key.low, owner, "eth" + step % 3, step);
                model.put(key, new Fact(owner, "eth" + step % 3, step, slot));
            } else if (random.nextInt(3) == 0) {
                table.replace(fact.slot, fact.owner, "net1", step);
                model.put(key, new Fact(fact.owner, "net1", step, fact.slot));
            } else {
                table.remove(fact.slot);
                model.remove(key);
                assertFalse(table.isUsed(fact.slot));
            }
            check(table, model, keys.get(random.nextInt(keys.size())));
        }
        keys.forEach(key -> check(table, model, key));
        assertEquals(model.size(), slotsInUse(table));
    }

    @Test
    void add_slotsWereEmptied_usesTheLatestEmptySlotFirst() {
        RecordTable table = table24();
        for (int i = 0; i < 5; i++) {
            assertEquals(i, table.add(0, BASE + i, OWNER, "eth0", i + 1));
        }
        table.remove(0);
        table.remove(3);
        assertEquals(3, table.add(0, BASE + 100, OWNER, "eth0", 10));
        assertEquals(0, table.add(0, BASE + 101, OWNER, "eth0", 11));
        assertEquals(5, table.add(0, BASE + 102, OWNER, "eth0", 12));
        assertEquals(6, table.size());
        assertEquals(List.of(0, 1, 2, 3, 4, 5), slots(table));
        assertEquals(RecordTable.NONE, table.find(0, BASE));
        assertEquals(3, table.find(0, BASE + 100));
    }

    @Test
    void add_emptyTable_startsTheDistancesAtThisAddress() {
        RecordTable table = table24();
        assertEquals(0, table.add(0, BASE + 500, OWNER, "eth0", 1));
        assertEquals(5, table.add(0, BASE + 505, OWNER, "eth0", 2));
        table.remove(0);
        table.remove(5);
        assertEquals(0, table.add(0, BASE + 7, OWNER, "eth0", 3));
        assertEquals(3, table.add(0, BASE + 10, OWNER, "eth0", 4));
        assertEquals(RecordTable.NONE, table.find(0, BASE + 505));
    }

    /**
     * A displaced record stays in its slot when its home becomes empty, and its address returns
     * home later.
     */
    @Test
    void add_homeIsUsedByAnotherAddress_isDisplaced() {
        RecordTable table = table24();
        table.add(0, BASE, OWNER, "eth0", 1);
        int guest = table.add(0, BASE + 1000, OWNER, "eth0", 2);
        int displaced = table.add(0, BASE + guest, OWNER, "net1", 3);
        assertNotEquals(guest, displaced);
        assertEquals(displaced, table.find(0, BASE + guest));
        assertEquals(guest, table.find(0, BASE + 1000));
        table.remove(guest);
        assertEquals(displaced, table.find(0, BASE + guest));
        assertEquals(RecordTable.NONE, table.find(0, BASE + 1000));
        assertEquals(BASE + guest, table.low(displaced));
        table.remove(displaced);
        assertEquals(guest, table.add(0, BASE + guest, OWNER, "eth0", 4));
        assertEquals(2, table.size());
    }

    @Test
    void emptySlot_isReadOrChanged_throws() {
        RecordTable table = table24();
        int slot = table.add(0, BASE, OWNER, "eth0", 1);
        table.remove(slot);
        assertThrows(IllegalStateException.class, () -> table.owner(slot));
        assertThrows(IllegalStateException.class, () -> table.interfaceName(slot));
        assertThrows(IllegalStateException.class, () -> table.remove(slot));
        assertThrows(IllegalStateException.class, () -> table.replace(slot, OWNER, "eth0", 2));
        assertFalse(table.isUsed(1000));
        assertEquals(0, table.size());
        assertEquals(List.of(), slots(table));
    }

    @Test
    void add_equalInterfaceNames_shareOneObject() {
        RecordTable table = table24();
        int first = table.add(0, BASE, OWNER, new String("eth0"), 1);
        int second = table.add(0, BASE + 1, OWNER, new String("eth0"), 2);
        assertSame(table.interfaceName(first), table.interfaceName(second));
    }

    @Test
    void copy_changedTable_staysAsItWas() {
        RecordTable table = table24();
        table.add(0, BASE, OWNER, "eth0", 1);
        table.add(0, BASE + 1, OWNER, "eth0", 2);
        RecordColumns copy = table.copy();
        table.replace(0, OWNER, "net1", 9);
        table.remove(1);
        table.add(0, BASE + 7, OWNER, "net2", 10);
        assertEquals("eth0", copy.interfaceName(0));
        assertEquals(1, copy.generation(0));
        assertEquals(BASE + 1, copy.low(1));
        assertEquals("eth0", copy.interfaceName(1));
        assertFalse(copy.isUsed(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 40, 100})
    void reserve_thenAddReplaceAndRemove_allocatesNothing(int hostBits) {
        AllocatedBytes.assertNothing(bytes -> {
            RecordTable table = new RecordTable(0x2001_0db8_0000_0000L, 0, hostBits, SEED);
            for (int i = 0; i < 9; i++) {
                table.add(0x2001_0db8_0000_0000L, 100 + i, OWNER, "eth0", i);
            }
            table.reserve(50);
            long before = bytes.getAsLong();
            for (int i = 0; i < 50; i++) {
                int slot = table.add(0x2001_0db8_0000_0000L, i, OWNER, i % 2 == 0 ? "net1" : "eth0", i);
                table.replace(slot, OWNER, "net2", i);
            }
            for (int i = 0; i < 50; i++) {
                table.remove(table.find(0x2001_0db8_0000_0000L, i));
            }
            return bytes.getAsLong() - before;
        });
    }

    @Test
    void reserve_moreThanEverFits_throwsAndChangesNothing() {
        RecordTable table = table24();
        table.add(0, BASE, OWNER, "eth0", 1);
        assertThrows(IllegalStateException.class, () -> table.reserve(Integer.MAX_VALUE));
        assertThrows(IllegalStateException.class, () -> table.reserve(KeyIndex.MOST_ROWS));
        assertEquals(0, table.find(0, BASE));
        assertEquals(1, table.size());
    }

    @Test
    void reserve_growth_leavesAtMostAQuarterEmpty() {
        RecordTable table = table24();
        for (int i = 0; i < 1000; i++) {
            table.add(0, BASE + i, OWNER, "eth0", i + 1);
            int room = table.capacity();
            assertTrue(room <= table.size() * 5 / 4 + 8, room + " slots for " + table.size());
        }
    }

    private static RecordTable table24() {
        return new RecordTable(0, BASE, 24, SEED);
    }

    private static List<Integer> slots(RecordTable table) {
        List<Integer> slots = new ArrayList<>();
        for (int slot = table.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = table.nextUsed(slot)) {
            slots.add(slot);
        }
        return slots;
    }

    private static void check(RecordTable table, Map<Key, Fact> model, Key key) {
        assertEquals(model.size(), table.size());
        Fact fact = model.get(key);
        int slot = table.find(key.high, key.low);
        if (fact == null) {
            assertEquals(RecordTable.NONE, slot);
            return;
        }
        assertEquals(fact.slot, slot);
        assertTrue(table.isUsed(slot));
        assertEquals(key, new Key(table.high(slot), table.low(slot)));
        assertEquals(fact, new Fact(table.owner(slot), table.interfaceName(slot), table.generation(slot), slot));
    }

    private static int slotsInUse(RecordTable table) {
        RecordColumns copy = table.copy();
        int used = 0;
        for (int slot = table.nextUsed(RecordTable.NONE); slot != RecordTable.NONE; slot = table.nextUsed(slot)) {
            used++;
            assertTrue(table.isUsed(slot));
            assertSame(table.owner(slot), copy.owner(slot));
            assertSame(table.interfaceName(slot), copy.interfaceName(slot));
            assertEquals(table.generation(slot), copy.generation(slot));
            assertEquals(table.low(slot), copy.low(slot));
            assertEquals(table.high(slot), copy.high(slot));
        }
        return used;
    }

    private static Key key(Random random, long baseHigh, long baseLow, int hostBits) {
        long low = random.nextBoolean() ? random.nextInt(256) : random.nextLong();
        long lowMask = hostBits >= 64 ? -1L : (1L << hostBits) - 1;
        long high = hostBits > 64 ? random.nextLong() & ((1L << (hostBits - 64)) - 1) : 0;
        return new Key(baseHigh | high, baseLow | (low & lowMask));
    }
}
