package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each invariant, broken on purpose, is told by its name. */
class WorldCheckTest {
    private static final StateSettings SETTINGS = new StateSettings(1000, null);
    private static final Pool A =
            Pool.builder("a", "10.1.0.0/24").ips("10.1.0.1-10.1.0.9").build();
    private static final Pool B =
            Pool.builder("b", "10.2.0.0/24").ips("10.2.0.1-10.2.0.9").build();
    private static final Owner X = Owner.stateless("shop", "x", "ux");
    private static final Owner Y = Owner.stateless("shop", "y", "uy");

    private final WorldBuilder builder = new WorldBuilder(PoolCatalog.of(A, B), SETTINGS);

    private Definition pool(String name) {
        Definition pool = builder.pool(name);
        if (pool == null) {
            throw new AssertionError(name);
        }
        return pool;
    }

    private Ledger ledger(String name) {
        return pool(name).ledger();
    }

    private static long low(String address) {
        return Address.parse(address).low();
    }

    private void hold(String pool, String address, Owner owner, long generation) {
        assertTrue(builder.hold(pool(pool), 0, low(address), owner, "eth0", generation));
    }

    private static void cool(Ledger ledger, String address, long released) {
        ledger.mergeCooling(List.of(new LedgerReader.Cooling(0, low(address), Y, released)));
    }

    private static StrayCooling.Stray stray(String address) {
        return new StrayCooling.Stray("gone", Address.parse(address), Y, 1);
    }

    /** A sound world: one address held in each pool, one cooling, one without a pool. */
    private World sound() {
        hold("a", "10.1.0.1", X, 1);
        hold("b", "10.2.0.1", X, 2);
        hold("b", "10.2.0.2", Y, 3);
        cool(ledger("a"), "10.1.0.5", 7);
        cool(ledger("a"), "10.1.0.6", 8);
        builder.addStray(stray("10.3.0.1"));
        return builder.build(9);
    }

    private static List<String> check(World world) {
        List<String> broken = new ArrayList<>();
        new WorldCheck(world, world.ledgers()).check(broken);
        return broken;
    }

    /** What the check says first of a sound world after the damage. */
    private String afterwards(Consumer<World> damage) {
        World world = sound();
        assertEquals(List.of(), check(world));
        damage.accept(world);
        return String.join("\n", check(world));
    }

    private static void assertTold(String invariant, String told) {
        assertTrue(told.contains(invariant), told);
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

    @Test
    void theBitmapOfAPool() {
        String told = afterwards(world -> {
            Object levels = get(get(ledger("a").occupancy(), "taken"), "levels");
            ((long[]) get(levels, "words"))[0] ^= 1L << 8;
        });
        assertTold("invariant broken: ", told);
    }

    @Test
    void anAddressInTwoPools() {
        builder.addDetached(
                Pool.builder("other", "10.1.0.0/24").ips("10.1.0.1-10.1.0.2").build());
        hold("other", "10.1.0.1", Y, 5);
        assertTold("HELD-ONCE: 10.1.0.1 has two records", String.join("\n", check(sound())));
    }

    @Test
    void anAddressThatIsHeldAndCoolsDownInAnotherPool() {
        builder.addDetached(
                Pool.builder("other", "10.1.0.0/24").ips("10.1.0.1-10.1.0.2").build());
        cool(ledger("other"), "10.1.0.1", 5);
        assertTold("TAKEN-ONCE: 10.1.0.1", String.join("\n", check(sound())));
    }

    @Test
    void anAddressThatCoolsDownAndIsHeld() {
        assertTold("TAKEN-ONCE: 10.1.0.1", afterwards(world -> cool(ledger("a"), "10.1.0.1", 9)));
    }

    @Test
    void whatCoolsDownWithoutAPoolIsTakenNowhere() {
        assertTold("STRAY: 10.1.0.3", afterwards(world -> world.strays().put(stray("10.1.0.3"))));
        assertTold(
                "TAKEN-ONCE: 10.1.0.1 cools down without a pool",
                String.join("\n", afterwardsAgain(world -> world.strays().put(stray("10.1.0.1")))));
    }

    private List<String> afterwardsAgain(Consumer<World> damage) {
        WorldCheckTest again = new WorldCheckTest();
        World world = again.sound();
        damage.accept(world);
        return check(world);
    }

    @Test
    void whatIsHeldOrCoolsDownIsOfThePool() {
        String told = afterwards(world -> {
            Pool smaller = A.toBuilder().excludeIps("10.1.0.1", "10.1.0.5").build();
            ledger("a").define(new Definition(ledger("a"), smaller, smaller.addresses(), false));
        });
        assertTold("IN-POOL: 10.1.0.1", told);
        assertTold("COOLING-IN-POOL: 10.1.0.5", told);
        assertTold("DEFINED: a on", told);
    }

    @Test
    void bitsAreOfWhatIsTaken() {
        assertTold(
                "BITS-ARE-TAKEN: 10.1.0.1 is held and free",
                afterwards(world -> ledger("a").occupancy().release(0, low("10.1.0.1"))));
    }

    @Test
    void stampsOfACoolingQueue() {
        assertTold("STAMPS-ASCEND: 10.1.0.9 at 3 after 8", afterwards(world -> {
            CoolingQueue queue = ledger("a").coolingQueue();
            set(queue, "lastStamp", 3L);
            queue.add(0, low("10.1.0.9"), Y, 3);
        }));
    }

    @Test
    void whatCoolsDownHasABit() {
        assertTold(
                "BITS-ARE-TAKEN: 10.1.0.5 cools down and is free",
                afterwards(world -> ledger("a").occupancy().release(0, low("10.1.0.5"))));
    }

    @Test
    void nobodysBit() {
        assertTold(
                "BITS-ARE-TAKEN: 4 bits for 3 taken addresses",
                afterwards(world -> ledger("a").occupancy().take(0, low("10.1.0.9"))));
    }

    /** Held and reserved, cooling and reserved: without a bit, and counted apart. */
    @Test
    void reservedAddressesAreSound() {
        String told = afterwards(world -> {
            for (String pool : List.of("a", "b")) {
                Definition before = pool(pool);
                AddressSet usable = before.pool()
                        .addresses()
                        .minus(AddressSet.parse(A.family(), List.of("10.1.0.1", "10.2.0.1", "10.1.0.5")));
                before.ledger().define(new Definition(before.ledger(), before.pool(), usable, false));
            }
        });
        assertEquals(2, told.split("\n", -1).length, told);
        assertTold("DEFINED: a on", told);
        assertTold("DEFINED: b on", told);
    }

    @Test
    void countsFit() {
        assertTold(
                "COUNTS-FIT: 2 cooling and usable, counted 7",
                afterwards(world -> set(ledger("a"), "coolingUsable", 7)));
        assertTold("COUNTS-FIT: 0 held and reserved, counted 1", new WorldCheckTest().afterwardsOf("heldReserved", 1));
    }

    private String afterwardsOf(String field, int value) {
        return afterwards(world -> set(ledger("a"), field, value));
    }

    @Test
    void recordsAndCoolingAreCounted() {
        String told = afterwards(world -> {
            set(ledger("a").records(), "size", 5);
            set(ledger("a").coolingQueue(), "size", 6);
        });
        assertTold("RECORDS-COUNTED: 1 records, counted 5", told);
        assertTold("COOLING-COUNTED: 2 cooling, counted 6", told);
        assertTold("LISTED: 7 records, and 3 in the lists of owners", told);
    }

    @Test
    void recordsAreIndexed() {
        hold("a", "10.1.0.9", X, 9);
        assertTold(
                "INDEXED: 10.1.0.9 in slot " + RecordColumns.FAR + ", found in -1",
                afterwards(world ->
                        set(ledger("a").records(), "farSlots", new AddressSlots(new AddressColumn(0, 0, 8, 0)))));
    }

    @Test
    void recordsAreInTheListsOfTheirOwners() {
        assertTold(
                "LISTED: 10.1.0.1 is not in the list of shop/x",
                afterwards(world -> world.stripeOf(X).owners().remove(X, Hash.ofIdentity(X), ledger("a"), 0)));
    }

    @Test
    void listsNameRecordsOfTheirOwner() {
        String told = afterwards(world -> {
            world.stripeOf(Y).owners().add(Y, Hash.ofIdentity(Y), ledger("a"), 0);
            world.stripeOf(Y).owners().add(Y, Hash.ofIdentity(Y), Ledgers.small("z"), 0);
        });
        assertTold("LISTED: slot 0 of ledger", told);
        assertEquals(2, told.split("in the list of shop/y", -1).length - 1, told);
    }

    @Test
    void listsNameRecordsThatAre() {
        assertTold(
                "is in a list, and holds no record",
                afterwards(world -> ledger("a").release(ledger("a").records().find(0, low("10.1.0.1")))));
    }

    @Test
    void ledgersAreInTheirPlaces() {
        assertTold("PLACED: ledger", afterwards(world -> world.places().leave(ledger("a"))));
    }

    @Test
    void ownersAreInTheirStripes() {
        assertTold("FOUND: shop/x", afterwards(world -> {
            for (Stripe stripe : world.stripes()) {
                if (stripe != world.stripeOf(X)) {
                    stripe.owners().add(X, Hash.ofIdentity(X), ledger("a"), 0);
                    return;
                }
            }
        }));
    }

    @Test
    void generationsAreGivenOnce() {
        assertTold(
                "GENERATIONS-DIFFER: 2 twice",
                afterwards(world -> ledger("b").records().replace(1, Y, "eth0", 2)));
        assertTold(
                "GENERATIONS-GIVEN: 3 is not in 1 to 2",
                String.join(
                        "\n", afterwardsAgain(world -> world.lastGeneration().set(2))));
        assertTold("GENERATIONS-GIVEN: 0 is not in 1 to 9", new WorldCheckTest().afterwards0());
    }

    private String afterwards0() {
        return afterwards(world -> ledger("b").records().replace(1, Y, "eth0", 0));
    }

    @Test
    void everyPoolOfTheCatalogHasItsDefinition() {
        String told = afterwards(world -> {
            Definitions.Draft less = world.live().pools().draft();
            less.remove("b");
            world.publish(new Live(world.live().catalog(), less.done(), Definitions.EMPTY));
        });
        assertTold("DEFINED: 1 definitions of", told);
    }

    @Test
    void noTwoPoolsShareALedger() {
        String told = afterwards(world -> {
            Definitions.Draft more = world.live().detached().draft();
            Pool twin = Pool.builder("twin", "10.1.0.0/24").build();
            more.put(new Definition(ledger("a"), twin, AddressSet.empty(twin.family()), true));
            world.publish(new Live(world.live().catalog(), world.live().pools(), more.done()));
        });
        assertTold("DEFINED: detached twin on ledger", told);
    }
}
