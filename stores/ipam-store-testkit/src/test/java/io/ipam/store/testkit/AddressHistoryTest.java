package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.owner.Owner;
import io.ipam.store.testkit.AddressHistory.Answer;
import io.ipam.store.testkit.AddressHistory.Holder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Right and wrong histories of requests for the two addresses of a pool. */
class AddressHistoryTest {
    private static final Address ONE = Address.parse("10.0.0.1");
    private static final Address TWO = Address.parse("10.0.0.2");
    private static final Holder A = holder("a");
    private static final Holder B = holder("b");
    private static final Holder C = holder("c");

    private final AddressHistory history = new AddressHistory();

    AddressHistoryTest() {
        history.pool("p", AddressSet.parse(ONE.family(), List.of("10.0.0.1-10.0.0.2")));
        history.pool("q", AddressSet.parse(ONE.family(), List.of("10.0.1.1")));
    }

    private static Holder holder(String name) {
        return new Holder(Owner.stateless("shop", name, name), "eth0 IPv4");
    }

    private void allocate(long start, long end, Holder holder, Answer answer) {
        history.add(new AddressHistory.Allocate(start, end, holder, "p", answer));
    }

    private void release(long start, long end, Holder holder, Address address, long generation, Answer answer) {
        history.add(new AddressHistory.Release(start, end, holder, "p", address, generation, answer));
    }

    private static Answer granted(Address address, long generation) {
        return new Answer.Granted(address, generation);
    }

    private void verifyRight() {
        assertEquals(List.of(), HistoryChecker.problems(history));
    }

    private void verifyWrong(String subject) {
        List<String> problems = HistoryChecker.problems(history);
        assertTrue(
                problems.stream().anyMatch(text -> text.startsWith(subject)), () -> subject + " is not in " + problems);
    }

    @Test
    void problems_grantsAndReleasesInTurns_none() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, B, granted(TWO, 2));
        allocate(5, 6, A, granted(ONE, 1));
        allocate(7, 8, C, new Answer.Exhausted());
        release(9, 10, C, ONE, 1, new Answer.HeldByAnother());
        release(11, 12, A, ONE, 1, new Answer.Released());
        release(13, 14, A, ONE, 1, new Answer.NotAllocated());
        allocate(15, 16, C, granted(ONE, 3));
        release(17, 18, A, ONE, 1, new Answer.HeldByAnother());
        verifyRight();
    }

    @Test
    void problems_overlappingReleaseExplainsGrantAndRefusal_none() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, B, granted(TWO, 2));
        release(10, 20, A, ONE, 1, new Answer.Released());
        allocate(11, 12, C, new Answer.Exhausted());
        allocate(13, 19, C, granted(ONE, 3));
        verifyRight();
    }

    @Test
    void problems_duplicateGrant_found() {
        allocate(1, 10, A, granted(ONE, 1));
        allocate(2, 9, B, granted(ONE, 2));
        verifyWrong("pool p");
    }

    @Test
    void problems_releaseLost_found() {
        allocate(1, 2, A, granted(ONE, 1));
        release(3, 4, A, ONE, 1, new Answer.Released());
        allocate(5, 6, A, granted(ONE, 1));
        release(7, 8, B, ONE, 1, new Answer.HeldByAnother());
        release(9, 10, A, ONE, 1, new Answer.NotAllocated());
        verifyWrong("pool p");
        verifyWrong("owner shop/a");
    }

    @Test
    void problems_refusalWhileFree_found() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, C, new Answer.Exhausted());
        verifyWrong("pool p");
    }

    @Test
    void problems_refusalBeforeGrantsStarted_found() {
        allocate(1, 2, C, new Answer.Exhausted());
        allocate(3, 4, A, granted(ONE, 1));
        allocate(3, 4, B, granted(TWO, 2));
        verifyWrong("pool p");
    }

    @Test
    void problems_releaseOfConfirmedGrantNotAllocated_found() {
        allocate(1, 2, A, granted(ONE, 1));
        release(3, 4, A, ONE, 1, new Answer.NotAllocated());
        verifyWrong("pool p");
        verifyWrong("owner shop/a");
    }

    @Test
    void problems_lateReleaseFreesOtherOwner_found() {
        allocate(1, 2, A, granted(ONE, 1));
        release(3, 4, A, ONE, 1, new Answer.Released());
        allocate(5, 6, B, granted(ONE, 2));
        release(7, 8, A, ONE, 1, new Answer.Released());
        verifyWrong("pool p");
    }

    @Test
    void problems_twoAddressesForOneDemand_found() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, A, granted(TWO, 2));
        verifyWrong("pool p");
        verifyWrong("owner shop/a");
    }

    @Test
    void problems_twoPoolsForOneDemand_found() {
        allocate(1, 2, A, granted(ONE, 1));
        history.add(new AddressHistory.Allocate(3, 4, A, "q", granted(Address.parse("10.0.1.1"), 2)));
        assertEquals(1, HistoryChecker.problems(history).size());
        verifyWrong("owner shop/a");
    }

    @Test
    void problems_addressOutsidePool_found() {
        allocate(1, 2, A, granted(Address.parse("10.0.0.3"), 1));
        verifyWrong("pool p");
    }

    @Test
    void problems_generationOfTwoGrants_found() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, B, granted(TWO, 1));
        verifyWrong("generation 1");
    }

    @Test
    void problems_unknownGrantExplainsRefusalAndLaterAnswer_none() {
        allocate(1, 2, A, new Answer.Unknown());
        allocate(3, 4, B, granted(ONE, 2));
        allocate(5, 6, C, new Answer.Exhausted());
        allocate(7, 8, A, granted(TWO, 1));
        verifyRight();
    }

    @Test
    void problems_unknownGrantTakesEffectLate_none() {
        allocate(1, 2, A, new Answer.Unknown());
        allocate(3, 4, B, granted(ONE, 1));
        allocate(5, 6, C, granted(TWO, 2));
        release(7, 8, C, TWO, 2, new Answer.Released());
        allocate(9, 10, C, new Answer.Exhausted());
        verifyRight();
    }

    @Test
    void problems_oneUnknownGrantForTwoRefusals_found() {
        allocate(1, 2, A, new Answer.Unknown());
        allocate(3, 4, C, new Answer.Exhausted());
        verifyWrong("pool p");
    }

    @Test
    void problems_unknownReleaseExplainsGrant_none() {
        allocate(1, 2, A, granted(ONE, 1));
        release(3, 4, A, ONE, 1, new Answer.Unknown());
        allocate(5, 6, B, granted(ONE, 2));
        verifyRight();
    }

    @Test
    void problems_unknownReleaseStartedAfterGrant_found() {
        allocate(1, 2, A, granted(ONE, 1));
        allocate(3, 4, B, granted(ONE, 2));
        release(5, 6, A, ONE, 1, new Answer.Unknown());
        verifyWrong("pool p");
    }

    @Test
    void add_undefinedPool_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> history.add(new AddressHistory.Allocate(1, 2, A, "none", new Answer.Exhausted())));
    }

    @Test
    void pool_moreThan64Addresses_isRefused() {
        AddressSet large = AddressSet.parse(ONE.family(), List.of("10.0.0.1-10.0.0.65"));
        assertThrows(IllegalArgumentException.class, () -> history.pool("large", large));
    }

    @Test
    void problems_manyCallersOfOneAllocator_none() throws Exception {
        assertEquals(List.of(), HistoryChecker.problems(run(new NaiveAllocator(0), 4, 60)));
    }

    @Test
    void problems_allocatorThatGrantsTwice_foundForMostSeeds() throws Exception {
        int found = 0;
        for (int i = 0; i < 10; i++) {
            found +=
                    HistoryChecker.problems(run(new NaiveAllocator(0.2), 3, 40)).isEmpty() ? 0 : 1;
        }
        assertTrue(found >= 8, "found only " + found + " of 10");
    }

    /** Callers request and release, and do not see every tenth answer. */
    private static AddressHistory run(NaiveAllocator allocator, int callers, int calls) throws Exception {
        AddressHistory history = new AddressHistory();
        history.pool("p", AddressSet.parse(ONE.family(), List.of("10.0.0.1-10.0.0.3")));
        Together.run(callers, i -> () -> {
            Random random = new Random(i);
            for (int n = 0; n < calls; n++) {
                Holder holder = holder("caller-" + i + "-" + random.nextInt(2));
                long start = history.tick();
                if (random.nextBoolean()) {
                    Answer answer = allocator.allocate(holder, random);
                    history.add(new AddressHistory.Allocate(start, history.tick(), holder, "p", seen(answer, random)));
                } else {
                    Address address = Address.parse("10.0.0." + (1 + random.nextInt(3)));
                    long generation = allocator.generationOf(address);
                    Answer answer = allocator.release(holder, address, generation);
                    history.add(new AddressHistory.Release(
                            start, history.tick(), holder, "p", address, generation, seen(answer, random)));
                }
            }
            return true;
        });
        return history;
    }

    private static Answer seen(Answer answer, Random random) {
        return random.nextInt(10) == 0 ? new Answer.Unknown() : answer;
    }
}
