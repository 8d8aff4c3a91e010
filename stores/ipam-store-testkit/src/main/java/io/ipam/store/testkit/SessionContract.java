package io.ipam.store.testkit;

import io.ipam.store.Change;
import io.ipam.store.CorruptStoreException;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.StateStore;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sessions: closing, the calls after it, and hints. */
public interface SessionContract extends StoreContract {
    /** {@return the seconds within which a call ends after close(); 30 by default} */
    default int secondsUntilClosedCallEnds() {
        return 30;
    }

    @Test
    default void close_twice_isAllowed() {
        StateStore session = realm().session();
        session.load().close();
        session.close();
        session.close();
        StateStore unused = realm().session();
        unused.close();
        unused.close();
    }

    @Test
    default void calls_afterClose_areUnavailableAndChangeNothing() {
        RealmWriter writer = realm().created();
        StateStore session = writer.session();
        Head head = writer.head();
        session.close();
        verifyUnavailable(() -> session.load(), "load");
        verifyUnavailable(() -> session.newsAfter(head), "newsAfter");
        verifyUnavailable(() -> session.commit(head, writer.next(Samples.granted(0, 1))), "commit");
        verifyUnavailable(() -> session.trim(head), "trim");
        Guarantee.HONEST.equal(head, Loaded.from(realm().session()).head(), "the head after calls of a closed session");
    }

    private static void verifyUnavailable(Executable call, String name) {
        Guarantee.HONEST.thrown(StoreUnavailableException.class, call, name + " after close()");
    }

    @Test
    default void close_oneSession_keepsOthersOpen() {
        RealmWriter writer = realm().created();
        RealmWriter closed = realm().writer().at(writer.head());
        writer.commit(Samples.granted(0, 1));
        closed.session().commit(closed.head(), closed.next(Samples.granted(1, 2)));
        closed.session().close();
        writer.commit(Samples.granted(2, 3));
        Guarantee.COMPLETE.equal(2L, Loaded.from(writer.session()).countHeld(), "the number of held addresses");
    }

    @Test
    default void close_fromOtherThreadDuringCalls_endsThem() throws Exception {
        RealmWriter writer = realm().created();
        CountDownLatch running = new CountDownLatch(20);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<StoreException> end = thread.submit(() -> {
                try {
                    return commitUntilClosed(writer, running);
                } catch (StoreException e) {
                    return e;
                }
            });
            while (!end.isDone() && !running.await(10, TimeUnit.MILLISECONDS)) {
                Thread.onSpinWait();
            }
            writer.session().close();
            StoreException failure = Together.result(end, secondsUntilClosedCallEnds());
            Guarantee.HONEST.check(
                    !(failure instanceof CorruptStoreException), "a call that close() ended reports " + failure);
        } finally {
            thread.shutdownNow();
        }
        StateStore other = realm().session();
        Loaded.from(other).verifyEquals(Fold.of(RealmWriter.readNews(other, Head.NONE)));
    }

    private static StoreException commitUntilClosed(RealmWriter writer, CountDownLatch running) {
        for (int i = 1; !Thread.currentThread().isInterrupted(); i++) {
            Change.Granted granted = Samples.granted(Samples.FIRST, "cart", i);
            writer.commit(granted);
            writer.catchUp();
            writer.commit(Samples.released(granted.held()));
            running.countDown();
            LockSupport.parkNanos(20_000);
        }
        throw new AssertionError(Guarantee.BOUNDED.broken("calls of a closed session succeed"));
    }

    @Test
    default void close_whileImageIsOpen_endsImage() {
        RealmWriter writer = realm().created();
        writer.commit(Samples.granted(0, 1), Samples.granted(1, 2), Samples.granted(2, 3));
        Image image = writer.session().load();
        Iterator<Entry> entries = image.entries();
        entries.next();
        writer.session().close();
        try {
            entries.forEachRemaining(entry -> {});
        } catch (StoreException e) {
            Guarantee.HONEST.check(e instanceof StoreUnavailableException, "an image of a closed session reports " + e);
        }
        image.close();
    }

    /**
     * Another follower shows when hints have arrived. At its close, a registration may have two
     * hints under way: that of its start, and that of a commit.
     */
    @Test
    default void follow_closed_isNotHintedAgain() throws Exception {
        RealmWriter writer = realm().created();
        AtomicInteger hints = new AtomicInteger();
        Semaphore others = new Semaphore(0);
        AutoCloseable registration = realm().session().follow(hints::incrementAndGet);
        AutoCloseable other = realm().session().follow(others::release);
        writer.commit(Samples.granted(0, 1));
        registration.close();
        int before = hints.get();
        for (int i = 1; i <= 10; i++) {
            others.drainPermits();
            writer.commit(Samples.granted(i, i + 1));
            if (!others.tryAcquire(1, TimeUnit.SECONDS)) {
                break; // The store sends no hints, or the machine is busy.
            }
        }
        int after = hints.get() - before;
        Guarantee.BOUNDED.check(
                after <= 2, after + " hints arrived after the registration was closed, at most 2 were under way");
        other.close();
    }

    @Test
    default void follow_registered_callsOfSessionWork() throws Exception {
        RealmWriter writer = realm().created();
        RealmWriter follower = realm().writer().at(writer.head());
        AutoCloseable registration = follower.session().follow(() -> {});
        writer.commit(Samples.granted(0, 1));
        Guarantee.COMPLETE.equal(1, follower.catchUp().size(), "the number of commits that a follower reads");
        follower.commit(Samples.granted(1, 2));
        registration.close();
        registration.close();
        writer.catchUp();
        writer.commit(Samples.granted(2, 3));
    }
}
