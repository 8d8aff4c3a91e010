package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.owner.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CoolingQueueTest {
    private static final long SEED = 3;
    private static final Owner OWNER = Owner.stateless("", "n", "u");

    private record Entry(long low, Owner owner, long stamp) {}

    @Property(tries = 60)
    void operations_anyOrder_agreeWithAList(@ForAll long seed) {
        Random random = new Random(seed);
        CoolingQueue queue = new CoolingQueue(0, 0x0a00_0000L, 24, SEED);
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
        Cooling entry = queue.find(0, low);
        assertNotNull(entry);
        assertEquals(low, entry.low());
        return entry.releasedMillis();
    }

    @Test
    void cursor_removesItsEntry_continuesAfterIt() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32, SEED);
        for (int i = 0; i < 100; i++) {
            queue.add(0, i, OWNER, i);
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

    /** Memory follows the number of entries, from whichever end they are removed. */
    @Test
    void reserve_mostlyEmpty_shrinks() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32, SEED);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10_000; i++) {
                queue.add(0, i, OWNER, i);
            }
            assertTrue(queue.capacity() <= 10_000 * 9 / 8 + 8, () -> "" + queue.capacity());
            for (int i = 9_999; i >= 100; i--) {
                assertTrue(queue.remove(0, i));
            }
            queue.reserve(1);
            assertTrue(queue.capacity() < 200, () -> "" + queue.capacity());
            CoolingQueue.Cursor cursor = queue.cursor();
            for (int i = 0; cursor.next(); i++) {
                assertEquals(i, cursor.low());
                cursor.remove();
            }
            assertEquals(0, queue.size());
            assertEquals(List.of(), entries(queue));
        }
    }

    @Test
    void add_ringWrapsAround_keepsTheOrder() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32, SEED);
        for (int i = 0; i < 5; i++) {
            queue.add(0, i, OWNER, i);
        }
        int capacity = queue.capacity();
        for (int i = 5; i < 10 * capacity; i++) {
            assertTrue(queue.remove(0, i - 5));
            queue.add(0, i, OWNER, i);
            List<Entry> expected = new ArrayList<>();
            for (int low = i - 4; low <= i; low++) {
                expected.add(new Entry(low, OWNER, low));
            }
            assertEquals(expected, entries(queue));
        }
        assertEquals(capacity, queue.capacity());
    }

    /**
     * Removals between the additions use up none of the room: 30 of the 60 places have become gaps.
     */
    @Test
    void reserve_thenAddAndRemove_allocatesNothing() {
        AllocatedBytes.assertNothing(bytes -> {
            CoolingQueue queue = new CoolingQueue(0, 0, 64, SEED);
            for (int i = 0; i < 1000; i++) {
                queue.add(0, 1000 + i, OWNER, i);
            }
            queue.reserve(60);
            long before = bytes.getAsLong();
            for (int i = 0; i < 1000; i++) {
                queue.remove(0, 1000 + i);
            }
            for (int i = 0; i < 60; i++) {
                queue.add(0, i, OWNER, 2000 + i);
                if (i % 2 == 1) {
                    queue.remove(0, i);
                }
            }
            return bytes.getAsLong() - before;
        });
    }

    @Test
    void reserve_moreThanEverFits_throwsAndChangesNothing() {
        CoolingQueue queue = new CoolingQueue(0, 0, 128, SEED);
        queue.add(0, 1, OWNER, 7);
        assertThrows(IllegalStateException.class, () -> queue.reserve(Integer.MAX_VALUE));
        assertThrows(IllegalStateException.class, () -> queue.reserve(KeyIndex.MOST_ROWS));
        assertEquals(List.of(new Entry(1, OWNER, 7)), entries(queue));
    }

    @Test
    void find_wideAddress_comparesEveryBit() {
        CoolingQueue queue = new CoolingQueue(0x2001_0db8_0000_0000L, 0, 96, SEED);
        queue.add(0x2001_0db8_0000_0007L, 9, OWNER, 1);
        assertEquals(new Cooling(0x2001_0db8_0000_0007L, 9, OWNER, 1), queue.find(0x2001_0db8_0000_0007L, 9));
        assertNull(queue.find(0x2001_0db8_0000_0006L, 9));
    }

    @Test
    void isOver_atItsEnd_isTrue() {
        assertTrue(CoolDown.isOver(10, 15, 5));
        assertFalse(CoolDown.isOver(11, 15, 5));
        assertFalse(CoolDown.isOver(Long.MIN_VALUE, Long.MIN_VALUE, 5));
        assertTrue(CoolDown.isOver(Long.MIN_VALUE, Long.MIN_VALUE + 5, 5));
    }

    @Test
    void add_earlierStamp_isRaisedToTheLastOne() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32, SEED);
        queue.add(0, 1, OWNER, 100);
        queue.add(0, 2, OWNER, 50);
        assertEquals(List.of(new Entry(1, OWNER, 100), new Entry(2, OWNER, 100)), entries(queue));
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

    /** The place of a removed entry is reused, even if an older entry stays. */
    @Test
    void add_oneOldEntryStays_ringStaysSmall() {
        CoolingQueue queue = new CoolingQueue(0, 0, 32, SEED);
        queue.add(0, 1, OWNER, 0);
        for (int i = 0; i < 100_000; i++) {
            queue.add(0, 2, OWNER, i);
            assertTrue(queue.remove(0, 2));
        }
        assertTrue(queue.capacity() < 20, () -> queue.capacity() + " places for one entry");
        queue.add(0, 3, OWNER, 100_000);
        assertEquals(List.of(new Entry(1, OWNER, 0), new Entry(3, OWNER, 100_000)), entries(queue));
    }
}
