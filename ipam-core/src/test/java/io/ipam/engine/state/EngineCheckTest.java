package io.ipam.engine.state;

import static io.ipam.fixture.Pools.v4;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.engine.EngineFixture;
import io.ipam.engine.decision.PoolBinding;
import io.ipam.fixture.Pools;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.record.OwnerTable;
import io.ipam.record.UnpooledCooling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each invariant, broken on purpose, is reported by its name. */
class EngineCheckTest {
    private static final Pool A = v4("a", 1, 9);
    private static final Pool B = v4("b", 2, 9);
    private static final Pool OTHER = v4("other", 1, 2);
    private static final Owner X = Owner.stateless("shop", "x", "ux");
    private static final Owner Y = Owner.stateless("shop", "y", "uy");

    private final EngineStateBuilder builder =
            new EngineStateBuilder(PoolCatalog.of(A, B), java.util.Set.of(), EngineFixture.settings(1000));

    private PoolBinding pool(String name) {
        return requireNonNull(builder.pool(name), name);
    }

    private Ledger ledger(String name) {
        return builder.ledger(pool(name));
    }

    private LedgerContent content(String name) {
        return ledger(name).content();
    }

    private static long low(String address) {
        return Address.parse(address).low();
    }

    private void hold(String pool, String address, Owner owner, long generation) {
        assertTrue(builder.hold(pool(pool), Address.parse(address), owner, "eth0", generation));
    }

    private void cool(String pool, String address, long released) {
        LedgerContent content = content(pool);
        content.cooling().add(0, low(address), Y, released);
        content.coolingUsable += content.take(0, low(address)) ? 1 : 0;
    }

    private static UnpooledCooling.Unpooled unpooled(String address) {
        return new UnpooledCooling.Unpooled("gone", Address.parse(address), Y, 1);
    }

    /** A sound state: one address held in each pool, two cooling, one cooling without a pool. */
    private EngineState sound() {
        hold("a", "10.1.0.1", X, 1);
        hold("b", "10.2.0.1", X, 2);
        hold("b", "10.2.0.2", Y, 3);
        cool("a", "10.1.0.5", 7);
        cool("a", "10.1.0.6", 8);
        builder.cool(unpooled("10.3.0.1"));
        return builder.build(9);
    }

    private static List<String> check(EngineState state) {
        List<String> broken = new ArrayList<>();
        new EngineCheck(state, state.active().ledgers()).check(broken);
        return broken;
    }

    /** The report on a sound state after the damage. */
    private String afterwards(Consumer<EngineState> damage) {
        EngineState state = sound();
        assertEquals(List.of(), check(state));
        damage.accept(state);
        return String.join("\n", check(state));
    }

    private static void assertReported(String invariant, String report) {
        assertTrue(report.contains(invariant), report);
    }

    private static void set(Object object, String field, Object value) {
        try {
            var found = object.getClass().getDeclaredField(field);
            found.setAccessible(true);
            found.set(object, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object get(Object object, String field) {
        try {
            var found = object.getClass().getDeclaredField(field);
            found.setAccessible(true);
            return found.get(object);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static OwnerTable owners(EngineState state, Owner owner) {
        return state.stripeOf(state.hashOf(owner)).owners();
    }

    private static Ledger[] ledgers(EngineState state) {
        return state.active().ledgers().toArray(Ledger[]::new);
    }

    @Test
    void bitmap_levelDiffers_isReported() {
        String report = afterwards(state -> {
            Object levels = get(get(content("a").ordinary, "taken"), "levels");
            ((long[]) get(levels, "words"))[0] ^= 1L << 8;
        });
        assertReported("invariant broken: ", report);
    }

    @Test
    void heldOnce_addressHeldInTwoPools_isReported() {
        builder.addDetached(OTHER);
        hold("other", "10.1.0.1", Y, 5);
        assertReported("HELD-ONCE: 10.1.0.1 has two records", String.join("\n", check(sound())));
    }

    @Test
    void takenOnce_addressHeldAndCoolingInAnotherPool_isReported() {
        builder.addDetached(OTHER);
        cool("other", "10.1.0.1", 5);
        assertReported("TAKEN-ONCE: 10.1.0.1", String.join("\n", check(sound())));
    }

    @Test
    void takenOnce_addressHeldAndCooling_isReported() {
        assertReported("TAKEN-ONCE: 10.1.0.1", afterwards(state -> cool("a", "10.1.0.1", 9)));
    }

    @Test
    void unpooled_addressOfAPool_isReported() {
        assertReported(
                "UNPOOLED: 10.1.0.3", afterwards(state -> state.unpooled().put(unpooled("10.1.0.3"))));
    }

    @Test
    void takenOnce_addressHeldAndCoolingWithoutAPool_isReported() {
        assertReported(
                "TAKEN-ONCE: 10.1.0.1 cools down without a pool",
                afterwards(state -> state.unpooled().put(unpooled("10.1.0.1"))));
    }

    private static void redefine(Ledger ledger, Pool pool, AddressSet usable) {
        PoolBinding binding = new PoolBinding(ledger.number(), pool, usable, 0, false);
        ledger.apply(
                LedgerContent.of(binding, ledger.records(), ledger.content().cooling()));
    }

    @Test
    void inPool_poolLosesTakenAddresses_isReported() {
        String report = afterwards(state -> {
            Pool smaller = A.toBuilder().excludeIps("10.1.0.1", "10.1.0.5").build();
            redefine(ledger("a"), smaller, smaller.addresses());
        });
        assertReported("IN-POOL: 10.1.0.1", report);
        assertReported("COOLING-IN-POOL: 10.1.0.5", report);
        assertReported("BOUND: a on ledger 0", report);
    }

    @Test
    void bitsAreTaken_heldAddressWithoutBit_isReported() {
        assertReported(
                "BITS-ARE-TAKEN: 10.1.0.1 is held and free",
                afterwards(state -> content("a").free(0, low("10.1.0.1"))));
    }

    @Test
    void bitsAreTaken_coolingAddressWithoutBit_isReported() {
        assertReported(
                "BITS-ARE-TAKEN: 10.1.0.5 cools down and is free",
                afterwards(state -> content("a").free(0, low("10.1.0.5"))));
    }

    @Test
    void bitsAreTaken_bitWithoutAddress_isReported() {
        assertReported(
                "BITS-ARE-TAKEN: 4 bits for 3 taken addresses",
                afterwards(state -> content("a").take(0, low("10.1.0.9"))));
    }

    @Test
    void stampsAscend_earlierReleaseLast_isReported() {
        assertReported("STAMPS-ASCEND: 10.1.0.9 at 3 after 8", afterwards(state -> {
            set(content("a").cooling(), "lastStamp", 3L);
            cool("a", "10.1.0.9", 3);
        }));
    }

    /** Held and reserved, cooling and reserved: without a bit, and with counts of their own. */
    @Test
    void check_takenAddressesReserved_isSoundExceptForTheBindings() {
        String report = afterwards(state -> {
            AddressSet reserved = AddressSet.parse(A.family(), List.of("10.1.0.1", "10.2.0.1", "10.1.0.5"));
            redefine(ledger("a"), A, A.addresses().minus(reserved));
            redefine(ledger("b"), B, B.addresses().minus(reserved));
        });
        assertEquals(2, report.split("\n", -1).length, report);
        assertReported("BOUND: a on", report);
        assertReported("BOUND: b on", report);
    }

    @Test
    void countsFit_coolingUsableWrong_isReported() {
        assertReported(
                "COUNTS-FIT: 2 cooling and usable, counted 7", afterwards(state -> content("a").coolingUsable = 7));
    }

    @Test
    void countsFit_heldReservedWrong_isReported() {
        assertReported(
                "COUNTS-FIT: 0 held and reserved, counted 1", afterwards(state -> content("a").heldReserved = 1));
    }

    @Test
    void counted_sizesWrong_isReported() {
        String report = afterwards(state -> {
            set(ledger("a").records(), "size", 5);
            set(content("a").cooling(), "size", 6);
        });
        assertReported("RECORDS-COUNTED: 1 records, counted 5", report);
        assertReported("COOLING-COUNTED: 2 cooling, counted 6", report);
        assertReported("LISTED: 7 records, and 3 in the lists of owners", report);
    }

    @Test
    void indexed_displacedRecordIsNotInTheIndex_isReported() {
        assertReported("INDEXED: 10.1.0.1 in slot 0, found in -1", afterwards(state -> {
            set(ledger("a").records(), "displaced", 1);
            set(ledger("a").records(), "origin", 0);
        }));
    }

    @Test
    void listed_recordInNoList_isReported() {
        assertReported(
                "LISTED: 10.1.0.1 is not in the list of shop/x",
                afterwards(state -> owners(state, X).remove(X, state.hashOf(X), 0, 0)));
    }

    /** The record of another owner, and one in a pool that does not exist. */
    @Test
    void listed_listNamesOtherRecords_isReported() {
        String report = afterwards(state -> {
            OwnerTable owners = owners(state, Y);
            owners.remove(Y, state.hashOf(Y), 1, 1);
            owners.add(Y, state.hashOf(Y), 0, 0);
            owners.add(Y, state.hashOf(Y), 99, 0);
            owners.add(Y, state.hashOf(Y), 1, 1);
        });
        assertReported("LISTED: slot 0 of pool 0 in the list of shop/y", report);
        assertReported("LISTED: slot 0 of pool 99 in the list of shop/y", report);
    }

    @Test
    void listed_listNamesNoRecord_isReported() {
        assertReported(
                "is in a list, and holds no record",
                afterwards(state -> ledger("b").release(ledger("b").slotOf(Address.parse("10.2.0.2")))));
    }

    @Test
    void found_ownerInAnotherStripe_isReported() {
        assertReported("FOUND: shop/x", afterwards(state -> {
            Stripe right = state.stripeOf(state.hashOf(X));
            Stripe wrong = state.stripes()[right == state.stripes()[0] ? 1 : 0];
            wrong.owners().add(X, state.hashOf(X), 0, 0);
        }));
    }

    @Test
    void generationsDiffer_oneTwice_isReported() {
        assertReported(
                "GENERATIONS-DIFFER: 2 twice",
                afterwards(state -> ledger("b").records().replace(1, Y, "eth0", 2)));
    }

    @Test
    void generationsGiven_aboveTheLast_isReported() {
        assertReported(
                "GENERATIONS-GIVEN: 3 is not in 1 to 2",
                afterwards(state -> ((AtomicLong) get(state, "lastGeneration")).set(2)));
    }

    @Test
    void generationsGiven_zero_isReported() {
        assertReported(
                "GENERATIONS-GIVEN: 0 is not in 1 to 9",
                afterwards(state -> ledger("b").records().replace(1, Y, "eth0", 0)));
    }

    @Test
    void bound_poolWithoutBinding_isReported() {
        String report = afterwards(state -> {
            Map<String, PoolBinding> less = new HashMap<>(state.active().pools());
            less.remove("b");
            state.publish(new ActiveCatalog(
                    state.active().catalog(), less, DetachedPools.NONE, ledgers(state), Withheld.NONE));
        });
        assertReported("BOUND: 1 bindings and 2 ledgers of", report);
    }

    private static void publishDetached(EngineState state, PoolBinding twin) {
        ActiveCatalog active = state.active();
        DetachedPools.Draft more = active.detached().draft();
        more.add(twin);
        state.publish(new ActiveCatalog(active.catalog(), active.pools(), more.done(), ledgers(state), Withheld.NONE));
    }

    @Test
    void bound_ledgerOfTwoPools_isReported() {
        Pool twin = Pools.pool("twin", "10.1.0.0/24");
        assertReported(
                "BOUND: detached twin on ledger 0",
                afterwards(state -> publishDetached(state, new PoolBinding(0, twin, twin.addresses(), 0, true))));
    }

    @Test
    void bound_ledgerMissing_isReported() {
        Pool twin = Pools.pool("twin", "10.1.0.0/24");
        assertReported(
                "BOUND: detached twin on null",
                afterwards(state -> publishDetached(state, new PoolBinding(7, twin, twin.addresses(), 0, true))));
    }

    @Test
    void bound_twoPoolsOfOneName_isReported() {
        Pool twin = Pools.pool("b", "10.3.0.0/24");
        assertReported(
                "BOUND: detached b is not found by its name",
                afterwards(state -> publishDetached(state, new PoolBinding(1, twin, twin.addresses(), 0, true))));
    }

    @Test
    void numbered_ledgersInEachOthersPlaces_isReported() {
        String report = afterwards(state -> {
            ActiveCatalog active = state.active();
            Ledger[] swapped = {ledger("b"), ledger("a")};
            state.publish(
                    new ActiveCatalog(active.catalog(), active.pools(), active.detached(), swapped, Withheld.NONE));
        });
        assertReported("NUMBERED: ledger 1 of 10.2.0.0/24 is at number 0", report);
    }

    /** A batch that is not yet committed marks addresses. */
    @Test
    void check_markedFreeAndCoolingAddresses_isSound() {
        assertEquals("", afterwards(state -> {
            ledger("a").mark(Address.parse("10.1.0.3"));
            ledger("a").mark(Address.parse("10.1.0.5"));
        }));
    }

    @Test
    void bitmap_levelOfTheStaticAddressesDiffers_isReported() {
        Pool pool = v4("c", 4, 9).toBuilder().staticIps("10.4.0.2").build();
        EngineStateBuilder one =
                new EngineStateBuilder(PoolCatalog.of(pool), java.util.Set.of(), EngineFixture.settings(1000));
        EngineState state = one.build(0);
        assertEquals(List.of(), check(state));
        Object statics = requireNonNull(state.active().ledgers().get(0).content().statics);
        Object levels = get(get(statics, "taken"), "levels");
        ((long[]) get(levels, "words"))[0] ^= 1L << 8;
        assertReported("invariant broken: ", String.join("\n", check(state)));
    }
}
