package io.ipam.engine.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;

/** The states of a call, and what its caller gets. */
class CallTest {
    private final Call<Object, String> call = new Call<>(batch -> "done");

    @Test
    void claim_waitingCall_succeedsOnce() {
        assertTrue(call.claim());
        assertFalse(call.claim());
        assertTrue(call.unclaim());
        assertTrue(call.claim());
    }

    @Test
    void claim_callerHasGivenUp_isRefused() {
        call.timeOut(5, null);
        assertFalse(call.claim());
        assertEquals(
                "the store did not confirm the request within 5 ms; the request had no effect, repeat it later",
                assertThrows(StoreUnavailableException.class, call::result).getMessage());
    }

    /** Otherwise the request could take effect after its caller got an exception. */
    @Test
    void unclaim_callerHasGivenUp_isRefused() {
        assertTrue(call.claim());
        call.timeOut(5, null);
        assertFalse(call.unclaim());
        assertEquals(
                "the store did not confirm the request within 5 ms; the outcome of the request is unknown, repeat it",
                assertThrows(OutcomeUnknownException.class, call::result).getMessage());
    }

    @Test
    void answer_callerHasGivenUp_keepsTheFirstResult() {
        assertTrue(call.claim());
        call.decide("batch");
        call.timeOut(5, null);
        call.answer();
        assertThrows(OutcomeUnknownException.class, call::result);
    }
}
