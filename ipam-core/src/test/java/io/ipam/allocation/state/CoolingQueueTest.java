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
}
