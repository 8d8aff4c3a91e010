package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A table against a map, with hosts in 8, 32, 40 and 100 bits, close together and far apart. */
class RecordTableTest {
    private static final Owner OWNER = Owner.stateless("ns", "pod", "u");

    private record Key(long high, long low) {}

    private record Fact(Owner owner, String interfaceName, long generation, int slot) {}

    /** A record whose interface is not known has an empty name; whatever comes first, each record keeps its own. */
    @Test
    void everyRecordKeepsTheNameOfItsInterface() {
        List<List<String>> orders = List.of(
                List.of("", "eth0", "eth0", "", "net1", "net1"),
                List.of("eth0", "", "eth0", "eth0", "eth0", "eth0"),
                List.of("eth0", "eth0", "eth0", "eth0", "eth0", "net1"),
                List.of("", "", "", "", "", "a"));
        for (List<String> names : orders) {
            RecordTable table = new RecordTable(0, 0x0a000000L, 24);
            table.startAt(0, 0x0a000000L);
            for (int i = 0; i < 60; i++) {
                table.add(0, 0x0a000000L + i, Owner.stateless("ns", "pod", "u"), names.get(i / 10), i + 1);
            }
            for (int i = 0; i < 60; i++) {
                assertEquals(names.get(i / 10), table.interfaceName(table.find(0, 0x0a000000L + i)));
            }
            int slot = table.find(0, 0x0a000000L);
            table.remove(slot);
            table.add(0, 0x0a000000L, Owner.stateless("ns", "pod", "u"), "net7", 99);
            assertEquals("net7", table.interfaceName(slot));
            table.replace(slot, Owner.stateless("ns", "pod", "u"), "", 100);
            assertEquals("", table.copy().interfaceName(slot));
        }
    }

    @Property(tries = 60)
    void behavesAsAMap(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int shape) {
        Random random = new Random(seed);
        int hostBits = new int[] {8, 32, 40, 100}[shape];
        long baseHigh = hostBits > 64 ? 0x2001_0db8_0000_0000L & (-1L << (hostBits - 64)) : 0x2001_0db8_0000_0006L;
        long baseLow = hostBits >= 64 ? 0 : 0x1234_5678_9abc_def0L & (-1L << hostBits);
        RecordTable table = new RecordTable(baseHigh, baseLow, hostBits);
        Key start = key(random, baseHigh, baseLow, hostBits);
        table.startAt(start.high, start.low);
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

    /** Ascending, as "the lowest free" brings them; what lies far behind, or before the start, is far. */
    @Test
    void neighboursOfTheStartAreNear() {
        RecordTable table = new RecordTable(0, 0x0a00_0000L, 24);
        table.startAt(0, 0x0a00_0010L);
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, table.add(0, 0x0a00_0010L + i, OWNER, "eth0", i + 1));
        }
        int rows = table.copy().near.capacity();
        assertTrue(rows <= 1000 + 1000 / 4 + 4, rows + " rows");
        assertEquals(RecordColumns.FAR, table.add(0, 0x0a00_000fL, OWNER, "eth0", 2000));
        assertEquals(RecordColumns.FAR | 1, table.add(0, 0x0a80_0000L, OWNER, "eth0", 2001));
        table.startAt(0, 0x0a00_0000L);
        assertEquals(0x0a00_0010L, table.low(0));
        for (int i = 0; i < 1000; i++) {
            table.remove(i);
        }
        table.startAt(0, 0x0a80_0000L);
        assertEquals(1, table.add(0, 0x0a80_0001L, OWNER, "eth0", 2002));
        assertEquals(1, table.find(0, 0x0a80_0001L));
        assertEquals(RecordColumns.FAR | 1, table.find(0, 0x0a80_0000L));
        assertEquals(RecordTable.NONE, table.find(0, 0x0a00_0010L));
    }

    /** Where the array of near records ends with the subnet, and where the numbers of 64 bits end. */
    @Test
    void nearRecordsEndWithTheSubnet() {
        RecordTable small = new RecordTable(0, 0xffff_ff00L, 8);
        small.startAt(0, 0xffff_ff00L);
        for (int i = 0; i < 256; i++) {
            assertEquals(i, small.add(0, 0xffff_ff00L + i, OWNER, "eth0", i + 1));
        }
        assertEquals(256, small.copy().near.capacity());
        RecordTable large = new RecordTable(0, 0, 128);
        large.startAt(7, -2);
        assertEquals(0, large.add(7, -2, OWNER, "eth0", 1));
        assertEquals(1, large.add(7, -1, OWNER, "eth0", 2));
        assertEquals(RecordColumns.FAR, large.add(8, 0, OWNER, "eth0", 3));
        assertEquals(RecordColumns.FAR, large.find(8, 0));
        assertEquals(8, large.high(RecordColumns.FAR));
        assertEquals(-1, large.low(1));
    }

    /** Near is what an array for twice as many as there are reaches, and eight; a row that is there anyway is used, and there are 16 at least. */
    @Test
    void farIsWhatWouldLeaveMostRowsEmpty() {
        RecordTable table = new RecordTable(0, 0x0a00_0000L, 24);
        assertEquals(RecordColumns.FAR, table.add(0, 0x0a00_0008L, OWNER, "eth0", 1));
        assertEquals(9, table.add(0, 0x0a00_0009L, OWNER, "eth0", 2));
        assertEquals(16, table.copy().near.capacity());
        assertEquals(RecordColumns.FAR | 1, table.add(0, 0x0a00_0010L, OWNER, "eth0", 3));
        assertEquals(0, table.add(0, 0x0a00_0000L, OWNER, "eth0", 4));
        assertEquals(15, table.add(0, 0x0a00_000fL, OWNER, "eth0", 5));
        assertEquals(RecordColumns.FAR | 2, table.add(0, 0x0a00_0012L, OWNER, "eth0", 6));
        assertEquals(19, table.add(0, 0x0a00_0013L, OWNER, "eth0", 7));
        assertEquals(7, table.size());
        List<Integer> far = List.of(RecordColumns.FAR, RecordColumns.FAR | 1, RecordColumns.FAR | 2);
        assertEquals(Stream.concat(Stream.of(0, 9, 15, 19), far.stream()).toList(), slots(table));
    }

    /** Far records come and go: their rows are used again, the one that was left last first. */
    @Test
    void rowsOfFarRecordsAreUsedAgain() {
        RecordTable table = new RecordTable(0, 0x0a00_0000L, 24);
        for (int i = 0; i < 5; i++) {
            assertEquals(RecordColumns.FAR | i, table.add(0, 0x0a01_0000L + i, OWNER, "eth0", i + 1));
        }
        table.remove(RecordColumns.FAR);
        table.remove(RecordColumns.FAR | 3);
        assertEquals(RecordColumns.FAR | 3, table.add(0, 0x0a02_0000L, OWNER, "eth0", 10));
        assertEquals(RecordColumns.FAR, table.add(0, 0x0a02_0001L, OWNER, "eth0", 11));
        assertEquals(RecordColumns.FAR | 5, table.add(0, 0x0a02_0002L, OWNER, "eth0", 12));
        assertEquals(6, table.size());
    }

    @Test
    void anEmptySlotHasNoOwnerAndNoInterface() {
        RecordTable table = new RecordTable(0, 0x0a00_0000L, 24);
        int near = table.add(0, 0x0a00_0000L, OWNER, "eth0", 1);
        int far = table.add(0, 0x0a01_0000L, OWNER, "eth0", 2);
        for (int slot : new int[] {near, far}) {
            table.remove(slot);
            assertThrows(IllegalStateException.class, () -> table.owner(slot));
            assertThrows(IllegalStateException.class, () -> table.interfaceName(slot));
        }
        assertThrows(IllegalStateException.class, () -> table.interfaceName(near + 1));
        assertEquals(List.of(), slots(table));
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
