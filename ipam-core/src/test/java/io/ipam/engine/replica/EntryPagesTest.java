package io.ipam.engine.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The entries of an image, added while the next ones are read. */
class EntryPagesTest {
    private static final int PAGE = 4_096;

    private static Entry entry(int number) {
        Address address = Address.parse("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
        return new Entry.Held(address, "pool", Optional.empty(), "eth0", number + 1L, "");
    }

    private static List<Entry> entries(int count) {
        return IntStream.range(0, count).mapToObj(EntryPagesTest::entry).toList();
    }

    private static void pass(List<Entry> entries, Consumer<Entry> consumer) {
        EntryPages pages = new EntryPages(consumer);
        entries.forEach(pages::add);
        pages.finish();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 7})
    void finish_anyNumberOfEntries_hasAddedEachInOrder(int count) {
        List<Entry> added = new ArrayList<>();
        pass(entries(count), added::add);
        assertEquals(entries(count), added);
    }

    @Test
    void add_fullPages_areNotAddedByTheReader() {
        Set<Thread> threads = new HashSet<>();
        pass(entries(2 * PAGE), entry -> threads.add(Thread.currentThread()));
        assertEquals(2, threads.size());
        assertTrue(!threads.contains(Thread.currentThread()));
        assertTrue(threads.stream().allMatch(Thread::isDaemon), "no thread keeps the JVM alive");
    }

    /** The reader fills the second page while the consumer has not taken the first one. */
    @Test
    void add_consumerIsSlow_readsAPageAhead() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(1);
        List<Entry> added = new ArrayList<>();
        EntryPages pages = new EntryPages(entry -> {
            await(read);
            added.add(entry);
        });
        entries(2 * PAGE - 1).forEach(pages::add);
        read.countDown();
        pages.finish();
        assertEquals(2 * PAGE - 1, added.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, PAGE - 1, PAGE, 2 * PAGE + 5})
    void passing_consumerThrows_throwsTheSame(int refused) {
        CorruptStoreException corrupt = new CorruptStoreException("two entries");
        Entry faulty = entry(refused);
        assertSame(
                corrupt,
                assertThrows(
                        CorruptStoreException.class,
                        () -> pass(entries(4 * PAGE), entry -> {
                            if (entry.equals(faulty)) {
                                throw corrupt;
                            }
                        })));
    }

    @Test
    void passing_consumerThrowsAnError_throwsTheSame() {
        OutOfMemoryError full = new OutOfMemoryError("planted");
        assertSame(
                full,
                assertThrows(
                        OutOfMemoryError.class,
                        () -> pass(entries(2 * PAGE), entry -> {
                            throw full;
                        })));
    }

    @Test
    void add_interruptedReader_stopsAndKeepsTheFlag() {
        CountDownLatch never = new CountDownLatch(1);
        EntryPages pages = new EntryPages(entry -> await(never));
        entries(2 * PAGE - 1).forEach(pages::add);
        Thread.currentThread().interrupt();
        assertThrows(StoreUnavailableException.class, () -> pages.add(entry(2 * PAGE)));
        assertTrue(Thread.interrupted());
        never.countDown();
    }
}
