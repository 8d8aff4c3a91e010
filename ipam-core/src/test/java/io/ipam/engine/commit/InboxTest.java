package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that wait for the committer. */
class InboxTest {
    private static final int CALLERS = 4;
    private static final int CALLS = 500;

    private final Inbox<Object> inbox = new Inbox<>();

    private static Call<Object, String> call() {
        return new Call<>(batch -> "done");
    }

    @Test
    void takeAll_callsPutBack_precedeThoseThatArrivedLater() {
        List<Call<Object, String>> calls =
                IntStream.range(0, 4).mapToObj(i -> call()).toList();
        inbox.add(calls.get(0));
        inbox.add(calls.get(1));
        List<Call<Object, ?>> first = inbox.takeAll();
        inbox.add(calls.get(2));
        inbox.putBack(first);
        inbox.add(calls.get(3));
        assertEquals(calls, inbox.takeAll());
        assertTrue(!inbox.hasCalls());
    }

    @Test
    void add_closedInbox_isRefused() {
        inbox.close();
        assertThrows(IllegalStateException.class, () -> inbox.add(call()));
        assertThrows(IllegalStateException.class, () -> inbox.addVerification(new Call<>(batch -> List.of())));
        inbox.addUnlessClosed(call());
        assertTrue(!inbox.hasCalls());
    }

    @Test
    void add_committerHasFailed_failsTheCall() {
        StoreUnavailableException cause = new StoreUnavailableException("gone");
        inbox.fail(cause);
        Call<Object, String> late = call();
        inbox.add(late);
        assertTrue(late.isAnswered());
        assertSame(cause, assertThrows(StoreUnavailableException.class, late::result));
        assertSame(cause, inbox.failure());
    }

    @Test
    void fail_waitingCalls_areAnswered() {
        Call<Object, String> call = call();
        Call<Object, List<String>> verification = new Call<>(batch -> List.of());
        inbox.add(call);
        inbox.addVerification(verification);
        StoreUnavailableException cause = new StoreUnavailableException("gone");
        inbox.fail(cause);
        for (Call<Object, ?> each : List.of(call, verification)) {
            assertTrue(each.isAnswered());
            assertSame(cause, assertThrows(StoreUnavailableException.class, each::result));
        }
    }

    @Test
    void giveUpSent_someCallsWereSent_keepsTheOthersInTheirOrder() {
        List<Call<Object, String>> calls = List.of(call(), call(), call());
        calls.forEach(inbox::add);
        calls.get(1).setSent();
        inbox.giveUpSent("the store has another history");
        assertThrows(OutcomeUnknownException.class, calls.get(1)::result);
        assertEquals(List.of(calls.get(0), calls.get(2)), inbox.takeAll());
    }

    /** Callers add while the committer takes calls, answers them, and fails in the end. */
    @RepeatedTest(20)
    void add_whileTheCommitterTakesAndFails_everyCallIsAnswered() throws Exception {
        CountDownLatch started = new CountDownLatch(CALLERS);
        List<FutureTask<List<Call<Object, String>>>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            FutureTask<List<Call<Object, String>>> caller = new FutureTask<>(() -> {
                started.countDown();
                List<Call<Object, String>> own = new ArrayList<>();
                for (int j = 0; j < CALLS; j++) {
                    own.add(call());
                    inbox.add(own.get(j));
                }
                return own;
            });
            callers.add(caller);
            new Thread(caller).start();
        }
        started.await();
        StoreUnavailableException cause = new StoreUnavailableException("gone");
        int taken = 0;
        while (taken < CALLERS * CALLS / 2) {
            inbox.await(Pause.untilWork(10_000));
            List<Call<Object, ?>> calls = inbox.takeAll();
            calls.forEach(call -> call.fail(cause));
            taken += calls.size();
        }
        inbox.fail(cause);
        for (FutureTask<List<Call<Object, String>>> caller : callers) {
            caller.get().forEach(call -> assertTrue(call.isAnswered()));
        }
    }

    /** The committer sleeps for hours if nothing wakes it. */
    @ParameterizedTest
    @ValueSource(strings = {"call", "call without a caller", "verification", "hint", "close"})
    void await_signalWhileItWaits_returns(String signal) throws InterruptedException {
        Thread committer = new Thread(() -> {
            try {
                inbox.await(Pause.untilWork(10_000_000));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        committer.setDaemon(true);
        committer.start();
        while (committer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        switch (signal) {
            case "call" -> inbox.add(call());
            case "call without a caller" -> inbox.addUnlessClosed(call());
            case "verification" -> inbox.addVerification(new Call<>(batch -> List.of()));
            case "hint" -> inbox.hint();
            default -> inbox.close();
        }
        committer.join(60_000);
        assertFalse(committer.isAlive());
    }

    @Test
    void await_interruptedThread_throws() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> inbox.await(Pause.untilWork(10_000)));
    }
}
