package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Each ledger once, and those that are locked are read as they are. */
class LedgerLocksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Ledger a = Ledgers.small("a");
    private final Ledger b = Ledgers.small("b");
    private final Ledger c = Ledgers.small("c");

    @Test
    void aLedgerThatIsNamedTwiceIsLockedOnce() {
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            try (LedgerLocks locks = LedgerLocks.of(List.of(c, a, c))) {
                assertEquals(List.of(a, c), locks.ledgers());
            }
            a.lock();
            c.lock();
        });
    }

    @Test
    void aLedgerThatIsLockedIsReadWithoutItsLock() {
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            try (LedgerLocks locks = LedgerLocks.of(List.of(a, b, c))) {
                for (Ledger ledger : List.of(a, b, c)) {
                    assertEquals(ledger.number(), locks.read(ledger, Ledger::number));
                }
            }
        });
    }

    /** It would be locked out of order. */
    @Test
    void aFurtherLedgerIsNotRead() {
        try (LedgerLocks locks = LedgerLocks.of(List.of(a, c))) {
            assertThrows(IllegalStateException.class, () -> locks.read(b, Ledger::number));
        }
    }

    @Test
    void withoutLocksALedgerIsLockedWhileItIsReadAndNoLonger() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            try {
                reading.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            b.lock();
            entered.countDown();
            b.unlock();
        });
        other.start();
        boolean wasEntered = LedgerLocks.NONE.read(b, ledger -> {
            reading.countDown();
            return isOver(entered, Duration.ofMillis(50));
        });
        assertFalse(wasEntered);
        assertTrue(isOver(entered, PATIENCE));
        other.join();
    }

    private static boolean isOver(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
