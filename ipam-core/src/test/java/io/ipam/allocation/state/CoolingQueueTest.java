package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CoolingQueueTest {
    private record Entry(long low, Owner owner, long stamp) {}

    @Property(tries = 60)
    void behavesAsAList(@ForAll long seed) {
        Random random = new Random(seed);
        CoolingQueue queue = new CoolingQueue(0, 0x0a00_0000L, 24);
        List<Entry> model = new ArrayList<>();
        long now = random.nextInt(1000);
        int bias = 2 + random.nextInt(6);
        for (int step = 0; step < 2000; step++) {
            now += random.nextInt(20) == 0 ? 3_000_000_000L : random.nextInt(3);
            if (random.nextInt(10) < bias) {
                Entry entry = new Entry(0x0a00_0000L + step, Owner.stateless("", "n", "u" + step), now);
                queue.add(0, entry.low, entry.owner, now);
                model.add(entry);
            } else if (!model.isEmpty()) {
                Entry gone = model.remove(random.nextInt(3) == 0 ? random.nextInt(model.size()) : 0);
                assertTrue(queue.remove(0, gone.low));
                assertFalse(queue.remove(0, gone.low));
            }
            assertEquals(model.size(), queue.size());
            if (step % 50 == 0) {
                assertEquals(model, entries(queue));
                model.forEach(entry -> assertEquals(entry.stamp, stampOf(queue, entry.low)));
                assertNull(queue.find(0, 0x0a00_0000L + step + 1));
                assertNull(queue.find(1, 0x0a00_0000L + step));
            }
        }
        assertEquals(model, entries(queue));
        queue.clear();
        assertEquals(0, queue.size());
        assertEquals(List.of(), entries(queue));
        queue.add(0, 0x0a00_0000L, Owner.stateless("", "n", "u"), 1);
        assertEquals(1, stampOf(queue, 0x0a00_0000L));
    }

    private static long stampOf(CoolingQueue queue, long low) {
        CoolingQueue.Cursor cursor = queue.find(0, low);
        assertNotNull(cursor);
        assertEquals(low, cursor.low());
        return cursor.stampMillis();
    }

    @Test
    void goesOnBehindWhatItsCursorRemoves() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32);
        Owner owner = Owner.stateless("", "n", "u");
        for (int i = 0; i < 100; i++) {
            queue.add(0, i, owner, i);
        }
        CoolingQueue.Cursor cursor = queue.cursor();
        int seen = 0;
        while (cursor.next()) {
            assertEquals(seen++, cursor.low());
            cursor.remove();
            assertThrows(IllegalStateException.class, cursor::lastOwner);
        }
        assertEquals(100, seen);
        assertEquals(0, queue.size());
        assertFalse(queue.cursor().next());
        assertThrows(IllegalStateException.class, queue.cursor()::low);
    }

    /** Entries that are gone keep no chunk, whichever end they were at; and it grows again. */
    @Test
    void memoryFollowsTheEntries() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32);
        Owner owner = Owner.stateless("", "n", "u");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                queue.add(0, i, owner, i);
            }
            // 8 + 16 + .. + 128, then 256 each.
            assertEquals(5 + 39, queue.chunks());
            for (int i = 9_999; i >= 100; i--) {
                assertTrue(queue.remove(0, i));
            }
            assertEquals(100, queue.size());
            CoolingQueue.Cursor cursor = queue.cursor();
            while (cursor.next()) {
                cursor.remove();
            }
            assertEquals(0, queue.size());
            assertTrue(queue.chunks() <= 1, () -> "" + queue.chunks());
            queue.clear();
        }
        for (int i = 0; i < 1000; i++) {
            queue.add(0, i, owner, i);
        }
        for (int i = 0; i < 990; i++) {
            assertTrue(queue.remove(0, i));
        }
        assertEquals(1, queue.chunks());
    }

    @Test
    void aChunkSpansAsMuchTimeAsAnIntTells() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32);
        Owner owner = Owner.stateless("", "n", "u");
        queue.add(0, 1, owner, -5);
        queue.add(0, 2, owner, Integer.MAX_VALUE - 5L);
        assertEquals(1, queue.chunks());
        queue.add(0, 3, owner, Integer.MAX_VALUE - 4L);
        assertEquals(2, queue.chunks());
        assertEquals(-5, stampOf(queue, 1));
        assertEquals(Integer.MAX_VALUE - 5L, stampOf(queue, 2));
        assertEquals(Integer.MAX_VALUE - 4L, stampOf(queue, 3));
    }

    @Test
    void addressesKeepAllTheirBits() {
        CoolingQueue queue = new CoolingQueue(0x2001_0db8_0000_0000L, 0, 96);
        Owner owner = Owner.stateless("", "n", "u");
        queue.add(0x2001_0db8_0000_0007L, 9, owner, 1);
        CoolingQueue.Cursor cursor = queue.find(0x2001_0db8_0000_0007L, 9);
        assertNotNull(cursor);
        assertEquals(0x2001_0db8_0000_0007L, cursor.high());
        assertNull(queue.find(0x2001_0db8_0000_0006L, 9));
    }

    @Test
    void aCoolDownIsOverAtItsEnd() {
        assertTrue(CoolDown.isOver(10, 15, 5));
        assertFalse(CoolDown.isOver(11, 15, 5));
        assertFalse(CoolDown.isOver(Long.MIN_VALUE, Long.MIN_VALUE, 5));
        assertTrue(CoolDown.isOver(Long.MIN_VALUE, Long.MIN_VALUE + 5, 5));
    }

    @Test
    void stampsNeverGoBack() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32);
        Owner owner = Owner.stateless("", "n", "u");
        queue.add(0, 1, owner, 100);
        queue.add(0, 2, owner, 50);
        assertEquals(List.of(new Entry(1, owner, 100), new Entry(2, owner, 100)), entries(queue));
    }

    private static List<Entry> entries(CoolingQueue queue) {
        List<Entry> entries = new ArrayList<>();
        CoolingQueue.Cursor cursor = queue.cursor();
        while (cursor.next()) {
            assertEquals(0, cursor.high());
            entries.add(new Entry(cursor.low(), cursor.lastOwner(), cursor.stampMillis()));
        }
        return entries;
    }

    /** What is behind an old entry goes when it is taken out, and does not wait for the old one. */
    @Test
    void oneOldEntryKeepsNoOthersPlace() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32);
        Owner owner = Owner.stateless("", "n", "u");
        queue.add(0, 1, owner, 0);
        for (int i = 0; i < 100_000; i++) {
            queue.add(0, 2, owner, i);
            assertTrue(queue.remove(0, 2));
        }
        assertTrue(queue.chunks() < 10, () -> queue.chunks() + " chunks for one entry");
        queue.add(0, 3, owner, 100_000);
        assertEquals(List.of(new Entry(1, owner, 0), new Entry(3, owner, 100_000)), entries(queue));
    }
}
